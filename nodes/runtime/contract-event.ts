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
	const known = event.after === undefined ? await ledger.latestVersion(event.contract.id) : undefined;
	return toReceivedEvent(event, source, leaseSeconds, known?.document);
}

/** The item a contract event travels as. */
export function contractEventItem(ledgerId: string, eventId: string, payload: ContractEventPayload): IDataObject {
	return toJson({ ledger: ledgerId, eventId, ...payload });
}
