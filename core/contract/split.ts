import type { ChangeDraft } from './clause-change';
import { changeKind } from './clause-change';
import { clauseRef } from './clause-ref';
import type { Unit } from './unit';

const MOST_PIECES = 12;

/**
 * Neighbours of `units` around `at` that together say exactly what `whole` says. Only `at` itself may be paired.
 * @returns indices in document order, empty if there is no such run of at least two
 */
function pieces(whole: Unit, units: Unit[], at: number): number[] {
	for (let start = at; start > at - MOST_PIECES && start >= 0; start--) {
		if (start !== at && units[start]?.partner !== -1) break;
		const run = runFrom(whole, units, start, at);
		if (run.length > 1 && run.includes(at)) return run;
	}
	return [];
}

function runFrom(whole: Unit, units: Unit[], start: number, at: number): number[] {
	const run: number[] = [];
	let position = 0;
	for (let i = start; i < units.length && run.length < MOST_PIECES; i++) {
		const unit = units[i];
		if (!unit || (i !== at && unit.partner !== -1) || unit.node.table) return [];
		const { ids } = unit.tokens;
		const last = position + ids.length >= whole.length;
		const length = last ? unit.length : ids.length;
		for (let k = 0; k < length; k++) if (ids[k] !== whole.tokens.ids[position + k]) return [];
		position += ids.length;
		run.push(i);
		if (last) return position >= whole.length && position <= whole.tokens.ids.length + 1 ? run : [];
	}
	return [];
}

/** A clause cut into several, or several put together, with not a word changed. */
export function splitOrMerge(
	before: Unit[],
	after: Unit[],
	pair: Unit,
): { draft: ChangeDraft; told: { before: number[]; after: number[] } } | undefined {
	const partner = after[pair.partner];
	if (!partner || pair.content === partner.content || pair.node.table || partner.node.table) return undefined;
	const cut = pair.length > partner.length ? pieces(pair, after, partner.node.index) : [];
	const joined = partner.length > pair.length ? pieces(partner, before, pair.node.index) : [];
	if (cut.length === 0 && joined.length === 0) return undefined;
	const told =
		cut.length > 0 ? { before: [pair.node.index], after: cut } : { before: joined, after: [partner.node.index] };
	const text = (units: Unit[], indices: number[]): string =>
		indices.map((index) => units[index]?.text ?? '').join('\n');
	const spanOf = (units: Unit[], indices: number[]): { start: number; end: number } => ({
		start: units[indices[0] ?? 0]?.node.span.start ?? 0,
		end: units[indices.at(-1) ?? 0]?.node.span.end ?? 0,
	});
	const draft: ChangeDraft = {
		kind: changeKind(partner.node),
		op: [cut.length > 0 ? 'split' : 'merged'],
		clause: clauseRef(pair.node, partner.node),
		text: { before: text(before, told.before), after: text(after, told.after) },
		span: { before: spanOf(before, told.before), after: spanOf(after, told.after) },
		origin: 'diff',
		confidence: 1,
	};
	return { draft, told };
}
