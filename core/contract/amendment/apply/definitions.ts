import type { ClauseNode } from '../../tree';
import type { Instruction } from '../types';
import type { Base } from '../target/base';
import { isFailure } from '../target/located';
import { resolvePlace } from '../target/resolve';
import { plainWords } from '../text/plain';
import { fail, type Outcome } from './edit';
import { hung, itemStart, lineStart } from '../target/line';
import { separatorAt } from './dress';

const TERM = /^(?:\(?[\da-z.]{1,6}\)?\s+)?"?([^"]{1,120}?)"?,?\s+(?:shall mean|means?|has the meaning|refers? to)\b/i;

/** Adds definitions: in their alphabetical place where the list has one, else at its end. */
export function addDefinitions(base: Base, instruction: Instruction): Outcome {
	const { new: fresh } = instruction;
	if (!fresh) return fail('not_found', 'It does not say what is defined.');
	const [place] = instruction.target.places;
	const located = place ? resolvePlace(base, place) : undefined;
	if (located && isFailure(located)) return located;
	const list = (located ? base.within(located.span) : base.nodes).filter((node) => node.term !== undefined);
	const added = fresh.raw
		.trim()
		.split(/\n\s*\n/)
		.map((raw) => unquoted(raw.trim()));
	for (const raw of added) {
		const term = termOf(base, raw);
		if (term !== undefined && base.nodes.some((node) => node.term?.toLowerCase() === term.toLowerCase()))
			return fail('conflict', `"${term}" is defined already.`);
	}
	if (list.length === 0) {
		if (!located) return fail('ambiguous', 'The agreement has no list of definitions; it does not say where they go.');
		const separator = located.node ? separatorAt(base, located.node) : '\n\n';
		return {
			status: 'applied',
			edits: [{ start: located.span.end, end: located.span.end, text: separator + added.join(separator) }],
		};
	}
	if (new Set(list.map((node) => node.parent)).size > 1)
		return fail('ambiguous', 'The agreement has several lists of definitions.');
	return { status: 'applied', edits: added.map((raw) => placed(base, list, raw)) };
}

/** `"“Seat” means …"`: the outer marks are the amendment's. */
function unquoted(raw: string): string {
	return /^["\u201c]{2}/.test(raw) ? raw.slice(1).replace(/["\u201d]$/, '') : raw;
}

function termOf(base: Base, raw: string): string | undefined {
	return TERM.exec(plainWords(raw, base.document.format))?.[1]?.trim();
}

function placed(base: Base, list: readonly ClauseNode[], raw: string): { start: number; end: number; text: string } {
	const terms = list.map((node) => (node.term ?? '').toLowerCase());
	const sorted = terms.every((term, i) => i === 0 || (terms[i - 1] ?? '') <= term);
	const own = termOf(base, raw)?.toLowerCase();
	const first = list[0];
	const line = first ? lineStart(base, first) : undefined;
	const before =
		sorted && own !== undefined ? list.findLast((node) => (node.term ?? '').toLowerCase() < own) : list.at(-1);
	const separator = separatorAt(base, list[1] ?? first ?? list[0] ?? base.nodes[0] ?? neverEmpty());
	if (!before) {
		const start = first?.span.start ?? 0;
		return line?.kind === 'list'
			? { start: line.start, end: line.start, text: itemStart(line, '1') + hung(raw, line) + separator }
			: { start, end: start, text: raw + separator };
	}
	const at = base.extent(before).end;
	const item = line?.kind === 'list' ? itemStart(line, String(list.indexOf(before) + 2)) + hung(raw, line) : raw;
	return { start: at, end: at, text: separator + item };
}

function neverEmpty(): never {
	throw new RangeError('A list of definitions has at least one.');
}
