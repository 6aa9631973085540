import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Amendment } from '../../core/contract/amendment';
import { corpus } from './versions';

/** What the words of an instruction may differ in without meaning anything else: white space, emphasis, escapes. */
function bare(value: unknown): unknown {
	if (typeof value === 'string') return value.replace(/[*_\\]/g, '').replace(/\s+/g, '');
	if (Array.isArray(value)) return value.map(bare);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => !PLACES.has(name))
			.map(([name, inner]) => [name, bare(inner)]),
	);
}

/** Where something stands in the file, and how it is dressed there. */
const PLACES = new Set(['span', 'quote', 'start', 'end', 'id', 'raw']);

/** Each instruction as one line: kind, target, place, old and new words. */
export function instructionLines(amendments: readonly Amendment[]): string[] {
	return amendments.flatMap(({ instructions }) =>
		instructions.map((one) =>
			JSON.stringify(bare({ kind: one.kind, target: one.target, position: one.position, old: one.old, new: one.new })),
		),
	);
}

/** How many lines of the one list the other has, too; each answers for one. */
export function shared(wanted: readonly string[], told: readonly string[]): number {
	const open = [...told];
	return wanted.filter((line) => {
		const at = open.indexOf(line);
		if (at >= 0) open.splice(at, 1);
		return at >= 0;
	}).length;
}

/** File of the agreement that an amendment of the corpus amends; undefined where the corpus has none. */
export function baseFile(amendment: string): string | undefined {
	const rows = readFileSync(path.join(corpus, 'amendments', 'SOURCES.tsv'), 'utf8').split('\n');
	const name = rows.map((row) => row.split('\t')).find(([first]) => first === amendment)?.[2] ?? '';
	return name === '' ? undefined : path.join('amendments', 'base', name);
}
