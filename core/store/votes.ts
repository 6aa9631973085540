import { tally, type Action, type ApprovalRequest, type BundleState, type CastVote, type Vote } from '../model';
import { approverView, readBundle, setBundleState } from './approvals';
import { policyStillWaits, settlePolicy } from './policy-approval';
import type { LedgerTransaction } from './transaction';

export type VoteOutcome =
	/** `resume` is true for exactly the calls after which the waiting workflow must be woken. */
	| { status: 'recorded'; bundleState: BundleState; requests: ApprovalRequest[]; resume: boolean }
	| { status: 'unknown_link' | 'already_used' | 'expired' | 'stale' | 'incomplete'; resume: boolean };

/**
 * Records one approver's decisions: a link decides once, only before its deadline, only on what its request covers,
 * and only while the covered actions still have the hashes that were shown.
 */
export async function castVotes(
	tx: LedgerTransaction,
	input: { tokenHash: string; executionId: string; decisions: ReadonlyMap<string, Vote>; comment?: string },
): Promise<VoteOutcome> {
	const view = await approverView(tx.db, input.tokenHash);
	if (view?.bundle.executionId !== input.executionId) return { status: 'unknown_link', resume: false };
	const { bundle } = view;
	if (view.usedAt !== undefined) return { status: 'already_used', resume: bundle.state === 'decided' };
	const open = view.requests.filter(({ request }) => request.state === 'pending');
	if (bundle.state !== 'open' || bundle.deadline <= tx.now || open.length === 0) {
		return { status: 'expired', resume: bundle.state === 'decided' };
	}
	if (open.some(({ request }) => request.expiresAt <= tx.now)) return { status: 'expired', resume: false };
	if (open.some(({ request, actions }) => !stillAsShown(request, actions))) return { status: 'stale', resume: false };
	for (const { request } of open) {
		if (!(await policyStillWaits(tx, request))) return { status: 'stale', resume: false };
	}
	if (open.some(({ request }) => !input.decisions.has(request.id))) return { status: 'incomplete', resume: false };

	await tx.db.updateTable('approval_tokens').set({ used_at: tx.now }).where('hash', '=', input.tokenHash).execute();
	for (const { request } of open) {
		const vote = input.decisions.get(request.id);
		if (vote) await recordVote(tx, request, { approver: view.approver, vote }, input.comment);
	}
	const after = await readBundle(tx.db, bundle.id);
	const requests = after?.requests ?? [];
	const decided = requests.every((request) => request.state !== 'pending');
	if (decided) await setBundleState(tx, bundle.id, 'decided');
	return { status: 'recorded', bundleState: decided ? 'decided' : 'open', requests, resume: decided };
}

function stillAsShown(request: ApprovalRequest, actions: readonly Action[]): boolean {
	return request.actions.every((covered) => {
		const action = actions.find((candidate) => candidate.id === covered.actionId);
		return action?.hash === covered.hash && action.executionState === 'planned' && action.approvalState === 'pending';
	});
}

async function recordVote(
	tx: LedgerTransaction,
	request: ApprovalRequest,
	cast: CastVote,
	comment: string | undefined,
): Promise<void> {
	await tx.db
		.insertInto('votes')
		.values({
			request_id: request.id,
			approver: cast.approver,
			vote: cast.vote,
			comment: comment ?? null,
			cast_at: tx.now,
		})
		.execute();
	const votes = await tx.db
		.selectFrom('votes')
		.select(['approver', 'vote'])
		.where('request_id', '=', request.id)
		.execute();
	const state = tally(request, votes);
	const refs = { request: request.id, bundle: request.bundleId, identity: request.identityId };
	tx.audit({
		type: 'approval.voted',
		actor: { kind: 'person', id: `request:${request.id}` },
		occurredAt: tx.now,
		refs,
		data: { vote: cast.vote, votes: votes.length },
		personal: { approver: cast.approver, comment: comment ?? null },
	});
	if (state === 'pending') return;
	await tx.db
		.updateTable('approval_requests')
		.set({ state, decided_at: tx.now })
		.where('id', '=', request.id)
		.where('state', '=', 'pending')
		.execute();
	for (const covered of request.actions) {
		await tx.db
			.updateTable('actions')
			.set({ approval_state: state, updated_at: tx.now })
			.where('id', '=', covered.actionId)
			.where('hash', '=', covered.hash)
			.where('approval_state', '=', 'pending')
			.execute();
	}
	if (state !== 'expired') await settlePolicy(tx, request, { state, votes });
	tx.audit({
		type: `approval.${state}`,
		actor: { kind: 'package', id: 'gate' },
		occurredAt: tx.now,
		refs,
		data: {
			rule: request.rule,
			actions: request.actions.map((action) => ({ id: action.actionId, hash: action.hash })),
		},
	});
}
