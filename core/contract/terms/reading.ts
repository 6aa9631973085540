import type { ContractDays } from '../dating';
import type { Quote, TermExtractor, TermValue } from '../../model';
import { quoteOf, type Passage, type Sentence, type Version } from './passage';

/** What reading a value came to. */
export type Reading = { value: TermValue; quote: Quote } | { problem: string; quote?: Quote };

/** What a reader of values has at hand. */
export interface ReadingContext {
	version: Version;
	extractor: TermExtractor;
	/** The days that the contract defines; worked out when a date asks for them. */
	days: ContractDays;
}

/** Something that a sentence says; either it has a value or `problem` says why not. */
export interface Mention {
	start: number;
	end: number;
	problem?: string | undefined;
}

export interface Found<Of extends Mention> {
	mention: Of;
	sentence: Sentence;
}

const MOST_NAMED = 5;

export function problemIn(
	{ version }: ReadingContext,
	passage: Passage,
	text: string,
	sentence: Sentence | undefined = passage.sentences[0],
): Reading {
	return { problem: text, ...(sentence ? { quote: quoteOf(version.document, passage, sentence) } : {}) };
}

export function valueIn({ version }: ReadingContext, passage: Passage, value: TermValue, sentence: Sentence): Reading {
	return { value, quote: quoteOf(version.document, passage, sentence) };
}

/** The words of `near` as they are looked for: in lower case, with one space between them. */
function nearWords(near: string): string {
	return near.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).join(' ');
}

/** Offset behind the words in a text, -1 where they are not there. Words match at word boundaries, in any case. */
export function behindWords(text: string, near: string, from = 0): number {
	const wanted = nearWords(near);
	const lower = text.toLowerCase();
	if (wanted === '' || lower.length !== text.length) return -1;
	const word = /[\p{L}\p{N}]/u;
	for (let at = lower.indexOf(wanted, from); at >= 0; at = lower.indexOf(wanted, at + 1)) {
		const end = at + wanted.length;
		const clear = !word.test(lower.charAt(at - 1)) && !word.test(lower.charAt(end).replace('s', ''));
		if (clear) return lower.charAt(end) === 's' ? end + 1 : end;
	}
	return -1;
}

/** Sentences that hold the words of `near`; all of them without it. */
export function sentencesNear({ extractor }: ReadingContext, passage: Passage): Sentence[] {
	const { near } = extractor;
	return near === undefined ? passage.sentences : passage.sentences.filter(({ text }) => behindWords(text, near) >= 0);
}

/** Of the mentions of a sentence the one nearest to the words: behind them if there is one, else before them. */
function nearest<Of extends Mention>(found: Array<Found<Of>>, text: string, near: string): Array<Found<Of>> {
	const behind = behindWords(text, near);
	const after = found.filter(({ mention }) => mention.start >= behind);
	const first = after[0] ?? found.at(-1);
	return first ? [first] : [];
}

/** Applies `near` and `which` of an extractor to what a passage says. */
export function narrowed<Of extends Mention>(
	{ extractor }: ReadingContext,
	passage: Passage,
	found: Array<Found<Of>>,
): Array<Found<Of>> {
	const { near, which } = extractor;
	let left = found;
	if (near !== undefined) {
		left = passage.sentences
			.filter(({ text }) => behindWords(text, near) >= 0)
			.flatMap((sentence) =>
				nearest(
					found.filter((one) => one.sentence === sentence),
					sentence.text,
					near,
				),
			);
	}
	const one = which === 'first' ? left[0] : which === 'last' ? left.at(-1) : undefined;
	return one ? [one] : left;
}

/**
 * The one value that mentions agree on.
 * @param noun what is read, in the singular and plural
 * @param id equal for mentions that say the same
 */
export function agreed<Of extends Mention>(
	context: ReadingContext,
	passage: Passage,
	found: Array<Found<Of>>,
	noun: { one: string; many: string },
	value: (mention: Of) => TermValue,
	id: (mention: Of) => string,
): Reading {
	const left = narrowed(context, passage, found);
	const [first] = left;
	if (!first) {
		const { near } = context.extractor;
		const where = near === undefined ? '' : ` near "${near}"`;
		return problemIn(context, passage, `The clause "${passage.label}" names no ${noun.one}${where}.`);
	}
	const doubtful = left.find(({ mention }) => mention.problem !== undefined);
	if (doubtful) {
		const text = `In the clause "${passage.label}", ${doubtful.mention.problem ?? ''}.`;
		return problemIn(context, passage, text, doubtful.sentence);
	}
	const shown = [...new Set(left.map(({ mention }) => id(mention)))];
	if (shown.length > 1) {
		const list = shown.slice(0, MOST_NAMED).join(', ');
		return problemIn(
			context,
			passage,
			`The clause "${passage.label}" names several ${noun.many}: ${list}.`,
			first.sentence,
		);
	}
	return valueIn(context, passage, value(first.mention), first.sentence);
}
