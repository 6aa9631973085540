import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { newcomerId } from '../../core/governance';
import { parseLifecycleEvent, type ParsedLifecycleEvent } from '../../core/ingress';
import { factsOf, statementOf, type PersonFacts } from '../../core/lifecycle';
import { contentId, DomainError, isDomainError } from '../../core/model';
import type { LedgerApi, LifecycleReceipt } from '../../core/store';
import { toJson } from '../runtime/items';
import type { PolicyHead } from '../runtime/worker';

const LEASE_SECONDS = 600;

export interface TakenIn {
	/** In a dry run: what the events would say, of whom. */
	supposed: PersonFacts[];
	/** By the index of the item that brought it. */
	receipts: Map<number, LifecycleReceipt>;
	/** What waits for somebody to decide, as items for Blocked. */
	held: INodeExecutionData[];
}

/** An item that is an HR event itself: from a Set node, a form, a database, any HR system that n8n can read. */
export function isHandMade({ json }: INodeExecutionData): boolean {
	return json['eventId'] === undefined && typeof json['person'] === 'object' && typeof json['type'] === 'string';
}

/** Stores the HR events among the items, all in one transaction. The same content again is the same event. */
export async function takeInEvents(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	head: PolicyHead,
	dryRun: boolean,
): Promise<TakenIn> {
	const items = node.getInputData();
	const indexes = items.flatMap((item, index) => (isHandMade(item) ? [index] : []));
	if (indexes.length === 0) return { receipts: new Map(), held: [], supposed: [] };
	const receivedAt = new Date().toISOString();
	const events = indexes.map((index) => {
		const { policy: _policy, policyName: _name, ledger: _ledger, ...json } = items[index]?.json ?? {};
		const id = contentId('item', toJson(json));
		try {
			return parseLifecycleEvent({ id, ...json }, { zone: head.zone, receivedAt });
		} catch (error) {
			if (!isDomainError(error)) throw error;
			throw new DomainError(error.code, `Item ${index}: ${error.message}`, error.remedy);
		}
	});
	if (dryRun) {
		const supposed = await Promise.all(events.map((event) => supposedOf(ledger, event, receivedAt)));
		return { receipts: new Map(), held: [], supposed };
	}
	const intake = { policyView: head.view, leaseSeconds: LEASE_SECONDS };
	const receipts = await ledger.receiveLifecycleEvents(events, intake);
	const byIndex = new Map<number, LifecycleReceipt>();
	const held: INodeExecutionData[] = [];
	for (const [position, receipt] of receipts.entries()) {
		const index = indexes[position] ?? indexes[0] ?? 0;
		// Receipts beyond the events are of others that were held and are certain now.
		byIndex.set(position < indexes.length ? index : -position, receipt);
		if (receipt.status === 'held' || receipt.status === 'conflict') held.push(heldItem(ledger, receipt, index));
	}
	return { receipts: byIndex, held, supposed: [] };
}

/** What an event would say, of the person whom its keys find now; nothing of it is kept. */
async function supposedOf(ledger: LedgerApi, event: ParsedLifecycleEvent, knownAt: string): Promise<PersonFacts> {
	const { hrId, email } = event.person;
	const byId = hrId === undefined ? undefined : await ledger.identityByKey({ kind: 'hrId', value: hrId });
	const known = byId ?? (email === undefined ? undefined : await ledger.identityByKey({ kind: 'email', value: email }));
	const statement = statementOf(event);
	const eventId = contentId('evt', ['supposed', event.source, event.id]);
	return {
		identityId: known ?? newcomerId(ledger.pseudonymKey, email ?? `hrId:${hrId ?? event.id}`),
		keys: { ...(hrId !== undefined && { hrId }), ...(email !== undefined && { email }) },
		facts: statement === undefined ? [] : factsOf({ ...statement, eventId, knownAt }),
	};
}

function heldItem(
	ledger: LedgerApi,
	{ status, eventId, externalId, findings }: LifecycleReceipt,
	item: number,
): INodeExecutionData {
	const [finding] = findings;
	const reason =
		status === 'conflict'
			? `An event with id "${externalId}" and other content is in the ledger already.`
			: (finding?.message ?? 'It is not certain whom the event is about.');
	const remedy = finding?.remedy ?? 'Give the changed event an id of its own.';
	return {
		json: toJson({ ledger: ledger.id, eventId, type: status, reason, remedy, findings }),
		pairedItem: { item },
	};
}
