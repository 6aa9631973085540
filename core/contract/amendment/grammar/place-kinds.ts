import type { Step } from '../types';
import type { Cursor } from './cursor';
import { readNumbers } from './number';
import { type Found, cleanTerm, place } from './place-item';
import { DOCUMENT_WORDS, ORDINALS, SCHEDULE_WORDS, SECTION_WORDS, TITLE_INTRODUCERS, UNIT_WORDS } from './vocabulary';

/** `first sentence`, `last two sentences`, `second and third paragraphs`, `new sentence`. */
export function readUnit(cursor: Cursor): Found | undefined {
	const own = cursor.copy();
	const ordinal = ORDINALS.get(own.peek().lower);
	if (ordinal !== undefined) own.next();
	let last: number | undefined;
	if (ordinal !== undefined && own.peek().lower === 'and') {
		last = ORDINALS.get(own.peek(1).lower);
		if (last === undefined) return undefined;
		own.at += 2;
	} else if (ordinal !== undefined && (own.peek().lower === 'two' || own.peek().lower === 'three')) {
		const count = own.next().lower === 'two' ? 2 : 3;
		last = ordinal === 1 ? count : ordinal === -1 ? -count : undefined;
		if (last === undefined) return undefined;
	}
	if (own.peek().lower === 'new' || own.peek().lower === 'full') own.next();
	const unit = UNIT_WORDS.get(own.peek().lower);
	if (!unit) return undefined;
	if (ordinal === undefined && unit === 'item') return undefined;
	const numbered = own.copy(own.at + 1);
	if (ordinal === undefined && (numbered.peek().text === '(' || numbered.peek().kind === 'number')) return undefined;
	own.next();
	cursor.at = own.at;
	if (ordinal === undefined) return { places: [], unit };
	const [which, other] = last !== undefined && last < ordinal && last < 0 ? [last, ordinal] : [ordinal, last];
	return {
		places: [place([{ by: unit, which, ...(other !== undefined ? { last: other } : {}) }])],
		unit,
		ordinal,
	};
}

/** `the heading of Section 4`: the title, not the clause. */
export function readTitleOf(cursor: Cursor): Found | undefined {
	const own = cursor.copy();
	const before = own.tokens[own.at - 1]?.lower ?? '';
	if (!/^(?:the|its|section|clause)$/.test(before) || !own.take('heading', 'title', 'caption')) return undefined;
	if (!/^(?:of|to|for)$/.test(own.peek().lower)) return undefined;
	const word = own.peek(1).lower === 'the' ? own.peek(2) : own.peek(1);
	if (!SECTION_WORDS.has(word.lower) && !SCHEDULE_WORDS.has(word.lower)) return undefined;
	cursor.at = own.at;
	return { places: [place([{ by: 'title' }])] };
}

/** `definition of "X"`, `definitions of "X" and "Y"`, `definition of Effective Date`, `definitions`, `defined term "X"`. */
export function readDefinition(cursor: Cursor): Found | undefined {
	const own = cursor.copy();
	if (own.peek().kind === 'quote' && (own.peek(1).lower === 'definition' || own.peek(1).lower === 'definitions')) {
		const term = own.next().text;
		own.next();
		cursor.at = own.at;
		return { places: [place([{ by: 'definition', term: cleanTerm(term) }])], unit: 'definition' };
	}
	own.take('defined');
	if (!own.take('definition', 'definitions', 'term', 'terms')) return undefined;
	const word = own.tokens[own.at - 1]?.lower ?? '';
	if (word.startsWith('term') && own.tokens[own.at - 2]?.lower !== 'defined') return undefined;
	const terms: string[] = [];
	if (own.peek().lower === 'of') own.next();
	own.take('the', 'term', 'terms');
	own.take('term', 'terms');
	while (own.peek().kind === 'quote') {
		terms.push(cleanTerm(own.next().text));
		while (own.take(',', 'and'));
	}
	if (terms.length === 0 && own.tokens[own.at - 1]?.lower === 'of') {
		const words: string[] = [];
		while (/^[A-Z]/.test(own.peek().text) && own.peek().kind === 'word' && !SECTION_WORDS.has(own.peek().lower))
			words.push(own.next().text);
		if (words.length > 0) terms.push(words.join(' '));
		else own.at--;
	}
	while (/^(?:,|and)$/.test(own.tokens[own.at - 1]?.lower ?? '')) own.at--;
	cursor.at = own.at;
	return { places: terms.map((term) => place([{ by: 'definition', term }])), unit: 'definition' };
}

/** `Section 2.1(b)`, `Exhibits A and C`, `new Section`, `Schedule`. */
export function readNumbered(cursor: Cursor): Found | undefined {
	const own = cursor.copy();
	const { lower, text: word } = own.peek();
	const isSchedule = SCHEDULE_WORDS.has(lower);
	if (!isSchedule && !SECTION_WORDS.has(lower)) return undefined;
	own.next();
	own.take('number', 'no', 'nos');
	if (own.peek().text === '.' && /^(?:sec|no)$/.test(own.tokens[own.at - 1]?.lower ?? '')) own.next();
	const numbers = readNumbers(own, !isSchedule && lower !== 'item', readTitle);
	if (numbers.length === 0) {
		if (TITLE_INTRODUCERS.has(own.peek().lower) && own.peek(1).kind === 'quote') {
			own.next();
			const named = own.next().text.replace(/[,.]$/, '');
			cursor.at = own.at;
			return { places: [place([{ by: 'heading', text: named }])], unit: 'section' };
		}
		if (/^[A-Z]/.test(word) && !isSchedule) return undefined;
		cursor.at = own.at;
		return { places: [], unit: isSchedule ? 'schedule' : 'section' };
	}
	cursor.at = own.at;
	const singular = /^(?:annexes|appendices|addenda)$/.test(lower) ? word : word.replace(/s$/i, '');
	return {
		places: numbers.map(({ parts, through, title }) =>
			place(
				isSchedule
					? [{ by: 'schedule', word: singular, label: parts[0] ?? '' }, ...subSteps(parts.slice(1))]
					: [{ by: 'number', word: singular, parts, ...(through ? { through } : {}) }],
				title,
			),
		),
		unit: isSchedule ? 'schedule' : 'section',
	};
}

function subSteps(parts: string[]): Step[] {
	return parts.length > 0 ? [{ by: 'number', word: '', parts }] : [];
}

/** `(Payment)`, `("Payment")`, `(titled "Term")`, `, entitled "Term"`, `, TERRITORY,`. */
export function readTitle(cursor: Cursor): string | undefined {
	const own = cursor.copy();
	const bracket = own.take('(') !== undefined;
	const comma = !bracket && own.take(',', '-', ':') !== undefined;
	const introduced = TITLE_INTRODUCERS.has(own.peek().lower) ? own.next() : undefined;
	const words: string[] = [];
	const direct = !bracket && !comma && own.tokens[own.at - 1]?.kind !== 'word' && /^\p{Lu}/u.test(own.peek().text);
	if (own.peek().kind === 'quote' && (bracket || introduced || direct)) {
		words.push(own.next().text.replace(/[,.]$/, ''));
	} else if (bracket) {
		while (!own.done && own.peek().text !== ')' && words.length < 14 && own.peek().kind !== 'quote')
			words.push(own.next().text);
		if (!/^\p{Lu}/u.test(words[0] ?? '')) return undefined;
	} else if (comma) {
		while (/^[\p{Lu}&]{2,}$/u.test(own.peek().text)) words.push(own.next().text);
		if (words.length === 0 || (own.peek().text !== ',' && own.peek().lower !== 'of')) return undefined;
		own.take(',');
	}
	if (words.length === 0 || (bracket && !own.take(')'))) return undefined;
	cursor.at = own.at;
	return words.join(' ').replace(/ ([,;.'])/g, '$1');
}

/** `section entitled "Fees"`, `the DEFINITIONS section`, `the Payment clause`. */
export function readTitled(cursor: Cursor): Found | undefined {
	const own = cursor.copy();
	const words: string[] = [];
	while (/^\p{Lu}/u.test(own.peek().text) && own.peek().kind === 'word' && words.length < 8)
		words.push(own.next().text);
	if (words.length === 0) {
		if (own.peek().kind !== 'quote' || !SECTION_WORDS.has(own.peek(1).lower)) return undefined;
		words.push(own.next().text);
	}
	if (!/^(?:section|clause|article|provision|paragraph)$/.test(own.peek().lower)) return undefined;
	own.next();
	cursor.at = own.at;
	return { places: [place([{ by: 'heading', text: words.join(' ') }])], unit: 'section' };
}

/** `Agreement`, `Existing Agreement`, `Commercial License`, `GMA`, `Amendment #2`. */
export function readDocumentName(cursor: Cursor): Found | undefined {
	const own = cursor.copy();
	const determined = /^(?:the|this|said|existing|original|that)$/.test(own.tokens[own.at - 1]?.lower ?? '');
	const words: string[] = [];
	while (/^[\p{Lu}#]/u.test(own.peek().text) && own.peek().kind === 'word' && words.length < 8) {
		const { lower } = own.peek();
		words.push(own.next().text);
		if (DOCUMENT_WORDS.has(lower)) break;
	}
	const last = words.at(-1)?.toLowerCase() ?? '';
	if (words.length === 0 && determined && DOCUMENT_WORDS.has(own.peek().lower)) words.push(own.next().text);
	else if (!DOCUMENT_WORDS.has(last) && !(determined && words.length === 1 && /^[A-Z]{2,5}$/.test(words[0] ?? '')))
		return undefined;
	if (last === 'amendment') {
		// `Amendment Date` is a date.
		if (/^\p{Lu}/u.test(own.peek().text) && own.peek().kind === 'word' && own.peek().lower !== 'no') return undefined;
		own.take('no');
		own.take('.', '#');
		if (own.peek().kind === 'number') words.push(own.next().text);
	}
	cursor.at = own.at;
	return { places: [], document: words.join(' ') };
}
