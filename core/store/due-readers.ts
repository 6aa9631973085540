import { sql, type Kysely, type SelectQueryBuilder } from 'kysely';
import type { DueKind, DueTask } from './due';
import { GIVES } from './grants';
import { actionFromRow } from './rows';
import type { ActionRow, LedgerTables } from './schema';

type Reader = (
	db: Kysely<LedgerTables>,
	ask: { at: string; limit: number; application?: string },
) => Promise<DueTask[]>;

/** Nobody holds the task that this SQL expression names. */
const isFree = (task: string, at: string) =>
	sql<boolean>`not exists (select 1 from due_leases as d where d.task = ${sql.raw(task)} and d.lease_until > ${at})`;

async function dueEvents(db: Kysely<LedgerTables>, { at, limit }: { at: string; limit: number }): Promise<DueTask[]> {
	const rows = await db
		.selectFrom('events')
		.select(['id', 'type', 'contract_id', 'identity_id', 'received_at'])
		.where('state', 'in', ['received', 'processing'])
		.where('received_at', '<=', at)
		.where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', at)]))
		.where(isFree(`'event:' || events.id`, at))
		.orderBy('received_at')
		.orderBy('id')
		.limit(limit)
		.execute();
	return rows.map((row) => ({
		task: `event:${row.id}`,
		kind: 'event',
		dueAt: row.received_at,
		eventId: row.id,
		type: row.type,
		...(row.contract_id === '' ? {} : { contractId: row.contract_id }),
		...(row.identity_id === null ? {} : { identityId: row.identity_id }),
	}));
}

async function dueReviews(db: Kysely<LedgerTables>, { at, limit }: { at: string; limit: number }): Promise<DueTask[]> {
	const { rows } = await sql<{ identity_id: string; due_at: string; reasons: string }>`
		select identity_id, min(due_at) as due_at, json_group_array(distinct reason) as reasons from (
			select identity_id, due_at, reason from reviews where due_at <= ${at}
			union all select identity_id, at, ${BOUNDARY} from lifecycle_boundaries where at <= ${at})
		where ${isFree(`'review:' || identity_id`, at)}
		group by identity_id order by min(due_at), identity_id limit ${limit}`.execute(db);
	return rows.map((row) => ({
		task: `review:${row.identity_id}`,
		kind: 'review',
		dueAt: row.due_at,
		identityId: row.identity_id,
		reasons: (JSON.parse(row.reasons) as string[]).sort(),
	}));
}

/** Something known of a person begins or ends. */
const BOUNDARY = 'boundary of the timeline';

/** An action that failed waits before it is tried again: 2 minutes, 4, 8, up to six hours. */
const WAITED = (at: string) =>
	sql<boolean>`(execution_state <> 'failed' or strftime('%Y-%m-%dT%H:%M:%fZ', updated_at,
		'+' || min(360, 1 << min(attempts, 9)) || ' minutes') <= ${at})`;

/** Disables, then other ends of access, then the rest, each by its date. */
const TAKES_FIRST = sql`case operation when 'disable_account' then 0 when 'revoke_sessions' then 1 when 'revoke_tokens' then 1
	when 'remove_from_group' then 2 when 'remove_role' then 2 else 3 end`;

type ActionQuery = SelectQueryBuilder<LedgerTables, 'actions', ActionRow>;

async function dueActions(
	db: Kysely<LedgerTables>,
	{ at, limit, application }: { at: string; limit: number; application?: string },
): Promise<DueTask[]> {
	let query: ActionQuery = db
		.selectFrom('actions')
		.selectAll()
		.where('execution_state', 'in', ['planned', 'claimed', 'failed'])
		.where('approval_state', 'in', ['not_needed', 'approved'])
		.where('due_at', '<=', at)
		.where((eb) => eb.or([eb('execution_state', '!=', 'claimed'), eb('lease_until', '<=', at)]))
		// What gives access that has ended meanwhile is refused by every claim.
		.where((eb) =>
			eb.or([
				eb('valid_until', 'is', null),
				eb('valid_until', '>', at),
				eb('operation', 'not in', [...GIVES, 'enable_account']),
			]),
		)
		.where(WAITED(at))
		.where(isFree(`'action:' || actions.id`, at));
	if (application !== undefined) query = query.where('application', '=', application);
	const rows = await query
		.orderBy(TAKES_FIRST)
		.orderBy('due_at')
		.orderBy('plan_id')
		.orderBy('sequence')
		.limit(limit)
		.execute();
	return rows.map((row) => ({
		task: `action:${row.id}`,
		kind: 'action',
		dueAt: row.due_at,
		action: actionFromRow(row),
	}));
}

async function dueVerifications(
	db: Kysely<LedgerTables>,
	{ at, limit, application }: { at: string; limit: number; application?: string },
): Promise<DueTask[]> {
	let query: ActionQuery = db
		.selectFrom('actions')
		.selectAll()
		.where('execution_state', '=', 'applied')
		.where('verify_by', '<=', at)
		.where(isFree(`'verify:' || actions.id`, at));
	if (application !== undefined) query = query.where('application', '=', application);
	const rows = await query.orderBy('verify_by').orderBy('id').limit(limit).execute();
	return rows.map((row) => ({
		task: `verify:${row.id}`,
		kind: 'verify',
		dueAt: row.verify_by ?? row.due_at,
		action: actionFromRow(row),
	}));
}

/** Requests that nobody decided in time, each told once, as long as somebody still wants what they asked for. */
async function expiredApprovals(
	db: Kysely<LedgerTables>,
	{ at, limit }: { at: string; limit: number },
): Promise<DueTask[]> {
	const rows = await db
		.selectFrom('approval_requests as r')
		.innerJoin('request_actions as ra', 'ra.request_id', 'r.id')
		.innerJoin('actions as a', 'a.id', 'ra.action_id')
		.select(['r.id', 'r.rule', 'r.identity_id', 'r.subject', 'r.expires_at'])
		.select(sql<string>`json_group_array(a.id)`.as('action_ids'))
		.where('r.state', '=', 'expired')
		.where('r.expires_at', '<=', at)
		.where('a.approval_state', '=', 'expired')
		.where('a.execution_state', '=', 'planned')
		.where(sql<boolean>`not exists (select 1 from told where told.task = 'expired:' || r.id)`)
		.groupBy('r.id')
		.orderBy('r.expires_at')
		.limit(limit)
		.execute();
	return rows.map((row) => ({
		task: `expired:${row.id}`,
		kind: 'approvalExpired',
		dueAt: row.expires_at,
		requestId: row.id,
		rule: row.rule,
		identityId: row.identity_id,
		subject: row.subject,
		actionIds: (JSON.parse(row.action_ids) as string[]).sort(),
	}));
}

/** Emergency access is looked at afterwards, from its end on. */
async function breakGlassReviews(
	db: Kysely<LedgerTables>,
	{ at, limit }: { at: string; limit: number },
): Promise<DueTask[]> {
	const rows = await db
		.selectFrom('break_glass')
		.selectAll()
		.where('outcome', 'is', null)
		.where('valid_until', '<=', at)
		.where(isFree(`'break_glass:' || break_glass.id`, at))
		.orderBy('review_by')
		.orderBy('id')
		.limit(limit)
		.execute();
	return rows.map((row) => ({
		task: `break_glass:${row.id}`,
		kind: 'breakGlassReview',
		dueAt: row.review_by,
		breakGlassId: row.id,
		identityId: row.identity_id,
		entitlement: row.entitlement,
		reviewers: JSON.parse(row.reviewers) as string[],
		reason: row.reason,
	}));
}

/** In the order in which they matter: what is waiting to be understood, who has changed, then what is planned. */
export const DUE_READERS: ReadonlyArray<readonly [DueKind, Reader]> = [
	['event', dueEvents],
	['review', dueReviews],
	['action', dueActions],
	['verify', dueVerifications],
	['approvalExpired', expiredApprovals],
	['breakGlassReview', breakGlassReviews],
];
