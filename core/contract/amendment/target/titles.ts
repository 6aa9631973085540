import type { ClauseNode } from '../../tree';
import type { Base } from './base';
import { type Failure, fail } from './located';

export function plainTitle(text: string): string {
	return text
		.toLowerCase()
		.replace(/&/g, 'and')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** True or false where both have a title; undefined where the clause has none. */
export function titleFits(base: Base, node: ClauseNode, title: string): boolean | undefined {
	const wanted = plainTitle(title);
	if (wanted === '') return undefined;
	const opening = plainTitle(
		base.words({
			start: base.opening(node).label,
			end: Math.min(node.span.end, base.opening(node).label + title.length + 40),
		}),
	);
	if (opening.startsWith(wanted)) return true;
	if (node.heading === undefined) return undefined;
	const own = plainTitle(node.heading);
	if (own.includes(wanted) || wanted.includes(own)) return true;
	const words = new Set(own.split(' '));
	const shared = wanted.split(' ').filter((word) => words.has(word)).length;
	return shared >= Math.min(words.size, wanted.split(' ').length) * 0.6;
}

export function titleConflict(base: Base, path: ClauseNode[], title: string, name: string): Failure | undefined {
	const verdicts = path.map((node) => titleFits(base, node, title));
	if (verdicts.includes(true) || !verdicts.includes(false)) return undefined;
	const heading = path.find((node) => node.heading !== undefined)?.heading ?? '';
	return fail('conflict', `${name} is headed "${heading}" and not "${title}".`);
}
