import { anchorKey, ofDocument } from './anchor-name';
import type { DateExpression, ExpressionReading } from './expression';
import { ExpressionReader } from './read-expression';
import type { ContractSource, SourceSentence } from './source';
import { subjectAt } from './subject';
import { TokenList } from './token';

/** What a contract says a named day is. */
export interface DayDefinition {
	name: string;
	/** As written. */
	label: string;
	/** Absent where the contract names the day and gives no date. */
	expression?: DateExpression;
	/** `explicit`: defined by its name; `implied`: told by what happens on it. */
	manner: 'explicit' | 'implied';
	sentence: SourceSentence;
}

const DAY_WORD =
	/(?:^| )(?:date|day|deadline|closing|completion|launch|commencement|expiry|expiration|live|stichtag|vertragsbeginn)$/;
const MENTIONED = /date|day|deadline|effective|commenc|launch|closing|completion|expir|live|beginn|stichtag/i;
const ELSEWHERE =
	/\b(?:set (?:forth|out)|stated|specified|defined|given|shown|identified|described|indicated|listed|written|mentioned) (?:in|on|above|at|below|as)\b|^[^"]{0,40}\b(?:in|on) the (?:cover|first|signature)/i;
const OF_AMENDMENT = /\bthis (?:[\p{L}-]{1,16} ){0,3}(?:amendment|addendum|supplement|endorsement)\b/iu;
const LONGEST_ASIDE = 14;
const MOST_NAME_WORDS = 7;

/** `Date: …` beside a signature or in a table names no day of the contract. */
const GENERIC = new Set(['date', 'day', 'deadline', 'live', 'expiration', 'expiry', 'completion']);

export function isDayName(name: string): boolean {
	return DAY_WORD.test(name) && !GENERIC.has(name) && name.split(' ').length <= MOST_NAME_WORDS;
}

/** The name in the brackets at `at`: `(the "Effective Date")`, `("Amendment Date")`. */
function bracketedName(list: TokenList, at: number): { label: string; next: number } | undefined {
	const open = list.word(at) === ',' ? at + 1 : at;
	if (list.word(open) !== '(') return undefined;
	let quote = open + 1;
	while (quote < open + 6 && list.word(quote) !== '"') quote++;
	if (list.word(quote) !== '"') return undefined;
	let end = quote + 1;
	while (end < quote + LONGEST_ASIDE && list.word(end) !== '"') end++;
	if (list.word(end) !== '"' || end === quote + 1) return undefined;
	const first = list.word(quote + 1) === 'the' ? quote + 2 : quote + 1;
	return { label: list.written(first, end), next: end + 1 };
}

/** Reads the days that sentences of a contract define. */
class DefinitionReader {
	readonly definitions: DayDefinition[] = [];

	constructor(private readonly own: 'amendment' | 'agreement') {}

	read(sentence: SourceSentence): void {
		const list = new TokenList(sentence.text);
		const reader = new ExpressionReader(list);
		this.#bracketed(sentence, list, reader.all());
		this.#quoted(sentence, list, reader);
		this.#named(sentence, list, reader);
		this.#labelled(sentence, list, reader);
		this.#stated(sentence, list, reader);
		this.#implied(sentence, list, reader);
	}

	#add(
		sentence: SourceSentence,
		label: string,
		expression: DateExpression | undefined,
		manner: DayDefinition['manner'],
	): void {
		const name = anchorKey(label);
		// `the Effective Date ("Effective Date")` defines nothing.
		if (!isDayName(name) || (expression?.kind === 'anchor' && expression.name === name)) return;
		this.definitions.push({ name, label, manner, sentence, ...(expression ? { expression } : {}) });
	}

	/** `… made this first day of July, 2017 (the "Effective Date")`. */
	#bracketed(sentence: SourceSentence, list: TokenList, mentions: ExpressionReading[]): void {
		const endings = new Map(mentions.map((mention) => [mention.next, mention]));
		for (let at = 0; at < list.length; at++) {
			if (list.word(at) !== '(') continue;
			const named = bracketedName(list, at);
			if (!named) continue;
			const mention = endings.get(at) ?? (list.word(at - 1) === ',' ? endings.get(at - 1) : undefined);
			this.#add(sentence, named.label, mention?.expression, 'explicit');
		}
	}

	/** `"Effective Date" means the date last signed below`. */
	#quoted(sentence: SourceSentence, list: TokenList, reader: ExpressionReader): void {
		for (let at = 0; at < list.length; at++) {
			if (list.word(at) !== '"') continue;
			let end = at + 1;
			while (end < at + MOST_NAME_WORDS + 2 && end < list.length && list.word(end) !== '"') end++;
			if (list.word(end) !== '"' || end === at + 1) continue;
			const verb = afterVerb(list, list.word(end + 1) === ':' ? end + 2 : end + 1);
			if (verb < 0) continue;
			this.#add(sentence, list.written(at + 1, end), this.#meant(list, reader, verb), 'explicit');
		}
	}

	/** `**Effective Date** means …`: the clause defines the term without quotes. */
	#named(sentence: SourceSentence, list: TokenList, reader: ExpressionReader): void {
		const { term } = sentence.node;
		if (term === undefined || !sentence.text.startsWith(term)) return;
		const verb = afterVerb(
			list,
			list.tokens.findIndex(({ start }) => start >= term.length),
		);
		if (verb > 0) this.#add(sentence, term, this.#meant(list, reader, verb), 'explicit');
	}

	/** What a definition says: a day, or words that give none. A mere reference to another place says nothing. */
	#meant(list: TokenList, reader: ExpressionReader, verb: number): DateExpression | undefined {
		const direct = this.#direct(list, reader, verb);
		const { end } = list.place(verb - 1, verb);
		if (direct || ELSEWHERE.test(list.source.slice(end, end + 160))) return direct;
		return { kind: 'unknown', problem: 'its definition names no date' };
	}

	/** The day right behind a verb or colon, also as `the date of …`, `on …`. */
	#direct(list: TokenList, reader: ExpressionReader, at: number): DateExpression | undefined {
		const start = list.skip(at, new Set(['on', 'as', 'of', 'midnight', ',']), 3);
		const read = reader.read(start) ?? reader.read(at);
		if (!read) return undefined;
		// `the Effective Date or, if later, …` says more than was read.
		return /^(?:or|unless|if|provided|subject|as)$/.test(list.word(read.next)) ? undefined : read.expression;
	}

	/** `Effective Date: March 1, 1996`, and a row or line that holds nothing but a name and a date. */
	#labelled(sentence: SourceSentence, list: TokenList, reader: ExpressionReader): void {
		for (let at = 0; at < list.length; at++) {
			if (list.word(at) !== ':' || !DAY_WORD.test(list.word(at - 1))) continue;
			const from = labelStart(list, nameStart(list, at), at);
			if (from < at) this.#add(sentence, list.written(from, at), this.#direct(list, reader, at + 1), 'explicit');
		}
		const body = list.word(0) === '(' && list.word(2) === ')' ? 3 : 0;
		for (let end = body + 1; end < body + MOST_NAME_WORDS && end < list.length; end++) {
			if (!DAY_WORD.test(list.word(end - 1)) || nameStart(list, end) !== body) continue;
			const date = reader.read(end);
			const rest = date ? list.skip(date.next, new Set(['.', ';']), 1) : -1;
			if (date && rest === list.length) this.#add(sentence, list.written(body, end), date.expression, 'explicit');
		}
	}

	/** `The effective date of this Amendment is 5 May 2026`. */
	#stated(sentence: SourceSentence, list: TokenList, reader: ExpressionReader): void {
		for (let at = 1; at < list.length; at++) {
			if (list.word(at) !== 'date' || !QUALIFIERS.test(list.word(at - 1)) || list.quoted(at)) continue;
			const owner = ofDocument(list, at + 1);
			const verb = owner ? afterVerb(list, owner.next) : -1;
			const amends = owner?.document === 'amendment';
			if (verb < 0 || (this.own === 'amendment' && !amends)) continue;
			const name = list.written(at - 1, at + 1);
			const said = this.#direct(list, reader, verb);
			if (said) this.#add(sentence, amends ? `Amendment ${name}` : name, said, 'explicit');
		}
	}

	/** What an amendment says of itself is no `Effective Date` of the agreement, even where both stand in one file. */
	#isOfAmendment(list: TokenList, at: number): boolean {
		const { start } = list.place(at, at + 1);
		return this.own === 'amendment' || OF_AMENDMENT.test(list.source.slice(Math.max(0, start - 400), start));
	}

	/** `This Agreement is effective as of …`, `The term commences on …`. */
	#implied(sentence: SourceSentence, list: TokenList, reader: ExpressionReader): void {
		for (let at = 0; at < list.length; at++) {
			const word = list.word(at);
			const label =
				word === 'effective'
					? this.#isOfAmendment(list, at)
						? 'Amendment Effective Date'
						: 'Effective Date'
					: /^commenc(?:e|es|ing)$/.test(word)
						? 'Commencement Date'
						: '';
			if (label === '' || list.word(at + 1) === 'date') continue;
			const start = list.skip(at + 1, new Set(['as', 'of', 'on', 'from', 'upon', 'and']), 4);
			if (start === at + 1 && word !== 'effective') continue;
			const date = reader.read(start);
			if (!date || date.expression.kind === 'unknown' || list.quoted(at) || subjectAt(list, at, this.own) !== 'this')
				continue;
			this.#add(sentence, label, date.expression, 'implied');
		}
	}
}

const QUALIFIERS =
	/^(?:effective|commencement|start|end|expiration|expiry|termination|amendment|agreement|contract|closing|signing|execution|renewal|launch|go|completion|subscription|initial|final|target|delivery|acceptance)$/;

/** Where a label begins: `Vice President Date:` is none, `N115 Effective Date:` begins with its second word. */
function labelStart(list: TokenList, from: number, end: number): number {
	let first = from;
	// A reference before the name is no part of it; `Version Effective Date` is a name of its own.
	while (first < end && /[0-9]/.test(list.text(first))) first++;
	for (let at = first; at < end; at++) if (QUALIFIERS.test(list.word(at))) return first;
	return from === 0 && !/\b(?:by|name|title|its|signature):/i.test(list.source) ? from : end;
}

/** Start of the capitalised name that ends before `end`; `end` where there is none. */
function nameStart(list: TokenList, end: number): number {
	let at = end;
	while (at > 0 && at > end - MOST_NAME_WORDS) {
		const first = list.text(at - 1).charAt(0);
		const capital = /\p{L}/u.test(first) && first !== first.toLowerCase();
		if (!capital && list.word(at - 1) !== '-') break;
		at--;
	}
	return at;
}

function afterVerb(list: TokenList, at: number): number {
	for (const phrase of [
		'shall mean',
		'will mean',
		'means',
		'mean',
		'shall be',
		'is',
		'bezeichnet',
		'bedeutet',
		'désigne',
	]) {
		const words = phrase.split(' ');
		if (list.startsWith(at, words)) return at + words.length;
	}
	return list.word(at - 1) === ':' ? at : -1;
}

/** All days that a contract names. Linear in its length; clauses that cannot hold one are not looked into. */
export function readDayDefinitions(
	source: ContractSource,
	own: 'amendment' | 'agreement',
): Map<string, DayDefinition[]> {
	const reader = new DefinitionReader(own);
	for (const sentence of source.sentences(MENTIONED)) if (MENTIONED.test(sentence.text)) reader.read(sentence);
	const byName = new Map<string, DayDefinition[]>();
	for (const definition of reader.definitions) {
		const known = byName.get(definition.name);
		if (known) known.push(definition);
		else byName.set(definition.name, [definition]);
	}
	return byName;
}
