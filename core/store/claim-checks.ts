import type { Kysely } from 'kysely';
import { contentHash, executionStatesBefore } from '../model';
import type { ClaimResult } from '../ports';
import { GIVES } from './grants';
import { CONFLICT } from './preconditions';
import type { ActionRow, LedgerTables } from './schema';
import { anyOf, type LedgerTransaction } from './transaction';

type Refused = ClaimResult['refused'][number];

/** What lets somebody in: pointless, and wrong, once the access has ended. */
const OPENS: ReadonlySet<string> = new Set([...GIVES, 'enable_account']);

const CHANGED = 'Its content is not what was planned: the hash differs.';
const NOT_BOUND = 'It is marked approved, but no approved request covers this content.';

/**
 * The end of an access is planned together with its beginning. Where the beginning was never approved, the end would
 * take something that was there before us.
 */
export const NEVER_GIVEN = 'Nothing in the ledger gives this access, so there is nothing of ours to take away.';

export function isTamper(reason: string): boolean {
	return reason === CHANGED || reason === NOT_BOUND;
}

/** Why an action is not handed out now; undefined where it may be. */
export function reasonToRefuse(
	row: ActionRow,
	application: string,
	now: string,
	approvedHashes: ReadonlySet<string> | undefined,
): string | undefined {
	if (row.application !== application) return `It belongs to application "${row.application}".`;
	switch (row.execution_state) {
		case 'planned':
		case 'failed':
			break;
		case 'claimed':
			if (row.lease_until !== null && row.lease_until > now) return 'Another run is applying it at this moment.';
			break;
		default:
			return `It is ${row.execution_state.replace('_', ' ')}.`;
	}
	if (row.approval_state !== 'not_needed' && row.approval_state !== 'approved')
		return `Its approval is ${row.approval_state}.`;
	if (row.due_at > now) return `It is due at ${row.due_at}.`;
	if (OPENS.has(row.operation) && row.valid_until !== null && row.valid_until <= now)
		return `The access it gives ended at ${row.valid_until}.`;
	if (contentHash(JSON.parse(row.content)) !== row.hash) return CHANGED;
	// The approval state is a column like any other; the signed-off request is what counts.
	if ((row.approval_state === 'approved' || row.approval_need !== null) && !approvedHashes?.has(row.hash))
		return NOT_BOUND;
	return undefined;
}

/** Hashes that approved requests cover, by action. */
export async function approvedHashes(
	db: Kysely<LedgerTables>,
	rows: readonly ActionRow[],
): Promise<Map<string, ReadonlySet<string>>> {
	const found = await db
		.selectFrom('request_actions')
		.innerJoin('approval_requests', 'approval_requests.id', 'request_actions.request_id')
		.select(['request_actions.action_id', 'request_actions.hash'])
		.where('approval_requests.state', '=', 'approved')
		.where('request_actions.action_id', 'in', anyOf(rows.map((row) => row.id)))
		.execute();
	const byAction = new Map<string, Set<string>>();
	for (const row of found) byAction.set(row.action_id, (byAction.get(row.action_id) ?? new Set()).add(row.hash));
	return byAction;
}

/** Refused for good: trying again would change nothing. */
export function isFinal({ reason }: Refused): boolean {
	return reason === NEVER_GIVEN || isConflict(reason);
}

function isConflict(reason: string): boolean {
	return reason.startsWith(CONFLICT);
}

/** Ends actions that can never be carried out; otherwise a schedule would be handed the same action again and again. */
export async function giveUp(tx: LedgerTransaction, refused: readonly Refused[]): Promise<void> {
	if (refused.length === 0) return;
	const ids = refused.map(({ id }) => id);
	// Their lease has ended, or they would have been refused for being worked on.
	await tx.db
		.updateTable('actions')
		.set({ execution_state: 'planned', lease_id: null, lease_until: null })
		.where('id', 'in', anyOf(ids))
		.where('execution_state', '=', 'claimed')
		.execute();
	for (const { id, reason } of refused) {
		await tx.db
			.updateTable('actions')
			.set({ execution_state: 'cancelled', note: reason, updated_at: tx.now })
			.where('id', '=', id)
			.where('execution_state', 'in', executionStatesBefore('cancelled'))
			.execute();
		tx.audit({
			type: isConflict(reason) ? 'action.conflict' : 'action.cancelled',
			actor: { kind: 'package', id: 'ledger' },
			occurredAt: tx.now,
			refs: { action: id },
			data: { reason },
		});
	}
}
