import type { Kysely } from 'kysely';
import { DomainError, type Assignment, type Source } from '../model';
import { openAssignments, putAssignments } from './assignments';
import { addReviews } from './reviews';
import { bumpRevision } from './revision';
import type { LedgerTables } from './schema';
import { chunks, type LedgerTransaction } from './transaction';

export interface AccessRequestInput {
	identityId: string;
	entitlements: readonly string[];
	/** `exception`: access that no rule lets anybody ask for; it has an owner and an end. */
	kind: 'request' | 'exception';
	/** Who asks, e.g. an address. */
	requestedBy: string;
	reason: string;
	/** Who answers for an exception. */
	owner?: string;
	validFrom: string;
	validUntil?: string;
	/** Policy version under which it was allowed. */
	policyHash?: string;
}

export interface AccessRequested {
	/** `already_open`: the same person has asked for it before, and it has not ended. */
	status: 'recorded' | 'already_open';
	requestId: string;
	assignment: Assignment;
}

/** Assigns what was asked for. It becomes access when the person is evaluated next, with whatever approvals that needs. */
export async function requestAccess(tx: LedgerTransaction, input: AccessRequestInput): Promise<AccessRequested[]> {
	await requireIdentity(tx.db, input.identityId);
	const open = (await openAssignments(tx.db, [input.identityId])).filter(
		({ source, validUntil }) => source.kind === input.kind && (validUntil === undefined || validUntil > tx.now),
	);
	const results = [...new Set(input.entitlements)].map((entitlement): AccessRequested => {
		const known = open.find((assignment) => assignment.entitlement === entitlement);
		if (known) return { status: 'already_open', requestId: known.source.ref, assignment: known };
		const requestId = tx.newId('arq');
		return { status: 'recorded', requestId, assignment: assignmentOf(input, entitlement, requestId) };
	});
	const fresh = results.filter(({ status }) => status === 'recorded');
	await putAssignments(
		tx,
		fresh.map(({ assignment }) => assignment),
		'replaced',
	);
	for (const chunk of chunks(fresh.map(({ requestId, assignment }) => rowOf(tx, input, requestId, assignment)))) {
		await tx.db.insertInto('access_requests').values(chunk).execute();
	}
	if (fresh.length > 0) await changed(tx, input.identityId, `${input.kind} of access`);
	for (const { requestId, assignment } of fresh) {
		tx.audit({
			type: input.kind === 'request' ? 'access.requested' : 'access.excepted',
			actor: { kind: 'person', id: `request:${requestId}` },
			occurredAt: tx.now,
			refs: {
				identity: input.identityId,
				accessRequest: requestId,
				...(input.policyHash === undefined ? {} : { policy: input.policyHash }),
			},
			data: {
				entitlement: assignment.entitlement,
				from: assignment.validFrom,
				until: assignment.validUntil ?? null,
			},
			personal: { by: input.requestedBy, reason: input.reason, owner: input.owner ?? null },
		});
	}
	return results;
}

function assignmentOf(input: AccessRequestInput, entitlement: string, requestId: string): Assignment {
	const verb = input.kind === 'request' ? 'Requested' : 'Exception granted';
	const source: Source = {
		kind: input.kind,
		ref: requestId,
		reason: `${verb} by ${input.requestedBy}: ${input.reason}`,
	};
	return {
		identityId: input.identityId,
		entitlement,
		source,
		validFrom: input.validFrom,
		...(input.validUntil === undefined ? {} : { validUntil: input.validUntil }),
	};
}

function rowOf(tx: LedgerTransaction, input: AccessRequestInput, id: string, assignment: Assignment) {
	return {
		id,
		identity_id: input.identityId,
		entitlement: assignment.entitlement,
		kind: input.kind,
		requested_by: input.requestedBy,
		reason: input.reason,
		owner: input.owner ?? null,
		policy_hash: input.policyHash ?? null,
		valid_from: assignment.validFrom,
		valid_until: assignment.validUntil ?? null,
		created_at: tx.now,
	};
}

/** Whoever plans from now on has to look at this person again. */
export async function changed(tx: LedgerTransaction, identityId: string, reason: string): Promise<void> {
	await addReviews(tx, [{ identityId, dueAt: tx.now, reason }]);
	await bumpRevision(tx);
}

export async function requireIdentity(db: Kysely<LedgerTables>, identityId: string): Promise<void> {
	const row = await db.selectFrom('identities').select('id').where('id', '=', identityId).executeTakeFirst();
	if (row) return;
	throw new DomainError(
		'INPUT_INVALID',
		`The ledger knows no person "${identityId.slice(0, 100)}".`,
		'Take the id from an item of HRIS Trigger or Access Policy, or look the person up by e-mail or HR id.',
	);
}
