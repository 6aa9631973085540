import type { ContractChange } from '../../model';
import type { AmendedChange, InstructionEvidence } from '../amendment';
import type { InstructionOutcome } from './instructions-table';

/** The instruction of an amendment that a change comes from, where it comes from one. */
export function instructionOf(change: ContractChange): InstructionEvidence | undefined {
	return (change as AmendedChange).instruction;
}

/** False for what an amendment orders and what is not in the text: it was left undone, or kept apart. */
export function isCarriedOut(change: ContractChange): boolean {
	const status = instructionOf(change)?.status ?? 'applied';
	return status === 'applied';
}

/** What the changes themselves tell of the instructions behind them. */
export function outcomesOf(changes: readonly ContractChange[]): InstructionOutcome[] {
	const outcomes = new Map<string, InstructionOutcome>();
	for (const change of changes) {
		const evidence = instructionOf(change);
		if (!evidence) continue;
		const { id, amendmentId, quote, status, reason } = evidence;
		const why = reason ?? change.needsHuman?.reason;
		outcomes.set(`${amendmentId} ${id}`, {
			quote,
			status,
			...(why === undefined ? {} : { reason: why }),
			...(change.needsHuman ? { needsHuman: true } : {}),
		});
	}
	return [...outcomes.values()];
}
