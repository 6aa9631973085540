import type { Kysely } from 'kysely';
import type { Assignment } from '../model';
import { openAssignments } from './assignments';
import { accountsOf } from './accounts';
import { openGrants } from './grants';
import { readIdentities } from './identities';
import { openActionsOf, type PlanningState } from './plans';
import { readRevision } from './revision';
import type { LedgerTables } from './schema';

/** Everything that people are planned from, besides their timelines. */
export interface PeopleState extends PlanningState {
	assignments: Assignment[];
}

/** The state of any number of people by the same few queries. */
export async function peopleState(db: Kysely<LedgerTables>, identityIds: readonly string[]): Promise<PeopleState> {
	const ids = [...new Set(identityIds)].sort();
	return {
		revision: await readRevision(db),
		identities: await readIdentities(db, ids),
		assignments: await openAssignments(db, ids),
		held: await openGrants(db, ids),
		openActions: await openActionsOf(db, ids),
		accounts: await accountsOf(db, ids),
	};
}

/** Ids of everybody, page by page in the order of ids. */
export async function peopleIds(db: Kysely<LedgerTables>, page: { after?: string; limit: number }): Promise<string[]> {
	const rows = await db
		.selectFrom('identities')
		.select('id')
		.where('id', '>', page.after ?? '')
		.orderBy('id')
		.limit(page.limit)
		.execute();
	return rows.map(({ id }) => id);
}
