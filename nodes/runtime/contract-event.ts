import type { IDataObject } from 'n8n-workflow';
import { externalEventHash, type ContractEventInput } from '../../core/ingress';
import { sha256, type ContractHeader, type DocumentFormat } from '../../core/model';
import type { ReceivedEvent } from '../../core/store';
import { toJson } from './items';

/** A document as events and items name it; the text lies in the ledger under its hash. */
export interface DocumentRef {
	sha256: string;
	format: DocumentFormat;
}

/** What the ledger keeps of a contract event. */
export interface ContractEventPayload {
	type: string;
	occurredAt: string;
	/** From when the change holds; absent where the sender did not say. */
	effectiveAt?: string;
	contract: ContractHeader;
	before?: DocumentRef;
	after: DocumentRef;
	amendment?: ContractEventInput['amendment'];
}

/** A checked event in the form the ledger stores: texts apart, by hash. */
export function toReceivedEvent(event: ContractEventInput, source: string, leaseSeconds: number): ReceivedEvent {
	const ref = (document: { format: DocumentFormat; text: string }): DocumentRef => ({
		sha256: sha256(document.text),
		format: document.format,
	});
	const payload: ContractEventPayload = {
		type: event.type,
		occurredAt: event.occurredAt,
		...(event.effectiveAt === undefined ? {} : { effectiveAt: event.effectiveAt }),
		contract: event.contract,
		...(event.before ? { before: ref(event.before) } : {}),
		after: ref(event.after),
		...(event.amendment ? { amendment: event.amendment } : {}),
	};
	return {
		source,
		externalId: event.id,
		type: event.type,
		contentHash: externalEventHash(event),
		contractId: event.contract.id,
		occurredAt: event.occurredAt,
		payload,
		documents: event.before ? [event.before, event.after] : [event.after],
		leaseSeconds,
	};
}

/** The item a contract event travels as. */
export function contractEventItem(ledgerId: string, eventId: string, payload: ContractEventPayload): IDataObject {
	return toJson({ ledger: ledgerId, eventId, ...payload });
}
