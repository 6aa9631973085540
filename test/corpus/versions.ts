import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compareVersions } from '../../core/contract';
import { sha256, type ContractChangeSet, type ContractDocument } from '../../core/model';
import { markdownPage, textPage } from '../core/contract/formats/markdown-page';
import { EFFECTIVE } from '../core/contract/builders';

const setting = process.env['CONTRACT_CORPUS'];
export const corpus = path.resolve(setting ?? path.join(__dirname, '../../../shared/corpus'));
export const withoutCorpus = setting === 'none';

export function requireCorpus(): void {
	if (existsSync(path.join(corpus, 'pairs'))) return;
	throw new Error(
		`There is no corpus at ${corpus}. Set CONTRACT_CORPUS to the folder that holds "pairs", or to "none" to go without.`,
	);
}

/** Names of the pairs that are there, of those asked for or of all. */
export function pairNames(wanted?: readonly string[]): string[] {
	const folder = path.join(corpus, 'pairs');
	if (withoutCorpus || !existsSync(folder)) return [];
	const known = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'source.txt')));
	return known.filter((name) => wanted?.includes(name) ?? true).sort();
}

export function version(pair: string, name: 'before' | 'after'): ContractDocument {
	const markdown = path.join(corpus, 'pairs', pair, `${name}.md`);
	const isMarkdown = existsSync(markdown);
	const text = readFileSync(isMarkdown ? markdown : path.join(corpus, 'pairs', pair, `${name}.txt`), 'utf8');
	return { sha256: sha256(text), format: isMarkdown ? 'markdown' : 'text', text };
}

/** The version as a publishing system shows it. */
export function pageOf(document: ContractDocument, title: string): string {
	return document.format === 'markdown' ? markdownPage(document.text, title) : textPage(document.text, title);
}

export function compareDocuments(before: ContractDocument, after: ContractDocument): ContractChangeSet {
	return compareVersions({ contract: { id: 'pair' }, before, after, effective: EFFECTIVE });
}
