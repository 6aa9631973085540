import { externalEventHash, type ContractEventInput } from '../ingress';
import { DomainError, sha256, type ContractHeader, type DocumentFormat } from '../model';
import type { ReceivedEvent } from '../store';

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

/**
 * A checked event in the form the ledger stores: texts apart, by hash.
 *
 * @param known the text of the contract that the ledger knows, for events that bring none
 * @throws DomainError INPUT_INVALID where neither is there
 */
export function toReceivedEvent(
	event: ContractEventInput,
	source: string,
	leaseSeconds: number,
	known?: DocumentRef,
): ReceivedEvent {
	const ref = (document: { format: DocumentFormat; text: string }): DocumentRef => ({
		sha256: sha256(document.text),
		format: document.format,
	});
	const after = event.after ? ref(event.after) : known;
	if (after === undefined) {
		throw new DomainError(
			'INPUT_INVALID',
			`The event "${event.id}" brings no text of contract ${event.contract.id}, and the ledger knows none.`,
			'Send the text as "after", or send the signed contract first.',
		);
	}
	const payload: ContractEventPayload = {
		type: event.type,
		occurredAt: event.occurredAt,
		...(event.effectiveAt === undefined ? {} : { effectiveAt: event.effectiveAt }),
		contract: event.contract,
		...(event.before ? { before: ref(event.before) } : {}),
		after,
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
		documents: [event.before, event.after].flatMap((document) => document ?? []),
		leaseSeconds,
	};
}
