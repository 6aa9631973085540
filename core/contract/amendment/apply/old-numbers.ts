import type { ContractDocument, Span } from '../../../model';
import type { ClauseNode } from '../../tree';
import { Base } from '../target/base';
import { bareLabel, sameLabel } from '../target/labels';
import { isFailure } from '../target/located';
import { resolvePlace } from '../target/resolve';
import { titleFits } from '../target/titles';
import { flat, plainWords } from '../text/plain';
import type { Instruction, Place } from '../types';
import { fail, type Outcome } from './edit';
import { move } from './offsets';
import type { Step } from './reinstate';
import { findWholeWords, needles } from './words';

/** An instruction as it is meant, where it names a clause by the number that an earlier amendment took from it. */
export type Meant = { instruction: Instruction; note: string } | Extract<Outcome, { reason: string }>;

/** A clause that may be meant, by the number it bears now. */
interface Candidate {
	node: ClauseNode;
	place: Place;
}

/**
 * Whether an instruction of a stack speaks of a clause by its old number. What it quotes, its title and its new text
 * decide between the clause that had the number and the one that has it now; where nothing decides, a person does.
 * Undefined where the number is to be taken as it stands.
 */
export function underOldNumber(base: Base, instruction: Instruction, history: readonly Step[]): Meant | undefined {
	if (instruction.needsHuman || !history.some(({ renumbers }) => renumbers)) return undefined;
	const [place, ...others] = instruction.target.places;
	const at = place?.steps.findIndex(({ by }) => by === 'number') ?? -1;
	const step = place?.steps[at];
	if (!place || others.length > 0 || step?.by !== 'number' || CURRENT.test(instruction.quote)) return undefined;
	const before = place.steps.slice(0, at);
	const head: Place = {
		steps: [...before, { by: 'number', word: step.word, parts: step.parts.slice(0, 1) }],
		quote: '',
	};
	const now = nodeAt(base, head);
	const former = formerly(base, head, history).filter((node) => node !== now);
	const [one, ...more] = former;
	if (!one?.number || more.length > 0) return undefined;
	const parts = [bareLabel(one.number), ...step.parts.slice(1)];
	const renumbered: Place = {
		...place,
		steps: [...before, { ...step, parts }, ...place.steps.slice(at + 1)],
	};
	const old = { node: one, place: renumbered };
	return decided(base, instruction, old, now && { node: now, place }, step.parts[0] ?? '');
}

/** It says itself which numbering it goes by. */
const CURRENT = /\b(?:formerly|previously|as (?:so )?(?:re)?numbered by|as re-?numbered|as amended by)\b/i;
const FORMER =
	/\bas (?:originally )?numbered (?:before|prior to|in the)\b|\b(?:original|former|old) (?:section|clause|article)\b/i;

function decided(
	base: Base,
	instruction: Instruction,
	old: Candidate,
	now: Candidate | undefined,
	number: string,
): Meant | undefined {
	const verdict = FORMER.test(instruction.quote)
		? 'old'
		: now
			? decide(fits(base, instruction, old), fits(base, instruction, now))
			: 'old';
	if (verdict === 'now') return undefined;
	const [was, is] = [nameOf(old.node), now ? nameOf(now.node) : 'nothing'];
	if (verdict === 'unsure')
		return fail(
			'ambiguous',
			`The number ${number} was that of ${was} before an earlier amendment, and is that of ${is} now.`,
		) as Meant;
	return {
		instruction: { ...instruction, target: { ...instruction.target, places: [old.place] } },
		note: `The number ${number} is taken as it was before an earlier amendment: what bears it now is ${is}, and meant is ${was}.`,
	};
}

function nameOf({ number = '', heading, text }: ClauseNode): string {
	const label = /^\d/.test(number) ? `Section ${number.replace(/\.$/, '')}` : number.replace(/\.$/, '');
	return `${label} "${heading ?? text.slice(0, 40)}"`;
}

/** Evidence for each: of one only decides; of both or none does not. */
function decide(old: boolean | undefined, now: boolean | undefined): 'old' | 'now' | 'unsure' {
	if (now === false && old !== false) return 'old';
	if (old === false) return 'now';
	if (old === now) return 'unsure';
	return old === true ? 'old' : 'now';
}

/** Whether a clause is the one that an instruction describes; undefined where it does not describe it. */
function fits(base: Base, instruction: Instruction, { node, place }: Candidate): boolean | undefined {
	const { title: _title, ...untitled } = place;
	if (isFailure(resolvePlace(base, untitled))) return false;
	const titled = place.title === undefined ? undefined : titleFits(base, node, place.title);
	if (titled !== undefined) return titled;
	const quoted = instruction.old?.text ?? instruction.position?.anchor;
	if (quoted !== undefined) return holds(base, base.extent(node), quoted);
	const { kind, new: fresh } = instruction;
	return fresh && /^re(?:place|state)_clause$/.test(kind) ? resembles(base, node, fresh.text) : undefined;
}

function holds(base: Base, span: Span, quoted: string): boolean {
	const text = flat(base.plain(span).text);
	return needles(plainWords(quoted, 'text')).some((words) => findWholeWords(text, words).length > 0);
}

/** Part of the clause's telling words that new text has to share, or its heading. */
const ALIKE = 0.4;

function resembles(base: Base, node: ClauseNode, fresh: string): boolean | undefined {
	const opening = fresh.slice(0, 200).toLowerCase();
	if (node.heading !== undefined && node.heading.length > 3 && opening.includes(node.heading.toLowerCase()))
		return true;
	const words = telling(base.words(base.extent(node)));
	if (words.size < 3) return undefined;
	const own = telling(fresh);
	let shared = 0;
	for (const word of words) if (own.has(word)) shared++;
	return shared / words.size >= ALIKE;
}

const telling = (text: string): Set<string> => new Set(text.toLowerCase().match(/\p{L}{5,}/gu) ?? []);

function nodeAt(base: Base, head: Place): ClauseNode | undefined {
	const located = resolvePlace(base, head);
	return isFailure(located) ? undefined : located.node;
}

const BASES = new WeakMap<ContractDocument, Base>();

function baseOf(document: ContractDocument): Base {
	const known = BASES.get(document) ?? new Base(document);
	BASES.set(document, known);
	return known;
}

/** Clauses of today that bore the number before an amendment that gave out other numbers. */
function formerly(base: Base, head: Place, history: readonly Step[]): ClauseNode[] {
	const found = new Set<ClauseNode>();
	history.forEach((step, at) => {
		if (!step.renumbers) return;
		const earlier = nodeAt(baseOf(step.base), head);
		if (!earlier) return;
		let span: Span = earlier.span;
		for (const { changes } of history.slice(at)) {
			if (changes.some((change) => takesAway(change, span))) return;
			span = move(span, changes, 'before', 'after');
		}
		const today = base.nodes[base.indexAt(span.start)];
		if (
			today?.number !== undefined &&
			today.span.start === span.start &&
			!sameLabel(today.number, earlier.number ?? '')
		)
			found.add(today);
	});
	return [...found];
}

function takesAway({ before, after }: Step['changes'][number], { start, end }: Span): boolean {
	return before.start <= start && before.end >= end && after.end === after.start;
}
