import {
	canonicalJson,
	type Term,
	type TermChange,
	type TermEffect,
	type TermExtractor,
	type TermValue,
} from '../../model';
import { extractFrom } from './extract';
import type { Version } from './passage';

/** How much a value gives; two values of one type compare by it. Text gives nothing that can be compared. */
function compareValues(before: TermValue, after: TermValue): number {
	if (before.type === 'number' && after.type === 'number') return after.value - before.value;
	if (before.type === 'date' && after.type === 'date')
		return before.value < after.value ? 1 : before.value > after.value ? -1 : 0;
	if (before.type === 'table' && after.type === 'table') return after.rows.length - before.rows.length;
	return 0;
}

function effectOf(before: Term | undefined, after: Term | undefined, firstSeen: boolean): TermEffect {
	if (firstSeen) return after?.value && after.value.type !== 'text' ? 'widening' : 'neutral';
	if (!before?.value || !after?.value) return 'neutral';
	const difference = compareValues(before.value, after.value);
	return difference > 0 ? 'widening' : difference < 0 ? 'narrowing' : 'neutral';
}

function sameTerm(before: Term | undefined, after: Term | undefined): boolean {
	if (before?.value && after?.value) return canonicalJson(before.value) === canonicalJson(after.value);
	return before?.value === after?.value && before?.problem === after?.problem;
}

/** The terms of both versions, with what their change does to access. `before` is null for a contract first seen. */
export function compareTerms(
	before: Version | null,
	after: Version,
	extractors: Record<string, TermExtractor>,
): TermChange[] {
	const old = new Map(Object.entries(before ? extractFrom(before, extractors) : {}));
	const now = extractFrom(after, extractors);
	return Object.entries(now).map(([name, term]) => {
		const earlier = old.get(name);
		return {
			name,
			...(earlier ? { before: earlier } : {}),
			after: term,
			changed: !sameTerm(earlier, term),
			effect: effectOf(earlier, term, before === null),
		};
	});
}
