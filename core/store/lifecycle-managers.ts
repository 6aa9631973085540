import { sql, type Kysely } from 'kysely';
import { managerFinding } from '../lifecycle';
import type { DataFinding } from '../model';
import type { LedgerTables } from './schema';

/**
 * Follows the managers of these people upwards, all at once and everybody once, and finds who comes back to themselves.
 * Chains of command meet soon, so this costs little more than the people asked for.
 */
export async function managerCircles(
	db: Kysely<LedgerTables>,
	identityIds: readonly string[],
): Promise<Array<DataFinding & { identityId: string }>> {
	if (identityIds.length === 0) return [];
	const { rows } = await sql<{ id: string; manager_id: string }>`
		with recursive above (id) as (
			select value from json_each(${JSON.stringify(identityIds)})
			union
			select k.identity_id from above
			join identity_managers as m on m.identity_id = above.id
			join identity_keys as k on k.kind in ('email', 'otherEmail') and k.value = m.manager)
		select above.id, k.identity_id as manager_id from above
		join identity_managers as m on m.identity_id = above.id
		join identity_keys as k on k.kind in ('email', 'otherEmail') and k.value = m.manager
		order by k.kind desc`.execute(db);
	// The last one counts: "email", an address in use, before "otherEmail", one that somebody had or will have.
	const managerOf = new Map(rows.map((row) => [row.id, row.manager_id]));
	return identityIds.flatMap((identityId) => {
		const steps = stepsBack(identityId, managerOf);
		return steps === undefined ? [] : [{ ...managerFinding(steps, identityId), identityId }];
	});
}

/** After how many steps somebody comes back to themselves; undefined: the chain ends, or goes round further up. */
function stepsBack(identityId: string, managerOf: ReadonlyMap<string, string>): number | undefined {
	const seen = new Set<string>();
	for (let next = managerOf.get(identityId); next !== undefined && !seen.has(next); next = managerOf.get(next)) {
		seen.add(next);
		if (next === identityId) return seen.size;
	}
	return undefined;
}
