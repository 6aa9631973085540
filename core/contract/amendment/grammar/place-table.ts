import type { Step } from '../types';
import type { Cursor } from './cursor';
import { type Found, cleanTerm, place } from './place-item';
import { ORDINALS, SCHEDULE_WORDS, SECTION_WORDS } from './vocabulary';

const ROW_WORDS = ['row', 'rows', 'entry', 'line'];
const INTRODUCERS =
	'for entitled titled beginning starting with item relating to labeled labelled named the numbered headed of opposite'.split(
		' ',
	);
const CELL_WORDS = ['entry', 'entries', 'cell', 'value', 'figure', 'amount', 'number', 'word', 'text'];

/** `row for "X"`, `row beginning with "X"`, `new row`, `column "Y"`, `the entry in the column "Y" for "X"`, `the table`. */
export function readTablePart(cursor: Cursor): Found | undefined {
	return readCell(cursor) ?? readColumn(cursor) ?? readRow(cursor) ?? readTable(cursor);
}

function readRow(cursor: Cursor): Found | undefined {
	const own = cursor.copy();
	const word = own.take(...ROW_WORDS);
	if (!word) return undefined;
	// `line 2` of a clause is one of the page; the words that it names are looked for in the clause.
	if (word.lower === 'line' && own.peek().kind === 'number') return undefined;
	const keys = readKeys(own, word.lower === 'rows');
	// `entry` and `line` are rows only where a key says so.
	if (keys.length === 0 && !word.lower.startsWith('row')) return undefined;
	// `the entry "EU" for Nimbus`: what a row holds, not which.
	if (word.lower === 'entry' && /^(?:for|against|opposite)$/.test(own.peek().lower)) return undefined;
	cursor.at = keys.length > 0 ? own.at : cursor.at + 1;
	return { places: keys.map((key) => place([{ by: 'row', key }])), unit: 'row' };
}

/** @param several whether commas go on with the list: `rows "A", "B" and "C"` */
function readKeys(own: Cursor, several = false): string[] {
	while (own.take(...INTRODUCERS));
	const keys: string[] = [];
	while (own.peek().kind === 'quote') {
		keys.push(cleanTerm(own.next().text));
		const more = own.copy();
		while (several ? more.take(',', 'and') : more.take('and'));
		if (more.at === own.at || more.peek().kind !== 'quote') break;
		own.at = more.at;
	}
	if (keys.length > 0) return keys;
	if (own.peek().kind === 'number') return [own.next().text];
	const name = readName(own);
	return name === undefined ? [] : [name];
}

/** Capitalised words that are no place: `Bob Stone`. */
function readName(own: Cursor): string | undefined {
	const words: string[] = [];
	while (own.peek().kind === 'word' && /^\p{Lu}/u.test(own.peek().text) && words.length < 6) {
		const { lower } = own.peek();
		if (SECTION_WORDS.has(lower) || SCHEDULE_WORDS.has(lower) || ORDINALS.has(lower)) break;
		words.push(own.next().text);
	}
	return words.length > 0 ? words.join(' ') : undefined;
}

/** `column "Role"`, `"Role" column`, `column titled Role`. */
function readColumn(cursor: Cursor): Found | undefined {
	const step = columnStep(cursor);
	return step && { places: [place([step])] };
}

function columnStep(cursor: Cursor): Step | undefined {
	const own = cursor.copy();
	if (own.peek().kind === 'quote' && own.peek(1).lower === 'column') {
		const name = cleanTerm(own.next().text);
		cursor.at = own.at + 1;
		return { by: 'column', name };
	}
	if (!own.take('column')) return undefined;
	while (own.take('titled', 'entitled', 'headed', 'named', 'labeled', 'labelled'));
	const name = own.peek().kind === 'quote' ? cleanTerm(own.next().text) : readName(own);
	if (name === undefined) return undefined;
	cursor.at = own.at;
	return { by: 'column', name };
}

/** `entry in the column "Role" for "Bob Stone"`, `value in the row for "Bob Stone" and the column "Role"`. */
function readCell(cursor: Cursor): Found | undefined {
	const own = cursor.copy();
	if (!own.take(...CELL_WORDS)) return undefined;
	const steps: Step[] = [];
	for (let i = 0; i < 2; i++) {
		const part = own.copy();
		while (part.take('in', 'under', 'of', 'at', 'and', ',', 'the', 'for', 'opposite'));
		if (part.at === own.at) break;
		const column = columnStep(part);
		if (column) steps.push(column);
		else {
			part.take(...ROW_WORDS);
			const [key, ...others] = readKeys(part);
			if (key === undefined || others.length > 0) break;
			steps.push({ by: 'row', key });
		}
		own.at = part.at;
	}
	const [row, column] = [steps.find(({ by }) => by === 'row'), steps.find(({ by }) => by === 'column')];
	if (!row || !column) return undefined;
	cursor.at = own.at;
	return { places: [place([row, column])] };
}

function readTable(cursor: Cursor): Found | undefined {
	const own = cursor.copy();
	const before = own.tokens[own.at - 1]?.lower ?? '';
	if (!own.take('table') || !/^(?:the|existing|entire|current|this|that)$/.test(before)) return undefined;
	if (own.peek().lower === 'of' && own.peek(1).lower === 'contents') return undefined;
	cursor.at = own.at;
	return { places: [place([{ by: 'table' }])] };
}
