import type { ClauseNode } from '../../tree';
import type { Base } from './base';
import { neighbours, sameLabel } from './labels';
import type { Failure, Located } from './located';

/**
 * Second look at a clause that is to go or to be followed: does it end where its text ends? Page breaks and lost
 * outlines cut clauses in two; then what would be replaced is not what the amendment means.
 */
export function doubtWhole(base: Base, located: Located): Failure | undefined {
	const { what } = located;
	const node = located.last ?? located.node;
	if (
		!node ||
		what === 'sentence' ||
		what === 'row' ||
		what === 'item' ||
		what === 'words' ||
		what === 'table' ||
		what === 'column'
	)
		return undefined;
	if (endsMidway(base, located))
		return { status: 'ambiguous', reason: 'The clause ends in the middle of a sentence; it seems to go on elsewhere.' };
	if (what !== 'clause' || node.number === undefined || base.scheduleOf(node)) return undefined;
	const next = follower(base, located);
	if (!next || fitsBehind(base, node, next)) return undefined;
	return {
		status: 'ambiguous',
		reason: `Behind the clause comes "${next.number ?? ''}", which is not the next number; where it ends is not certain.`,
	};
}

function endsMidway(base: Base, { node, span }: Located): boolean {
	const last = base.within(span).findLast((one) => !base.isFurniture(one)) ?? node;
	if (!last || last.table || last.kind === 'schedule' || (last.text === '' && last.heading !== undefined)) return false;
	const words = base.words(last.span);
	return words.length > 40 && !/(?:[.;:,!?)"'\]*_]|\b(?:and|or))$/.test(words);
}

/** The next numbered clause of the body behind a place. */
function follower(base: Base, { span }: Located): ClauseNode | undefined {
	const next = base.nodes
		.slice(base.indexAt(span.end))
		.find(
			(one) =>
				!base.isFurniture(one) && (one.number !== undefined || one.kind === 'schedule' || one.kind === 'signature'),
		);
	return next?.kind === 'schedule' || next?.kind === 'signature' || (next && base.scheduleOf(next)) ? undefined : next;
}

/** The number behind the clause's own or that of one around it; the first of a new article also. */
function fitsBehind(base: Base, node: ClauseNode, next: ClauseNode): boolean {
	if (/^(?:article|part|chapter)/i.test(next.number ?? '') || /^(?:\D*)1(?:\.[01])?\D*$/.test(next.number ?? ''))
		return true;
	for (let up: ClauseNode | undefined = node; up; up = base.nodes[up.parent]) {
		const { number } = up;
		if (number === undefined) continue;
		if (neighbours(number, 1).some((label) => sameLabel(next.number, label))) return true;
		const outer = number.replace(/\.\d+$/, '');
		if (
			outer !== number &&
			neighbours(outer, 1).some((label) => sameLabel(next.number, label) || (next.number ?? '').startsWith(`${label}.`))
		)
			return true;
	}
	return false;
}
