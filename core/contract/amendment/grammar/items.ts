import { Cursor } from './cursor';
import type { Token } from './lexer';
import { readPlace } from './place';
import type { PlaceItem } from './place-item';
import { PHRASES, type PhraseName } from './phrases';
import { VERBS, type VerbClass, type VerbForm } from './verbs';
import { ADVERBS, AUXILIARIES, PAST, POSSIBLE } from './vocabulary';

export type Item =
	| { type: 'verb'; cls: VerbClass; form: VerbForm; start: number; end: number; word: string }
	| { type: 'place'; place: PlaceItem; start: number; end: number }
	| { type: 'quote'; text: string; start: number; end: number }
	| { type: 'phrase'; name: PhraseName; start: number; end: number }
	| { type: 'word'; text: string; start: number; end: number };

const BY_LENGTH = PHRASES.map(([name, words]) => ({ name, words: words.split(' ') })).sort(
	(a, b) => b.words.length - a.words.length,
);
const FIRST_WORDS = new Map<string, typeof BY_LENGTH>();
for (const phrase of BY_LENGTH) {
	const first = phrase.words[0] ?? '';
	FIRST_WORDS.set(first, [...(FIRST_WORDS.get(first) ?? []), phrase]);
}

/** Cuts a sentence into what the grammar knows: verbs that amend, places, quoted words, set phrases; the rest are words. */
export function readItems(tokens: readonly Token[], text: string, openFrame: boolean): Item[] {
	const items: Item[] = [];
	const cursor = new Cursor(tokens);
	while (!cursor.done) items.push(readItem(cursor, text, items, openFrame));
	return items;
}

function readItem(cursor: Cursor, text: string, before: readonly Item[], openFrame: boolean): Item {
	const { start, end, kind, text: word } = cursor.peek();
	const verb = kind === 'word' ? amendingVerb(cursor, before, openFrame) : undefined;
	if (verb) return verb;
	if (kind === 'quote' && !/^(?:definition|definitions|section)$/.test(cursor.peek(1).lower)) {
		cursor.next();
		return { type: 'quote', text: word, start, end };
	}
	for (const { name, words } of FIRST_WORDS.get(cursor.peek().lower) ?? []) {
		if (!cursor.phrase(words)) continue;
		return { type: 'phrase', name, start, end: cursor.tokens[cursor.at - 1]?.end ?? end };
	}
	const place = kind === 'mark' ? undefined : readPlace(cursor, text);
	if (place) return { type: 'place', place, start: place.start, end: place.end };
	cursor.next();
	return { type: 'word', text: word, start, end };
}

const ACTORS = new Set(['agree', 'agrees', 'agreed', 'amended', 'modified', 'revised', 'hereby', 'desire']);

/** A verb of amending in a form that amends: `is hereby deleted`, `by deleting`, `agree to delete`, `Delete …`. */
function amendingVerb(cursor: Cursor, before: readonly Item[], openFrame: boolean): Item | undefined {
	const { lower, start, end } = cursor.peek();
	const verb = VERBS.get(lower);
	if (!verb || verb.cls === 'read') return undefined;
	const tokens = cursor.tokens;
	const coordinated = before.some((item) => item.type === 'verb') && followsAnd(tokens, cursor.at);
	const counts =
		verb.form === 'participle'
			? isPassive(tokens, cursor.at) || coordinated
			: verb.form === 'gerund'
				? followsBy(tokens, cursor.at) || coordinated || (openFrame && opens(tokens, cursor.at))
				: verb.form === 'base'
					? opens(tokens, cursor.at) ||
						isInfinitive(tokens, cursor.at) ||
						coordinated ||
						isOrder(tokens, cursor.at, before)
					: tokens[cursor.at - 1]?.lower === 'hereby';
	if (!counts) return undefined;
	cursor.next();
	return { type: 'verb', cls: verb.cls, form: verb.form, start, end, word: lower };
}

const lowerAt = (tokens: readonly Token[], at: number): string => tokens[at]?.lower ?? '';

/** Walks back over adverbs to an auxiliary that no modal or past form stands before. */
function isPassive(tokens: readonly Token[], at: number): boolean {
	let auxiliary = false;
	let i = at - 1;
	for (; i >= 0 && at - i < 12; i--) {
		const word = lowerAt(tokens, i);
		if (AUXILIARIES.has(word)) auxiliary = true;
		else if (!ADVERBS.has(word)) break;
	}
	for (let j = i; j < at; j++) if (POSSIBLE.has(lowerAt(tokens, j)) || PAST.has(lowerAt(tokens, j))) return false;
	return auxiliary;
}

function followsAnd(tokens: readonly Token[], at: number): boolean {
	let i = at - 1;
	while (i >= 0 && at - i < 6 && /^(?:hereby|then|by|is|are|be|shall|will|also|further|to)$/.test(lowerAt(tokens, i)))
		i--;
	const word = lowerAt(tokens, i);
	return word === 'and' || word === ',' || word === 'or' || word === ';' || /^\)$/.test(word);
}

function followsBy(tokens: readonly Token[], at: number): boolean {
	const word = lowerAt(tokens, at - 1);
	if (word === 'by' || word === 'hereby') return true;
	return (
		word === ')' &&
		(lowerAt(tokens, at - 4) === 'by' || lowerAt(tokens, at - 4) === 'and' || lowerAt(tokens, at - 4) === ';')
	);
}

/** At the start of the sentence, behind a label, a heading's colon, or a bracket. */
function opens(tokens: readonly Token[], at: number): boolean {
	let i = at - 1;
	while (i >= 0 && /^(?:\(|\)|\.|[a-z]|[ivx]+|\d+(?:\.\d+)*|please|hereby|-)$/.test(lowerAt(tokens, i))) i--;
	return i < 0 || lowerAt(tokens, i) === ':';
}

/** `for "X" substitute "Y"`, `after the words "X" insert "Y"`, `In clause 3, delete "X"`: an order behind what it speaks of. */
function isOrder(tokens: readonly Token[], at: number, before: readonly Item[]): boolean {
	const last = tokens[at - 1];
	if (!last || before.some((item) => item.type === 'verb' && item.form !== 'base')) return false;
	const [first] = before;
	const placed =
		first?.type === 'place' ||
		(first?.type === 'phrase' && ['in', 'for', 'after', 'before', 'end', 'start', 'insteadOf'].includes(first.name));
	return placed && (last.kind === 'quote' || /^[,:;-]$/.test(last.text) || before.at(-1)?.type === 'place');
}

function isInfinitive(tokens: readonly Token[], at: number): boolean {
	let i = at - 1;
	while (i >= 0 && /^(?:hereby|further|also|expressly|mutually)$/.test(lowerAt(tokens, i))) i--;
	const word = lowerAt(tokens, i);
	if (word === 'parties' || word === 'party') return true;
	if (word !== 'to') return false;
	let j = i - 1;
	while (j >= 0 && /^(?:hereby|further|also|mutually|now)$/.test(lowerAt(tokens, j))) j--;
	return ACTORS.has(lowerAt(tokens, j)) && lowerAt(tokens, j) !== 'desire';
}
