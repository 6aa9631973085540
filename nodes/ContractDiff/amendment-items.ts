import type { INodeExecutionData } from 'n8n-workflow';
import type { Consolidated, InstructionOutcome } from '../../core/contract';
import { changeItems } from './change-items';
import { toJson } from '../runtime/items';

interface AmendmentItemOptions {
	ledgerId: string;
	/** Only where everything was carried out: what is unclear must not decide about access. */
	eventId?: string;
	itemIndex: number;
	/** One item with everything. */
	whole: boolean;
}

/**
 * What amendments changed, as items. Instructions that were not carried out are items of their own where no change
 * speaks for them, so that none is overlooked.
 */
export function amendmentItems(done: Consolidated, options: AmendmentItemOptions): INodeExecutionData[] {
	const { changeSet, instructions, complete } = done;
	const items = changeItems(changeSet, { ...options, includeFormatting: false });
	const status = { complete, instructions: countByStatus(instructions) };
	if (!options.whole) return items.map((item) => ({ ...item, json: { ...item.json, amendment: status } }));
	return items.map((item) => ({ ...item, json: { ...item.json, amendment: status, ...toJson({ instructions }) } }));
}

function countByStatus(instructions: readonly InstructionOutcome[]): Record<string, number> {
	const counts: Record<InstructionOutcome['status'], number> = {
		applied: 0,
		conflict: 0,
		not_found: 0,
		ambiguous: 0,
		apart: 0,
	};
	for (const { status } of instructions) counts[status] += 1;
	return counts;
}
