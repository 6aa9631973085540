import type { Kysely } from 'kysely';
import {
	canonicalJson,
	DomainError,
	OPEN_EXECUTION_STATES,
	type Action,
	type Assignment,
	type Blocked,
	type ContractHeader,
	type DataFinding,
	type DocumentFormat,
	type Grant,
	type Identity,
	type Json,
	type PlannedAction,
} from '../model';
import { accountsOf, type AccountState } from './accounts';
import { putAssignments, replaceAssignments } from './assignments';
import { addVersion } from './contracts';
import { finishEvents } from './events';
import { saveExposures, type Exposure } from './exposures';
import { closeGrants, holdersOfContract, openGrants, putGrants, type GrantKey } from './grants';
import { saveHalts, type HaltToSave } from './halts';
import { identitiesByKey, readIdentities, saveIdentities } from './identities';
import { insertActions, supersedeActions, updateSources, type Precondition } from './plan-actions';
import { auditPlan } from './plan-audit';
import { saveFindings } from './plan-findings';
import { replaceReviews, type Review } from './reviews';
import { bumpRevision, readRevision } from './revision';
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
	accounts: AccountState[];
}

export interface PlanToSave {
	revision: number;
	id: string;
	/** What it was made from; `contract` where absent. */
	kind?: 'contract' | 'people' | 'rollback';
	eventId?: string;
	/** Further events that are done with this plan, e.g. all of a batch. */
	eventIds?: readonly string[];
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
	/** What contracts assign now, in place of all that each of them assigned before. */
	assignments?: ReadonlyArray<{ contractId: string; rows: readonly Assignment[] }>;
	/** Assignments that come with the plan, e.g. exceptions that keep what a rollback restored. */
	exceptions?: readonly Assignment[];
	/** What guards stopped: the actions, new or kept, are blocked until somebody resolves the halt. */
	halts?: readonly HaltToSave[];
	exposures?: readonly Exposure[];
	/** What is wrong with the data of people, as planning saw it. */
	findings?: readonly DataFinding[];
	/** People who were evaluated: what was due for them up to now is done. */
	evaluated?: readonly string[];
	/** When people have to be evaluated again: their next boundaries. Replaces those of everybody in `evaluated`. */
	reviews?: readonly Review[];
	/** Of a rollback: which earlier action each action takes back. */
	undoes?: ReadonlyArray<{ actionId: string; undoes: string }>;
	preconditions?: readonly Precondition[];
	/** What else is worth keeping of how the plan came about, without personal data. */
	details?: Json;
}

export async function planningState(
	db: Kysely<LedgerTables>,
	scope: { contractId?: string; emails: readonly string[] },
): Promise<PlanningState> {
	const byEmail = await identitiesByKey(db, 'email', scope.emails);
	const holders = scope.contractId === undefined ? [] : await holdersOfContract(db, scope.contractId);
	const waiting = scope.contractId === undefined ? [] : await peopleWithOpenActions(db, scope.contractId);
	const ids = [...new Set([...byEmail.values(), ...holders, ...waiting])].sort();
	return {
		revision: await readRevision(db),
		identities: await readIdentities(db, ids),
		held: await openGrants(db, ids),
		openActions: await openActionsOf(db, ids),
		accounts: await accountsOf(db, ids),
	};
}

/** Unfinished actions of people, denied ones included, so that the same thing isn't asked for again. */
export async function openActionsOf(db: Kysely<LedgerTables>, identityIds: readonly string[]): Promise<Action[]> {
	const rows = await db
		.selectFrom('actions')
		.selectAll()
		.where('identity_id', 'in', anyOf(identityIds))
		.where('execution_state', 'in', [...OPEN_EXECUTION_STATES])
		.orderBy('plan_id')
		.orderBy('sequence')
		.execute();
	return rows.map(actionFromRow);
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

/** Writes a plan with all that hangs on it, and finishes the events it follows from: all or nothing. */
export async function savePlan(tx: LedgerTransaction, plan: PlanToSave): Promise<void> {
	if ((await readRevision(tx.db)) !== plan.revision) throw changedMeanwhile();
	const origin = plan.contract ? `contract:${plan.contract.header.id}` : 'plan';
	await saveIdentities(tx, plan.identities, { source: origin, effectiveFrom: plan.effectiveFrom });
	if (plan.contract && plan.eventId !== undefined) {
		await addVersion(tx, { ...plan.contract, eventId: plan.eventId, effectiveAt: plan.effectiveFrom });
	}
	await insertPlan(tx, plan);
	await supersedeActions(tx, plan.superseded);
	await updateSources(tx, plan.kept);
	await insertActions(tx, plan);
	await closeGrants(tx, plan.grantChanges.close);
	await putGrants(
		tx,
		plan.grantChanges.open.map((grant) => ({ grant, actionId: null })),
	);
	for (const { contractId, rows } of plan.assignments ?? []) await replaceAssignments(tx, contractId, rows);
	await putAssignments(tx, plan.exceptions ?? [], 'replaced');
	await saveFindings(tx, plan.findings ?? []);
	await saveExposures(tx, plan.id, plan.exposures ?? []);
	await replaceReviews(tx, plan.asOf, plan.evaluated ?? [], plan.reviews ?? []);
	await finishEvents(tx, eventsOf(plan));
	await bumpRevision(tx);
	auditPlan(tx, plan);
	await saveHalts(tx, plan.id, plan.halts ?? []);
}

function eventsOf(plan: PlanToSave): string[] {
	return [...new Set([...(plan.eventId === undefined ? [] : [plan.eventId]), ...(plan.eventIds ?? [])])];
}

function changedMeanwhile(): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		'The ledger changed while the plan was being made.',
		'Nothing was written. Run the node again: it plans on the new state.',
		{ retry: true },
	);
}

async function insertPlan(tx: LedgerTransaction, plan: PlanToSave): Promise<void> {
	const eventIds = eventsOf(plan);
	await tx.db
		.insertInto('plans')
		.values({
			id: plan.id,
			event_id: eventIds[0] ?? null,
			contract_id: plan.contract?.header.id ?? null,
			execution_id: plan.executionId ?? null,
			policy_hash: plan.policyHash,
			as_of: plan.asOf,
			effective_from: plan.effectiveFrom,
			kind: plan.kind ?? 'contract',
			details: plan.details === undefined ? null : canonicalJson(plan.details),
			kept: canonicalJson(plan.kept.map(({ id }) => id)),
			blocked: canonicalJson(plan.blocked),
			created_at: tx.now,
		})
		.execute();
	for (const chunk of chunks(eventIds.map((eventId) => ({ plan_id: plan.id, event_id: eventId })))) {
		await tx.db.insertInto('plan_events').values(chunk).execute();
	}
}
