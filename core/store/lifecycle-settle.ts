import { sql } from 'kysely';
import type { IntakeBatch } from './lifecycle-batch';
import { settleGroups } from './lifecycle-groups';
import { managerCircles } from './lifecycle-managers';
import { closeFindings } from './lifecycle-writes';
import { anyOf } from './transaction';

/** Findings that a later word on the same thing can mend. */
const MENDABLE = ['UNKNOWN_VALUE', 'VALUE_MISSING', 'END_DATE_MISSING', 'DATES_REVERSED', 'MANAGER_CYCLE'];

/** Writes what is pending in a batch and all that follows from it. */
export async function settleBatch(batch: IntakeBatch): Promise<void> {
	const managed = batch.writes.managed;
	await batch.flush();
	await settleReferences(batch);
	await checkManagers(batch, [...new Set([...managed, ...batch.writes.managed])]);
	await closeMended(batch);
	await batch.flush();
}

/** Cancellations and corrections, and what they are about. */
async function settleReferences(batch: IntakeBatch): Promise<void> {
	if (batch.seeds.length === 0) return;
	const { tx, receipts } = batch;
	const { add, voided, people } = await settleGroups(tx.db, batch.seeds, tx.now);
	await closeFindingsOf(batch, voided);
	for (const { identityId, statement, outcome } of add) {
		batch.writes.statement(identityId, statement);
		batch.writes.consequences(identityId, outcome.event, batch.policyView.zone);
		if (outcome.eventId === outcome.rootId) continue;
		const findings = batch.find(batch.quality.ofEvent(outcome.event), outcome.eventId, identityId);
		receipts.get(outcome.eventId)?.findings.push(...findings);
	}
	const late = [...people].filter(([eventId]) => receipts.get(eventId)?.identityIds.length === 0);
	for (const [eventId, identityId] of people) {
		const receipt = receipts.get(eventId);
		if (receipt && !receipt.identityIds.includes(identityId)) receipt.identityIds.push(identityId);
		if (!batch.spoken.has(identityId)) batch.spoken.set(identityId, new Set());
	}
	await sql`update events set identity_id = value ->> 1 from json_each(${JSON.stringify(late)})
		where events.id = value ->> 0 and events.identity_id is null`.execute(tx.db);
	batch.seeds.length = 0;
}

async function closeFindingsOf({ tx }: IntakeBatch, eventIds: readonly string[]): Promise<void> {
	if (eventIds.length === 0) return;
	const rows = await tx.db
		.selectFrom('lifecycle_findings')
		.select('id')
		.where('event_id', 'in', anyOf(eventIds))
		.where('resolved_at', 'is', null)
		.execute();
	const ids = rows.map(({ id }) => id);
	await closeFindings(tx.db, tx.now, ids, 'The event was cancelled or corrected.');
}

async function checkManagers(batch: IntakeBatch, identityIds: readonly string[]): Promise<void> {
	await batch.flush();
	for (const finding of await managerCircles(batch.tx.db, identityIds)) {
		const { identityId } = finding;
		const found = batch.find([finding], identityId, identityId);
		for (const receipt of batch.receipts.values()) {
			if (receipt.identityIds.includes(identityId)) receipt.findings.push(...found);
		}
	}
}

/** Open findings on something that was now said again without fault are closed. */
async function closeMended(batch: IntakeBatch): Promise<void> {
	const { tx, spoken } = batch;
	const people = [...spoken].filter(([, names]) => names.size > 0).map(([id]) => id);
	if (people.length === 0) return;
	const open = await tx.db
		.selectFrom('lifecycle_findings')
		.select(['id', 'identity_id', 'field'])
		.where('identity_id', 'in', anyOf(people))
		.where('resolved_at', 'is', null)
		.where('code', 'in', MENDABLE)
		.execute();
	if (open.length === 0) return;
	const found = new Set([...batch.receipts.values()].flatMap(({ findings }) => findings.map(({ id }) => id)));
	const mended = open.filter(
		({ id, identity_id, field }) =>
			!batch.writes.findings.has(id) && !found.has(id) && spoken.get(identity_id ?? '')?.has(field ?? ''),
	);
	const ids = mended.map(({ id }) => id);
	await closeFindings(tx.db, tx.now, ids, 'A later event mended it.');
}
