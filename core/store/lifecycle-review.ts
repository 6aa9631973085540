import { sql } from 'kysely';
import type { PersonEvidence, StatedEvent } from '../lifecycle';
import { canonicalJson, type DataFinding } from '../model';
import { linkEvent, matchEvent, speak, type Matched, type Uncertain } from './lifecycle-apply';
import type { IntakeBatch, LifecycleReceipt } from './lifecycle-batch';
import { newIdentityId, type PreparedEvent } from './lifecycle-evidence';
import { KnownEvents } from './lifecycle-known';
import { insertRows } from './lifecycle-rows';
import { settleBatch } from './lifecycle-settle';
import { closeFindings } from './lifecycle-writes';

/** Held events come back by a decision, not by the clock. */
const NEVER = '9999-12-31T23:59:59.999Z';

/** Keeps an event whose person is not certain. Nothing but the event and the finding is written. */
export async function holdEvent(
	batch: IntakeBatch,
	prepared: PreparedEvent,
	outcome: Uncertain,
): Promise<LifecycleReceipt> {
	const { eventId, evidence } = prepared;
	const { db, now } = batch.tx;
	batch.store(prepared, {}, { state: 'received', leaseUntil: NEVER });
	await batch.flush();
	const idKey = KnownEvents.idKey(prepared);
	const review = [eventId, canonicalJson(evidence), idKey ?? null, now];
	await insertRows(db, 'lifecycle_reviews', ['event_id', 'evidence', 'id_key', 'opened_at'], [review]);
	const candidates = outcome.candidates.map((identityId) => [identityId, eventId]);
	await insertRows(db, 'lifecycle_review_candidates', ['identity_id', 'event_id'], candidates);
	if (idKey !== undefined) batch.waiting.set(idKey, [...outcome.candidates]);
	batch.audit('event.held', prepared, { field: outcome.field, candidates: outcome.candidates.length });
	const finding: DataFinding = {
		code: 'KEYS_CONTRADICT',
		level: 'hold',
		field: outcome.field,
		message: `It is not certain whom the event is about: ${outcome.because}.`,
		remedy: 'Compare the two, then resolve the finding: say which person it is, or that it is a new one.',
	};
	return batch.receipt(prepared, 'held', undefined, batch.find([finding], eventId));
}

/** Reads which HR ids have events that wait: what else comes under these ids waits with them. */
export async function loadWaiting(batch: IntakeBatch, prepared: readonly PreparedEvent[]): Promise<void> {
	const keys = [...new Set(prepared.flatMap((each) => KnownEvents.idKey(each) ?? []))];
	const { rows } = await sql<{ id_key: string; identity_id: string | null }>`
		select r.id_key, c.identity_id from lifecycle_reviews as r
		left join lifecycle_review_candidates as c on c.event_id = r.event_id
		where r.closed_at is null and r.id_key in (select value from json_each(${JSON.stringify(keys)}))`.execute(batch.tx.db);
	for (const row of rows) {
		const list = batch.waiting.get(row.id_key) ?? [];
		batch.waiting.set(row.id_key, row.identity_id === null ? list : [...list, row.identity_id]);
	}
}

/** Looks again at events that wait, where something new is known of the people in question; one may release the next. */
export async function releaseEvents(batch: IntakeBatch, identityIds: readonly string[]): Promise<LifecycleReceipt[]> {
	const receipts: LifecycleReceipt[] = [];
	for (;;) {
		const released: LifecycleReceipt[] = [];
		for (const waiting of await waitingFor(batch, identityIds)) {
			// Its own waiting must not hold it.
			const idKey = KnownEvents.idKey(waiting);
			if (idKey !== undefined) batch.waiting.delete(idKey);
			await batch.directory.load([waiting.evidence]);
			const outcome = await matchEvent(batch, waiting);
			if (outcome.kind !== 'match') continue;
			released.push(await decideEvent(batch, waiting, outcome, 'A later event decided.'));
		}
		if (released.length === 0) return receipts;
		await settleBatch(batch);
		receipts.push(...released);
	}
}

/** Applies an event that waited. The caller settles the batch. */
export async function decideEvent(
	batch: IntakeBatch,
	prepared: PreparedEvent,
	outcome: Matched,
	decision: string,
): Promise<LifecycleReceipt> {
	const { eventId } = prepared;
	const { db } = batch.tx;
	const isNew = outcome.kind === 'new';
	const identityId = isNew ? await unusedId(batch, prepared) : outcome.identityId;
	linkEvent(batch, prepared, identityId, isNew ? undefined : outcome.by);
	await batch.directory.flush();
	await db
		.updateTable('events')
		.set({ identity_id: identityId, state: 'processing', lease_until: batch.leaseUntil, attempts: 1 })
		.where('id', '=', eventId)
		.execute();
	await closeReview(batch, eventId, decision);
	batch.audit('event.released', prepared, { new: isNew }, { identity: identityId });
	await batch.known.load([prepared]);
	return { ...speak(batch, prepared, identityId), released: true };
}

/** Drops an event that waited: nobody's. */
export async function dismissEvent(batch: IntakeBatch, prepared: PreparedEvent): Promise<void> {
	const { eventId } = prepared;
	const refused = { state: 'refused' as const, lease_until: null };
	await batch.tx.db.updateTable('events').set(refused).where('id', '=', eventId).execute();
	await closeReview(batch, eventId, 'dismissed');
	batch.audit('event.dismissed', prepared, {});
}

async function closeReview({ tx }: IntakeBatch, eventId: string, decision: string): Promise<void> {
	const closed = { closed_at: tx.now, decision };
	await tx.db.updateTable('lifecycle_reviews').set(closed).where('event_id', '=', eventId).execute();
	const open = await tx.db
		.selectFrom('lifecycle_findings')
		.select('id')
		.where('event_id', '=', eventId)
		.where('code', '=', 'KEYS_CONTRADICT')
		.execute();
	const ids = open.map(({ id }) => id);
	await closeFindings(tx.db, tx.now, ids, decision);
}

/** Somebody else may have the id that follows from the keys, e.g. whoever has the address. */
async function unusedId({ tx }: IntakeBatch, { evidence, eventId }: PreparedEvent): Promise<string> {
	const id = newIdentityId(evidence, eventId, tx.pseudonymKey);
	const taken = await tx.db.selectFrom('identities').select('id').where('id', '=', id).executeTakeFirst();
	const nameless = { idKind: evidence.idKind, starts: evidence.starts };
	return taken ? newIdentityId(nameless, eventId, tx.pseudonymKey) : id;
}

interface WaitingRow {
	event_id: string;
	evidence: string;
	payload: string;
	content_hash: string;
	content_key: number;
}

const WAITING = sql`select distinct r.event_id, r.opened_at, r.evidence, e.payload, e.content_hash, e.content_key
	from lifecycle_reviews as r join events as e on e.id = r.event_id`;

/** Events that wait for what becomes known of these people, in the order in which they came. */
async function waitingFor({ tx }: IntakeBatch, identityIds: readonly string[]): Promise<PreparedEvent[]> {
	const { rows } = await sql<WaitingRow>`${WAITING}
		where r.closed_at is null and r.event_id in (
			select event_id from lifecycle_review_candidates
			where identity_id in (select value from json_each(${JSON.stringify(identityIds)})))
		order by r.opened_at, r.event_id`.execute(tx.db);
	return rows.map(preparedOf);
}

/** An event that waits, with the people in question. */
export async function waitingEvent(
	{ tx }: IntakeBatch,
	eventId: string,
): Promise<{ prepared: PreparedEvent; candidates: string[] } | undefined> {
	const { rows } = await sql<WaitingRow>`${WAITING} where r.event_id = ${eventId} and r.closed_at is null`.execute(
		tx.db,
	);
	const [row] = rows;
	if (!row) return undefined;
	const candidates = await tx.db
		.selectFrom('lifecycle_review_candidates')
		.select('identity_id')
		.where('event_id', '=', eventId)
		.execute();
	return { prepared: preparedOf(row), candidates: candidates.map(({ identity_id }) => identity_id) };
}

function preparedOf(row: WaitingRow): PreparedEvent {
	return {
		eventId: row.event_id,
		event: JSON.parse(row.payload) as StatedEvent,
		evidence: JSON.parse(row.evidence) as PersonEvidence,
		contentHash: row.content_hash,
		contentKey: row.content_key,
	};
}
