import { findDates, findDurations, isoDuration, type DurationMention } from '../dating';
import { findMoney, findPercents, type AmountMention } from './amount';
import { findNumbers, type NumberMention } from './number';
import type { Passage } from './passage';
import { markRange } from './range';
import { hasNoLimitOfUsers, isFloor, isUnlimited, rateBehind } from './qualifier';
import type { QualifiedValue } from './qualified';
import {
	agreed,
	problemIn,
	sentencesNear,
	valueIn,
	type Found,
	type Mention,
	type Reading,
	type ReadingContext,
} from './reading';

function findAll<Of extends Mention>(passage: Passage, find: (text: string) => Of[]): Array<Found<Of>> {
	return passage.sentences.flatMap((sentence) => find(sentence.text).map((mention) => ({ mention, sentence })));
}

/** The one number of a clause. Durations, amounts of money and shares count only where nothing else does. */
export function readNumber(context: ReadingContext, passage: Passage): Reading {
	const all = findAll(passage, (text) =>
		findNumbers(text, findDates(text)).map((mention) => withFloor(mention, isFloor(text, mention.start))),
	);
	const counts = all.filter(({ mention }) => !mention.measure);
	const found = counts.length > 0 ? counts : all;
	const free = passage.sentences.find(({ text }) => (found.length === 0 ? isUnlimited(text) : hasNoLimitOfUsers(text)));
	if (free)
		return problemIn(
			context,
			passage,
			`The clause "${passage.label}" names no number: it says that there is no limit.`,
			free,
		);
	return agreed(
		context,
		passage,
		found,
		{ one: 'number', many: 'numbers' },
		({ value, floor }): QualifiedValue => ({ type: 'number', value, ...(floor ? { bound: 'least' } : {}) }),
		({ value }) => String(value),
	);
}

function withFloor(mention: NumberMention, floor: boolean): NumberMention & { floor?: true } {
	return floor ? { ...mention, floor } : mention;
}

export function readDuration(context: ReadingContext, passage: Passage): Reading {
	const found = findAll<DurationMention>(passage, (text) =>
		findDurations(text).map((mention) => markRange(text, mention)),
	);
	return agreed(
		context,
		passage,
		found,
		{ one: 'duration', many: 'durations' },
		({ value }) => {
			const business = value !== undefined && value.businessDays > 0;
			return { type: 'duration', value: value ? isoDuration(value) : '', ...(business ? { businessDays: true } : {}) };
		},
		({ value }) => (value ? `${isoDuration(value)}${value.businessDays > 0 ? ' (business days)' : ''}` : ''),
	);
}

/** Whose dollars they are, where the contract says so in one way only. */
function currency(context: ReadingContext, unit: string): string {
	if (unit !== '$') return unit;
	const { text } = context.version.document;
	const others =
		/\b(?:canadian|australian|singapore|hong kong|new zealand) dollars?\b|\b(?:CAD|AUD|SGD|HKD|NZD)\b|(?:C|CA|CDN|A|AU|S|HK|NZ)\$/i;
	const american = /\bUSD\b|\bUS ?\$|\bU\.S\. ?(?:\$|[Dd]ollars?)|\b(?:United States|US) [Dd]ollars?/;
	return american.test(text) && !others.test(text) ? 'USD' : '$';
}

interface Rated extends AmountMention {
	per?: string;
}

function withRate(mention: AmountMention, per: string | undefined): Rated {
	return per === undefined ? mention : { ...mention, per };
}

export function readMoney(context: ReadingContext, passage: Passage): Reading {
	const found = findAll(passage, (text) =>
		findMoney(text).map((mention) => withRate(markRange(text, mention), rateBehind(text, mention.end))),
	);
	return agreed(
		context,
		passage,
		found,
		{ one: 'amount of money', many: 'amounts' },
		({ value, unit, per }): QualifiedValue => ({
			type: 'money',
			value,
			currency: currency(context, unit),
			...(per === undefined ? {} : { per }),
		}),
		({ value, unit, per }) => `${unit} ${value}${per === undefined ? '' : ` per ${per}`}`,
	);
}

export function readPercent(context: ReadingContext, passage: Passage): Reading {
	return agreed(
		context,
		passage,
		findAll<AmountMention>(passage, (text) => findPercents(text).map((mention) => markRange(text, mention))),
		{ one: 'percentage', many: 'percentages' },
		({ value }) => ({ type: 'percent', value }),
		({ value }) => `${value} %`,
	);
}

export function readText(context: ReadingContext, passage: Passage): Reading {
	const sentences = sentencesNear(context, passage);
	const { which } = context.extractor;
	const one = which === 'first' ? sentences.slice(0, 1) : which === 'last' ? sentences.slice(-1) : sentences;
	const [first] = one;
	if (!first) return problemIn(context, passage, `The clause "${passage.label}" has no text.`);
	return valueIn(context, passage, { type: 'text', value: one.map(({ text }) => text).join(' ') }, first);
}
