import { ContractDays, ContractSource } from '../dating';
import type { ContractLimits } from '../limits';
import type { ContractDocument, Term, TermExtractor, TermType, TermValue } from '../../model';
import { readDocument, type ClauseNode } from '../tree';
import { readBoolean } from './boolean-value';
import { sameValue, valueInWords } from './compare-values';
import { readDate } from './date-value';
import { readList } from './list-value';
import type { FollowedClause } from './followed';
import { nearbyHeadings, passage, passagesFor, type Passage, type Version } from './passage';
import { readPeople } from './people-value';
import type { Reading, ReadingContext } from './reading';
import { readDuration, readMoney, readNumber, readPercent, readText } from './scalar-value';
import { readTableTerm } from './table-value';

export interface TermOptions {
	/** Day (`YYYY-MM-DD`) as of which a term that renews itself is dated; its initial term without it. */
	asOf?: string;
	/** Day of signature, where it is known from elsewhere. */
	signedAt?: string;
	/** Where terms that are found by a number stand, if the number belongs to another clause in this version. */
	followed?: ReadonlyMap<string, FollowedClause>;
}

const READERS: Record<Exclude<TermType, 'table'>, (context: ReadingContext, passage: Passage) => Reading> = {
	number: readNumber,
	date: readDate,
	text: readText,
	list: readList,
	duration: readDuration,
	money: readMoney,
	percent: readPercent,
	boolean: readBoolean,
	people: readPeople,
};
const MOST_NAMED = 5;

/** Reads the same term from every clause that bears the name: they have to agree. */
function readNamed(
	context: ReadingContext,
	type: Exclude<TermType, 'table'>,
	name: string,
	nodes?: ClauseNode[],
): Reading {
	const { tree } = context.version;
	const passages = nodes?.map(passage) ?? passagesFor(tree, context.extractor);
	if (passages.length === 0) {
		const what =
			context.extractor.definition !== undefined
				? 'definition'
				: context.extractor.schedule !== undefined
					? 'schedule'
					: 'clause or definition';
		return { problem: `No ${what} is called "${name}". ${nearbyHeadings(tree, name)}` };
	}
	const readings = passages.map((passage) => READERS[type](context, passage));
	const told = readings.filter((reading) => 'value' in reading);
	const first = told[0] ?? readings[0];
	const different = distinct(told.map(({ value }) => value));
	if (different.length > 1 && type !== 'text') {
		const shown = different.slice(0, MOST_NAMED).map(valueInWords).join(', ');
		const quote = first?.quote;
		return { problem: `Several clauses are called "${name}" and differ: ${shown}.`, ...(quote ? { quote } : {}) };
	}
	return first ?? { problem: `The clause "${name}" is empty.` };
}

function distinct(values: TermValue[]): TermValue[] {
	const kept: TermValue[] = [];
	for (const value of values.slice(0, 100)) if (!kept.some((one) => sameValue(one, value))) kept.push(value);
	return kept;
}

/** The days of a version: both those of its own and, once, those worked out for its terms. */
function daysOf(version: Version, options: TermOptions): ContractDays {
	return new ContractDays(new ContractSource(version.document, version.tree), {
		...(options.asOf !== undefined ? { asOf: options.asOf } : {}),
		...(options.signedAt !== undefined ? { signedAt: options.signedAt } : {}),
	});
}

export function extractFrom(
	version: Version,
	extractors: Record<string, TermExtractor>,
	options: TermOptions = {},
): Record<string, Term> {
	const days = daysOf(version, options);
	return Object.fromEntries(
		Object.entries(extractors).map(([name, extractor]) => {
			const target = extractor.definition ?? extractor.clause ?? extractor.schedule;
			const clause = options.followed?.get(name);
			if (target === undefined)
				return [
					name,
					{ name, problem: `The extractor of the term "${name}" names neither clause, definition nor schedule.` },
				];
			if (clause?.problem !== undefined) return [name, { name, problem: clause.problem }];
			const reading =
				extractor.type === 'table'
					? readTableTerm(version, extractor, clause?.nodes)
					: readNamed({ version, extractor, days }, extractor.type, target, clause?.nodes);
			return [name, { name, ...reading }];
		}),
	);
}

/**
 * Reads named, typed values from a contract: numbers, dates, lists, durations, amounts, people, tables … Each term has
 * a value with the sentence it was read from, or a problem that says what a person has to look at. Nothing is guessed.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 * @example extractTerms(document, { seats: { type: 'number', clause: 'Licensed Users' } }).seats?.value
 */
export function extractTerms(
	document: ContractDocument,
	extractors: Record<string, TermExtractor>,
	limits?: Partial<ContractLimits>,
	options?: TermOptions,
): Record<string, Term> {
	return extractFrom({ tree: readDocument(document, limits), document }, extractors, options);
}
