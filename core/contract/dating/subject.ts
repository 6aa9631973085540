import type { TokenList } from './token';

/** Which document a phrase speaks of: the one that is being read, or another that it names. */
export type Subject = 'this' | 'other';

const AMENDMENTS = new Set(
	'amendment addendum supplement endorsement modification variation avenant nachtrag novation änderungsvereinbarung zusatzvereinbarung ergänzungsvereinbarung änderungsvertrag'.split(
		' ',
	),
);
const CHANGES = new Set('amendments changes modifications variations'.split(' '));
const AGREEMENTS = new Set('agreement contract lease order deed vertrag contrat instrument letter'.split(' '));
const OTHERS = new Set(['that', 'certain', 'such', 'an', 'a', 'each', 'any', 'those', 'existing', 'original', 'prior']);
const AUXILIARIES = new Set(
	'is are was were shall will be been becomes become takes take has have had comes come does may tritt treten entre entrera'.split(
		' ',
	),
);
const THIS = new Set(['this', 'present', 'dieser', 'diese', 'dieses', 'diesem', 'présent', 'présente']);
const FARTHEST = 240;

type Own = 'amendment' | 'agreement';

function isNoun(word: string): boolean {
	return AMENDMENTS.has(word) || AGREEMENTS.has(word) || CHANGES.has(word);
}

function isOwn(word: string, own: Own): boolean {
	return AMENDMENTS.has(word) || CHANGES.has(word) || (own === 'agreement' && AGREEMENTS.has(word));
}

/** Position of the bracket that opens around the words that end with `at`; -1 where none does. */
function openBracket(list: TokenList, at: number): number {
	let depth = 0;
	for (let back = at; back >= 0 && back > at - FARTHEST; back--) {
		if (list.word(back) === ')') depth++;
		else if (list.word(back) === '(' && --depth < 0) return back;
	}
	return -1;
}

/** Where the statement around `at` begins: behind a semicolon or a full stop. */
function statementStart(list: TokenList, at: number): number {
	for (let back = at - 1; back >= 0 && back > at - FARTHEST; back--) {
		if (list.word(back) === ';') return back + 1;
	}
	return Math.max(0, at - FARTHEST);
}

/** `Amendment No. 2`, `Amendment #3,`: what may stand between a noun and what is said of it. */
function isNumbering(list: TokenList, at: number): boolean {
	return /^(?:#|no|n|°|number|\.|,|"|')$/.test(list.word(at)) || list.digits(at, 1, 9) !== undefined;
}

/** The noun that the words before `at` end with, over numbers and brackets; -1 where something else stands there. */
function nounBefore(list: TokenList, at: number): number {
	let back = at - 1;
	for (let most = 0; most < 14 && back >= 0; most++) {
		const word = list.word(back);
		if (isNoun(word)) return back;
		if (word === ')') {
			const open = openBracket(list, back - 1);
			if (open < 0) return -1;
			back = open - 1;
		} else if (isNumbering(list, back) || word === 'and') back--;
		else return -1;
	}
	return -1;
}

/** The nearest noun before `at`, outside brackets. */
function nearestNoun(list: TokenList, at: number, from: number): number {
	for (let back = at - 1; back >= from; back--) {
		if (list.word(back) === ')') back = Math.max(from, openBracket(list, back - 1));
		else if (isNoun(list.word(back))) return back;
	}
	return -1;
}

function firstNoun(list: TokenList, at: number, from: number): number {
	let depth = 0;
	for (let next = from; next < at; next++) {
		const word = list.word(next);
		if (word === '(') depth++;
		else if (word === ')') depth = Math.max(0, depth - 1);
		else if (depth === 0 && isNoun(word)) return next;
	}
	return -1;
}

/** Whether a noun is named as this document: `this Amendment`, `this First Amendment to Services Agreement`, a title. */
function namesThis(list: TokenList, noun: number, own: Own): Subject {
	if (CHANGES.has(list.word(noun))) {
		for (let back = noun - 1; back > noun - 4; back--)
			if (/^(?:following|these|foregoing|above)$/.test(list.word(back))) return 'this';
		return 'other';
	}
	let amends = isOwn(list.word(noun), own);
	for (let back = noun - 1; back > noun - 14 && back >= 0; back--) {
		const word = list.word(back);
		if (AMENDMENTS.has(word)) amends = true;
		if (THIS.has(word)) return amends ? 'this' : 'other';
		if (word === 'the' || OTHERS.has(word)) return 'other';
		if (word === ';' || (word === '.' && !/^(?:no|n)$/.test(list.word(back - 1)))) break;
		// Without an article it is a title, and titles have capitals: `as amended by First Amendment` is none.
		if (!isTitleWord(list, back)) return 'other';
	}
	return amends ? 'this' : 'other';
}

function isTitleWord(list: TokenList, at: number): boolean {
	const text = list.text(at);
	return text !== list.word(at) || !/\p{L}/u.test(text) || /^(?:of|to|and|no|n|for|first|second)$/.test(text);
}

/** `This Amendment No. 3 to the Supply Agreement is …`: the amendment is what it is said of. */
function headOf(list: TokenList, noun: number): number {
	let back = noun - 1;
	while (back > noun - 14 && back >= 0 && list.word(back) !== 'the') back--;
	if (list.word(back) !== 'the' || !/^(?:to|of)$/.test(list.word(back - 1))) return noun;
	const head = nounBefore(list, back - 1);
	return head >= 0 && AMENDMENTS.has(list.word(head)) ? head : noun;
}

/** `This amendment to Section 2, Part B of the Agreement`: one long subject, without a verb in it. */
function leads(list: TokenList, first: number, near: number): boolean {
	if (first < 0 || first >= near || !AMENDMENTS.has(list.word(first)) || list.word(first + 1) !== 'to') return false;
	for (let at = first; at < near; at++) {
		if (AUXILIARIES.has(list.word(at)) || /^(?:amends|modifies|supplements|replaces|that|which)$/.test(list.word(at))) {
			return false;
		}
	}
	return THIS.has(list.word(first - 1)) || THIS.has(list.word(first - 2));
}

function auxiliaryBefore(list: TokenList, at: number): number {
	for (let back = at; back >= at - 4 && back >= 0; back--) {
		if (AUXILIARIES.has(list.word(back))) {
			let first = back;
			while (AUXILIARIES.has(list.word(first - 1))) first--;
			return first;
		}
	}
	return -1;
}

/** Whether what stands at `at` says something of a noun right before it: `the Quality Agreement, effective …`. */
export function isAttribute(list: TokenList, at: number): boolean {
	return auxiliaryBefore(list, at) < 0 && nounBefore(list, at) >= 0;
}

/**
 * Of which document `dated`, `effective as of`, `is made` … at position `at` speak.
 * @param own `amendment` where the document is one: the `this Agreement` in it stands in the text it brings
 */
export function subjectAt(list: TokenList, at: number, own: Own): Subject | undefined {
	if (openBracket(list, at - 1) >= 0) return 'other';
	const from = statementStart(list, at);
	const opening = list.word(from) === 'and' ? from + 1 : from;
	if (list.word(opening) === 'whereas') return 'other';
	const verb = auxiliaryBefore(list, at);
	if (verb < 0) {
		const noun = nearestNoun(list, at, from);
		return noun < 0 ? undefined : namesThis(list, noun, own);
	}
	const relative = /^(?:which|that|who)$/.test(list.word(verb - 1));
	const near = relative ? nearestNoun(list, verb - 1, from) : nounBefore(list, verb);
	const first = firstNoun(list, verb, from);
	const noun = near >= 0 && (relative || !leads(list, first, near)) ? headOf(list, near) : relative ? near : first;
	if (noun < 0) return undefined;
	if (namesThis(list, noun, own) === 'this') return 'this';
	// Once it is introduced, an amendment calls itself `the Amendment`.
	return list.word(noun - 1) === 'the' && AMENDMENTS.has(list.word(noun)) ? 'this' : 'other';
}
