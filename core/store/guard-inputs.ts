import { sql, type Kysely } from 'kysely';
import type { LedgerTables } from './schema';

/** A revocation that an earlier plan of the window asked for. */
export interface PlannedRevocation {
	/** When it was planned (ISO instant). */
	at: string;
	identityId: string;
	application: string;
	entitlement?: string;
	inferred: boolean;
	/** Because the person left, and somebody said so. */
	leaver: boolean;
}

/** What guards count against: what is held, and what was taken lately. */
export interface GuardInputs {
	/** Holdings: person × entitlement. */
	holdings: number;
	byEntitlement: Array<[entitlement: string, people: number]>;
	/** Revocations planned in the window; superseded and cancelled ones are left out. */
	history: PlannedRevocation[];
}

const TAKES = ['disable_account', 'remove_from_group', 'remove_role', 'revoke_sessions', 'revoke_tokens'];
const MAX_REVOCATIONS = 200_000;

/** @param window.since ISO instant: the beginning of the rolling window */
export async function guardInputs(db: Kysely<LedgerTables>, window: { since: string }): Promise<GuardInputs> {
	const held = await db
		.selectFrom('grants')
		.select(['entitlement', sql<number>`count(distinct identity_id)`.as('people')])
		.where('closed_at', 'is', null)
		.groupBy('entitlement')
		.orderBy('entitlement')
		.execute();
	const rows = await db
		.selectFrom('actions as a')
		.innerJoin('plans as p', 'p.id', 'a.plan_id')
		.select(['p.created_at', 'a.identity_id', 'a.application', 'a.entitlement', 'a.inferred'])
		.select(sql<string | null>`a.details ->> 'event'`.as('event'))
		.where('p.created_at', '>', window.since)
		.where('a.operation', 'in', TAKES)
		.where('a.execution_state', 'not in', ['superseded', 'cancelled'])
		.orderBy('p.created_at')
		.orderBy('a.id')
		.limit(MAX_REVOCATIONS)
		.execute();
	return {
		holdings: held.reduce((sum, { people }) => sum + people, 0),
		byEntitlement: held.map(({ entitlement, people }) => [entitlement, people]),
		history: rows.map((row) => ({
			at: row.created_at,
			identityId: row.identity_id,
			application: row.application,
			...(row.entitlement === null ? {} : { entitlement: row.entitlement }),
			inferred: row.inferred === 1,
			leaver: row.event === 'leaver',
		})),
	};
}
