import { contentHash } from '../../model';
import type { LedgerApi } from '../../store';
import { grantsDigest } from '../decide';
import { shownAction, type ReplayAction, type ReplayResult } from './shown';

/** Who holds what in the end, what is still to come, and whether the log verifies. */
export async function finalState(
	ledger: Pick<LedgerApi, 'peopleState' | 'verifyLog'>,
	identityIds: readonly string[],
	at: string,
): Promise<ReplayResult['final']> {
	const state = await ledger.peopleState(identityIds);
	const people = new Map(state.identities.map(({ id, keys }) => [id, keys['email'] ?? keys['hrId'] ?? id]));
	const grants = state.held
		.map(({ identityId, entitlement, source, validFrom, validUntil }) => ({
			identityId,
			person: people.get(identityId) ?? identityId,
			entitlement,
			source: `${source.kind}:${source.ref}`,
			validFrom,
			...(validUntil !== undefined && { validUntil }),
		}))
		.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
	const open = state.openActions.map(shownAction).sort((a, b) => (byDueAt(a) < byDueAt(b) ? -1 : 1));
	return {
		at,
		grants,
		grantsHash: contentHash(grantsDigest(state.held)),
		scheduled: open.filter(({ dueAt, approval }) => dueAt > at && approval !== 'pending'),
		waiting: open.filter(({ dueAt, approval }) => dueAt <= at || approval === 'pending'),
		audit: (await ledger.verifyLog()).ok ? 'intact' : 'broken',
	};
}

function byDueAt({ dueAt, id }: ReplayAction): string {
	return `${dueAt}\n${id}`;
}
