import type { Kysely } from 'kysely';
import {
	canonicalJson,
	DomainError,
	executionStatesBefore,
	OPEN_EXECUTION_STATES,
	type Action,
	type Blocked,
	type ContractHeader,
	type DocumentFormat,
	type Grant,
	type Identity,
	type PlannedAction,
} from '../model';
import { addVersion } from './contracts';
import { finishEvent } from './events';
import { closeGrant, holdersOfContract, openGrant, openGrants, type GrantKey } from './grants';
import { identitiesByKey, readIdentities, saveIdentities } from './identities';
import { actionFromRow } from './rows';
import type { LedgerTables } from './schema';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

/** Everything the planner has to know of today, read in one go. */
export interface PlanningState {
	/** Changes with every plan and every result; `savePlan` refuses a plan made on an older one. */
	revision: number;
	identities: Identity[];
	held: Grant[];
	openActions: Action[];
	/** Attributes as last applied, by application and identity. */
	accounts: Array<{ application: string; identityId: string; attributes: Record<string, unknown>; active: boolean }>;
}

export interface PlanToSave {
	revision: number;
	id: string;
	eventId?: string;
	contract?: { header: ContractHeader; sha256: string; format: DocumentFormat };
	executionId?: string;
	policyHash: string;
	asOf: string;
	effectiveFrom: string;
	identities: readonly Identity[];
	actions: readonly PlannedAction[];
	/** Open actions of earlier plans that are still wanted as they are, with the sources that earn them now. */
	kept: ReadonlyArray<Pick<Action, 'id' | 'sources'>>;
	/** Open actions that are no longer wanted, and why. */
	superseded: ReadonlyArray<{ actionId: string; reason: string }>;
	grantChanges: { open: readonly Grant[]; close: readonly GrantKey[] };
	blocked: readonly Blocked[];
}

export async function planningState(
	db: Kysely<LedgerTables>,
	scope: { contractId?: string; emails: readonly string[] },
): Promise<PlanningState> {
	const byEmail = await identitiesByKey(db, 'email', scope.emails);
	const holders = scope.contractId === undefined ? [] : await holdersOfContract(db, scope.contractId);
	const waiting = scope.contractId === undefined ? [] : await peopleWithOpenActions(db, scope.contractId);
	const ids = [...new Set([...byEmail.values(), ...holders, ...waiting])].sort();
	const actions = await db
		.selectFrom('actions')
		.selectAll()
		.where('identity_id', 'in', anyOf(ids))
		.where('execution_state', 'in', [...OPEN_EXECUTION_STATES])
		.orderBy('plan_id')
		.orderBy('sequence')
		.execute();
	const accounts = await db.selectFrom('accounts').selectAll().where('identity_id', 'in', anyOf(ids)).execute();
	return {
		revision: await readRevision(db),
		identities: await readIdentities(db, ids),
		held: await openGrants(db, ids),
		openActions: actions.map(actionFromRow),
		accounts: accounts.map((row) => ({
			application: row.application,
			identityId: row.identity_id,
			attributes: JSON.parse(row.attributes) as Record<string, unknown>,
			active: row.active === 1,
		})),
	};
}

async function peopleWithOpenActions(db: Kysely<LedgerTables>, contractId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('actions')
		.innerJoin('plans', 'plans.id', 'actions.plan_id')
		.select('actions.identity_id')
		.distinct()
		.where('plans.contract_id', '=', contractId)
		.where('execution_state', 'in', [...OPEN_EXECUTION_STATES])
		.execute();
	return rows.map((row) => row.identity_id);
}

/** Writes a plan with all that hangs on it, and finishes the event it follows from: both or neither. */
export async function savePlan(tx: LedgerTransaction, plan: PlanToSave): Promise<void> {
	if ((await readRevision(tx.db)) !== plan.revision) {
		throw new DomainError(
			'LEDGER_REFUSED',
			'The ledger changed while the plan was being made.',
			'Nothing was written. Run the node again: it plans on the new state.',
			{ retry: true },
		);
	}
	const origin = plan.contract ? `contract:${plan.contract.header.id}` : 'plan';
	await saveIdentities(tx, plan.identities, { source: origin, effectiveFrom: plan.effectiveFrom });
	if (plan.contract && plan.eventId !== undefined) {
		await addVersion(tx, { ...plan.contract, eventId: plan.eventId, effectiveAt: plan.effectiveFrom });
	}
	await tx.db
		.insertInto('plans')
		.values({
			id: plan.id,
			event_id: plan.eventId ?? null,
			contract_id: plan.contract?.header.id ?? null,
			execution_id: plan.executionId ?? null,
			policy_hash: plan.policyHash,
			as_of: plan.asOf,
			effective_from: plan.effectiveFrom,
			kept: canonicalJson(plan.kept.map(({ id }) => id)),
			blocked: canonicalJson(plan.blocked),
			created_at: tx.now,
		})
		.execute();
	await supersede(tx, plan);
	await updateSources(tx, plan);
	await insertActions(tx, plan);
	for (const key of plan.grantChanges.close) await closeGrant(tx, key);
	for (const grant of plan.grantChanges.open) await openGrant(tx, grant, null);
	if (plan.eventId !== undefined) await finishEvent(tx, plan.eventId);
	await bumpRevision(tx);
	auditPlan(tx, plan);
}

async function supersede(tx: LedgerTransaction, plan: PlanToSave): Promise<void> {
	for (const { actionId, reason } of plan.superseded) {
		const done = await tx.db
			.updateTable('actions')
			.set({ execution_state: 'superseded', note: reason, updated_at: tx.now })
			.where('id', '=', actionId)
			.where('execution_state', 'in', executionStatesBefore('superseded'))
			.executeTakeFirstOrThrow();
		if (Number(done.numUpdatedRows) !== 1) throw beingApplied();
	}
}

/** A kept action's content and hash stay; only what it is earned by may have changed. */
async function updateSources(tx: LedgerTransaction, plan: PlanToSave): Promise<void> {
	for (const { id, sources } of plan.kept) {
		await tx.db
			.updateTable('actions')
			.set({ sources: canonicalJson(sources) })
			.where('id', '=', id)
			.where('sources', '!=', canonicalJson(sources))
			.execute();
	}
}

function beingApplied(): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		'Some actions that this plan takes back are being applied at this moment.',
		'Nothing was written. Run the node again when they have finished (their lease ends within minutes).',
		{ retry: true },
	);
}

async function insertActions(tx: LedgerTransaction, plan: PlanToSave): Promise<void> {
	const rows = plan.actions.map((action, index) => ({
		id: action.id,
		plan_id: plan.id,
		sequence: index,
		hash: action.hash,
		content: canonicalJson(action.content),
		identity_id: action.content.identityId,
		application: action.content.application,
		entitlement: action.content.entitlement ?? null,
		operation: action.content.operation,
		due_at: action.content.dueAt,
		valid_until: action.content.validUntil ?? null,
		sources: canonicalJson(action.sources),
		reason: action.reason,
		subject: action.subject,
		privileged: action.privileged ? 1 : 0,
		approval_need: action.approval ? canonicalJson(action.approval) : null,
		approval_state: action.approval ? ('pending' as const) : ('not_needed' as const),
		execution_state: 'planned' as const,
		lease_id: null,
		lease_until: null,
		attempts: 0,
		note: null,
		updated_at: tx.now,
	}));
	for (const chunk of chunks(rows)) await tx.db.insertInto('actions').values(chunk).execute();
}

function auditPlan(tx: LedgerTransaction, plan: PlanToSave): void {
	const refs = {
		plan: plan.id,
		policy: plan.policyHash,
		...(plan.eventId === undefined ? {} : { event: plan.eventId }),
		...(plan.contract ? { contract: plan.contract.header.id } : {}),
	};
	const actor = { kind: 'node' as const, id: `execution:${plan.executionId ?? 'none'}` };
	tx.audit({
		type: 'plan.created',
		actor,
		occurredAt: plan.effectiveFrom,
		refs,
		data: {
			actions: plan.actions.map((action) => ({ id: action.id, hash: action.hash })),
			kept: plan.kept.map(({ id }) => id),
			superseded: plan.superseded.map(({ actionId }) => actionId),
			grantsOpened: plan.grantChanges.open.length,
			grantsClosed: plan.grantChanges.close.length,
			blocked: plan.blocked.length,
		},
		personal: { blocked: plan.blocked.map((entry) => ({ ...entry })) },
	});
	for (const action of plan.actions) {
		tx.audit({
			type: 'action.planned',
			actor,
			occurredAt: action.content.dueAt,
			refs: { ...refs, action: action.id, identity: action.content.identityId },
			data: {
				hash: action.hash,
				application: action.content.application,
				operation: action.content.operation,
				entitlement: action.content.entitlement ?? null,
				approval: action.approval?.rule ?? null,
				sources: action.sources.map((source) => source.ref),
			},
			personal: { subject: action.subject, reason: action.reason },
		});
	}
}

export async function readRevision(db: Kysely<LedgerTables>): Promise<number> {
	const row = await db.selectFrom('meta').select('value').where('key', '=', 'revision').executeTakeFirst();
	return row ? Number(row.value) : 0;
}

export async function bumpRevision(tx: LedgerTransaction): Promise<void> {
	const next = String((await readRevision(tx.db)) + 1);
	await tx.db
		.insertInto('meta')
		.values({ key: 'revision', value: next })
		.onConflict((conflict) => conflict.column('key').doUpdateSet({ value: next }))
		.execute();
}
