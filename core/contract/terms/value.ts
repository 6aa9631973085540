import type { Quote, TermValue } from '../../model';
import { findDates, type DateMention } from './date';
import { findNumbers, type NumberMention } from './number';
import { quoteOf, type Passage, type Sentence, type Version } from './passage';

/** What reading a value came to. */
export type Reading = { value: TermValue; quote: Quote } | { problem: string; quote?: Quote };

interface Found<Mention> {
	mention: Mention;
	sentence: Sentence;
}

const ENDS = /\b(?:until|till|expir\w{0,6}|ends?|ending|through|terminat\w{0,6}|no later than)\b/i;
const MOST_NAMED = 5;

function problem(version: Version, passage: Passage, text: string, sentence: Sentence | undefined): Reading {
	return { problem: text, ...(sentence ? { quote: quoteOf(version.document, passage, sentence) } : {}) };
}

function distinct(values: Array<string | number>): string {
	return [...new Set(values)].slice(0, MOST_NAMED).join(', ');
}

/** The one number of a clause. Durations, amounts of money and shares count only where nothing else does. */
export function readNumber(version: Version, passage: Passage): Reading {
	const all: Array<Found<NumberMention>> = passage.sentences.flatMap((sentence) =>
		findNumbers(sentence.text, findDates(sentence.text)).map((mention) => ({ mention, sentence })),
	);
	const counts = all.filter(({ mention }) => !mention.measure);
	const found = counts.length > 0 ? counts : all;
	const first = found[0];
	if (!first) return problem(version, passage, `The clause "${passage.label}" names no number.`, passage.sentences[0]);
	const doubtful = found.find(({ mention }) => mention.problem !== undefined);
	if (doubtful)
		return problem(
			version,
			passage,
			`In the clause "${passage.label}", ${doubtful.mention.problem ?? ''}.`,
			doubtful.sentence,
		);
	const values = found.map(({ mention }) => mention.value);
	if (new Set(values).size > 1) {
		return problem(
			version,
			passage,
			`The clause "${passage.label}" names several numbers: ${distinct(values)}.`,
			first.sentence,
		);
	}
	return {
		value: { type: 'number', value: first.mention.value },
		quote: quoteOf(version.document, passage, first.sentence),
	};
}

function introducesEnd({ mention, sentence }: Found<DateMention>): boolean {
	const from = Math.max(0, mention.start - 80);
	const lead = sentence.text.slice(from, mention.start);
	// Only the words since the date before it introduce this one.
	const dates = findDates(lead);
	return ENDS.test(lead.slice(dates.at(-1)?.end ?? 0));
}

/** The one date of a clause; among several the one that `until`, `expires`, `through` … introduce. */
export function readDate(version: Version, passage: Passage): Reading {
	const all: Array<Found<DateMention>> = passage.sentences.flatMap((sentence) =>
		findDates(sentence.text).map((mention) => ({ mention, sentence })),
	);
	const ends = all.filter(introducesEnd);
	const several = new Set(all.map(({ mention }) => mention.value ?? mention.problem)).size > 1;
	const found = several && ends.length > 0 ? ends : all;
	const first = found[0];
	if (!first)
		return problem(version, passage, `The clause "${passage.label}" names no calendar date.`, passage.sentences[0]);
	const doubtful = found.find(({ mention }) => mention.problem !== undefined);
	if (doubtful)
		return problem(
			version,
			passage,
			`In the clause "${passage.label}", ${doubtful.mention.problem ?? ''}.`,
			doubtful.sentence,
		);
	const values = found.map(({ mention }) => mention.value ?? '');
	if (new Set(values).size > 1) {
		return problem(
			version,
			passage,
			`The clause "${passage.label}" names several dates: ${distinct(values)}.`,
			first.sentence,
		);
	}
	return { value: { type: 'date', value: values[0] ?? '' }, quote: quoteOf(version.document, passage, first.sentence) };
}

export function readText(version: Version, passage: Passage): Reading {
	const first = passage.sentences[0];
	if (!first) return { problem: `The clause "${passage.label}" has no text.` };
	const value = passage.sentences.map((sentence) => sentence.text).join(' ');
	return { value: { type: 'text', value }, quote: quoteOf(version.document, passage, first) };
}
