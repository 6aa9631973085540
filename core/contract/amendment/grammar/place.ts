import type { Place, Step } from '../types';
import type { Cursor } from './cursor';
import type { PlaceItem } from './place-item';
import {
	readDefinition,
	readDocumentName,
	readNumbered,
	readTitle,
	readTitled,
	readTitleOf,
	readUnit,
} from './place-kinds';
import { readOtherDocument } from './other-document';
import { readTablePart } from './place-table';
import { isPart } from './roles';
import { DETERMINERS, DOCUMENT_WORDS, ORDINALS, SCHEDULE_WORDS, SECTION_WORDS } from './vocabulary';

const INTO = ['of', 'in', 'to', 'from', 'under', 'within', 'into', 'on', 'at'];

const LISTED = new Set(
	'set forth out contained specified listed provided found stated appearing identified located defined'.split(' '),
);

/** Reads a place at the cursor: `the first sentence of Section 2.1(b) (Fees) of the Agreement`. Undefined if there is none. */
export function readPlace(cursor: Cursor, text: string, depth = 0): PlaceItem | undefined {
	if (depth > 6) return undefined;
	const own = cursor.copy();
	const start = own.peek().start;
	const fresh = skipDeterminers(own);
	const found =
		readUnit(own) ??
		readTitleOf(own) ??
		readTitled(own) ??
		readDefinition(own) ??
		readTablePart(own) ??
		readNumbered(own) ??
		readDocumentName(own);
	if (!found) return undefined;
	const item: PlaceItem = { places: found.places, fresh: fresh || found.fresh === true, start, end: 0 };
	if (found.document !== undefined) item.document = found.document;
	if (found.unit !== undefined) item.unit = found.unit;
	if (found.ordinal !== undefined) item.ordinal = found.ordinal;
	nest(own, item, text, depth);
	if (item.places.length > 0 && item.document !== undefined) retitle(own, item);
	item.end = own.tokens[own.at - 1]?.end ?? start;
	for (const place of item.places) place.quote = text.slice(start, item.end);
	cursor.at = own.at;
	return item;
}

/** Skips `the`, `a new`, `the text of`; true where the thing is new. */
function skipDeterminers(cursor: Cursor): boolean {
	let fresh = false;
	for (let i = 0; i < 8; i++) {
		const { lower, text } = cursor.peek();
		if (text.length > 1 && text === text.toUpperCase() && text !== lower) return fresh;
		const after = cursor.peek(1).lower;
		if (lower === 'new' || lower === 'additional') fresh = true;
		if (lower === 'a' || lower === 'an') {
			if (after !== 'new' && after !== 'additional' && !ORDINALS.has(after)) return fresh;
		} else if (ORDINALS.has(lower) || !DETERMINERS.has(lower)) {
			if (lower !== 'of' || i === 0) return fresh;
			if (!DETERMINERS.has(cursor.tokens[cursor.at - 1]?.lower ?? '')) return fresh;
		}
		cursor.next();
	}
	return fresh;
}

/** `… of Section 2`, `… set forth in Exhibit A of the Agreement`: the inner place gets the outer one's steps in front. */
function nest(cursor: Cursor, item: PlaceItem, text: string, depth: number): void {
	const own = cursor.copy();
	const title = item.places.length > 0 ? readTitle(own) : undefined;
	if (title !== undefined) item.places = item.places.map((entry) => ({ ...entry, title: entry.title ?? title }));
	cursor.at = own.at;
	own.take(',');
	while (LISTED.has(own.peek().lower)) own.next();
	if (item.fresh && item.places.length > 0 && own.peek().lower === 'to') return;
	if (item.places.length === 0 && item.document !== undefined) return;
	if (item.places.length === 0 && item.unit !== undefined && item.unit !== 'definition') return;
	if (isInner(item, own)) {
		const inner = readPlace(own, text, depth + 1);
		if (inner && !inner.fresh && inner.places.length > 0) {
			cursor.at = own.at;
			item.places = item.places.flatMap((above) => inner.places.map((one) => joinPlaces(above, one)));
		}
		return;
	}
	if (item.fresh || !INTO.includes(own.peek().lower)) return;
	const preposition = own.next().lower;
	if (preposition === 'to' && !isPlaceWord(own)) return;
	const outer = readPlace(own, text, depth + 1) ?? readOtherDocument(own, item);
	if (!outer) return;
	cursor.at = own.at;
	if (outer.document !== undefined) item.document = outer.document;
	if (outer.places.length === 0) return;
	item.places =
		item.places.length === 0
			? outer.places
			: // `Exhibit B, in the row for Bob`: the part stands behind the whole.
				outer.places.every(isPart) && !item.places.every(isPart)
				? item.places.flatMap((above) => outer.places.map((inner) => joinPlaces(above, inner)))
				: outer.places.flatMap((above) => item.places.map((inner) => joinPlaces(above, inner)));
}

/** `Annex III, item 2`: behind the comma stands what is in the schedule. */
function isInner({ fresh, places }: PlaceItem, cursor: Cursor): boolean {
	if (fresh || places.length !== 1 || places[0]?.steps.at(-1)?.by !== 'schedule') return false;
	const [comma, word, number] = [cursor.tokens[cursor.at - 1], cursor.peek(), cursor.peek(1)];
	return (
		comma?.text === ',' &&
		/^(?:item|paragraph|point|part|clause|section)$/i.test(word.text) &&
		/^[\d(]/.test(number.text)
	);
}

/** `Section 13.1 of the Existing Agreement (Notices)`: the title stands behind the document. */
function retitle(cursor: Cursor, item: PlaceItem): void {
	if (cursor.peek().text !== '(') return;
	const title = readTitle(cursor);
	if (title !== undefined) item.places = item.places.map((entry) => ({ ...entry, title: entry.title ?? title }));
}

function isPlaceWord(cursor: Cursor): boolean {
	const own = cursor.copy();
	skipDeterminers(own);
	const { lower } = own.peek();
	return SECTION_WORDS.has(lower) || SCHEDULE_WORDS.has(lower) || DOCUMENT_WORDS.has(own.peek(1).lower);
}

function joinPlaces(above: Place, inner: Place): Place {
	const title = inner.title ?? above.title;
	return { steps: rowFirst([...above.steps, ...inner.steps]), quote: '', ...(title !== undefined ? { title } : {}) };
}

const IN_TABLES = ['table', 'row', 'column'];

/** A cell is found in its table, by its row, and in that by its column. */
function rowFirst(steps: Step[]): Step[] {
	const rank = ({ by }: Step): number => IN_TABLES.indexOf(by);
	const from = steps.findIndex((step) => rank(step) >= 0);
	if (from < 0 || steps.slice(from).some((step) => rank(step) < 0)) return steps;
	return [...steps.slice(0, from), ...steps.slice(from).toSorted((a, b) => rank(a) - rank(b))];
}
