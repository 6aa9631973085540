import type { Kysely } from 'kysely';
import { canonicalJson, type Action } from '../model';
import type { ActionResult } from '../ports';
import type { AccountRow, LedgerTables } from './schema';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

/** Attributes as last applied, by application and identity. */
export interface AccountState {
	application: string;
	identityId: string;
	attributes: Record<string, unknown>;
	/** As the application has it. */
	userName: string;
	active: boolean;
}

export async function accountsOf(db: Kysely<LedgerTables>, identityIds: readonly string[]): Promise<AccountState[]> {
	const rows = await db
		.selectFrom('accounts')
		.select(['application', 'identity_id', 'user_name', 'attributes', 'active'])
		.where('identity_id', 'in', anyOf(identityIds))
		.orderBy('identity_id')
		.orderBy('application')
		.execute();
	return rows.map((row) => ({
		application: row.application,
		identityId: row.identity_id,
		attributes: JSON.parse(row.attributes) as Record<string, unknown>,
		userName: row.user_name,
		active: row.active === 1,
	}));
}

/** Where a person's account is, as last written. */
export interface LedgerAccount {
	identityId: string;
	remoteId: string;
	userName: string;
	/** What the ledger believes. */
	active: boolean;
}

/** Accounts in one application, of some people or of all, by identity. */
export async function accountsIn(
	db: Kysely<LedgerTables>,
	scope: { application: string; identityIds?: readonly string[] },
): Promise<LedgerAccount[]> {
	let query = db
		.selectFrom('accounts')
		.select(['identity_id', 'remote_id', 'user_name', 'active'])
		.where('application', '=', scope.application);
	if (scope.identityIds) query = query.where('identity_id', 'in', anyOf(scope.identityIds));
	const rows = await query.orderBy('identity_id').execute();
	return rows.map((row) => ({
		identityId: row.identity_id,
		remoteId: row.remote_id,
		userName: row.user_name,
		active: row.active === 1,
	}));
}

export interface AppliedAccount {
	action: Action;
	account: NonNullable<ActionResult['account']>;
}

/** Keeps where each person's account is and what was last written to it; answers with those that are somewhere new. */
export async function saveAccounts(
	tx: LedgerTransaction,
	applied: readonly AppliedAccount[],
): Promise<AppliedAccount[]> {
	if (applied.length === 0) return [];
	const ids = [...new Set(applied.map(({ action }) => action.content.identityId))];
	const known = await tx.db.selectFrom('accounts').selectAll().where('identity_id', 'in', anyOf(ids)).execute();
	const rows = new Map(known.map((row) => [keyOf(row.application, row.identity_id), row]));
	const touched = new Set<string>();
	const moved: AppliedAccount[] = [];
	for (const each of applied) {
		const { application, identityId } = each.action.content;
		const key = keyOf(application, identityId);
		if (rows.get(key)?.remote_id !== each.account.remoteId) moved.push(each);
		rows.set(key, merged(rows.get(key), each, tx.now));
		touched.add(key);
	}
	const values = [...touched].flatMap((key) => rows.get(key) ?? []);
	for (const chunk of chunks(values)) {
		await tx.db
			.insertInto('accounts')
			.values(chunk)
			.onConflict((conflict) =>
				conflict.columns(['application', 'identity_id']).doUpdateSet((eb) => ({
					remote_id: eb.ref('excluded.remote_id'),
					external_id: eb.ref('excluded.external_id'),
					user_name: eb.ref('excluded.user_name'),
					attributes: eb.ref('excluded.attributes'),
					active: eb.ref('excluded.active'),
					updated_at: eb.ref('excluded.updated_at'),
				})),
			)
			.execute();
	}
	return moved;
}

function merged(before: AccountRow | undefined, { action, account }: AppliedAccount, now: string): AccountRow {
	const { application, identityId, operation, attributes, disabled } = action.content;
	const carriesAttributes = operation === 'create_account' || operation === 'update_account';
	return {
		application,
		identity_id: identityId,
		remote_id: account.remoteId,
		external_id: account.externalId ?? null,
		user_name: account.userName,
		attributes: carriesAttributes ? canonicalJson(attributes ?? {}) : (before?.attributes ?? '{}'),
		active: activeAfter(operation, disabled === true) ?? before?.active ?? 1,
		updated_at: now,
	};
}

/** Undefined where the operation says nothing about it. */
function activeAfter(operation: string, disabled: boolean): number | undefined {
	if (operation === 'create_account') return disabled ? 0 : 1;
	if (operation === 'enable_account') return 1;
	return operation === 'disable_account' ? 0 : undefined;
}

function keyOf(application: string, identityId: string): string {
	return JSON.stringify([application, identityId]);
}
