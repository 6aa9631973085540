import { sha256, type ContractDocument } from '../../../model';
import type { ContractLimits } from '../../limits';
import { Base } from '../target/base';
import { cutsMarkup } from '../text/markup';
import type { Amendment, ApplyResult, Consolidation, Instruction, Kept } from '../types';
import { carryOut } from './carry-out';
import type { Edit, Outcome } from './edit';
import { otherDocument } from './documents';

export interface ApplyInput {
	base: ContractDocument;
	amendment: Amendment;
	/** Consolidates for those inside the scopes too: the text then holds for them only. */
	withinScope?: boolean;
	/** ISO date: temporary instructions that ended before it are left out. */
	asOf?: string;
	limits?: Partial<ContractLimits>;
}

/**
 * Carries out an amendment. Every instruction is resolved against the base as it is, so their order makes no
 * difference; where two change the same words, both are conflicts. Nothing outside the reported spans changes.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 */
export function applyAmendment(input: ApplyInput): Consolidation {
	const { amendment } = input;
	const base = new Base(input.base, input.limits);
	const apart = amendment.instructions.flatMap((instruction) => keptApart(base, instruction, input) ?? []);
	const kept = new Set(apart.map(({ instructionId }) => instructionId));
	const outcomes = new Map<string, Outcome>();
	for (const instruction of amendment.instructions)
		if (!kept.has(instruction.id)) outcomes.set(instruction.id, carryOut(base, instruction, amendment.instructions));
	refuseHalfMarkup(input.base, outcomes);
	settleOverlaps(amendment.instructions, outcomes);
	const edits = sortedEdits(amendment.instructions, outcomes);
	const { text, spans } = write(input.base.text, edits);
	const results = amendment.instructions.flatMap((instruction) => {
		const outcome = outcomes.get(instruction.id);
		return outcome ? [resultOf(instruction, amendment, outcome, spans)] : [];
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
	{ amendment, withinScope, asOf }: ApplyInput,
): Kept | undefined {
	const scope = instruction.scope ?? amendment.scope;
	const kept = { instructionId: instruction.id, amendmentId: amendment.id, text: instruction.quote };
	if (otherDocument(base, amendment, instruction)) return { ...kept, why: 'other_document' };
	if (scope !== undefined && withinScope !== true) return { ...kept, why: 'scope', scope };
	const { until } = instruction;
	if (until !== undefined && asOf !== undefined && /^\d{4}-\d\d-\d\d$/.test(until) && until < asOf)
		return { ...kept, why: 'expired' };
	return undefined;
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

/** Two instructions on the same words contradict each other: neither is carried out. */
function settleOverlaps(instructions: readonly Instruction[], outcomes: Map<string, Outcome>): void {
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

function resultOf(instruction: Instruction, amendment: Amendment, outcome: Outcome, spans: Changed): ApplyResult {
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
	if (outcome.look !== undefined) {
		result.reason = outcome.look;
		result.needsHuman = { reason: outcome.look };
	}
	return result;
}
