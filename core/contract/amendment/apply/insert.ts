import type { Base } from '../target/base';
import { labelValues, neighbours, sameLabel } from '../target/labels';
import { lineStart } from '../target/line';
import { type Failure, type Located, isFailure } from '../target/located';
import { resolvePlace } from '../target/resolve';
import { doubtWhole } from '../target/wholeness';
import { plainWords } from '../text/plain';
import type { Instruction, Passage, Place } from '../types';
import { leadingNumber, placeNumber, sameWords } from './clause-text';
import { labelled, separatorAt } from './dress';
import { fail, type Outcome } from './edit';
import { insertSentence } from './insert-words';
import { findNumber, wordOf } from './place-of-new';
import { givesWay, isCascade } from './renumber';

/** Inserts a new clause behind the one that its number follows, or beside the clause the instruction names. */
export function insertClause(base: Base, instruction: Instruction, all: readonly Instruction[] = []): Outcome {
	const fresh = instruction.new;
	if (!fresh) return fail('not_found', 'It does not say what is inserted.');
	const [added] = instruction.target.adds ?? [];
	const [where] = instruction.target.places;
	const position = instruction.position?.at ?? 'end';
	if (position === 'after' || position === 'before') return beside(base, instruction, fresh, added, position);
	const parts = added ? placeNumber(added) : (leadingNumber(fresh.text)?.parts ?? []);
	if (parts.length === 0)
		return where ? atEnd(base, where, fresh) : fail('ambiguous', 'It does not say where the new clause goes.');
	const outcome = byNumber(base, instruction, fresh, parts, where, all);
	if (outcome.status !== 'applied') return outcome;
	const rank = [1, ...parts.map((part) => labelValues(part)[0] ?? 0)];
	return { ...outcome, edits: outcome.edits.map((edit) => ({ ...edit, rank })) };
}

function beside(
	base: Base,
	instruction: Instruction,
	fresh: Passage,
	added: Place | undefined,
	at: 'after' | 'before',
): Outcome {
	const [where] = instruction.target.places;
	if (!where) return fail('not_found', 'It does not say beside which clause the new one goes.');
	const located = resolvePlace(base, where);
	if (isFailure(located)) return located;
	if (located.what === 'sentence') return insertSentence(located, fresh, at);
	if (!located.node) return fail('not_found', 'The clause was not found.');
	const gap = instruction.target.upTo ? gapBefore(base, located, instruction.target.upTo) : undefined;
	if (gap) return gap;
	const text = labelled(base, located.node, added, fresh);
	const separator = separatorAt(base, located.node);
	const line = lineStart(base, located.node);
	const first = line.kind === 'plain' ? located.span.start : line.start;
	if (at === 'before')
		return {
			status: 'applied',
			edits: [{ start: first, end: first, text: text + separator }],
		};
	return { status: 'applied', edits: [{ start: located.span.end, end: located.span.end, text: separator + text }] };
}

/** The clause that `between` names second has to be the next one. */
function gapBefore(base: Base, located: Located, upTo: Place): Failure | undefined {
	const next = resolvePlace(base, upTo);
	if (isFailure(next)) return next;
	const between = base.within({ start: located.span.end, end: next.span.start });
	if (next.span.start >= located.span.end && between.every((node) => base.isFurniture(node))) return undefined;
	return { status: 'conflict', reason: 'The clauses it is to stand between do not follow each other.' };
}

function atEnd(base: Base, where: Place, fresh: Passage): Outcome {
	const located = resolvePlace(base, where);
	if (isFailure(located)) return located;
	const node = located.node;
	const separator = node ? separatorAt(base, node) : '\n\n';
	if (base.words(located.span).endsWith(plainWords(fresh.raw, base.document.format)))
		return fail('conflict', 'The text stands there already.');
	return {
		status: 'applied',
		edits: [{ start: located.span.end, end: located.span.end, text: separator + fresh.raw.trim() }],
	};
}

/** Behind `22.15` for a new `22.16`; at the end of `8.2` for its first `(a)`; behind `3` for `3A`. */
function byNumber(
	base: Base,
	instruction: Instruction,
	fresh: Passage,
	parts: readonly string[],
	where: Place | undefined,
	all: readonly Instruction[],
): Outcome {
	const added = instruction.target.adds?.[0];
	const word = wordOf(added);
	const own = findNumber(base, parts, where, word);
	const taken =
		!isFailure(own) && own.what === 'clause' && sameLabel(own.node?.number, parts.at(-1) ?? '') ? own : undefined;
	if (taken?.node && all.some((one) => pushes(base, one, instruction, taken))) return before(base, taken, added, fresh);
	if (taken?.node && lineStart(base, taken.node).kind === 'list')
		return fail('conflict', `A clause numbered ${parts.join('/')} is there already, in a list that numbers itself.`);
	if (taken?.node) {
		const body = base.words({ start: base.opening(taken.node).label, end: taken.span.end });
		const bare = plainWords(fresh.raw, base.document.format).slice(leadingNumber(fresh.text)?.length ?? 0);
		if (sameWords(body, bare)) return fail('conflict', 'The clause stands there already.');
		return put(base, taken, added, fresh, `A clause numbered ${parts.join('/')} was there already; both stand now.`);
	}
	const inserted = /^(\d+(?:\.\d+)*)([A-Za-z])$/.exec(parts.at(-1) ?? '');
	const previous = inserted
		? [inserted[2]?.toUpperCase() === 'A' ? (inserted[1] ?? '') : '']
		: neighbours(parts.at(-1) ?? '', -1);
	for (const label of previous.filter((one) => one !== '')) {
		const elder = findNumber(base, [...parts.slice(0, -1), label], where, word);
		if (!isFailure(elder) && elder.what === 'item') return inlineItem(elder);
		if (!isFailure(elder) && elder.node) return put(base, elder, added, fresh);
		if (isFailure(elder) && elder.status !== 'not_found') return elder;
	}
	for (const label of previous) {
		const sibling = all.find(
			(one) =>
				one !== instruction &&
				one.kind === 'insert_clause' &&
				!one.needsHuman &&
				adds(one, [...parts.slice(0, -1), label]),
		);
		const earlier = sibling
			? insertClause(
					base,
					sibling,
					all.filter((one) => one !== instruction),
				)
			: undefined;
		if (earlier?.status === 'applied') return behindNew(base, earlier, added, fresh);
	}
	if (previous.length > 0) return fail('not_found', `The clause that ${parts.join('/')} would follow was not found.`);
	const parent = where ? resolvePlace(base, where) : findNumber(base, parentOf(parts), undefined);
	if (isFailure(parent)) return parent;
	if (parent.node && lineStart(base, parent.node).kind === 'list')
		return fail('ambiguous', 'The clause it goes into is an item of a list that numbers itself.');
	return parent.node ? put(base, parent, added, fresh) : fail('not_found', 'The clause it goes into was not found.');
}

/** Whether another instruction of the amendment moves the clause that has the number now. */
function pushes(base: Base, one: Instruction, instruction: Instruction, { node }: Located): boolean {
	if (one === instruction || one.needsHuman) return false;
	return isCascade(one) ? one.section === instruction.section : node !== undefined && givesWay(base, node, [one]);
}

/** In front of the clause whose number it takes. */
function before(base: Base, taken: Located, added: Place | undefined, fresh: Passage): Outcome {
	const { node } = taken;
	if (!node) return fail('not_found', 'The clause was not found.');
	const line = lineStart(base, node);
	const start = line.kind === 'plain' ? taken.span.start : line.start;
	const text = labelled(base, node, added, fresh) + separatorAt(base, node);
	return { status: 'applied', edits: [{ start, end: start, text }] };
}

function adds(instruction: Instruction, parts: readonly string[]): boolean {
	const own = instruction.target.adds?.some((place) => placeNumber(place).join('/') === parts.join('/')) === true;
	return own && instruction.new !== undefined;
}

/** Behind a clause that the same amendment adds: at the same place, in the order of their numbers. */
function behindNew(
	base: Base,
	before: Extract<Outcome, { status: 'applied' }>,
	added: Place | undefined,
	fresh: Passage,
): Outcome {
	const at = before.edits[0]?.start ?? 0;
	const node = base.nodes.findLast((one) => one.span.end <= at && one.number !== undefined);
	if (!node) return fail('not_found', 'The clause before it was not found.');
	return {
		status: 'applied',
		edits: [{ start: at, end: at, text: separatorAt(base, node) + labelled(base, node, added, fresh) }],
	};
}

function parentOf(parts: readonly string[]): string[] {
	if (parts.length > 1) return parts.slice(0, -1);
	return [(parts[0] ?? '').replace(/\.\d+$/, '')];
}

function put(base: Base, elder: Located, added: Place | undefined, fresh: Passage, look?: string): Outcome {
	if (!elder.node) return fail('not_found', 'The clause before it was not found.');
	const doubt = doubtWhole(base, elder);
	if (doubt) return doubt;
	const text = labelled(base, elder.node, added, fresh);
	const at = elder.span.end;
	return {
		status: 'applied',
		edits: [{ start: at, end: at, text: separatorAt(base, elder.node) + text }],
		...(look !== undefined ? { look } : {}),
	};
}

/** A list inside a sentence: adding to it would have to move its `and` and its full stop. */
function inlineItem(elder: Located): Outcome {
	return fail(
		'ambiguous',
		`${elder.label ?? 'The item'} stands inside a sentence; how the sentence goes on has to be decided by a person.`,
	);
}
