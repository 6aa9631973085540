import type { Kysely } from 'kysely';
import type { LedgerTables } from './schema';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

/** A request that waits for votes, with what a reminder has to say. */
export interface PendingApproval {
	requestId: string;
	bundleId: string;
	rule: string;
	identityId: string;
	subject: string;
	createdAt: string;
	expiresAt: string;
	/** Approvers who have not voted. */
	waitingFor: string[];
	/** Policy version of the actions: it says when to remind, and whom to call in. */
	policyHash: string;
	actionIds: string[];
}

/** What approvers still have to decide, oldest first. */
export async function pendingApprovals(
	db: Kysely<LedgerTables>,
	page: { at: string; limit: number },
): Promise<PendingApproval[]> {
	const requests = await db
		.selectFrom('approval_requests')
		.selectAll()
		.where('state', '=', 'pending')
		.where('expires_at', '>', page.at)
		.orderBy('created_at')
		.orderBy('id')
		.limit(page.limit)
		.execute();
	const ids = requests.map(({ id }) => id);
	const votes = await db
		.selectFrom('votes')
		.select(['request_id', 'approver'])
		.where('request_id', 'in', anyOf(ids))
		.execute();
	const covered = await db
		.selectFrom('request_actions as ra')
		.innerJoin('actions as a', 'a.id', 'ra.action_id')
		.innerJoin('plans as p', 'p.id', 'a.plan_id')
		.select(['ra.request_id', 'a.id', 'p.policy_hash'])
		.where('ra.request_id', 'in', anyOf(ids))
		.orderBy('a.sequence')
		.execute();
	return requests.map((request) => {
		const voted = new Set(votes.flatMap((vote) => (vote.request_id === request.id ? [vote.approver] : [])));
		const approvers = Object.values(JSON.parse(request.approvers) as Record<string, string[]>).flat();
		const actions = covered.filter(({ request_id }) => request_id === request.id);
		return {
			requestId: request.id,
			bundleId: request.bundle_id,
			rule: request.rule,
			identityId: request.identity_id,
			subject: request.subject,
			createdAt: request.created_at,
			expiresAt: request.expires_at,
			waitingFor: [...new Set(approvers)].filter((approver) => !voted.has(approver)).sort(),
			policyHash: actions[0]?.policy_hash ?? '',
			actionIds: actions.map(({ id }) => id),
		};
	});
}

/** Marks things as told; true for those that nobody had told before. */
export async function tellOnce(tx: LedgerTransaction, tasks: readonly string[]): Promise<string[]> {
	const fresh: string[] = [];
	for (const chunk of chunks([...new Set(tasks)])) {
		const rows = await tx.db
			.insertInto('told')
			.values(chunk.map((task) => ({ task, told_at: tx.now })))
			.onConflict((conflict) => conflict.doNothing())
			.returning('task')
			.execute();
		fresh.push(...rows.map(({ task }) => task));
	}
	return fresh;
}
