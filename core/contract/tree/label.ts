import { romanNumeral, romanValue } from './roman';
import { arabicDigits, hebrewValue, ORDINAL_WORDS, STRUCTURE_WORDS } from './structure-words';

/** The number or letter at the start of a clause, as a reader sees it. */
export interface Label {
	style:
		| 'schedule'
		| 'part'
		| 'article'
		| 'section'
		| 'decimal'
		| 'upper'
		| 'lower'
		| 'roman'
		| 'paren-digit'
		| 'paren-upper';
	/** e.g. `4.2`, `(a)`, `Schedule A`, `Article IV`. */
	display: string;
	/** Parts of a decimal number; for the other styles one value. */
	parts: number[];
	/** Characters of the text that the label takes, with what separates it from the rest. */
	length: number;
	/** For `(i)`, `(v)`, `(x)`…: its place in the alphabet, since only the neighbours tell letter from numeral. */
	letter?: number;
}

const LONGEST = 48;
const LONGEST_WORD = 12;
const NUMBER =
	/^\s{0,3}((?:[0-9]{1,4}(?:[.-][0-9]{1,4}){0,6}(?:er|re|ère|[A-Z])?|[IVXLC]{1,7}|[A-Z](?:-?[0-9]{1,3})?)(?![\p{L}0-9])|\(?[\u0660-\u0669]{1,3}\)?|\([0-9]{1,3}\)(?=[\s:]{1,2}[\u0600-\u06ff])|[\u05d0-\u05ea](?:[\u05f3'](?!\p{L})|["\u05f4]?[\u05d0-\u05ea](?<=["\u05f4].)(?!\p{L})|(?!['"\p{L}\u05f3\u05f4])))\.?/iu;
/** `§ 312 BGB`, `§ 3 Abs. 2`: a law is cited. */
const CITATION =
	/^ (?:Abs(?:atz|\.)|Satz \d|S\. \d|Nr\.|Ziff(?:er|\.)|lit\.|i\. ?V|ff?\.|[A-ZÄÖÜ][A-Za-z]{0,6}(?:GB|G|VO|PO|StG)(?![A-Za-z]))/;
const DECIMAL = /^([0-9]{1,3}(?:\.[0-9]{1,3}){0,7})([.)]?)(?=\s|$)/;
/** `1.1(a)`: the whole number before each item. What goes on as a sentence about that number is none. */
const COMPOSED =
	/^([0-9]{1,3}(?:\.[0-9]{1,3}){0,5})((?:\((?:[a-z]{1,5}|[A-Z]{1,5}|[0-9]{1,3})\)){1,4})[.:]?(?=\s|$)(?! (?:and|or|of|to|above|below|hereof|shall|is|are|applies)(?![A-Za-z]))/;
const PAREN = /^\(([a-z]{1,5}|[A-Z]{1,5}|[0-9]{1,3})\)(?=\s|$|["A-Z])/;
const DOTTED = /^([a-z]{1,4}|[A-Z]{1,5})([.)])(?=\s|$)/;

function letterValue(text: string): number {
	const first = text.charCodeAt(0) - 0x60;
	const repeated = [...text].every((letter) => letter === text[0]);
	if (repeated) return first + 26 * (text.length - 1);
	return text.length === 2 ? first * 26 + text.charCodeAt(1) - 0x60 : 0;
}

/** The list after `z.` goes on with `aa.`. */
function isDoubled(text: string): boolean {
	return text.length === 2 && text[0] === text[1];
}

function separator(text: string, from: number): number {
	let at = from;
	while (at < text.length && at < from + 4 && ' .:-\u2014'.includes(text.charAt(at))) at++;
	return at;
}

/** Words that begin a sentence after a number, and never go on with one about it: `Section 1.01 the Borrower shall …`. */
const OPENS_SENTENCE =
	/^ (?:the|an?|each|every|no|all|any|if|upon|unless|subject to|except|where|whenever|we|you|it|this|these|neither|either)(?![\p{L}])/u;

/** `Section 4 of this Agreement applies` opens a sentence, `Section 4. Fees` and `Section 4` open a clause. */
function opensClause(rest: string): boolean {
	if (rest === '') return true;
	const first = rest.charAt(0);
	if ('.:-\u2014("'.includes(first)) return true;
	if (first !== ' ' || CITATION.test(rest)) return false;
	const next = rest.charAt(1);
	if ('(,;'.includes(next)) return false;
	if (/\p{Ll}/u.test(next)) return OPENS_SENTENCE.test(rest);
	// Scripts without capitals do not tell a heading from a sentence; its length and its end do.
	return !/\p{Lo}/u.test(next) || (rest.length < LONGEST - 12 && !/[.;,\u060c\u061b]$/.test(rest));
}

/** The structure word at the start of a text with its full stop, if it has one. */
function structureWord(head: string): string | undefined {
	if (head.startsWith('§')) return head.startsWith('§§') ? '§§' : '§';
	const first = head.charAt(0);
	if (first === first.toLowerCase() && first.charCodeAt(0) < 0x590) return undefined;
	let end = 0;
	while (end < head.length && end <= LONGEST_WORD && isLetter(head.charCodeAt(end))) end++;
	if (end < 3 || end > LONGEST_WORD) return undefined;
	return head.charAt(end) === '.' && STRUCTURE_WORDS.has(head.slice(0, end + 1).toLowerCase())
		? head.slice(0, end + 1)
		: head.slice(0, end);
}

function isLetter(code: number): boolean {
	return (
		(code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || (code >= 0xc0 && code !== 0xd7 && code < 0x2000)
	);
}

/** Number behind a structure word: its text and its parts. */
function structureNumber(rest: string): { text: string; parts: number[]; length: number } | undefined {
	const match = NUMBER.exec(rest);
	const text = match?.[1];
	if (match && text !== undefined) {
		if (/^[a-z]$/.test(text)) return undefined;
		return { text, parts: numberParts(text), length: match[0].length };
	}
	const word = /^ (\p{L}{3,11})(?!\p{L})/u.exec(rest)?.[1];
	const value = word === undefined ? undefined : ORDINAL_WORDS.get(word.toLowerCase());
	return word === undefined || value === undefined
		? undefined
		: { text: word, parts: [value], length: word.length + 1 };
}

function numberParts(number: string): number[] {
	if (/^[0-9]/.test(number)) return number.split(/[.-]/).map((part) => parseInt(part, 10));
	if (/^\(?[0-9\u0660-\u0669]/.test(number)) return [arabicDigits(number)];
	if (/^[\u05d0-\u05ea]/.test(number)) return [hebrewValue(number)];
	return [/^[IVXLC]+$/.test(number) ? romanValue(number.toLowerCase()) : letterValue(number.charAt(0).toLowerCase())];
}

function keywordLabel(head: string): Label | undefined {
	const word = structureWord(head);
	const style = word === undefined ? undefined : STRUCTURE_WORDS.get(word.toLowerCase());
	if (word === undefined || style === undefined) return undefined;
	const number = structureNumber(head.slice(word.length));
	if (!number) return undefined;
	const end = word.length + number.length;
	if (!opensClause(head.slice(end).replace(/^\./, ''))) return undefined;
	const name = word.charAt(0) === '§' ? '§' : word.charAt(0) + word.slice(1).toLowerCase();
	return { style, display: `${name} ${number.text}`, parts: number.parts, length: separator(head, end) };
}

function letterLabel(letters: string, display: string, length: number, paren: boolean): Label | undefined {
	const lower = letters.toLowerCase();
	const upper = letters !== lower;
	const roman = romanValue(lower);
	const letter = letterValue(lower);
	const single = letters.length === 1;
	if (roman > 0 && (!single || 'ivx'.includes(lower))) {
		const style = upper ? (paren ? 'paren-upper' : 'upper') : 'roman';
		return { style, display, parts: [roman], length, ...(letter > 0 ? { letter } : {}) };
	}
	if (letter === 0 || (letters.length > 1 && !paren && !isDoubled(lower))) return undefined;
	return { style: upper ? (paren ? 'paren-upper' : 'upper') : 'lower', display, parts: [letter], length };
}

function composedLabel(text: string, head: string): Label | undefined {
	const [whole, digits, items] = COMPOSED.exec(head) ?? [];
	if (whole === undefined || digits === undefined || items === undefined) return undefined;
	const inner = items.slice(1, -1).split(')(');
	const parts = [...digits.split('.').map(Number), ...inner.map(itemValue)];
	return { style: 'decimal', display: `${digits}${items}`, parts, length: separator(text, whole.length) };
}

function itemValue(item: string): number {
	if (/^[0-9]/.test(item)) return Number(item);
	const lower = item.toLowerCase();
	const roman = item.length > 1 || lower === 'i' ? romanValue(lower) : 0;
	return roman > 0 ? roman : letterValue(lower);
}

/** Reads the label at the start of clean text. Looks at the first few characters only. */
export function readLabel(text: string): Label | undefined {
	const head = text.slice(0, LONGEST);
	const first = head.charCodeAt(0);
	if (first >= 0x30 && first <= 0x39) {
		const composed = composedLabel(text, head);
		if (composed) return composed;
		const match = DECIMAL.exec(head);
		const digits = match?.[1];
		if (!match || digits === undefined) return undefined;
		const parts = digits.split('.').map(Number);
		if (parts.length === 1 && match[2] === '') return undefined;
		return { style: 'decimal', display: digits, parts, length: separator(text, match[0].length) };
	}
	if (first === 0x28) {
		const match = PAREN.exec(head);
		const inner = match?.[1];
		if (!match || inner === undefined) return undefined;
		const length = separator(text, match[0].length);
		if (/^[0-9]/.test(inner)) return { style: 'paren-digit', display: match[0], parts: [Number(inner)], length };
		return letterLabel(inner, match[0], length, true);
	}
	const keyword = keywordLabel(head);
	if (keyword) return keyword;
	const dotted = DOTTED.exec(head);
	const letters = dotted?.[1];
	if (!dotted || letters === undefined) return undefined;
	return letterLabel(letters, dotted[0], separator(text, dotted[0].length), false);
}

const BARE_NUMBER = /^([0-9]{1,2})[ \t]{1,4}(?=["'(]?[\p{Lu}\p{Lo}])/u;
/** `24 Hour Support` and `30 Days' Notice` begin with an amount. */
const AMOUNT =
	/^(?:business |calendar |working )?(?:minute|hour|day|week|month|quarter|year|percent|stunde|tag|woche|monat|jahr|heure|jour|semaine|mois|an)(?:s|e|en|n)?(?!\p{L})/iu;

/** Reads the label at the start of a heading: there a number needs no full stop, as in `4 Warranties`. */
export function readHeadingLabel(text: string): Label | undefined {
	const known = readLabel(text);
	if (known) return known;
	const [whole, digits] = BARE_NUMBER.exec(text) ?? [];
	if (whole === undefined || digits === undefined || AMOUNT.test(text.slice(whole.length))) return undefined;
	return { style: 'decimal', display: digits, parts: [Number(digits)], length: whole.length };
}

/** How the label before this one would be written in brackets; empty for the first and for labels without brackets. */
export function previousDisplays(label: Label): string[] {
	if (!label.display.startsWith('(')) return [];
	const values = [label.parts[0] ?? 0, label.letter ?? 0].map((value) => value - 1).filter((value) => value > 0);
	const dress = (text: string): string => `(${/[A-Z]/.test(label.display) ? text.toUpperCase() : text})`;
	return values.flatMap((value) => [String(value), romanNumeral(value), String.fromCharCode(0x60 + value)]).map(dress);
}
