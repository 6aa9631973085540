import type { Term, TermChange, TermEffect, TermExtractor } from '../../model';
import { effectOfValues, sameValue } from './compare-values';
import { extractFrom, type TermOptions } from './extract';
import type { Version } from './passage';
import { notComparable, type QualifiedValue } from './qualified';
import { isUnlimited } from './qualifier';

function effectOf(
	before: Term | undefined,
	after: Term | undefined,
	firstSeen: boolean,
	extractor: TermExtractor | undefined,
): TermEffect {
	const old: QualifiedValue | undefined = before?.value;
	const now: QualifiedValue | undefined = after?.value;
	if (old && now && !sameValue(old, now) && notComparable(old, now) !== undefined) return 'neutral';
	if (firstSeen) return after?.value && after.value.type !== 'text' && !isNo(after) ? 'widening' : 'neutral';
	if (before?.value?.type === 'number' && isUnlimited(after?.quote?.text ?? '')) return 'widening';
	if (after?.value?.type === 'number' && isUnlimited(before?.quote?.text ?? '')) return 'narrowing';
	if (!before?.value || !after?.value) return 'neutral';
	return effectOfValues(before.value, after.value, extractor?.key);
}

function isNo({ value }: Term): boolean {
	return value?.type === 'boolean' && !value.value;
}

function sameTerm(before: Term | undefined, after: Term | undefined): boolean {
	if (before?.value && after?.value) return sameValue(before.value, after.value);
	return before?.value === after?.value && before?.problem === after?.problem;
}

/** A change of a term, with the reason why a person has to judge it where its values do not tell. */
export type JudgedTermChange = TermChange & { needsHuman?: { reason: string } };

function needsHuman(before: Term | undefined, after: Term): { needsHuman?: { reason: string } } {
	if (sameTerm(before, after)) return {};
	const reason =
		before?.value && after.value ? notComparable(before.value, after.value) : before?.value ? after.problem : undefined;
	return reason === undefined ? {} : { needsHuman: { reason } };
}

/** The terms of both versions, with what their change does to access. `before` is null for a contract first seen. */
export function compareTerms(
	before: Version | null,
	after: Version,
	extractors: Record<string, TermExtractor>,
	options: TermOptions = {},
): JudgedTermChange[] {
	const { followed: _, ...earlierOptions } = options;
	const old = new Map(Object.entries(before ? extractFrom(before, extractors, earlierOptions) : {}));
	const now = extractFrom(after, extractors, options);
	return Object.entries(now).map(([name, term]) => {
		const earlier = old.get(name);
		const extractor = Object.hasOwn(extractors, name) ? extractors[name] : undefined;
		return {
			name,
			...(earlier ? { before: earlier } : {}),
			after: term,
			changed: !sameTerm(earlier, term),
			effect: effectOf(earlier, term, before === null, extractor),
			...needsHuman(earlier, term),
		};
	});
}
