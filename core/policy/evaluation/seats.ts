import type { AttributeValue, Term } from '../../model';
import type { CompiledContractRule } from '../compile';
import type { Subject } from './subjects';

const DECIMAL = /^-?\d{1,15}(?:\.\d{1,15})?$/;

function asNumber(value: AttributeValue): number | undefined {
	if (typeof value === 'number') return value;
	return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : undefined;
}

/** Numbers before texts, texts by code unit, what is missing last. */
function compareCells(a: AttributeValue | undefined, b: AttributeValue | undefined): number {
	if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
	const left = asNumber(a);
	const right = asNumber(b);
	if (left !== undefined && right !== undefined) return left - right;
	if (left !== undefined || right !== undefined) return left !== undefined ? -1 : 1;
	return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

/** Who is served first: by the columns named, ascending; the order of the table decides between equals. */
function inSeatOrder(people: readonly Subject[], order: readonly string[]): Subject[] {
	return [...people].sort((a, b) => {
		for (const column of order) {
			const compared = compareCells(a.row.get(column), b.row.get(column));
			if (compared !== 0) return compared;
		}
		return a.position - b.position;
	});
}

/** People who compete for one number of seats, in the order in which they are served. */
export interface SeatPool {
	/** Name of the term that holds the number. */
	limit: string;
	rules: CompiledContractRule[];
	/** Each person once, with the first rule that they meet. */
	queue: Array<{ subject: Subject; rule: CompiledContractRule }>;
}

/**
 * Seats are people, not rules: rules of one contract with the same limit share its seats, and somebody who meets two
 * of them sits on one.
 */
export function seatPools(eligible: ReadonlyArray<{ rule: CompiledContractRule; people: Subject[] }>): SeatPool[] {
	const limits = new Set(eligible.flatMap(({ rule }) => rule.seats?.limit ?? []));
	return [...limits].map((limit) => {
		const members = eligible.filter(({ rule }) => rule.seats?.limit === limit);
		const rules = members.map(({ rule }) => rule);
		const first = new Map<string, { subject: Subject; rule: CompiledContractRule }>();
		for (const { rule, people } of members) {
			for (const subject of people)
				if (!first.has(subject.identityId)) first.set(subject.identityId, { subject, rule });
		}
		const order = rules.find(({ seats }) => (seats?.order.length ?? 0) > 0)?.seats?.order ?? [];
		const people = inSeatOrder(
			[...first.values()].map(({ subject }) => subject),
			order,
		);
		return { limit, rules, queue: people.flatMap(({ identityId }) => first.get(identityId) ?? []) };
	});
}

/** The number of seats a term names; undefined where it names none. */
export function seatsOf(term: Term | undefined): number | undefined {
	if (term?.value?.type !== 'number') return undefined;
	const { value } = term.value;
	return Number.isInteger(value) && value >= 0 ? value : undefined;
}
