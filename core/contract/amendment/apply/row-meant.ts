import type { Span } from '../../../model';
import { isFailure, type Located } from '../target/located';
import type { Base } from '../target/base';
import { resolvePlace } from '../target/resolve';
import { namedRows } from '../target/row-names';
import { type SourceTable, type TableRow, tablesIn } from '../target/table';
import { plainWords } from '../text/plain';
import type { Instruction, Place } from '../types';
import { fail, type Outcome } from './edit';
import { ofNoRow } from './row-words';
import { findWholeWords, needles } from './words';

const ON_WORDS: ReadonlySet<Instruction['kind']> = new Set([
	'replace_words',
	'delete_words',
	'insert_words',
	'change_value',
	'rename_term',
	'rename_party',
]);

/**
 * Words of a table are changed in the row that the sentence names, in whatever way it does: `for Bo Lind`, `in Bo
 * Lind's row`, `next to Bo Lind`. The instruction with that row as part of its place; undefined where none is named.
 */
export function inRowMeant(
	base: Base,
	instruction: Instruction,
	all: readonly Instruction[],
): Instruction | Extract<Outcome, { reason: string }> | undefined {
	const words = instruction.old?.text ?? instruction.position?.anchor;
	if (!ON_WORDS.has(instruction.kind) || words === undefined) return undefined;
	const places = instruction.target.places.length > 0 ? instruction.target.places : [{ steps: [], quote: '' }];
	if (places.some(({ steps }) => steps.some(({ by }) => by === 'row'))) return undefined;
	const sentence = spoken(instruction, all);
	const found: Place[] = [];
	for (const place of places) {
		const located = place.steps.length > 0 ? resolvePlace(base, place) : undefined;
		if (located && isFailure(located)) return undefined;
		const rows = rowsMeant(base, located, words, sentence);
		if (rows.length === 0) return undefined;
		const key = rows.length === 1 && rows[0] ? keyOf(rows[0]) : undefined;
		if (key === undefined)
			return { status: 'ambiguous', reason: `It may mean any of ${rows.length} rows of the table.` };
		const column = place.steps.findIndex(({ by }) => by === 'column');
		const at = column < 0 ? place.steps.length : column;
		found.push({ ...place, steps: place.steps.toSpliced(at, 0, { by: 'row', key }) });
	}
	return { ...instruction, target: { ...instruction.target, places: found } };
}

interface Meant {
	table: SourceTable;
	row: TableRow;
}

function tablesOf(base: Base, located: Located | undefined): SourceTable[] {
	if (located?.table) return [located.table];
	return tablesIn(base, located?.span ?? { start: 0, end: base.document.text.length });
}

/** Rows that the sentence names, of tables that hold the words. */
function rowsMeant(base: Base, located: Located | undefined, words: string, sentence: string): Meant[] {
	return tablesOf(base, located)
		.filter(({ span }) => holds(base, span, words))
		.flatMap((table) => namedRows(table, sentence).rows.map((row) => ({ table, row })));
}

function holds(base: Base, span: Span, words: string): boolean {
	const text = base.words(span);
	return needles(plainWords(words, 'text')).some((needle) => findWholeWords(text, needle).length > 0);
}

/** A cell that no other row has, the first one if it can be. */
function keyOf({ table, row }: Meant): string | undefined {
	const index = table.rows.indexOf(row);
	const cells = (one: TableRow, at: number): string[] =>
		table.style === 'html' ? (table.node.table?.rows[at] ?? []) : one.cells.map(({ text }) => text);
	const counts = new Map<string, number>();
	table.rows.forEach((one, at) => {
		for (const cell of new Set(cells(one, at)))
			counts.set(cell.toLowerCase(), (counts.get(cell.toLowerCase()) ?? 0) + 1);
	});
	return cells(row, index).find((cell) => cell !== '' && counts.get(cell.toLowerCase()) === 1);
}

/** What the instruction says beside the words that it changes, with the sentence that opened where it amends. */
function spoken(instruction: Instruction, all: readonly Instruction[]): string {
	let text = instruction.quote.replace(/\s+/g, ' ');
	const siblings = all.filter(({ quote }) => quote === instruction.quote);
	for (const { old, new: fresh, position } of siblings.length > 0 ? siblings : [instruction])
		for (const words of [old?.text, fresh?.text, position?.anchor, position?.next])
			if (words !== undefined && words.trim() !== '') text = without(text, words.replace(/\s+/g, ' ').trim());
	return `${instruction.opening ?? ''} ${text}`.replace(/\s+/g, ' ').trim();
}

function without(text: string, words: string): string {
	const quoted = `"${words}"`;
	if (text.includes(quoted)) return text.replaceAll(quoted, ' "" ');
	const at = text.lastIndexOf(words);
	return at < 0 ? text : `${text.slice(0, at)} "" ${text.slice(at + words.length)}`;
}

/** Words of a row that were found although the sentence seems to speak of another one, or of one that is not there. */
export function doubtRow(
	base: Base,
	instruction: Instruction,
	all: readonly Instruction[],
	edits: readonly Span[],
): Outcome | undefined {
	const { places } = instruction.target;
	if (!ON_WORDS.has(instruction.kind) || places.some(({ steps }) => steps.some(({ by }) => by === 'row')))
		return undefined;
	const node = base.nodes.find((one) => one.table && edits.some((edit) => inside(edit, one.span)));
	const [table] = node ? tablesIn(base, node.span) : [];
	if (!table || table.rows.every((row) => !edits.some((edit) => inside(edit, row.span)))) return undefined;
	const known = new Set(
		[...table.columns.map(({ text }) => text), ...places.map(({ quote, title }) => `${quote} ${title ?? ''}`)].flatMap(
			(text) => text.split(/[^\p{L}\p{N}]+/u),
		),
	);
	const strange = ofNoRow(spoken(instruction, all), known, base.document.text);
	return strange === undefined
		? undefined
		: fail('ambiguous', `It may mean one row of the table, and which one was not understood: "${strange}".`);
}

const inside = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;
