import { CONTRACT_LIMITS } from '../limits';
import { LONGEST_WORD, OWN_DOCUMENT, PARAGRAPH_WORDS, REFERENCE_WORDS, UNITS, type ReferenceWord } from './words';

/** A cross-reference as it stands in a clause: one per number of a list. */
export interface Reference {
	word: ReferenceWord;
	/** Canonical number: `4.2(b)(ii)`, `IV`, `A-1`. */
	number: string;
	/** Bounds of the number in the text. */
	start: number;
	end: number;
	/** `of Exhibit B` behind it: the schedule that it is looked up in. */
	within?: { word: ReferenceWord; number: string };
	/** As a reader names it: `Section 4.2(b)`. */
	display: string;
}

/** Statutes and regulations in front of or behind a number: `17 U.S.C. Section 101`, `Article 28 GDPR`. */
const STATUTE_BEFORE = /(?:U\.? ?S\.? ?C\.?|C\.? ?F\.? ?R\.?|Code|Act|Regulations?|Directive|GDPR|Law|Rule)[ ,]{0,2}$/;
const STATUTE_BEHIND =
	/^,? ?(?:\([0-9a-z]{1,3}\))?,? ?(?:(?!(?:AND|ANY|ALL|BUT|FOR|NOR|NOT|THE)\b)[A-Z]{3,}\b(?!['\u2019]|,? [A-Z]{2,}\b)|EU |UK |U\.S|of (?:the |that |such |an? |any )?(?:[0-9]{4}|Regulation|Directive|[A-Z][\w&.'-]{0,30}(?: (?:and|of|for|the|on|[A-Z][\w&.'-]{0,30})){0,8}))/;

/** The same in a clause that is set in capitals, where a word in capitals is no abbreviation. */
const CAPITALS_BEFORE = /(?:U\.? ?S\.? ?C\.?|CODE|ACT|REGULATIONS?|DIRECTIVE|GDPR|LAW|RULE)[ ,]{0,2}$/;
const CAPITALS_BEHIND =
	/^,? ?(?:\([0-9A-Za-z]{1,3}\))?,? ?(?:(?:OF )?(?:THE )?(?:GDPR|BGB|HGB|DSGVO)\b|U\.S|OF (?:THE |THAT |ANY )?(?:[A-Z][A-Z.&'-]{0,30} ){0,6}(?:ACT|CODE|LAWS?|REGULATIONS?|DIRECTIVE|RULES)\b)/;

/** Latin and Arabic digits. */
function isDigit(code: number): boolean {
	return (code >= 0x30 && code <= 0x39) || (code >= 0x660 && code <= 0x669);
}

function isLetter(code: number): boolean {
	return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code > 0xbf;
}

function isUpper(code: number): boolean {
	return code >= 0x41 && code <= 0x5a;
}

/** End of `(b)(ii)` at `at`; `at` itself where there is none. */
function parensEnd(text: string, at: number): number {
	let end = at;
	for (;;) {
		const spaced = text.charAt(end) === ' ' && end > 0 && isDigit(text.charCodeAt(end - 1));
		const open = spaced ? end + 1 : end;
		if (text.charCodeAt(open) !== 0x28) return end;
		let stop = open + 1;
		while (stop < open + 6 && (isDigit(text.charCodeAt(stop)) || isLetter(text.charCodeAt(stop)))) stop++;
		if (stop === open + 1 || text.charCodeAt(stop) !== 0x29) return end;
		end = stop + 1;
	}
}

/** End of a number at `at`: `4.2(b)`, `IV`, `D.3`, `A-1`, `(b)(ii)`; `at` itself where there is none. */
function numberEnd(text: string, at: number): number {
	const first = text.charCodeAt(at);
	if (first === 0x28) return parensEnd(text, at);
	let end = at;
	if (isDigit(first)) {
		while (isDigit(text.charCodeAt(end))) end++;
		if (/[a-z]/i.test(text.charAt(end)) && !isLetter(text.charCodeAt(end + 1))) end++;
	} else if (isUpper(first)) {
		while (end < at + 7 && 'IVXLC'.includes(text.charAt(end)) && text.charAt(end) !== '') end++;
		if (end === at) end++;
		if (text.charAt(end) === '-' && isDigit(text.charCodeAt(end + 1))) end++;
		while (isDigit(text.charCodeAt(end))) end++;
	} else return at;
	while (text.charCodeAt(end) === 0x2e && isDigit(text.charCodeAt(end + 1))) {
		end++;
		while (isDigit(text.charCodeAt(end))) end++;
	}
	if (isLetter(text.charCodeAt(end)) || end - at > 24) return at;
	return parensEnd(text, end);
}

/** Word in front of the number at `at`, if it announces a reference. */
function wordBefore(text: string, at: number): ReferenceWord | undefined {
	let end = at;
	if (text.charCodeAt(end - 1) === 0x20) end--;
	const sign = text.charCodeAt(end - 1) === 0xa7;
	if (sign) return REFERENCE_WORDS.get(text.charCodeAt(end - 2) === 0xa7 ? '§§' : '§');
	if (end === at) return undefined;
	let start = end;
	const limit = Math.max(0, end - LONGEST_WORD - 1);
	while (start > limit && (isLetter(text.charCodeAt(start - 1)) || '-.'.includes(text.charAt(start - 1)))) start--;
	return REFERENCE_WORDS.get(text.slice(start, end).toLowerCase());
}

const PARAGRAPH = /^,? (?:Absatz|Abs\.|alinéa|al\.) ?([0-9]{1,3})(?![0-9]|\.[0-9])/;

/** `§ 4 Absatz 2` is `4(2)`, whatever dress it comes in. */
function withParagraph(text: string, end: number): { part: string; end: number } {
	const match = PARAGRAPH.exec(text.slice(end, end + 16));
	return match?.[1] === undefined ? { part: '', end } : { part: `(${match[1]})`, end: end + match[0].length };
}

interface Listed {
	start: number;
	end: number;
	/** Of `4 Absatz 2` the part that its number leaves to words: `(2)`. */
	part: string;
	range: boolean;
}

function listed(text: string, start: number, range: boolean): Listed {
	return { start, range, ...withParagraph(text, numberEnd(text, start)) };
}

const JOIN =
	/^(?:,? (?:and|or|und|oder|et|ou|and\/or|&)|,|;|\u060c) |^ (?:to|through|bis|à|إلى|עד) |^ (?:و|ו-) ?|^ ?[-\u2014] ?/i;
const RANGE = /^ ?(?:to|through|bis|à|إلى|עד|-|\u2014) ?$/i;

/** The next number of a list or range behind `end`. */
function nextListed(text: string, end: number, plural: boolean): Listed | undefined {
	const join = JOIN.exec(text.slice(end, end + 10))?.[0];
	if (join === undefined) return undefined;
	const start = end + join.length;
	const stop = numberEnd(text, start);
	if (stop === start) return undefined;
	const number = text.slice(start, stop);
	if (!plural && !/[.(]/.test(number)) return undefined;
	const next = /^ ?([a-z%]+)/i.exec(text.slice(stop, stop + 14))?.[1];
	if (next !== undefined && UNITS.has(next.toLowerCase())) return undefined;
	// `Section 4 and A party`: a capital is a number only where nothing like a word follows.
	if (/^[A-Z]$/.test(number) && next !== undefined && !/^(?:and|or|of|to|hereof|hereto|shall|will|is|are)$/i.test(next))
		return undefined;
	return listed(text, start, RANGE.test(join));
}

function isStatute(text: string, start: number, end: number): boolean {
	const before = text.slice(Math.max(0, start - 40), start);
	const [word = ''] = /\S+(?= ?$)/.exec(before) ?? [];
	const front = before.replace(/(?:\S+|§+) ?$/, '');
	if (/^[A-Z]{3,}$/.test(word)) return CAPITALS_BEFORE.test(front) || CAPITALS_BEHIND.test(text.slice(end, end + 90));
	if (STATUTE_BEFORE.test(front)) return true;
	const behind = STATUTE_BEHIND.exec(text.slice(end, end + 90));
	if (!behind) return false;
	const name = behind[0].replace(/^[ ,]{0,2}(?:of )?(?:the |that |such |an? |any )?/, '').split(' ');
	return !name.some((word) => OWN_DOCUMENT.has(word.toLowerCase()));
}

function withinSchedule(text: string, end: number): Reference['within'] {
	const match = /^,? (?:of|to|in|des|der|de la|de l') ?([\p{L}]{4,12}) /iu.exec(text.slice(end, end + 30));
	const word = match?.[1] === undefined ? undefined : REFERENCE_WORDS.get(match[1].toLowerCase());
	if (!match || word?.kind !== 'schedule') return undefined;
	const start = end + match[0].length;
	const stop = numberEnd(text, start);
	return stop > start ? { word, number: text.slice(start, stop) } : undefined;
}

/** `4.1` to `4.3` are three; a range that isn't counted by its last number is its two ends. */
function between(from: string, to: string, maxRange: number): string[] {
	const [head, low] = splitLast(from);
	const [other, high] = splitLast(to);
	if (head !== other || low === undefined || high === undefined || high <= low || high - low > maxRange) return [];
	return Array.from({ length: high - low - 1 }, (_, index) => `${head}${low + 1 + index}`);
}

function splitLast(number: string): [string, number | undefined] {
	const digits = /[0-9]{1,4}$/.exec(number)?.[0];
	return digits === undefined ? [number, undefined] : [number.slice(0, -digits.length), Number(digits)];
}

function title(word: ReferenceWord): string {
	return word.name.charAt(0).toUpperCase() + word.name.slice(1);
}

/** Collects the references of one clause. */
class Scan {
	readonly found: Reference[] = [];

	constructor(
		private readonly text: string,
		private readonly maxRange: number,
	) {}

	/** Reads the list of numbers that starts at `at`; returns where to go on. */
	list(word: ReferenceWord, at: number): number {
		const numbers: Listed[] = [listed(this.text, at, false)];
		let end = numbers[0]?.end ?? at;
		for (let next = nextListed(this.text, end, word.plural); next; next = nextListed(this.text, end, word.plural)) {
			numbers.push(next);
			({ end } = next);
		}
		if (isStatute(this.text, at, end)) return end;
		const within = withinSchedule(this.text, end);
		let last = '';
		for (const { start, end: stop, part, range } of numbers) {
			const shown = this.text.slice(start, stop).replace(/ (?=\()/g, '');
			const bare = part === '' ? shown : shown.replace(/,? .*/, part);
			const own = PARAGRAPH_WORDS.has(word.name) && /^[0-9]+$/.test(bare) ? `(${bare})` : bare;
			const number = own.startsWith('(') && last !== '' ? sibling(last, own) : own;
			if (range) for (const inner of between(last, number, this.maxRange)) this.#add(word, inner, stop, stop, within);
			this.#add(word, number, start, stop, within, own === shown ? number : shown);
			last = number;
		}
		return end;
	}

	#add(
		word: ReferenceWord,
		number: string,
		start: number,
		end: number,
		within: Reference['within'],
		shown = number,
	): void {
		const display = `${title(word)} ${shown}${within ? ` of ${title(within.word)} ${within.number}` : ''}`;
		this.found.push({ word, number, start, end, display, ...(within ? { within } : {}) });
	}
}

/** `(b)` behind `4.2(a)` is `4.2(b)`; behind `4.2` it is `4.2(b)` too. */
function sibling(last: string, own: string): string {
	const at = last.indexOf('(');
	return (at < 0 ? last : last.slice(0, at)) + own;
}

/**
 * The cross-references in a clause's clean text, in order. Statutes (`Section 230 of the Communications Act`,
 * `Article 28 GDPR`) and `this Section` are none. Every look-around is bounded, so the cost is linear.
 * @param maxRange most numbers read out of a range such as `Sections 4 to 9`
 */
export function scanReferences(text: string, maxRange = CONTRACT_LIMITS.maxReferenceRange): Reference[] {
	const scan = new Scan(text, maxRange);
	for (let at = 0; at < text.length;) {
		const code = text.charCodeAt(at);
		const starts = isDigit(code) || code === 0x28 || isUpper(code);
		const previous = at > 0 ? text.charCodeAt(at - 1) : 0;
		if (!starts || (previous !== 0x20 && previous !== 0xa7)) {
			at++;
			continue;
		}
		const word = wordBefore(text, at);
		at = word && numberEnd(text, at) > at ? scan.list(word, at) : at + 1;
	}
	return scan.found;
}
