import type { SourceTable, TableRow } from './table';

/** Rows of a table that a sentence speaks of, by what stands in their cells. */
export interface NamedRows {
	rows: TableRow[];
	/** The sentence without the words that name rows. */
	rest: string;
}

const WORD = /[\p{L}\p{N}]/u;
const NAMELIKE = /\p{L}{2}/u;
const PART = /\p{L}[\p{L}'\u2019-]+/gu;

interface Named {
	rows: Set<TableRow>;
	/** A part of a name only. */
	part: boolean;
}

/**
 * `for Bo Lind`, `in Lind's row`, `opposite bo@acme.example`, `bei Frau Krüger`: whatever leads to it, a row is named by
 * one of its cells, or by a part of the first one that no other row has. Rows that fit all that is named.
 */
export function namedRows(table: SourceTable, sentence: string): NamedRows {
	const cells = cellTexts(table);
	const { found, rest } = byCells(cells, table.rows.length, sentence);
	const parts = byParts(table, cells, rest);
	const named = [...found, ...parts.found];
	const [first, ...others] = named;
	if (!first) return { rows: [], rest: parts.rest };
	const all = [...first.rows].filter((row) => others.every(({ rows }) => rows.has(row)));
	const any = table.rows.filter((row) => named.some(({ rows }) => rows.has(row)));
	return { rows: all.length > 0 ? all : any, rest: parts.rest };
}

/** What stands in cells, with the rows where it does; values that every row has tell none apart. */
function cellTexts({ rows, columns, style, node }: SourceTable): Map<string, Set<TableRow>> {
	const texts = new Map<string, Set<TableRow>>();
	const headers = new Set(columns.map(({ text }) => text));
	rows.forEach((row, index) => {
		const cells = style === 'html' ? (node.table?.rows[index] ?? []) : row.cells.map(({ text }) => text);
		for (const cell of cells) {
			const text = cell.trim();
			if (!NAMELIKE.test(text) || headers.has(text)) continue;
			const same = texts.get(text);
			if (same) same.add(row);
			else texts.set(text, new Set([row]));
		}
	});
	return texts;
}

function byCells(
	cells: ReadonlyMap<string, Set<TableRow>>,
	count: number,
	sentence: string,
): { found: Named[]; rest: string } {
	const found: Named[] = [];
	let rest = sentence;
	const lower = sentence.toLowerCase();
	const likely = [...cells.keys()].filter(
		(text) => text.length <= sentence.length && lower.includes(text.toLowerCase()),
	);
	for (const text of likely.sort((a, b) => b.length - a.length)) {
		const at = wordsAt(rest, text);
		if (at < 0) continue;
		const rows = cells.get(text) ?? new Set();
		rest = blanked(rest, at, text.length);
		if (count === 1 || rows.size < count) found.push({ rows, part: false });
	}
	return { found, rest };
}

/** Offset of whole words; several words, or an address, in whatever case. */
function wordsAt(text: string, words: string): number {
	const anyCase = /[\s@]/.test(words);
	const [hay, needle] = anyCase ? [text.toLowerCase(), words.toLowerCase()] : [text, words];
	for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1))
		if (!WORD.test(hay.charAt(at - 1)) && !WORD.test(hay.charAt(at + needle.length))) return at;
	return -1;
}

function blanked(text: string, at: number, length: number): string {
	return `${text.slice(0, at)}${'\u2026'.repeat(length)}${text.slice(at + length)}`;
}

/** `Lind` of `Bo Lind`: a capitalised word of a first cell of several, that no other first cell has. */
function byParts(
	{ rows, columns }: SourceTable,
	cells: ReadonlyMap<string, Set<TableRow>>,
	sentence: string,
): { found: Named[]; rest: string } {
	const spoken = new Set(sentence.match(PART)?.flatMap((word) => [word, word.replace(/['\u2019]s?$/, '')]) ?? []);
	const owners = new Map<string, Set<TableRow>>();
	const firsts = new Set(rows.map(({ cells: [first] }) => first?.text.trim() ?? ''));
	for (const text of firsts)
		for (const word of text.match(PART) ?? []) {
			if (!/^\p{Lu}/u.test(word) || word === text || !spoken.has(word) || isHeader(word, columns)) continue;
			owners.set(word, new Set([...(owners.get(word) ?? []), ...(cells.get(text) ?? [])]));
		}
	let rest = sentence;
	for (const word of owners.keys()) {
		const at = wordsAt(rest, word);
		if (at >= 0) rest = blanked(rest, at, word.length);
	}
	const found = [...owners.values()].filter((own) => own.size < rows.length || rows.length === 1);
	return { found: found.map((own) => ({ rows: own, part: true })), rest };
}

function isHeader(word: string, columns: SourceTable['columns']): boolean {
	return columns.some(({ text }) => text.split(' ').includes(word));
}
