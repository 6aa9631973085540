import type { Kysely } from 'kysely';
import {
	personTimeline,
	timelineRules,
	type LifecyclePolicy,
	type StatedEvent,
	type StatedTimeline,
} from '../lifecycle';
import { readPersonFacts } from './person-facts';
import type { LedgerTables } from './schema';
import { anyOf } from './transaction';

export type { IntakeOptions, LifecycleReceipt } from './lifecycle-batch';
export { openFindings, resolveFinding } from './lifecycle-findings';
export type { FindingResolution } from './lifecycle-findings';
export { receiveLifecycleEvents } from './lifecycle-intake';
export type { StoredFinding } from './lifecycle-writes';

export interface TimelineQuery {
	policyView: LifecyclePolicy;
	/** ISO instant; what was learnt later does not count. */
	knownAt: string;
}

/**
 * People over time, in the order asked for, by the same few queries for any number of them; give them in pages of some
 * thousands. Somebody of whom nothing is known has no segments.
 */
export async function readTimelines(
	db: Kysely<LedgerTables>,
	identityIds: readonly string[],
	query: TimelineQuery,
): Promise<StatedTimeline[]> {
	const people = await readPersonFacts(db, identityIds, query.knownAt);
	const rules = timelineRules(query.policyView, query.knownAt);
	return people.map((person) => personTimeline(person, rules));
}

/** A lifecycle event as it was taken in; national id and birth date are pseudonyms. */
export async function readLifecycleEvents(
	db: Kysely<LedgerTables>,
	eventIds: readonly string[],
): Promise<Array<{ eventId: string; event: StatedEvent; identityId?: string; state: string }>> {
	const rows = await db
		.selectFrom('events')
		.select(['id', 'payload', 'identity_id', 'state'])
		.where('id', 'in', anyOf(eventIds))
		.where('contract_id', '=', '')
		.execute();
	return rows.map((row) => ({
		eventId: row.id,
		event: JSON.parse(row.payload) as StatedEvent,
		state: row.state,
		...(typeof row.identity_id === 'string' && { identityId: row.identity_id }),
	}));
}
