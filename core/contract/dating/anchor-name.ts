import {
	DATE_OF_DOCUMENT,
	INITIAL_TERM_END,
	SIGNATURE_DATE,
	TERM_END,
	type DateExpression,
	type ExpressionReading,
} from './expression';
import { TokenList } from './token';

const DOCUMENTS = new Set(
	'agreement amendment contract addendum order lease licence license letter instrument supplement deed schedule exhibit endorsement document vertrag vertrags vertrages contrat avenant'.split(
		' ',
	),
);
const LAST_WORDS = new Set(['date', 'day', 'deadline', 'datum', 'vertragsbeginn', 'stichtag']);
const BARE = new Set(['the', 'such', 'said', 'this', 'der', 'dem', 'des', 'la', 'le']);
/** Phrases for the day on which a document bears its date. The longest come first. */
const DOCUMENT_DATES = [
	'day and year first above written',
	'day and year first written above',
	'date and year first above written',
	'date and year first written above',
	'day and date first above written',
	'date first above written',
	'date first written above',
	'date first set forth above',
	'date first above mentioned',
	'date above first written',
	'date written above',
	'date set forth above',
	'date stated above',
	'date above written',
	'date hereof',
	'day hereof',
].map((phrase) => phrase.split(' '));
const BEHIND_SIGNATURE = new Set(['below', 'hereto', 'hereon', 'hereunder']);
const SIGNATURE_DATES = [
	'last date of signature',
	'latest date of signature',
	'later of the dates of signature',
	'latest of the dates of signature',
	'date of last signature',
	'date of the last signature',
	'date of final signature',
	'date of the last party to sign',
	'date of signature',
	'date of signing',
	'date of execution',
	'date of its execution',
	'date of full execution',
	'date last signed below',
	'date last written below',
	'date last set forth below',
	'date of last execution',
	'last date of signature',
	'last signature date',
	'last date signed below',
	'latest date of signature',
	'date signed by both parties',
	'date it is signed by both parties',
	'date on which it is signed by both parties',
	'date of the last signature below',
	'date of last signature below',
].map((phrase) => phrase.split(' '));

/** Names that a contract defines as days. */
export class KnownNames {
	/** Their last words, so that most words of a text need no closer look. */
	readonly lastWords: ReadonlySet<string>;

	constructor(readonly names: ReadonlySet<string>) {
		this.lastWords = new Set([...names].map((name) => name.slice(name.lastIndexOf(' ') + 1)));
	}
}

/** How a name is looked up: its words in lower case. */
export function anchorKey(name: string): string {
	return new TokenList(name).tokens
		.filter(({ text }) => /[\p{L}0-9]/u.test(text))
		.map(({ lower }) => lower)
		.join(' ');
}

function anchor(
	name: string,
	list: TokenList,
	from: number,
	next: number,
	document?: 'base' | 'amendment',
): ExpressionReading {
	const expression: DateExpression = { kind: 'anchor', name, words: list.written(from, next) };
	return { expression: document === undefined ? expression : { ...expression, document }, from, next };
}

/** `of this Agreement`, `of the Amendment`; tells which document is meant, and where the words end. */
export function ofDocument(list: TokenList, at: number): { next: number; document?: 'base' | 'amendment' } | undefined {
	if (list.word(at) === 'hereof') return { next: at + 1 };
	if (list.word(at) !== 'of' && list.word(at) !== 'under') return undefined;
	const determiner = list.word(at + 1);
	if (determiner !== 'this' && determiner !== 'the') return undefined;
	for (let next = at + 2; next < at + 7; next++) {
		if (!DOCUMENTS.has(list.word(next))) {
			if (isCapital(list, next)) continue;
			return undefined;
		}
		// `this Agreement` in an amendment stands in text for the agreement that it amends.
		if (/schedule|exhibit/.test(list.word(next))) return { next: next + 1 };
		const amends = /amendment|addendum|supplement|endorsement/.test(list.word(next));
		return { next: next + 1, document: amends ? 'amendment' : 'base' };
	}
	return undefined;
}

function isCapital(list: TokenList, at: number): boolean {
	const first = list.text(at).charAt(0);
	return first !== '' && first !== first.toLowerCase();
}

/** The date that a document bears, and the day on which it was signed. */
function readStanding(list: TokenList, at: number): ExpressionReading | undefined {
	const date = list.word(at) === 'the' || list.word(at) === 'its' ? at + 1 : at;
	for (const phrase of SIGNATURE_DATES) {
		if (!list.startsWith(date, phrase)) continue;
		const next = list.skip(date + phrase.length, BEHIND_SIGNATURE, 1);
		return anchor(SIGNATURE_DATE, list, at, ofDocument(list, next)?.next ?? next);
	}
	for (const phrase of DOCUMENT_DATES) {
		if (list.startsWith(date, phrase)) return anchor(DATE_OF_DOCUMENT, list, at, date + phrase.length);
	}
	if (list.word(date) !== 'date') return undefined;
	if (list.startsWith(date + 1, ['of', 'execution']) || list.startsWith(date + 1, ['of', 'signature'])) {
		return anchor(SIGNATURE_DATE, list, at, ofDocument(list, date + 3)?.next ?? date + 3);
	}
	const own = ofDocument(list, date + 1);
	return own && anchor(DATE_OF_DOCUMENT, list, at, own.next, own.document);
}

const ENDS = new Set(['end', 'expiration', 'expiry', 'completion', 'conclusion']);

/** `the expiration of the Initial Term`, `the end of the then-current term`. */
function readTermEnd(list: TokenList, at: number): ExpressionReading | undefined {
	const end = list.word(at) === 'the' ? at + 1 : at;
	const initialAlone = list.startsWith(end, ['initial', 'term']);
	const of = end + 1;
	if (!initialAlone && (!ENDS.has(list.word(end)) || list.word(of) !== 'of')) return undefined;
	let next = initialAlone ? end : list.skip(of + 1, BARE);
	const initial = list.word(next) === 'initial' || list.word(next) === 'original';
	if (initial) next++;
	if (list.word(next) !== 'term') return undefined;
	const after = ofDocument(list, next + 1)?.next ?? next + 1;
	// `the term of a subscription` is another one.
	if (after === next + 1 && list.word(after) === 'of') return undefined;
	return anchor(initial ? INITIAL_TERM_END : TERM_END, list, at, after);
}

const MOST_WORDS = 6;

/** `the Effective Date`, `the Project Go-Live Date of this Agreement`; other names only where the contract defines them. */
function readNamed(list: TokenList, at: number, known: KnownNames): ExpressionReading | undefined {
	const first = BARE.has(list.word(at)) ? at + 1 : at;
	if (!isCapital(list, first) && !isPlainName(list, first)) return undefined;
	for (let words = MOST_WORDS; words >= 1; words--) {
		const next = first + words;
		const last = list.word(next - 1);
		if ((!LAST_WORDS.has(last) && !known.lastWords.has(last)) || !isName(list, first, next)) continue;
		const name = anchorKey(list.written(first, next));
		const date = LAST_WORDS.has(last) && words >= (last.length > 8 ? 1 : 2);
		if (!date && !known.names.has(name)) continue;
		const owner = ofDocument(list, next);
		// `the Effective Date of Termination` is another day.
		if (!owner && list.word(next) === 'of' && !known.names.has(name)) return undefined;
		if (!owner && /^of$/.test(list.word(next)) && !/^(?:the|this)$/.test(list.word(next + 1))) return undefined;
		return anchor(name, list, at, owner?.next ?? next, owner?.document);
	}
	return undefined;
}

/** `the effective date of this Agreement`, without capitals. */
function isPlainName(list: TokenList, at: number): boolean {
	const named =
		list.word(at + 1) === 'date' && /^(?:effective|commencement|start|expiry|expiration|signing)$/.test(list.word(at));
	return named && ofDocument(list, at + 2) !== undefined;
}

function isName(list: TokenList, from: number, next: number): boolean {
	if (isPlainName(list, from) && next === from + 2) return true;
	for (let at = from; at < next; at++) {
		if (isCapital(list, at)) continue;
		const hyphen = list.word(at) === '-' && at > from && at < next - 1;
		if (!hyphen && !(at > from && list.digits(at, 1, 2) !== undefined)) return false;
	}
	return true;
}

/** Reads a day by its name. */
export function readAnchor(list: TokenList, at: number, known: KnownNames): ExpressionReading | undefined {
	return readStanding(list, at) ?? readTermEnd(list, at) ?? readNamed(list, at, known);
}
