import type { Kysely } from 'kysely';
import { DomainError } from '../model';
import { IntakeBatch, type IntakeOptions, type LifecycleReceipt } from './lifecycle-batch';
import { decideEvent, dismissEvent, releaseEvents, waitingEvent } from './lifecycle-review';
import type { LifecycleFindingRow } from './lifecycle-schema';
import { settleBatch } from './lifecycle-settle';
import { closeFindings, type StoredFinding } from './lifecycle-writes';
import type { LedgerTables } from './schema';
import { anyOf, type LedgerTransaction } from './transaction';

const MAX_FINDINGS = 10_000;

/** Findings that nobody resolved, of these people or of all; oldest first. */
export async function openFindings(
	db: Kysely<LedgerTables>,
	scope: { identityIds?: readonly string[]; limit?: number } = {},
): Promise<StoredFinding[]> {
	let query = db.selectFrom('lifecycle_findings').selectAll().where('resolved_at', 'is', null);
	if (scope.identityIds) query = query.where('identity_id', 'in', anyOf(scope.identityIds));
	const rows = await query
		.orderBy('found_at')
		.orderBy('id')
		.limit(scope.limit ?? MAX_FINDINGS)
		.execute();
	return rows.map((row) => ({
		id: row.id,
		code: row.code,
		level: row.level,
		message: row.message,
		remedy: row.remedy,
		...(row.identity_id !== null && { identityId: row.identity_id }),
		...(row.event_id !== null && { eventId: row.event_id }),
		...(row.field !== null && { field: row.field }),
		...(row.nearest !== null && { nearest: row.nearest }),
	}));
}

export interface FindingResolution extends IntakeOptions {
	findingId: string;
	/** Who decides, and why. */
	by: string;
	reason: string;
	/** Of an event that waits: whose it is. `dismiss`: nobody's, it is dropped. */
	person?: { identityId: string } | 'new' | 'dismiss';
}

/**
 * Closes a finding with a reason. An event that waited for it is applied to the person named, and comes back in the receipts
 * together with others that it was holding up.
 *
 * @throws DomainError INPUT_INVALID (no such open finding, or a decision that is missing or names nobody)
 */
export async function resolveFinding(
	tx: LedgerTransaction,
	resolution: FindingResolution,
): Promise<LifecycleReceipt[]> {
	const { findingId, by, reason, person } = resolution;
	const finding = await tx.db
		.selectFrom('lifecycle_findings')
		.selectAll()
		.where('id', '=', findingId)
		.where('resolved_at', 'is', null)
		.executeTakeFirst();
	if (!finding) throw invalid('There is no open finding with this id.', 'Take an id from the open findings.');
	recordResolution(tx, finding, { by, reason });
	const receipts =
		finding.code === 'KEYS_CONTRADICT' ? await decide(tx, finding.event_id ?? '', person, resolution) : [];
	await closeFindings(tx.db, tx.now, [findingId], reason);
	const whose = { resolution: reason, resolved_by: by };
	await tx.db.updateTable('lifecycle_findings').set(whose).where('id', '=', findingId).execute();
	return receipts;
}

function recordResolution(
	tx: LedgerTransaction,
	finding: LifecycleFindingRow,
	personal: { by: string; reason: string },
): void {
	tx.audit({
		type: 'finding.resolved',
		actor: { kind: 'person', id: tx.pseudonym(personal.by) },
		occurredAt: tx.now,
		refs: {
			finding: finding.id,
			...(finding.identity_id !== null && { identity: finding.identity_id }),
			...(finding.event_id !== null && { event: finding.event_id }),
		},
		data: { code: finding.code },
		personal,
	});
}

async function decide(
	tx: LedgerTransaction,
	eventId: string,
	person: FindingResolution['person'],
	options: IntakeOptions,
): Promise<LifecycleReceipt[]> {
	const batch = new IntakeBatch(tx, options.policyView, options.leaseSeconds);
	const waiting = await waitingEvent(batch, eventId);
	if (!waiting) return [];
	const { prepared, candidates } = waiting;
	if (person === undefined) {
		throw invalid(
			'The finding is about whose event this is, and no person was named.',
			'Name the identity, or say that it is a new person, or dismiss the event.',
		);
	}
	if (person === 'dismiss') {
		await dismissEvent(batch, prepared);
		return await releaseEvents(batch, candidates);
	}
	if (person !== 'new') await mustExist(tx.db, person.identityId);
	await batch.directory.load([prepared.evidence]);
	const outcome =
		person === 'new'
			? ({ kind: 'new' } as const)
			: ({ kind: 'match', identityId: person.identityId, by: 'decision' } as const);
	const receipt = await decideEvent(batch, prepared, outcome, 'decided');
	await settleBatch(batch);
	return [receipt, ...(await releaseEvents(batch, [...new Set([...candidates, ...receipt.identityIds])]))];
}

async function mustExist(db: Kysely<LedgerTables>, identityId: string): Promise<void> {
	const row = await db.selectFrom('identities').select('id').where('id', '=', identityId).executeTakeFirst();
	if (!row) throw invalid('There is no identity with this id.', 'Take an id from the candidates.');
}

function invalid(message: string, remedy: string): DomainError {
	return new DomainError('INPUT_INVALID', message, remedy);
}
