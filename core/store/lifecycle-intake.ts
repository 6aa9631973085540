import type { PersonEvidence, StatedEvent } from '../lifecycle';
import { linkEvent, matchEvent, speak, type Matched } from './lifecycle-apply';
import { IntakeBatch, type IntakeOptions, type LifecycleReceipt } from './lifecycle-batch';
import { newIdentityId, prepareEvent, type PreparedEvent } from './lifecycle-evidence';
import type { KnownEvent } from './lifecycle-known';
import { holdEvent, loadWaiting, releaseEvents } from './lifecycle-review';
import { settleBatch } from './lifecycle-settle';
import type { LedgerTransaction } from './transaction';

/** Events that are read and written together. */
const CHUNK = 2_000;

/**
 * Takes a batch of events in within one transaction, with a number of queries that does not depend on how many they are.
 * One receipt an event, in their order; events that waited for these follow, marked `released`.
 */
export async function receiveLifecycleEvents(
	tx: LedgerTransaction,
	events: readonly StatedEvent[],
	options: IntakeOptions,
): Promise<LifecycleReceipt[]> {
	const [receipts, released]: [LifecycleReceipt[], LifecycleReceipt[]] = [[], []];
	for (let at = 0; at < events.length; at += CHUNK) {
		const batch = new IntakeBatch(tx, options.policyView, options.leaseSeconds);
		receipts.push(...(await receive(batch, events.slice(at, at + CHUNK))));
		released.push(...(await releaseEvents(batch, [...batch.spoken.keys()])));
	}
	return [...receipts, ...released];
}

async function receive(batch: IntakeBatch, events: readonly StatedEvent[]): Promise<LifecycleReceipt[]> {
	const prepared = events.map((event) => prepareEvent(event, batch.tx.pseudonymKey));
	await batch.known.load(prepared);
	await batch.directory.load(prepared.map(({ evidence }) => evidence));
	await loadWaiting(batch, prepared);
	const receipts: LifecycleReceipt[] = [];
	for (const each of prepared) receipts.push(await take(batch, each));
	await settleBatch(batch);
	return receipts;
}

async function take(batch: IntakeBatch, prepared: PreparedEvent): Promise<LifecycleReceipt> {
	const { event, eventId, evidence } = prepared;
	const known = batch.known.byId(eventId);
	if (known) return await repeat(batch, prepared, known);
	const same = batch.known.sameContent(prepared);
	if (same) {
		batch.audit('event.duplicate', prepared, { because: 'content' }, { duplicateOf: same.eventId });
		batch.writes.repeat(event, same.eventId);
		if (batch.known.isGrouped(prepared)) batch.seeds.push(same.eventId);
		return { ...batch.receipt(prepared, 'duplicate_content', same.identityId), duplicateOf: same.eventId };
	}
	if (event.refersTo !== undefined) batch.writes.reference(event, eventId);
	if (!hasKeys(evidence)) return takeWithoutPerson(batch, prepared);
	const outcome = await matchEvent(batch, prepared);
	return outcome.kind === 'review' ? await holdEvent(batch, prepared, outcome) : apply(batch, prepared, outcome);
}

async function repeat(batch: IntakeBatch, prepared: PreparedEvent, known: KnownEvent): Promise<LifecycleReceipt> {
	const { contentHash, eventId } = prepared;
	const { tx } = batch;
	if (known.contentHash !== contentHash) {
		batch.audit('event.conflict', prepared, { contentHash, storedHash: known.contentHash });
		return batch.receipt(prepared, 'conflict', known.identityId);
	}
	if (known.state === 'processing' && known.leaseUntil !== null && known.leaseUntil <= tx.now) {
		const attempts = known.attempts + 1;
		const lease = { lease_until: batch.leaseUntil, attempts };
		await tx.db.updateTable('events').set(lease).where('id', '=', eventId).execute();
		batch.audit('event.resumed', prepared, { attempt: attempts });
		return batch.receipt(prepared, 'accepted', known.identityId);
	}
	batch.audit('event.duplicate', prepared, { because: 'id' });
	// Delivered twice in one go: the first of the two is the one to work on.
	if (batch.receipts.has(eventId)) return batch.receipt(prepared, 'duplicate', known.identityId);
	if (known.state === 'received') return { ...batch.receipt(prepared, 'duplicate'), status: 'held' };
	return batch.receipt(prepared, known.state === 'processing' ? 'in_progress' : 'duplicate', known.identityId);
}

/** A cancellation or correction that names only the event that it is about. */
function takeWithoutPerson(batch: IntakeBatch, prepared: PreparedEvent): LifecycleReceipt {
	batch.store(prepared, {});
	batch.seeds.push(prepared.eventId);
	return batch.receipt(prepared, 'accepted');
}

function apply(batch: IntakeBatch, prepared: PreparedEvent, outcome: Matched): LifecycleReceipt {
	const { eventId, evidence } = prepared;
	const isNew = outcome.kind === 'new';
	const identityId = isNew ? newIdentityId(evidence, eventId, batch.tx.pseudonymKey) : outcome.identityId;
	batch.store(prepared, { identityId });
	linkEvent(batch, prepared, identityId, isNew ? undefined : outcome.by);
	return speak(batch, prepared, identityId);
}

function hasKeys({ hrId, nationalId, email, previousEmail, previousHrId }: PersonEvidence): boolean {
	return [hrId, nationalId, email, previousEmail, previousHrId].some((key) => key !== undefined);
}
