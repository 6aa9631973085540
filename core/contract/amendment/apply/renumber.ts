import { scanReferences } from '../../references';
import type { ClauseNode } from '../../tree';
import type { Base } from '../target/base';
import { bareLabel, neighbours, sameLabel } from '../target/labels';
import { lineStart } from '../target/line';
import { type Located, isFailure } from '../target/located';
import { resolvePlace } from '../target/resolve';
import type { Instruction } from '../types';
import { placeNumber } from './clause-text';
import { fail, type Edit, type Outcome } from './edit';
import { findNumber, wordOf } from './place-of-new';

type LabelEdit = Omit<Edit, 'instructionId'>;

/** Prints other numbers before clauses; references to the old numbers stay as they are and are told. */
export function renumberClause(base: Base, instruction: Instruction, all: readonly Instruction[]): Outcome {
	if (isCascade(instruction)) return renumberFollowing(base, instruction, all);
	const [place] = instruction.target.places;
	const wanted = placeNumber(instruction.target.adds?.[0] ?? { steps: [], quote: '' }).at(-1);
	if (!place || wanted === undefined) return fail('not_found', 'It does not say which number becomes which.');
	const located = resolvePlace(base, place);
	if (isFailure(located)) return located;
	const { node } = located;
	if (node?.number === undefined || located.what !== 'clause')
		return fail('not_found', 'The clause has no number of its own.');
	const taken = siblings(base, node).find((one) => one !== node && sameLabel(one.number, wanted));
	if (taken && !givesWay(base, taken, all))
		return fail('conflict', `There is a clause with the number ${wanted} already.`);
	return relabel(base, [{ node, wanted }]);
}

/** `… and the remaining sections are renumbered accordingly`. */
export function isCascade({ kind, target, position }: Instruction): boolean {
	return kind === 'renumber' && target.adds === undefined && position?.at === 'after';
}

/** Whether the amendment itself takes the number away from a clause, so that another one can have it. */
export function givesWay(base: Base, node: ClauseNode, all: readonly Instruction[]): boolean {
	return all.some((one) => {
		if (one.needsHuman || (one.kind !== 'renumber' && one.kind !== 'delete_clause') || isCascade(one)) return false;
		return one.target.places.some((place) => {
			const located = resolvePlace(base, place);
			return !isFailure(located) && located.node === node;
		});
	});
}

function siblings(base: Base, node: ClauseNode): ClauseNode[] {
	return base.nodes.filter(
		(one) => one.parent === node.parent && one.number !== undefined && base.scheduleOf(one) === base.scheduleOf(node),
	);
}

/** The instruction that a cascade follows: the last insertion or deletion before it in the same section. */
function causeOf(instruction: Instruction, all: readonly Instruction[]): Instruction | undefined {
	const before = all.slice(0, all.indexOf(instruction));
	return before.findLast(
		({ kind, section, needsHuman }) =>
			section === instruction.section && !needsHuman && (kind === 'insert_clause' || kind === 'delete_clause'),
	);
}

function renumberFollowing(base: Base, instruction: Instruction, all: readonly Instruction[]): Outcome {
	const cause = causeOf(instruction, all);
	if (!cause) return fail('ambiguous', 'It does not say after which change the clauses are renumbered.');
	const adds = cause.kind === 'insert_clause';
	const places = adds ? (cause.target.adds ?? []) : cause.target.places;
	const [where] = cause.target.places;
	const found = places.map((place) =>
		adds ? findNumber(base, placeNumber(place), where, wordOf(place)) : resolvePlace(base, place),
	);
	const located = found.filter((one): one is Located => !isFailure(one));
	// A number that nobody had before pushes nobody aside.
	if (adds && located.length === 0) return { status: 'applied', edits: [] };
	const edge = adds ? located[0]?.node : located.at(-1)?.node;
	const inline = located.some(({ what }) => what === 'item');
	if (!edge || inline || located.length !== places.length || places.some(hasRange))
		return fail('ambiguous', 'Which clauses get other numbers has to be decided by a person.');
	const shift = adds ? places.length : -places.length;
	const moved = consecutive(base, edge, adds);
	const steps = moved.map((node) => ({ node, wanted: shifted(node.number ?? '', shift) }));
	const lost = steps.find(({ wanted }) => wanted === undefined);
	if (lost) return fail('ambiguous', `What follows the number ${lost.node.number ?? ''} is not certain.`);
	return relabel(
		base,
		steps.map(({ node, wanted }) => ({ node, wanted: wanted ?? '' })),
	);
}

function hasRange(place: Instruction['target']['places'][number]): boolean {
	return place.steps.some((step) => step.by === 'number' && step.through !== undefined);
}

/** The clauses from `edge` on (with it, or behind it) whose numbers follow one another. */
function consecutive(base: Base, edge: ClauseNode, own: boolean): ClauseNode[] {
	const list = siblings(base, edge).filter((one) => one.index >= edge.index);
	const run: ClauseNode[] = [];
	for (const node of list) {
		const last = run.at(-1);
		if (last && !neighbours(last.number ?? '', 1).some((label) => sameLabel(node.number, label))) break;
		run.push(node);
	}
	return own ? run : run.slice(1);
}

function shifted(number: string, shift: number): string | undefined {
	let label = bareLabel(number);
	for (let step = 0; step < Math.abs(shift); step++) {
		const next = neighbours(label, shift < 0 ? -1 : 1);
		// `i` may be a letter or a numeral: two successors.
		if (next.length !== 1 || next[0] === undefined) return undefined;
		[label] = next;
	}
	return label;
}

/** Edits of the numbers, of those below them too: `4.1` under 4. */
function relabel(base: Base, steps: ReadonlyArray<{ node: ClauseNode; wanted: string }>): Outcome {
	const edits: LabelEdit[] = [];
	const old: string[] = [];
	for (const { node, wanted } of steps) {
		const bare = bareLabel(node.number ?? '');
		const line = lineStart(base, node);
		if (line.kind === 'list') {
			// The list numbers itself; a reader of its source sees the number that is written.
			const start = line.start + line.indent.length;
			if (line.mark.slice(0, -1) === bare) edits.push({ start, end: start + bare.length, text: wanted });
			continue;
		}
		const below = base.within(base.extent(node)).filter((one) => bareLabel(one.number ?? '').startsWith(`${bare}.`));
		for (const one of [node, ...below]) {
			const label = bareLabel(one.number ?? '');
			const edit = labelEdit(base, one, label, wanted + label.slice(bare.length));
			if (!edit) return fail('ambiguous', 'The number is made by the formatting and not written.');
			edits.push(edit);
		}
		old.push(bare);
	}
	const numbers = old.length > 0 ? referred(base) : new Set<string>();
	const references = old.filter((label) => numbers.has(label));
	return {
		status: 'applied',
		edits,
		...(references.length > 0
			? { look: `References to the old numbers were left as they are: ${references.join(', ')}.` }
			: {}),
	};
}

function labelEdit(base: Base, node: ClauseNode, label: string, wanted: string): LabelEdit | undefined {
	const source = base.document.text.slice(node.span.start, base.opening(node).label);
	const at = source.indexOf(label);
	return at < 0 ? undefined : { start: node.span.start + at, end: node.span.start + at + label.length, text: wanted };
}

/** Numbers that clauses refer to in their words; the numbers that they print themselves are no references. */
function referred(base: Base): Set<string> {
	return new Set(base.nodes.flatMap(({ text }) => scanReferences(text).map(({ number }) => bareLabel(number))));
}
