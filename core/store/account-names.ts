import { sql, type Kysely } from 'kysely';
import type { LedgerTables } from './schema';

/** A userName that an account has or is being given (`account`), or that an open action would give to one. */
export interface NameHolder {
	application: string;
	userName: string;
	identityId: string;
	by: 'account' | 'action';
}

/**
 * Who has these names in an application, or is to get them by an action that is not finished; without regard to case.
 * One query for any number of names.
 */
export async function namesInUse(
	db: Kysely<LedgerTables>,
	{ application, names }: { application: string; names: readonly string[] },
): Promise<NameHolder[]> {
	const wanted = new Set(names.map((name) => name.toLowerCase()));
	// SQLite's lower() knows ASCII only: other letters are found as they are written, all small, and all large.
	const spellings = new Set(names.flatMap((name) => [name, name.toLowerCase(), name.toUpperCase()].map(asciiLower)));
	const list = JSON.stringify([...spellings]);
	const { rows } = await sql<{ name: string; identity_id: string; by: 'account' | 'action' }>`
		select user_name as name, identity_id, 'account' as by from accounts
		where application = ${application} and lower(user_name) in (select value from json_each(${list}))
		union all
		select content ->> '$.attributes.userName' as name, identity_id,
			case execution_state when 'claimed' then 'account' else 'action' end as by from actions
		where application = ${application} and execution_state in ('planned','blocked','claimed','failed')
			and approval_state <> 'denied' and operation in ('create_account','update_account')
			and lower(content ->> '$.attributes.userName') in (select value from json_each(${list}))
		order by name, identity_id, by`.execute(db);
	return rows
		.filter(({ name }) => wanted.has(name.toLowerCase()))
		.map(({ name, identity_id: identityId, by }) => ({ application, userName: name, identityId, by }));
}

function asciiLower(text: string): string {
	return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
