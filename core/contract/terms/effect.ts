import type { Term, TermChange, TermEffect, TermExtractor } from '../../model';
import { effectOfValues, sameValue } from './compare-values';
import { extractFrom, type TermOptions } from './extract';
import type { Version } from './passage';

function effectOf(
	before: Term | undefined,
	after: Term | undefined,
	firstSeen: boolean,
	extractor: TermExtractor | undefined,
): TermEffect {
	if (firstSeen) return after?.value && after.value.type !== 'text' && !isNo(after) ? 'widening' : 'neutral';
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

/** The terms of both versions, with what their change does to access. `before` is null for a contract first seen. */
export function compareTerms(
	before: Version | null,
	after: Version,
	extractors: Record<string, TermExtractor>,
	options: TermOptions = {},
): TermChange[] {
	const old = new Map(Object.entries(before ? extractFrom(before, extractors, options) : {}));
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
		};
	});
}
