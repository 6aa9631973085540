import { strFromU8, unzipSync } from 'fflate';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readDocument, type ContractTree } from '../../core/contract';
import { readDocx, trackedChanges } from '../../core/contract/docx';
import { sha256 } from '../../core/model';

const setting = process.env['CONTRACT_CORPUS'];
const corpus = path.resolve(setting ?? path.join(__dirname, '../../../shared/corpus'));
const folder = path.join(corpus, 'docx');
const files = existsSync(folder)
	? readdirSync(folder)
			.filter((name) => name.endsWith('.docx'))
			.sort()
	: [];
const known = new Set(files);
const bytes = (name: string): Uint8Array => readFileSync(path.join(folder, name));

/** Files with tracked changes beside their versions with all of them accepted or rejected. */
const oracles = files.flatMap((name) =>
	[
		{ name, view: 'accepted' as const, oracle: name.replace(/\.docx$/, '-Accepted.docx') },
		{ name, view: 'rejected' as const, oracle: name.replace(/\.docx$/, '-Rejected.docx') },
	].filter(({ oracle }) => known.has(oracle)),
);

/**
 * Where paragraphs are joined, the tool that made this oracle kept the style of the first one, of which nothing is
 * left, and Word keeps that of the last one, whose mark survives. The style makes words bold, and nothing else.
 */
const OTHER_EMPHASIS = new Set(['RP051-Arabic-Rejected.docx']);

function words(text: string, oracle: string): string {
	return OTHER_EMPHASIS.has(oracle) ? text.replaceAll('**', '') : text;
}

/** Letters and digits, which no markup touches. */
function letters(text: string): string {
	return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** The pieces of text in a file, read another way: whatever stands in `<w:t>`. */
function piecesOf(name: string): string[] {
	const part = unzipSync(bytes(name), { filter: (file) => file.name === 'word/document.xml' })['word/document.xml'];
	const pieces = strFromU8(part ?? new Uint8Array(0)).matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g);
	return [...pieces].map((match) => letters((match[1] ?? '').replace(/&(?:[a-z]+|#[0-9]+);/g, ' ')));
}

function treeOf(name: string): ContractTree {
	const { text } = readDocx(bytes(name), 'accepted');
	return readDocument({ sha256: sha256(text), format: 'markdown', text });
}

function numbersOf(tree: ContractTree): string[] {
	return tree.nodes.flatMap((node) => node.number ?? []);
}

if (setting === 'none') {
	it('was told that there is no corpus (CONTRACT_CORPUS=none)', () => expect(files).toEqual([]));
} else {
	describe('real Word files', () => {
		it('are there', () => {
			if (files.length === 0) {
				throw new Error(
					`There is no corpus at ${corpus}. Set CONTRACT_CORPUS to the folder that holds "docx", or to "none" to go without.`,
				);
			}
		});

		if (files.length === 0) return;

		it.each(oracles)('$name reads $view as its oracle does', ({ name, view, oracle }) => {
			const wanted = readDocx(bytes(oracle), 'accepted').text;
			expect(words(readDocx(bytes(name), view).text, oracle)).toBe(words(wanted, oracle));
		});

		it.each([...new Set(oracles.map(({ oracle }) => oracle))])(
			'%s has no tracked text left, and one text in all views',
			(name) => {
				expect(trackedChanges(bytes(name)).filter(({ kind }) => kind !== 'formatting' && kind !== 'numbering')).toEqual(
					[],
				);
				expect(readDocx(bytes(name), 'original').text).toBe(readDocx(bytes(name), 'accepted').text);
			},
		);

		it.each(files)('%s loses no text that one of its views has', (name) => {
			const views = (['accepted', 'original'] as const).map((view) => letters(readDocx(bytes(name), view).text));
			expect(piecesOf(name).filter((piece) => !views.some((view) => view.includes(piece)))).toEqual([]);
		});

		it.each([...new Set(oracles.map(({ name }) => name))])('%s has a change wherever its views differ', (name) => {
			const { text, tracked } = readDocx(bytes(name), 'accepted');
			if (text !== readDocx(bytes(name), 'original').text) expect(tracked.length).toBeGreaterThan(0);
			expect(tracked.every(({ author }) => author !== '')).toBe(true);
		});

		it.each(files)('%s is read by the clause tree', (name) => {
			const { text } = readDocx(bytes(name), 'accepted');
			// One of the files is a table without a word in it.
			expect(treeOf(name).nodes.length > 0).toBe(/\w/.test(text));
		});
	});
}

const from = (name: string, test: () => void): void => {
	if (known.has(name)) it(`${name} reads with the numbers that Word shows`, test);
};

from('NVCA-Model-COI.docx', () => {
	const tree = treeOf('NVCA-Model-COI.docx');
	const numbers = numbersOf(tree);
	for (const wanted of ['A.', 'B.', '1', '2', '2.1', '2.3.1', '2.3.2', '3.3.9', '4.4.1', '4.10', '(a)', '(ix)'])
		expect(numbers).toContain(wanted);
	expect(tree.nodes.find((node) => node.number === '2.3')?.heading).toBe('Deemed Liquidation Events');
	// Each decimal number follows that of the clause before it; the form offers some clauses twice, under one number.
	const jumps = tree.nodes.filter((node) => {
		const last = Number(node.number?.split('.').at(-1));
		if (node.kind !== 'clause' || !(last > 1)) return false;
		const siblings = tree.nodes.filter(
			(other) => other.parent === node.parent && other.index < node.index && other.kind === 'clause',
		);
		const before = Number(siblings.at(-1)?.number?.split('.').at(-1));
		return before !== last - 1 && before !== last;
	});
	expect(jumps.map((node) => node.number)).toEqual([]);
});

from('Playbook-of-Additional-Terms-for-Bonterms-Cloud-Terms-and-SLA.docx', () => {
	const tree = treeOf('Playbook-of-Additional-Terms-for-Bonterms-Cloud-Terms-and-SLA.docx');
	const tables = tree.nodes.flatMap((node) => node.table ?? []);
	expect(tables.map((table) => table.columns.length)).toEqual([2, 3, 2]);
	expect(tables[0]?.rows.map((row) => row[0])).toContain('Change Payment Period');
	expect(tree.nodes.filter((node) => node.kind === 'item')).toHaveLength(4);
});

from('expected_redline.docx', () => {
	const text = (name: string, view: 'accepted' | 'original'): string => readDocx(bytes(name), view).text;
	const unlisted = (rendition: string): string => rendition.replace('- ', '');
	// The redline lacks the list that the new version puts its last paragraph in.
	expect(text('expected_redline.docx', 'accepted')).toBe(unlisted(text('modified.docx', 'accepted')));
	expect(text('expected_redline.docx', 'original')).toBe(text('original.docx', 'accepted'));
});
