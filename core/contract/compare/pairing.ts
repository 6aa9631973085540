import type { ContractLimits } from '../limits';
import { differences, type Gap } from './sequence';
import { markDoubts, type Proposal } from './doubts';
import { settleDuplicates } from './duplicates';
import type { Features } from './features';
import { rewrittenInPlace } from './rewritten';
import { SimilarityIndex } from './similarity';
import { link, type Unit } from './unit';

/** Shorter repeated texts (`Reserved`) are no evidence of a move by themselves. */
const TELLING_WORDS = 4;
const LIKELY = 0.5;
const LIKELY_IN_PLACE = 0.3;
const RENAMED_DEFINITION = 0.75;

function heading(unit: Unit): string {
	return (unit.node.heading ?? '').toLowerCase();
}

/** Pairs the clauses of two versions by content: equal in order, equal elsewhere, alike, and by their children. */
export class Pairing {
	/** Number of the gap (between equal neighbours) that a unit stands in. */
	readonly #gapOfBefore: Int32Array;
	readonly #gapOfAfter: Int32Array;

	constructor(
		private readonly before: Unit[],
		private readonly after: Unit[],
		private readonly features: Features,
		private readonly limits: ContractLimits,
	) {
		this.#gapOfBefore = new Int32Array(before.length).fill(-1);
		this.#gapOfAfter = new Int32Array(after.length).fill(-1);
	}

	run(): void {
		this.#equalInOrder();
		settleDuplicates(this.before, this.after);
		this.#equalElsewhere();
		this.#alike();
		this.#byChildren();
		settleDuplicates(this.before, this.after);
		this.#tablesInPlace();
		rewrittenInPlace(this.before, this.after, (before, after) => this.#inOneGap(before, after));
	}

	#inOneGap(before: Unit, after: Unit): boolean {
		return this.#gapOfBefore[before.node.index] === this.#gapOfAfter[after.node.index];
	}

	#equalInOrder(): void {
		const ids = (units: Unit[]): Int32Array => Int32Array.from(units, (unit) => unit.content);
		const gaps = differences(ids(this.before), ids(this.after), Math.max(this.limits.maxGapTokens, 4_000));
		const end: Gap = [this.before.length, this.before.length, this.after.length, this.after.length];
		let [i, j] = [0, 0];
		[...gaps, end].forEach(([b0, b1, a0, a1], number) => {
			for (; i < b0; i++, j++) this.#link(i, j, 1);
			this.#gapOfBefore.fill(number, b0, b1);
			this.#gapOfAfter.fill(number, a0, a1);
			[i, j] = [b1, a1];
		});
	}

	#link(i: number, j: number, confidence: number): void {
		const [before, after] = [this.before[i], this.after[j]];
		if (before && after) link(before, after, confidence);
	}

	#equalElsewhere(): void {
		const waiting = new Map<number, Unit[]>();
		for (const unit of this.after) {
			if (unit.partner >= 0) continue;
			const list = waiting.get(unit.content);
			if (list) list.push(unit);
			else waiting.set(unit.content, [unit]);
		}
		const taken = new Map<number, number>();
		for (const unit of this.before) {
			const list = unit.partner < 0 ? waiting.get(unit.content) : undefined;
			if (!list) continue;
			const at = taken.get(unit.content) ?? 0;
			const match = list[at];
			if (!match || !(unit.words >= TELLING_WORDS || this.#sameParent(unit, match) || heading(unit) !== '')) continue;
			taken.set(unit.content, at + 1);
			link(unit, match, 1);
		}
	}

	#sameParent(before: Unit, after: Unit): boolean {
		const parent = this.before[before.node.parent];
		return parent ? parent.partner === after.node.parent && after.node.parent >= 0 : after.node.parent < 0;
	}

	#alike(): void {
		const open = this.before.filter((unit) => unit.partner < 0);
		const wanted = this.after.filter((unit) => unit.partner < 0);
		if (open.length === 0 || wanted.length === 0) return;
		this.features.expect(open, wanted);
		const index = new SimilarityIndex(wanted, open, this.features, this.limits);
		const named = this.#byName(wanted);
		const inGap = groupBy(wanted, (unit) => this.#gapOfAfter[unit.node.index] ?? -1);
		const order = new Map<number, number>();
		const proposals: Proposal[] = [];
		for (const before of open) {
			const gap = this.#gapOfBefore[before.node.index] ?? -1;
			const place = order.get(gap) ?? 0;
			order.set(gap, place + 1);
			const near = [inGap.get(gap)?.[place], ...(named.get(nameOf(before)) ?? [])].filter((unit) => unit !== undefined);
			const proposed = new Set<Unit>();
			for (const { after, similarity } of index.candidates(before)) {
				proposed.add(after);
				this.#propose(before, after, similarity, proposals);
			}
			for (const after of near)
				if (!proposed.has(after)) this.#propose(before, after, index.between(before, after), proposals);
		}
		this.#accept(proposals);
	}

	/** Few units of one name only: a heading that stands everywhere names nothing. */
	#byName(units: Unit[]): Map<string, Unit[]> {
		const named = groupBy(
			units.filter((unit) => nameOf(unit) !== ''),
			nameOf,
		);
		for (const [name, list] of named) if (list.length > 3) named.delete(name);
		named.delete('');
		return named;
	}

	#propose(before: Unit, after: Unit, similarity: number, proposals: Proposal[]): void {
		if ((before.node.table === undefined) !== (after.node.table === undefined)) return;
		if ((before.node.kind === 'metadata') !== (after.node.kind === 'metadata')) return;
		const sameGap = this.#inOneGap(before, after);
		const sameName = nameOf(before) !== '' && nameOf(before) === nameOf(after);
		const sameNumber = before.node.number !== undefined && before.node.number === after.node.number;
		const bothDefine = before.node.term !== undefined && after.node.term !== undefined;
		if (bothDefine && !sameName && similarity < RENAMED_DEFINITION) return;
		const enough = sameName || similarity >= LIKELY || (sameGap && similarity >= LIKELY_IN_PLACE);
		const inPlace = sameGap && (before.node.kind === 'metadata' || (sameNumber && headingsAlike(before, after)));
		if (!enough && !inPlace) return;
		const score = similarity + Number(sameName) * 0.6 + Number(sameGap) * 0.15 + Number(sameNumber) * 0.05;
		proposals.push({ before, after, similarity, score, placed: sameGap || sameName });
	}

	#accept(proposals: Proposal[]): void {
		proposals.sort(
			(x, y) =>
				y.score - x.score || x.before.node.index - y.before.node.index || x.after.node.index - y.after.node.index,
		);
		const accepted: Proposal[] = [];
		for (const proposal of proposals) {
			const { before, after, similarity } = proposal;
			if (before.partner >= 0 || after.partner >= 0) continue;
			link(before, after, Math.round((0.5 + similarity / 2) * 100) / 100);
			accepted.push(proposal);
		}
		markDoubts(accepted, proposals);
	}

	/** The only table under a clause is that clause's table, whatever its header says now. */
	#tablesInPlace(): void {
		const open = (units: Unit[]): Unit[] => units.filter((unit) => unit.partner < 0 && unit.node.table);
		const wanted = groupBy(open(this.after), (unit) => unit.node.parent);
		for (const [parent, [table, ...others]] of groupBy(open(this.before), (unit) => unit.node.parent)) {
			const place = wanted.get(parent < 0 ? -1 : (this.before[parent]?.partner ?? -2)) ?? [];
			const [match] = place;
			if (table && match && others.length === 0 && place.length === 1) link(table, match, 0.7);
		}
	}

	/** A heading that was reworded is known by what stands under it. Deepest first, so that votes rise. */
	#byChildren(): void {
		for (let i = this.before.length - 1; i >= 0; i--) {
			const unit = this.before[i];
			if (!unit || unit.partner >= 0 || unit.node.children.length === 0) continue;
			const votes = new Map<number, number>();
			for (const child of unit.node.children) {
				const partner = this.after[this.before[child.index]?.partner ?? -1];
				const parent = partner ? this.after[partner.node.parent] : undefined;
				if (parent && parent.partner < 0) votes.set(parent.node.index, (votes.get(parent.node.index) ?? 0) + 1);
			}
			const [best, count] = [...votes].sort((x, y) => y[1] - x[1] || x[0] - y[0])[0] ?? [-1, 0];
			const match = this.after[best];
			// Half of the children that both have on average: the same from either side.
			if (match && count * 4 >= unit.node.children.length + match.node.children.length) link(unit, match, 0.7);
		}
	}
}

/** `Compliance with Laws` and `Compliance with Laws, Including …`: most words of the shorter one are in the longer. */
function headingsAlike(before: Unit, after: Unit): boolean {
	const words = (unit: Unit): Set<string> =>
		new Set(
			heading(unit)
				.split(/[^\p{L}\p{N}]+/u)
				.filter((word) => word.length > 2),
		);
	const [a, b] = [words(before), words(after)];
	if (a.size === 0 || b.size === 0) return false;
	const shared = [...a].filter((word) => b.has(word)).length;
	return shared / Math.min(a.size, b.size) >= 0.6;
}

function nameOf(unit: Unit): string {
	if (unit.node.term !== undefined) return `definition:${unit.node.term.toLowerCase()}`;
	return heading(unit);
}

function groupBy<Key>(units: Unit[], keyOf: (unit: Unit) => Key): Map<Key, Unit[]> {
	const groups = new Map<Key, Unit[]>();
	for (const unit of units) {
		const key = keyOf(unit);
		const list = groups.get(key);
		if (list) list.push(unit);
		else groups.set(key, [unit]);
	}
	return groups;
}
