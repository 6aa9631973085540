import type { IDataObject } from 'n8n-workflow';
import { toReceivedEvent, type ContractEventPayload } from '../../core/governance';
import type { ContractEventInput } from '../../core/ingress';
import type { LedgerApi, ReceivedEvent } from '../../core/store';
import { toJson } from './items';

export type { ContractEventPayload, DocumentRef } from '../../core/governance';

/** An event as the ledger stores it; one that brings no text goes with the text that the ledger knows. */
export async function receivedEventOf(
	ledger: LedgerApi,
	event: ContractEventInput,
	source: string,
	leaseSeconds: number,
): Promise<ReceivedEvent> {
	if (event.after !== undefined) return toReceivedEvent(event, source, leaseSeconds);
	const { id } = event.contract;
	const known = (await ledger.latestVersion(id))?.document ?? (await ledger.latestSeen(id));
	return toReceivedEvent(event, source, leaseSeconds, known);
}

/** The item a contract event travels as. */
export function contractEventItem(ledgerId: string, eventId: string, payload: ContractEventPayload): IDataObject {
	return toJson({ ledger: ledgerId, eventId, ...payload });
}
