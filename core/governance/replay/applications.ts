import type { Action } from '../../model';
import type { ActionResult } from '../../ports';
import type { LedgerApi } from '../../store';

/** Operations after which the ledger knows an account. */
const ACCOUNT_OPERATIONS: ReadonlySet<string> = new Set([
	'create_account',
	'update_account',
	'enable_account',
	'disable_account',
]);
const LEASE_SECONDS = 900;
const BATCH = 5_000;

/**
 * Applications that do at once and rightly whatever the ledger lets be done: what a policy asks for can be seen to the end
 * without any of them.
 */
export class SimulatedApplications {
	constructor(readonly ledger: Pick<LedgerApi, 'claim' | 'journalBefore' | 'complete'>) {}

	/** Carries out what is due and approved, application by application; gives back what was done. */
	async carryOut(applications: readonly string[]): Promise<Array<{ actionId: string; application: string }>> {
		const done: Array<{ actionId: string; application: string }> = [];
		for (const application of applications) {
			const { leaseId, claimed } = await this.ledger.claim({
				application,
				claimedBy: 'replay',
				leaseSeconds: LEASE_SECONDS,
				limit: BATCH,
			});
			if (claimed.length === 0) continue;
			await this.ledger.journalBefore(
				leaseId,
				claimed.map(({ id, account }) => ({
					actionId: id,
					before: account === undefined ? null : { id: account.remoteId },
				})),
			);
			await this.ledger.complete(
				leaseId,
				claimed.map(({ id, content }) => resultOf(id, content)),
			);
			for (const { id } of claimed) done.push({ actionId: id, application });
		}
		return done;
	}
}

function resultOf(actionId: string, content: Action['content']): ActionResult {
	const { application, identityId, operation, match } = content;
	const remoteId = `${application}:${identityId}`;
	const mapped = content.attributes?.['userName'];
	const userName = typeof mapped === 'string' ? mapped : (match['userName'] ?? match['email'] ?? identityId);
	return {
		actionId,
		outcome: 'verified',
		after: { id: remoteId, operation },
		writes: 1,
		...(ACCOUNT_OPERATIONS.has(operation) && { account: { remoteId, externalId: identityId, userName } }),
	};
}
