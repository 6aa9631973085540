import type { Kysely } from 'kysely';
import { canonicalJson, sha256 } from '../model';
import type { ActionRow, LedgerTables } from './schema';
import { anyOf } from './transaction';

/** What the ledger knew of the thing that an action is about when the action was planned. */
export interface KnownThen {
	/** Of an entitlement: open grants with their ends. */
	grants?: string[];
	/** Of an account: hash of its attributes as last written; `null` where there was none. */
	attributes?: string | null;
	/** Whether the account let its person in. */
	active?: boolean | null;
}

type About = Pick<ActionRow, 'id' | 'identity_id' | 'application' | 'entitlement' | 'operation'>;

/** What must still be true in application and ledger when an action of a rollback is carried out. */
export interface StoredPrecondition {
	/** State of the application as we left it. */
	after?: unknown;
	/** Version of the resource as we left it, where the application gives one. */
	version?: string;
	ledger?: KnownThen;
}

/** The ledger's state of what each action is about, by the same two queries for any number of them. */
export async function knownOf(db: Kysely<LedgerTables>, actions: readonly About[]): Promise<Map<string, KnownThen>> {
	const ids = anyOf([...new Set(actions.map(({ identity_id: id }) => id))]);
	const grants = new Map<string, string[]>();
	const open = await db
		.selectFrom('grants')
		.select(['identity_id', 'entitlement', 'source_kind', 'source_ref', 'valid_until'])
		.where('closed_at', 'is', null)
		.where('identity_id', 'in', ids)
		.execute();
	for (const { identity_id: id, entitlement, source_kind: kind, source_ref: ref, valid_until: end } of open) {
		const key = keyOf(id, entitlement);
		grants.set(key, [...(grants.get(key) ?? []), `${kind}:${ref} until ${end ?? 'further notice'}`]);
	}
	const known = await db
		.selectFrom('accounts')
		.select(['application', 'identity_id', 'attributes', 'active'])
		.where('identity_id', 'in', ids)
		.execute();
	const accounts = new Map(known.map((each) => [keyOf(each.identity_id, each.application), each]));
	return new Map(
		actions.map((action) => {
			const account = accounts.get(keyOf(action.identity_id, action.application));
			return [action.id, knownThen(action, grants, account)];
		}),
	);
}

function knownThen(
	{ identity_id: id, entitlement, operation }: About,
	grants: ReadonlyMap<string, string[]>,
	account: { attributes: string; active: number } | undefined,
): KnownThen {
	if (entitlement !== null) return { grants: [...(grants.get(keyOf(id, entitlement)) ?? [])].sort() };
	if (operation === 'update_account') return { attributes: account ? sha256(account.attributes) : null };
	return { active: account ? account.active === 1 : null };
}

function keyOf(...parts: readonly string[]): string {
	return JSON.stringify(parts);
}

export function preconditionOf(details: string | null): StoredPrecondition | undefined {
	if (details === null) return undefined;
	return (JSON.parse(details) as { precondition?: StoredPrecondition }).precondition;
}

/**
 * Actions of rollbacks whose thing is not as it was when they were planned, each with the reason: somebody was faster, and
 * what they did is not overwritten. What actions of the same rollback wrote is no change.
 */
export async function conflictsOf(db: Kysely<LedgerTables>, rows: readonly ActionRow[]): Promise<Map<string, string>> {
	const conditional = rows.flatMap((row) => {
		const then = preconditionOf(row.details)?.ledger;
		return then === undefined ? [] : [{ row, then }];
	});
	if (conditional.length === 0) return new Map();
	const now = await knownOf(
		db,
		conditional.map(({ row }) => row),
	);
	const written = await writtenByOwnPlan(
		db,
		conditional.flatMap(({ row, then }) => (then.attributes === undefined ? [] : [row.plan_id])),
	);
	const conflicts = new Map<string, string>();
	for (const { row, then } of conditional) {
		const present = now.get(row.id) ?? {};
		if (canonicalJson(present) === canonicalJson(then)) continue;
		const own = written.get(keyOf(row.plan_id, row.identity_id, row.application));
		if (typeof present.attributes === 'string' && own?.has(present.attributes) === true) continue;
		conflicts.set(row.id, reasonOf(row));
	}
	return conflicts;
}

/** Hashes of attributes that actions of these plans have written. */
async function writtenByOwnPlan(
	db: Kysely<LedgerTables>,
	planIds: readonly string[],
): Promise<Map<string, Set<string>>> {
	const written = new Map<string, Set<string>>();
	if (planIds.length === 0) return written;
	const done = await db
		.selectFrom('actions')
		.select(['plan_id', 'identity_id', 'application', 'content'])
		.where('plan_id', 'in', anyOf([...new Set(planIds)]))
		.where('operation', 'in', ['create_account', 'update_account'])
		.where('execution_state', 'in', ['applied', 'verified'])
		.execute();
	for (const { plan_id: planId, identity_id: id, application, content } of done) {
		const key = keyOf(planId, id, application);
		const { attributes = {} } = JSON.parse(content) as { attributes?: object };
		written.set(key, (written.get(key) ?? new Set()).add(sha256(canonicalJson(attributes))));
	}
	return written;
}

function reasonOf({ entitlement, application }: ActionRow): string {
	const what = entitlement ?? `the account in ${application}`;
	return `${CONFLICT} ${what} is not as it was when the rollback was planned. It is left as it is; plan the rollback again.`;
}

/** Reasons of conflicts begin with it. */
export const CONFLICT = 'Conflict:';
