import { sha256, type ContractDocument } from '../../../model';
import type { ContractLimits } from '../../limits';
import { ownDay } from '../dating';
import { Base } from '../target/base';
import { cutsMarkup } from '../text/markup';
import type { Amendment, ApplyResult, Consolidation, Instruction, Kept } from '../types';
import { asText } from './as-text';
import { carryOut } from './carry-out';
import type { Edit, Outcome } from './edit';
import type { Step } from './reinstate';
import { isPlaceOnly, onlyAdds, standsForAll } from './scope';
import { otherDocument } from './documents';

export interface ApplyInput {
	base: ContractDocument;
	amendment: Amendment;
	/** What was carried out before it. */
	history?: readonly Step[];
	/** Consolidates for those inside the scopes too: the text then holds for them only. */
	withinScope?: boolean;
	/** Leaves out everything that holds for some only, also what the order puts into everybody's text. */
	forEveryone?: boolean;
	/** ISO date: temporary instructions that ended before it are left out. */
	asOf?: string;
	limits?: Partial<ContractLimits>;
}

/**
 * Carries out an amendment. Every instruction is resolved against the base as it is, so their order makes no
 * difference; where two change the same words, both are conflicts. Nothing outside the reported spans changes.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 */
export function applyAmendment(given: ApplyInput): Consolidation {
	const input = { ...given, amendment: asText(given.amendment, given.base.format) };
	const { amendment } = input;
	const base = new Base(input.base, input.limits);
	const apart: Kept[] = [];
	const outcomes = new Map<string, Outcome>();
	for (const instruction of amendment.instructions) {
		const kept = keptApart(base, instruction, input);
		const outcome = kept ? undefined : carryOut(base, instruction, amendment.instructions, input.history);
		const taking = outcome ? takesFromOthers(base, instruction, outcome, input) : undefined;
		if (kept ?? taking) apart.push(...[kept ?? taking].filter((one) => one !== undefined));
		else if (outcome) outcomes.set(instruction.id, outcome);
	}
	refuseHalfMarkup(input.base, outcomes);
	refuseTwice(outcomes);
	settleOverlaps(input.base.text, amendment.instructions, outcomes);
	const edits = sortedEdits(amendment.instructions, outcomes);
	const { text, spans } = write(input.base.text, edits);
	const results = amendment.instructions.flatMap((instruction) => {
		const outcome = outcomes.get(instruction.id);
		return outcome ? [resultOf(instruction, input, outcome, spans)] : [];
	});
	return {
		text: { ...input.base, text, sha256: sha256(text) },
		results,
		apart,
		unresolved: results.flatMap(({ instructionId, status, reason }) =>
			status === 'applied' ? [] : [{ instructionId, reason: reason ?? status }],
		),
		warnings: [],
		reverts: amendment.instructions.flatMap(({ id, until }) =>
			until !== undefined && outcomes.get(id)?.status === 'applied' ? [{ instructionId: id, until }] : [],
		),
	};
}

function keptApart(
	base: Base,
	instruction: Instruction,
	{ amendment, withinScope, forEveryone, asOf }: ApplyInput,
): Kept | undefined {
	const scope = instruction.scope ?? amendment.scope;
	const kept = { instructionId: instruction.id, amendmentId: amendment.id, text: instruction.quote };
	if (otherDocument(base, amendment, instruction)) return { ...kept, why: 'other_document' };
	const binds = forEveryone === true || !standsForAll(instruction, amendment);
	if (scope !== undefined && withinScope !== true && binds) return { ...kept, why: 'scope', scope };
	const { until } = instruction;
	if (until !== undefined && asOf !== undefined && /^\d{4}-\d\d-\d\d$/.test(until) && until < asOf)
		return { ...kept, why: 'expired' };
	const from = asOf === undefined ? undefined : ownDay(instruction);
	if (from !== undefined && asOf !== undefined && from > asOf) return { ...kept, why: 'not_yet_effective' };
	return undefined;
}

/** Words for some that would take words from the others do not go into everybody's text. */
function takesFromOthers(
	base: Base,
	instruction: Instruction,
	outcome: Outcome,
	{ amendment, withinScope }: ApplyInput,
): Kept | undefined {
	const scope = instruction.scope ?? amendment.scope;
	if (scope === undefined || withinScope === true || outcome.status !== 'applied') return undefined;
	if (isPlaceOnly(scope, instruction.target) || onlyAdds(base, outcome.edits)) return undefined;
	return { instructionId: instruction.id, amendmentId: amendment.id, why: 'scope', scope, text: instruction.quote };
}

/** An edit that would leave half a link or half a pair of tags changes more than it means to. */
function refuseHalfMarkup({ text, format }: ContractDocument, outcomes: Map<string, Outcome>): void {
	for (const [id, outcome] of outcomes) {
		if (outcome.status !== 'applied') continue;
		if (outcome.edits.some(({ start, end }) => cutsMarkup(text.slice(start, end), format)))
			outcomes.set(id, {
				status: 'ambiguous',
				reason: 'The words begin or end inside a link or other markup of the agreement.',
			});
	}
}

/** An instruction whose places lie in one another says the same twice; where it says different things, it is not clear. */
function refuseTwice(outcomes: Map<string, Outcome>): void {
	for (const [id, outcome] of outcomes) {
		if (outcome.status !== 'applied' || outcome.edits.length < 2) continue;
		const edits = outcome.edits
			.toSorted((a, b) => a.start - b.start || a.end - b.end)
			.filter((edit, at, all) => {
				const before = all[at - 1];
				return !before || edit.start === edit.end || JSON.stringify(before) !== JSON.stringify(edit);
			});
		const clash = edits.some((edit, at) => at > 0 && edit.start < (edits[at - 1]?.end ?? 0));
		outcomes.set(
			id,
			clash ? { status: 'ambiguous', reason: 'The places it names lie in one another.' } : { ...outcome, edits },
		);
	}
}

/** Two instructions on the same words contradict each other: neither is carried out. */
function settleOverlaps(text: string, instructions: readonly Instruction[], outcomes: Map<string, Outcome>): void {
	nudge(text, outcomes);
	const edits = sortedEdits(instructions, outcomes);
	const clashing = new Set<string>();
	let open: Edit | undefined;
	for (const edit of edits) {
		if (open && open.instructionId !== edit.instructionId && edit.start < open.end) {
			clashing.add(open.instructionId);
			clashing.add(edit.instructionId);
		}
		if (!open || edit.end > open.end) open = edit;
	}
	for (const id of clashing)
		outcomes.set(id, { status: 'conflict', reason: 'Another instruction of the amendment changes the same words.' });
}

/** What is put behind a clause that goes stands in the blank lines that go with it: it comes behind these. */
function nudge(text: string, outcomes: Map<string, Outcome>): void {
	const edits = [...outcomes.values()].flatMap((one) => (one.status === 'applied' ? one.edits : []));
	const inserted = edits.filter(({ start, end }) => start === end);
	if (inserted.length === 0) return;
	for (const { start, end } of edits.filter((edit) => edit.end > edit.start)) {
		let last = end;
		while (last > start && /\s/.test(text.charAt(last - 1))) last--;
		for (const edit of inserted) {
			if (edit.start < last || edit.start <= start || edit.start >= end) continue;
			edit.start = edit.end = end;
			edit.text = behindGap(text, start, edit.text);
		}
	}
}

/** The blank lines in front of what went are still there: what comes in its place brings those behind it. */
function behindGap(source: string, start: number, text: string): string {
	if (start > 0 && source.charAt(start - 1) !== '\n') return text;
	const gap = /^\s*/.exec(text)?.[0] ?? '';
	return text.slice(gap.length) + gap;
}

function sortedEdits(instructions: readonly Instruction[], outcomes: ReadonlyMap<string, Outcome>): Edit[] {
	return instructions
		.flatMap(({ id }) => {
			const outcome = outcomes.get(id);
			return outcome?.status === 'applied' ? outcome.edits.map((edit): Edit => ({ ...edit, instructionId: id })) : [];
		})
		.sort(
			(a, b) =>
				a.start - b.start ||
				a.end - b.end ||
				byRank(a.rank ?? [], b.rank ?? []) ||
				(a.text < b.text ? -1 : Number(a.text > b.text)),
		);
}

function byRank(a: readonly number[], b: readonly number[]): number {
	for (let i = 0; i < Math.max(a.length, b.length); i++) {
		const difference = (a[i] ?? -1) - (b[i] ?? -1);
		if (difference !== 0) return difference;
	}
	return 0;
}

type Changed = Map<string, ApplyResult['changes']>;

function write(source: string, edits: readonly Edit[]): { text: string; spans: Changed } {
	const parts: string[] = [];
	const spans: Changed = new Map();
	let at = 0;
	let length = 0;
	for (const { start, end, text, instructionId } of edits) {
		const kept = source.slice(at, start);
		parts.push(kept, text);
		length += kept.length;
		const change = { before: { start, end }, after: { start: length, end: length + text.length } };
		const own = spans.get(instructionId);
		if (own) own.push(change);
		else spans.set(instructionId, [change]);
		length += text.length;
		at = Math.max(at, end);
	}
	parts.push(source.slice(at));
	return { text: parts.join(''), spans };
}

function resultOf(
	instruction: Instruction,
	{ amendment, withinScope }: ApplyInput,
	outcome: Outcome,
	spans: Changed,
): ApplyResult {
	const result: ApplyResult = {
		instructionId: instruction.id,
		amendmentId: amendment.id,
		status: outcome.status,
		changes: spans.get(instruction.id) ?? [],
	};
	if (outcome.status !== 'applied') {
		result.reason = outcome.reason;
		result.needsHuman = { reason: outcome.reason };
		return result;
	}
	if (outcome.fact) result.fact = outcome.fact;
	if (outcome.note !== undefined) result.reason = outcome.note;
	const scope = instruction.scope ?? amendment.scope;
	if (scope !== undefined && withinScope !== true && !isPlaceOnly(scope, instruction.target)) {
		result.scope = scope;
		result.reason = `It holds for a part only, which the consolidated text does not show: ${scope}.`;
		result.needsHuman = { reason: result.reason };
	}
	if (outcome.look !== undefined) {
		result.reason = result.reason === undefined ? outcome.look : `${result.reason} ${outcome.look}`;
		result.needsHuman = { reason: result.reason };
	}
	return result;
}
