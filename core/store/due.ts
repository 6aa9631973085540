import { sql } from 'kysely';
import type { Action } from '../model';
import { DUE_READERS } from './due-readers';
import { anyOf, later, type LedgerTransaction } from './transaction';

/** Something that has to be done by now, and nobody has done. `task` names it, the same one each time. */
export type DueTask = { task: string; dueAt: string } & (
	| { kind: 'event'; eventId: string; type: string; contractId?: string; identityId?: string }
	/** Somebody has to be evaluated again: a boundary of their timeline has come, or something about them changed. */
	| { kind: 'review'; identityId: string; reasons: string[] }
	| { kind: 'action'; action: Action }
	/** Applied, never read back, and past the time by which it should have been. */
	| { kind: 'verify'; action: Action }
	| {
			kind: 'approvalExpired';
			requestId: string;
			rule: string;
			identityId: string;
			subject: string;
			actionIds: string[];
	  }
	| {
			kind: 'breakGlassReview';
			breakGlassId: string;
			identityId: string;
			entitlement: string;
			reviewers: string[];
			reason: string;
	  }
);

export type DueKind = DueTask['kind'];

export interface DueRequest {
	/** Up to when; now where absent. A later instant only looks ahead: nothing is leased then. */
	at?: string;
	limit: number;
	/** Only the actions of this application; other kinds belong to no application. */
	application?: string;
	kinds?: readonly DueKind[];
	/** How long a task that was handed out is not handed out again. Doubles with each time. */
	leaseSeconds: number;
}

export interface Due {
	at: string;
	tasks: DueTask[];
	/** True where the limit left some out: ask again. */
	more: boolean;
}

const DAY_SECONDS = 86_400;
const MAX_LEASE_SECONDS = DAY_SECONDS;
/** A task that was done long ago needs no lease any more. */
const LEASE_KEPT_SECONDS = 30 * DAY_SECONDS;

/** Hands out what is due, each task to one caller at a time. A task that stays undone comes again, later each time. */
export async function dueTasks(tx: LedgerTransaction, request: DueRequest): Promise<Due> {
	const at = request.at ?? tx.now;
	const { application } = request;
	const tasks: DueTask[] = [];
	for (const [kind, read] of DUE_READERS) {
		if (request.kinds && !request.kinds.includes(kind)) continue;
		if (application !== undefined && kind !== 'action' && kind !== 'verify') continue;
		const limit = request.limit + 1 - tasks.length;
		if (limit <= 0) break;
		tasks.push(...(await read(tx.db, { at, limit, ...(application === undefined ? {} : { application }) })));
	}
	const handedOut = tasks.slice(0, request.limit);
	if (at <= tx.now) await lease(tx, handedOut, request.leaseSeconds);
	return { at, tasks: handedOut, more: tasks.length > handedOut.length };
}

async function lease(tx: LedgerTransaction, tasks: readonly DueTask[], seconds: number): Promise<void> {
	await tx.db.deleteFrom('due_leases').where('lease_until', '<', later(tx.now, -LEASE_KEPT_SECONDS)).execute();
	if (tasks.length === 0) return;
	const known = await tx.db
		.selectFrom('due_leases')
		.selectAll()
		.where('task', 'in', anyOf(tasks.map(({ task }) => task)))
		.execute();
	const attempts = new Map(known.map((row) => [row.task, row.attempts]));
	const list = tasks.map(({ task }) => {
		const before = attempts.get(task) ?? 0;
		const wait = Math.max(seconds, Math.min(MAX_LEASE_SECONDS, seconds * 2 ** Math.min(before, 12)));
		return [task, later(tx.now, wait), before + 1];
	});
	await sql`insert into due_leases (task, lease_until, attempts)
		select value ->> 0, value ->> 1, value ->> 2 from json_each(${JSON.stringify(list)}) where true
		on conflict (task) do update set lease_until = excluded.lease_until, attempts = excluded.attempts`.execute(tx.db);
	const told = tasks.filter(({ kind }) => kind === 'approvalExpired').map(({ task }) => task);
	await sql`insert into told (task, told_at) select value, ${tx.now} from json_each(${JSON.stringify(told)})
		where true on conflict do nothing`.execute(tx.db);
}
