import { canonicalJson, contentId, sha256, type DocumentFormat } from '../model';
import { anyOf, later, type LedgerTransaction } from './transaction';

/** An incoming event after its signature was verified and its body parsed. */
export interface ReceivedEvent {
	/** Which inbox it came in by, e.g. `contract:<webhook path>`. With `externalId` it makes the event unique. */
	source: string;
	externalId: string;
	type: string;
	/** Hash of the whole body: the same id with another hash is a conflict, not a repeat. */
	contentHash: string;
	contractId: string;
	occurredAt: string;
	/** What later steps need; documents only by hash. */
	payload: unknown;
	documents: ReadonlyArray<{ format: DocumentFormat; text: string }>;
	leaseSeconds: number;
}

export type EventReceipt =
	/** Ours to work on until the lease ends. */
	| { status: 'accepted'; eventId: string; attempt: number }
	| { status: 'duplicate' | 'in_progress' | 'conflict'; eventId: string };

/**
 * Stores an event before anything else happens with it and takes the lease on its work. Only a finished event makes a
 * repeat a duplicate: one whose work was cut off is handed out again when its lease has ended.
 */
export async function receiveEvent(tx: LedgerTransaction, event: ReceivedEvent): Promise<EventReceipt> {
	const known = await tx.db
		.selectFrom('events')
		.selectAll()
		.where('source', '=', event.source)
		.where('external_id', '=', event.externalId)
		.executeTakeFirst();
	const refs = { event: known?.id ?? contentId('evt', [event.source, event.externalId]), contract: event.contractId };
	const record = (type: string, data: Record<string, string | number>) =>
		tx.audit({ type, actor: { kind: 'system', id: event.source }, occurredAt: event.occurredAt, refs, data });
	const leaseUntil = later(tx.now, event.leaseSeconds);

	if (!known) {
		await storeDocuments(tx, event.documents);
		await tx.db
			.insertInto('events')
			.values({
				id: refs.event,
				source: event.source,
				external_id: event.externalId,
				type: event.type,
				content_hash: event.contentHash,
				contract_id: event.contractId,
				payload: canonicalJson(event.payload),
				state: 'processing',
				lease_until: leaseUntil,
				attempts: 1,
				occurred_at: event.occurredAt,
				received_at: tx.now,
				done_at: null,
			})
			.execute();
		record('event.received', { eventType: event.type, contentHash: event.contentHash });
		return { status: 'accepted', eventId: refs.event, attempt: 1 };
	}
	if (known.content_hash !== event.contentHash) {
		record('event.conflict', { contentHash: event.contentHash, storedHash: known.content_hash });
		return { status: 'conflict', eventId: known.id };
	}
	if (known.state === 'done') {
		record('event.duplicate', { contentHash: event.contentHash });
		return { status: 'duplicate', eventId: known.id };
	}
	if (known.state === 'processing' && known.lease_until !== null && known.lease_until > tx.now) {
		return { status: 'in_progress', eventId: known.id };
	}
	const attempt = known.attempts + 1;
	await tx.db
		.updateTable('events')
		.set({ state: 'processing', lease_until: leaseUntil, attempts: attempt })
		.where('id', '=', known.id)
		.execute();
	record('event.resumed', { attempt });
	return { status: 'accepted', eventId: known.id, attempt };
}

export async function finishEvent(tx: LedgerTransaction, eventId: string): Promise<void> {
	await finishEvents(tx, [eventId]);
}

export async function finishEvents(tx: LedgerTransaction, eventIds: readonly string[]): Promise<void> {
	if (eventIds.length === 0) return;
	await tx.db
		.updateTable('events')
		.set({ state: 'done', lease_until: null, done_at: tx.now })
		.where('id', 'in', anyOf(eventIds))
		.where('state', '!=', 'done')
		.execute();
}

export async function storeDocuments(
	tx: LedgerTransaction,
	documents: ReadonlyArray<{ format: DocumentFormat; text: string }>,
): Promise<void> {
	for (const document of documents) {
		await tx.db
			.insertInto('documents')
			.values({ sha256: sha256(document.text), format: document.format, text: document.text, first_seen_at: tx.now })
			.onConflict((conflict) => conflict.column('sha256').doNothing())
			.execute();
	}
}

export interface Refusal {
	/** Pseudonymous key of the sender. */
	source: string;
	/** Which check failed, e.g. `mismatch`, `stale`. */
	reason: string;
	/** Which inbox. */
	inbox: string;
}

/** Counts a refused request; writes an audit record for the first of each source and minute only, so a flood can't fill the log. */
export async function recordRefusal(tx: LedgerTransaction, refusal: Refusal): Promise<boolean> {
	const minute = tx.now.slice(0, 16);
	const row = await tx.db
		.insertInto('refusals')
		.values({ source: refusal.source, minute, count: 1 })
		.onConflict((conflict) =>
			conflict.columns(['source', 'minute']).doUpdateSet((eb) => ({ count: eb('refusals.count', '+', 1) })),
		)
		.returning('count')
		.executeTakeFirstOrThrow();
	if (row.count > 1) return false;
	tx.audit({
		type: 'event.refused',
		actor: { kind: 'system', id: refusal.inbox },
		occurredAt: tx.now,
		data: { reason: refusal.reason, source: refusal.source },
	});
	return true;
}
