import type { ChangeOp, Span } from '../../model';
import { changeKind, sameNumber, type ChangeDraft } from './clause-change';
import { clauseRef } from './clause-ref';
import { inlineDiff } from './inline-diff';
import type { ContractLimits } from '../limits';
import type { Features } from './features';
import { joinTokens, type Lexicon, type Tokens } from './tokens';
import type { Unit } from './unit';

/** Share of a piece's words that the whole must have too. */
const CONTAINED = 0.7;
/** Share of the whole's words that the pieces must have together. */
const COVERED = 0.7;

interface Run {
	indices: number[];
	/** Not a word differs. */
	exact: boolean;
}

/** A clause on one side that is several on the other, as the one change that it is. */
export interface Cut {
	draft: ChangeDraft;
	told: { before: number[]; after: number[] };
}

const NONE: Run = { indices: [], exact: false };

/** A node that is nothing but a title. */
function isTitle(unit: Unit): boolean {
	return unit.node.heading !== undefined && unit.node.text === '';
}

/** Finds clauses that were cut into several, or put together, with or without edits. */
export class Splits {
	readonly #stops: Set<number>;

	constructor(
		private readonly before: Unit[],
		private readonly after: Unit[],
		lexicon: Lexicon,
		private readonly features: Features,
		private readonly limits: ContractLimits,
	) {
		this.#stops = new Set(['.', ':', '-', '\u2014'].map((mark) => lexicon.id(mark)));
	}

	/** The one change of a pair that is a clause on one side and several on the other; undefined where it is not. */
	of(pair: Unit): Cut | undefined {
		const partner = this.after[pair.partner];
		if (!partner || pair.content === partner.content || pair.node.table || partner.node.table) return undefined;
		const cut = pair.length > partner.length ? this.#pieces(pair, this.after, partner.node.index) : NONE;
		const joined = partner.length > pair.length ? this.#pieces(partner, this.before, pair.node.index) : NONE;
		const run = cut.indices.length > 0 ? cut : joined;
		if (run.indices.length === 0) return undefined;
		const told =
			run === cut
				? { before: [pair.node.index], after: run.indices }
				: { before: run.indices, after: [partner.node.index] };
		return { draft: this.#draft(told, run, run === cut ? 'split' : 'merged'), told };
	}

	#draft(told: { before: number[]; after: number[] }, run: Run, op: ChangeOp): ChangeDraft {
		const units = run.indices.map((index) => (op === 'split' ? this.after : this.before)[index]);
		const [first] = units;
		// A title set apart from its one paragraph cuts nothing: it is layout.
		const layout = units.length === 2 && first !== undefined && isTitle(first) && !isTitle(units[1] ?? first);
		const [old, now] = [this.before[told.before[0] ?? 0], this.after[told.after[0] ?? 0]];
		const ops: ChangeOp[] = layout ? (run.exact ? ['formatting'] : ['modified']) : [op];
		if (!run.exact && !layout) ops.push('modified');
		if (!sameNumber(old?.node.number, now?.node.number)) ops.push('renumbered');
		return {
			kind: changeKind(now?.node),
			op: ops,
			clause: clauseRef(old?.node, now?.node),
			text: this.#text(told, run.exact),
			span: { before: spanOf(this.before, told.before), after: spanOf(this.after, told.after) },
			origin: 'diff',
			confidence: run.exact ? 1 : (old?.confidence ?? 1),
		};
	}

	#text(told: { before: number[]; after: number[] }, exact: boolean): NonNullable<ChangeDraft['text']> {
		const join = (units: Unit[], indices: number[], mark: string): string =>
			indices.map((index) => units[index]?.text ?? '').join(mark);
		if (exact) return { before: join(this.before, told.before, '\n'), after: join(this.after, told.after, '\n') };
		const [before, after] = [join(this.before, told.before, ' '), join(this.after, told.after, ' ')];
		const tokens = (units: Unit[], indices: number[]): Tokens =>
			joinTokens(indices.flatMap((index) => units[index] ?? []));
		const [a, b] = [tokens(this.before, told.before), tokens(this.after, told.after)];
		return { before, after, inline: inlineDiff(before, after, a, b, this.limits.maxGapTokens) };
	}

	/** Neighbours of `units` around `at` that together say what `whole` says. Only `at` itself may be paired. */
	#pieces(whole: Unit, units: Unit[], at: number): Run {
		if (units[at - 1]?.partner !== -1 && units[at + 1]?.partner !== -1) return NONE;
		for (let start = at; start > at - this.limits.maxSplitPieces && start >= 0; start--) {
			if (start !== at && units[start]?.partner !== -1) break;
			const indices = this.#exactRun(whole, units, start, at);
			if (indices.length > 1 && indices.includes(at)) return { indices, exact: true };
		}
		return this.#likelyRun(whole, units, at);
	}

	#exactRun(whole: Unit, units: Unit[], start: number, at: number): number[] {
		const run: number[] = [];
		const { ids: all } = whole.tokens;
		let position = 0;
		let titles = 0;
		for (let i = start; i < units.length && run.length < this.limits.maxSplitPieces; i++) {
			const unit = units[i];
			if (!unit || (i !== at && unit.partner !== -1) || unit.node.table) return [];
			const { ids } = unit.tokens;
			const last = position + ids.length >= whole.length;
			const length = last ? unit.length : ids.length;
			if (!standsAt(ids, length, all, position)) {
				if (run.length > 0 && i !== at && isTitle(unit) && ++titles <= this.limits.maxSplitPieces) continue;
				return [];
			}
			position += ids.length;
			run.push(i);
			if (last) return position >= whole.length && position <= all.length + 1 ? run : [];
			// `Payment. Customer pays …`: the full stop went with the layout.
			if (isTitle(unit) && this.#stops.has(all[position] ?? 0)) position++;
		}
		return [];
	}

	/** Unpaired neighbours on one side most of whose words the whole has, nearest first; over titles that have none. */
	#contained(whole: Unit, units: Unit[], at: number, step: 1 | -1): number[] {
		const most = this.limits.maxSplitPieces;
		const found: number[] = [];
		for (let i = at + step, titles = 0; found.length < most - 1 && titles <= most; i += step) {
			const unit = units[i];
			if (unit?.partner !== -1 || unit.node.table) break;
			if (this.features.contained(unit, whole) >= CONTAINED) found.push(i);
			else if (isTitle(unit)) titles++;
			else break;
		}
		return found;
	}

	/** The neighbours most of whose words the whole has, where that makes up for what the partner lacks. */
	#likelyRun(whole: Unit, units: Unit[], at: number): Run {
		const own = units[at];
		if (!own || whole.length > this.limits.maxGapTokens * 4) return NONE;
		const earlier = this.#contained(whole, units, at, -1).reverse();
		const indices = [...earlier, at];
		indices.push(...this.#contained(whole, units, at, 1).slice(0, this.limits.maxSplitPieces - indices.length));
		if (indices.length < 2) return NONE;
		const pieces = indices.flatMap((index) => units[index] ?? []);
		const [alone, joint] = [this.features.covered(whole, [own]), this.features.covered(whole, pieces)];
		return joint >= COVERED && joint > alone ? { indices, exact: false } : NONE;
	}
}

function standsAt(ids: Int32Array, length: number, all: Int32Array, position: number): boolean {
	for (let k = 0; k < length; k++) if (ids[k] !== all[position + k]) return false;
	return true;
}

function spanOf(units: Unit[], indices: number[]): Span {
	return {
		start: units[indices[0] ?? 0]?.node.span.start ?? 0,
		end: units[indices.at(-1) ?? 0]?.node.span.end ?? 0,
	};
}
