import type { ClauseNode } from '../../tree';
import type { Step } from '../types';
import type { Base } from './base';
import { type Located, type Resolution, fail } from './located';
import { flat } from '../text/plain';
import { plainTitle } from './titles';

export function resolveSchedule(base: Base, step: Extract<Step, { by: 'schedule' }>): Resolution {
	const name = `${step.word} ${step.label}`;
	const named = base.nodes.filter(
		(node) => node.kind === 'schedule' && (node.number ?? '').toLowerCase() === name.toLowerCase(),
	);
	const real = named.filter((node) => base.scheduleSpan(node).end > node.span.end || named.length === 1);
	if (real.length === 0) return fail('not_found', `${name} was not found.`);
	if (real.length > 1 || !real[0]) return fail('ambiguous', `${name} stands ${real.length} times in the agreement.`);
	return { span: base.scheduleSpan(real[0]), node: real[0], what: 'schedule' };
}

export function resolveDefinition(base: Base, term: string, outer: Located | undefined): Resolution {
	const wanted = term.toLowerCase();
	const pool = outer ? base.within(outer.span) : base.nodes;
	const defined = pool.filter((node) => node.term?.toLowerCase() === wanted);
	const named = defined.length > 0 ? defined : pool.filter((node) => opensDefinition(base, node, wanted));
	if (named.length === 0) return fail('not_found', `No definition of "${term}" was found.`);
	if (named.length > 1 || !named[0]) return fail('ambiguous', `"${term}" is defined ${named.length} times.`);
	return { span: base.extent(named[0]), node: named[0], what: 'definition' };
}

function opensDefinition(base: Base, node: ClauseNode, term: string): boolean {
	if (node.table || node.kind === 'schedule') return false;
	const words = base
		.words({ start: node.span.start, end: Math.min(node.span.end, node.span.start + term.length + 80) })
		.toLowerCase();
	const bare = words.replace(/^[\d.()]+\s+/, '').replace(/^"/, '');
	return (
		bare.startsWith(term) && /^"?,? (?:shall )?(?:means?|has the meaning|refers? to)\b/.test(bare.slice(term.length))
	);
}

export function resolveHeading(base: Base, title: string, outer: Located | undefined): Resolution {
	const wanted = plainTitle(title);
	const pool = (outer ? base.within(outer.span) : base.nodes).filter(
		(node) => node.heading !== undefined && !base.isFurniture(node),
	);
	const exact = pool.filter((node) => plainTitle(node.heading ?? '') === wanted);
	if (exact.length === 0) return fail('not_found', `No section is headed "${title}".`);
	if (exact.length > 1 || !exact[0]) return fail('ambiguous', `${exact.length} sections are headed "${title}".`);
	return exact[0].kind === 'schedule'
		? { span: base.scheduleSpan(exact[0]), node: exact[0], what: 'schedule' }
		: { span: base.extent(exact[0]), node: exact[0], what: 'clause' };
}

/** The title of a clause, in its source. */
export function resolveTitle(base: Base, { node }: Located): Resolution {
	const title = node?.heading;
	if (!node || title === undefined || title === '') return fail('not_found', 'The clause has no heading.');
	const start = base.opening(node).label;
	const plain = base.plain({ start, end: node.span.end });
	const at = flat(plain.text).indexOf(title);
	if (at < 0 || at > 4) return fail('ambiguous', 'Where the heading of the clause ends is not certain.');
	return { span: { start: plain.sourceAt(at), end: plain.sourceEnd(at + title.length) }, node, what: 'words' };
}
