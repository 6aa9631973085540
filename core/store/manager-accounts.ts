import { sql } from 'kysely';
import { canonicalJson } from '../model';
import type { AppliedAccount } from './accounts';
import { addReviews } from './reviews';
import type { LedgerTransaction } from './transaction';

/** What a mapping names the account of the manager by; a policy without it has nobody to look at again. */
const PLACEHOLDER = '{manager.account}';
const REASON = 'account of the manager';

/**
 * Makes due for review whose account can name the account of the manager only now: those whose manager has just got one,
 * and those who have just got one without the manager's, which came about while theirs was being made.
 */
export async function reviewManagerReferences(
	tx: LedgerTransaction,
	located: readonly AppliedAccount[],
): Promise<void> {
	if (located.length === 0) return;
	const list = JSON.stringify(
		located.map(({ action: { content } }) => ({
			identity: content.identityId,
			application: content.application,
			policy: content.policyHash,
			attributes: canonicalJson(content.attributes ?? {}),
		})),
	);
	const { rows } = await sql<{ identity_id: string }>`
		with located as (
			select e.value ->> 'identity' as identity_id, e.value ->> 'application' as application,
				e.value ->> 'attributes' as attributes
			from json_each(${list}) as e join policies as p on p.hash = e.value ->> 'policy'
			where instr(p.source, ${PLACEHOLDER}) > 0)
		select m.identity_id from located
		join identity_keys as k on k.identity_id = located.identity_id and k.kind in ('email', 'otherEmail')
		join identity_managers as m on m.manager = k.value
		where exists (select 1 from accounts as a
				where a.application = located.application and a.identity_id = m.identity_id)
			or exists (select 1 from actions as o
				where o.identity_id = m.identity_id and o.application = located.application
					and o.operation = 'create_account' and o.execution_state in ('planned','blocked','claimed','failed'))
		union
		select located.identity_id from located
		join identity_managers as m on m.identity_id = located.identity_id
		join identity_keys as k on k.kind in ('email', 'otherEmail') and k.value = m.manager
		join accounts as a on a.application = located.application and a.identity_id = k.identity_id
		where instr(located.attributes, json_quote(a.remote_id)) = 0`.execute(tx.db);
	await addReviews(
		tx,
		rows.map(({ identity_id: identityId }) => ({ identityId, dueAt: tx.now, reason: REASON })),
	);
}
