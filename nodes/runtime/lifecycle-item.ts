import type { IDataObject } from 'n8n-workflow';
import type { LifecycleReceipt } from '../../core/store';
import type { ParsedLifecycleEvent } from '../../core/ingress';
import { toJson } from './items';

/**
 * The items that a received event travels as: one a person whom it touches; one without a person where nobody knows yet whose
 * it is. Repeats give none.
 */
export function lifecycleItems(
	ledgerId: string,
	receipt: LifecycleReceipt,
	event: Pick<ParsedLifecycleEvent, 'type' | 'effectiveAt'> | undefined,
): IDataObject[] {
	if (receipt.status !== 'accepted' && receipt.status !== 'held') return [];
	const people: Array<string | undefined> = receipt.identityIds.length === 0 ? [undefined] : receipt.identityIds;
	return people.map((identityId) =>
		toJson({
			ledger: ledgerId,
			eventId: receipt.eventId,
			identityId: receipt.status === 'held' ? undefined : identityId,
			status: receipt.status,
			type: event?.type,
			effectiveAt: event?.effectiveAt,
			source: receipt.source,
			externalId: receipt.externalId,
			...(receipt.status === 'held' ? { candidates: receipt.identityIds } : {}),
			findings: receipt.findings,
		}),
	);
}
