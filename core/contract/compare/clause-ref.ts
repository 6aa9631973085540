import type { ClauseRef } from '../../model';
import type { ClauseNode } from '../tree';

/** The clause a node is part of: paragraphs and tables bear the heading of the clause around them. */
export function clauseRef(before: ClauseNode | undefined, after: ClauseNode | undefined): ClauseRef {
	const node = after ?? before;
	const heading = node?.heading ?? node?.term ?? (carries(node) ? node?.path.at(-1) : undefined);
	const path = node?.path ?? [];
	return {
		...(before ? { keyBefore: before.key } : {}),
		...(after ? { keyAfter: after.key } : {}),
		...(numberOf(before) !== undefined ? { numberBefore: numberOf(before) ?? '' } : {}),
		...(numberOf(after) !== undefined ? { numberAfter: numberOf(after) ?? '' } : {}),
		...(heading !== undefined && heading !== '' ? { heading } : {}),
		path: node && node.heading === undefined && node.term === undefined && carries(node) ? path.slice(0, -1) : path,
	};
}

/** Whether a node has no number and heading of its own and speaks for the clause above it. */
function carries(node: ClauseNode | undefined): boolean {
	return node !== undefined && node.number === undefined && (node.kind === 'paragraph' || node.kind === 'table');
}

function numberOf(node: ClauseNode | undefined): string | undefined {
	return node?.number ?? (carries(node) ? node?.partOf : undefined);
}

/** A clause as a sentence names it: `4.2 Payment`; one without both by its first words. */
export function clauseName(node: ClauseNode | undefined): string {
	const number = numberOf(node);
	const heading = node?.heading ?? node?.term ?? (carries(node) ? node?.path.at(-1) : undefined);
	const parts = [number, heading === undefined || heading === '' ? undefined : `"${heading}"`];
	const name = parts.filter((part) => part !== undefined && part !== '').join(' ');
	if (name !== '') return name;
	const opening = (node?.text ?? '').split(' ', 6).join(' ').slice(0, 60);
	return opening === '' ? 'a clause without heading' : `"${opening} …"`;
}
