import type { Kysely } from 'kysely';
import { DomainError, type Action } from '../model';
import { peopleState, type PeopleState } from './people';
import { actionFromRow } from './rows';
import type { LedgerTables } from './schema';

/** What a rollback is about. */
export type RollbackScope =
	| { planId: string }
	| { contractId: string; since?: string }
	| { identityId: string; since?: string }
	/** Everything from this instant on. */
	| { since: string };

/** An action as it was really done, with the state before and after. */
export interface JournaledAction {
	action: Action;
	leaseId: string;
	/** State before; `null` where there was no account. */
	before: unknown;
	after?: unknown;
	outcome: 'verified' | 'applied';
	writes: number;
	finishedAt: string;
}

export interface RollbackInputs extends PeopleState {
	/** In the order in which it was done. What a rollback took back already is not there. */
	entries: JournaledAction[];
}

const MAX_ENTRIES = 20_000;

/** What was done under a scope and is still in place, with today's state of the people concerned. */
export async function rollbackInputs(db: Kysely<LedgerTables>, scope: RollbackScope): Promise<RollbackInputs> {
	const entries = await journaled(db, scope);
	if (entries.length > MAX_ENTRIES) throw tooMany(entries.length);
	const ids = entries.map(({ action }) => action.content.identityId);
	return { ...(await peopleState(db, ids)), entries };
}

async function journaled(db: Kysely<LedgerTables>, scope: RollbackScope): Promise<JournaledAction[]> {
	let query = db
		.selectFrom('journal as j')
		.innerJoin('actions', 'actions.id', 'j.action_id')
		.selectAll('actions')
		.select(['j.lease_id as j_lease', 'j.before', 'j.after', 'j.outcome', 'j.writes', 'j.finished_at'])
		.where('j.outcome', 'in', ['verified', 'applied'])
		.where('actions.execution_state', 'in', ['applied', 'verified'])
		// Taking back what a rollback did would be the next rollback's undoing.
		.where('actions.id', 'not in', (eb) => eb.selectFrom('undone_actions').select('action_id'))
		// What an open rollback is about to take back is not planned a second time.
		.where('actions.id', 'not in', (eb) =>
			eb
				.selectFrom('undone_actions')
				.innerJoin('actions as inverse', 'inverse.id', 'undone_actions.action_id')
				.select('undone_actions.undoes')
				.where('inverse.execution_state', 'in', ['planned', 'blocked', 'claimed'])
				.where('inverse.approval_state', 'in', ['not_needed', 'pending', 'approved']),
		);
	if ('planId' in scope) query = query.where('actions.plan_id', '=', scope.planId);
	if ('identityId' in scope) query = query.where('actions.identity_id', '=', scope.identityId);
	if ('contractId' in scope) {
		query = query.where('actions.plan_id', 'in', (eb) =>
			eb.selectFrom('plans').select('id').where('contract_id', '=', scope.contractId),
		);
	}
	const since = 'since' in scope ? scope.since : undefined;
	if (since !== undefined) query = query.where('j.finished_at', '>=', since);
	const rows = await query
		.orderBy('j.finished_at')
		.orderBy('actions.plan_id')
		.orderBy('actions.sequence')
		.limit(MAX_ENTRIES + 1)
		.execute();
	return rows.map((row) => ({
		action: actionFromRow(row),
		leaseId: row.j_lease,
		before: JSON.parse(row.before) as unknown,
		...(row.after === null ? {} : { after: JSON.parse(row.after) as unknown }),
		outcome: row.outcome as 'verified' | 'applied',
		writes: row.writes ?? 0,
		finishedAt: row.finished_at ?? '',
	}));
}

function tooMany(count: number): DomainError {
	return new DomainError(
		'INPUT_TOO_LARGE',
		`The rollback covers more than ${MAX_ENTRIES} actions (${count}).`,
		'Roll back in parts: by plan, by contract or by person.',
	);
}
