import type { INodeExecutionData } from 'n8n-workflow';
import { parseContractEvent, type ContractEventInput } from '../../core/ingress';
import { contentId, DomainError } from '../../core/model';
import type { LedgerApi } from '../../core/store';
import { receivedEventOf, type ContractEventPayload } from '../runtime/contract-event';
import { readLedgerItem } from '../runtime/items';

export interface ContractOfItem {
	eventId: string;
	receivedAt: string;
	payload: ContractEventPayload;
}

const LEASE_SECONDS = 600;

/** Stands for "nobody said when": the same content has to be the same event whenever it comes. */
export const UNDATED = '1970-01-01T00:00:00.000Z';

/**
 * The contract event an item is about: one that a trigger has stored, or, for manual runs and other sources, an item
 * that is itself a whole event. The latter is stored first too, so that both ways are the same from here on.
 */
export async function contractOfItem(
	ledger: LedgerApi,
	item: INodeExecutionData,
	index: number,
	source: string,
): Promise<ContractOfItem> {
	const { eventId } = readLedgerItem(item, ledger.id, index);
	if (eventId !== undefined) return await storedEvent(ledger, eventId, index);
	const { json } = item;
	const event = parseContractEvent({
		// A hand-made item needs no id of its own: the same content is the same event.
		id: contentId('item', identifying(json)),
		type: 'contract.amended',
		occurredAt: UNDATED,
		...json,
	});
	return await keepEvent(ledger, event, index, source);
}

/** What makes a hand-made event itself: a contract that is suspended and resumed says the same but for its type. */
function identifying({ contract, before, after, type, amendment }: INodeExecutionData['json']): unknown[] {
	const more = [type, amendment].filter((each) => each !== undefined);
	return [contract, before, after, ...more];
}

/** Stores an event with its documents, each by its hash, and reads it back as any other. */
export async function keepEvent(
	ledger: LedgerApi,
	event: ContractEventInput,
	index: number,
	source: string,
): Promise<ContractOfItem> {
	const receipt = await ledger.receiveEvent(await receivedEventOf(ledger, event, source, LEASE_SECONDS));
	if (receipt.status === 'conflict') {
		throw new DomainError(
			'EVENT_CONFLICT',
			`Item ${index}: an event with id "${event.id}" and other content is in the ledger already.`,
			'Give the changed event an id of its own, or leave the id out.',
		);
	}
	return await storedEvent(ledger, receipt.eventId, index);
}

async function storedEvent(ledger: LedgerApi, eventId: string, index: number): Promise<ContractOfItem> {
	const event = await ledger.readEvent(eventId);
	if (!event) {
		throw new DomainError(
			'INPUT_INVALID',
			`Item ${index} names event "${eventId}", which the ledger does not know.`,
			'Connect this node to a Contract Trigger, or give it items with "contract" and "after.text".',
		);
	}
	return { eventId, receivedAt: event.receivedAt, payload: event.payload as ContractEventPayload };
}
