import { sql } from 'kysely';
import { canonicalJson, DomainError, executionStatesBefore, type Action, type PlannedAction } from '../model';
import { knownOf, type KnownThen } from './preconditions';
import { chunks, type LedgerTransaction } from './transaction';

interface ActionsToInsert {
	id: string;
	actions: readonly PlannedAction[];
	undoes?: ReadonlyArray<{ actionId: string; undoes: string }>;
	preconditions?: readonly Precondition[];
}

/** What must still be true in the application when an action of a rollback is carried out. */
export interface Precondition {
	actionId: string;
	/** State as we left it. */
	after: unknown;
	/** Version of the resource as we left it, where the application gives one. */
	version?: string;
}

export async function insertActions(tx: LedgerTransaction, plan: ActionsToInsert): Promise<void> {
	const preconditions = new Map(plan.preconditions?.map((each) => [each.actionId, each]));
	const known = preconditions.size === 0 ? undefined : await knownOf(tx.db, plan.actions.map(aboutOf));
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
		inferred: action.inferred === true ? 1 : 0,
		verify_by: action.verifyBy ?? null,
		details: detailsOf(action, preconditions.get(action.id), known?.get(action.id)),
		updated_at: tx.now,
	}));
	for (const chunk of chunks(rows)) await tx.db.insertInto('actions').values(chunk).execute();
	const undone = (plan.undoes ?? []).map(({ actionId, undoes }) => ({ action_id: actionId, undoes }));
	for (const chunk of chunks(undone)) await tx.db.insertInto('undone_actions').values(chunk).execute();
}

function aboutOf({ id, content }: PlannedAction) {
	const { identityId, application, entitlement, operation } = content;
	return { id, identity_id: identityId, application, entitlement: entitlement ?? null, operation };
}

/** `event`: what kind of event led to it (`leaver` …), which guards count by. */
function detailsOf(
	action: PlannedAction & { event?: string },
	precondition: Precondition | undefined,
	ledger: KnownThen | undefined,
): string | null {
	const { risk, separation, event } = action;
	const { actionId: _id, ...state } = precondition ?? { actionId: undefined };
	const details = {
		...(risk && { risk }),
		...(separation && { separation }),
		...(event !== undefined && { event }),
		...(precondition && { precondition: { ...state, ...(ledger && { ledger }) } }),
	};
	return Object.keys(details).length === 0 ? null : canonicalJson(details);
}

/** Takes back actions that are no longer wanted; refuses where one of them is being applied at this moment. */
export async function supersedeActions(
	tx: LedgerTransaction,
	superseded: ReadonlyArray<{ actionId: string; reason: string }>,
): Promise<void> {
	if (superseded.length === 0) return;
	const list = [...new Map(superseded.map(({ actionId, reason }) => [actionId, reason]))];
	const states = JSON.stringify(executionStatesBefore('superseded'));
	const done = await sql`update actions set execution_state = 'superseded', note = r.value ->> 1, updated_at = ${tx.now}
		from json_each(${JSON.stringify(list)}) as r
		where actions.id = r.value ->> 0 and execution_state in (select value from json_each(${states}))`.execute(tx.db);
	if (Number(done.numAffectedRows ?? 0) !== list.length) throw beingApplied();
}

/** A kept action's content and hash stay; only what it is earned by may have changed. */
export async function updateSources(
	tx: LedgerTransaction,
	kept: ReadonlyArray<Pick<Action, 'id' | 'sources'>>,
): Promise<void> {
	if (kept.length === 0) return;
	const list = JSON.stringify(kept.map(({ id, sources }) => [id, canonicalJson(sources)]));
	await sql`update actions set sources = r.value ->> 1 from json_each(${list}) as r
		where actions.id = r.value ->> 0 and actions.sources <> r.value ->> 1`.execute(tx.db);
}

function beingApplied(): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		'Some actions that this plan takes back are being applied at this moment.',
		'Nothing was written. Run the node again when they have finished (their lease ends within minutes).',
		{ retry: true },
	);
}
