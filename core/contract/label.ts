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
const KEYWORD =
	/^(article|section|sec\.|clause|part|chapter|schedule|exhibit|annex|annexure|appendix|attachment|addendum|§{1,2})\s*((?:[0-9]{1,4}(?:[.-][0-9]{1,4}){0,6}[A-Za-z]?|[IVXLC]{1,7}|[A-Z](?:-?[0-9]{1,3})?)(?![A-Za-z0-9]))\.?/i;
const DECIMAL = /^([0-9]{1,3}(?:\.[0-9]{1,3}){0,7})([.)]?)(?=\s|$)/;
const PAREN = /^\(([a-z]{1,5}|[A-Z]{1,5}|[0-9]{1,3})\)(?=\s|$|["A-Z])/;
const DOTTED = /^([a-z]{1,4}|[A-Z]{1,5})([.)])(?=\s|$)/;
const STYLES = new Map<string, Label['style']>([
	['article', 'article'],
	['part', 'part'],
	['chapter', 'part'],
	['section', 'section'],
	['sec.', 'section'],
	['clause', 'section'],
	['§', 'section'],
	['§§', 'section'],
]);
const ROMAN = new Map<string, number>(Object.entries({ i: 1, v: 5, x: 10, l: 50, c: 100 }));

/** Value of a Roman numeral in lower case, 0 if it is none. */
export function romanValue(text: string): number {
	let total = 0;
	let last = 1_000;
	for (const letter of text) {
		const value = ROMAN.get(letter);
		if (value === undefined) return 0;
		total += value > last ? value - 2 * last : value;
		last = value;
	}
	return total;
}

function letterValue(text: string): number {
	const first = text.charCodeAt(0) - 0x60;
	const repeated = [...text].every((letter) => letter === text[0]);
	if (repeated) return first + 26 * (text.length - 1);
	return text.length === 2 ? first * 26 + text.charCodeAt(1) - 0x60 : 0;
}

function separator(text: string, from: number): number {
	let at = from;
	while (at < text.length && at < from + 4 && ' .:-\u2014'.includes(text.charAt(at))) at++;
	return at;
}

/** `Section 4 of this Agreement applies` opens a sentence, `Section 4. Fees` and `Section 4` open a clause. */
function opensClause(rest: string): boolean {
	if (rest === '') return true;
	const first = rest.charAt(0);
	if ('.:-\u2014("'.includes(first)) return true;
	return first === ' ' && !/[a-z(,;]/.test(rest.charAt(1));
}

function keywordLabel(head: string): Label | undefined {
	const match = KEYWORD.exec(head);
	const word = match?.[1];
	const number = match?.[2];
	if (!match || word === undefined || number === undefined) return undefined;
	if (/^[a-z]/.test(word) || !opensClause(head.slice(match[0].length).replace(/^\./, ''))) return undefined;
	if (/^[a-z]$/.test(number)) return undefined;
	const style = STYLES.get(word.toLowerCase()) ?? 'schedule';
	const parts = /^[0-9]/.test(number)
		? number.split(/[.-]/).map((part) => parseInt(part, 10))
		: [/^[IVXLC]+$/.test(number) ? romanValue(number.toLowerCase()) : letterValue(number.charAt(0).toLowerCase())];
	const name = word.charAt(0) === '§' ? '§' : word.charAt(0) + word.slice(1).toLowerCase();
	return { style, display: `${name} ${number}`, parts, length: separator(head, match[0].length) };
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
	if (letter === 0 || (letters.length > 1 && !paren)) return undefined;
	return { style: upper ? (paren ? 'paren-upper' : 'upper') : 'lower', display, parts: [letter], length };
}

/** Reads the label at the start of clean text. Looks at the first few characters only. */
export function readLabel(text: string): Label | undefined {
	const head = text.slice(0, LONGEST);
	const first = head.charCodeAt(0);
	if (first >= 0x30 && first <= 0x39) {
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

const NUMERALS = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv'];

/** How the label before this one would be written in brackets; empty for the first and for labels without brackets. */
export function previousDisplays(label: Label): string[] {
	if (!label.display.startsWith('(')) return [];
	const values = [label.parts[0] ?? 0, label.letter ?? 0].map((value) => value - 1).filter((value) => value > 0);
	const dress = (text: string): string => `(${/[A-Z]/.test(label.display) ? text.toUpperCase() : text})`;
	return values
		.flatMap((value) => [String(value), NUMERALS[value - 1] ?? '', String.fromCharCode(0x60 + value)])
		.map(dress);
}
