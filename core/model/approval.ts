/** One approver's word on one request. */
export type Vote = 'approve' | 'deny';

export type RequestState = 'pending' | 'approved' | 'denied' | 'expired';

/** Open until every request is decided; collected once the waiting workflow has gone on. */
export type BundleState = 'open' | 'decided' | 'collected';

/** An approval request covers the actions of one person under one approval rule. */
export interface ApprovalRequest {
	id: string;
	bundleId: string;
	rule: string;
	identityId: string;
	/** Readable name of the person concerned. */
	subject: string;
	/** Approver addresses by the name they were asked under. */
	approvers: Record<string, string[]>;
	/** Votes needed by the same names. */
	need: Record<string, number>;
	state: RequestState;
	/** ISO instants. */
	createdAt: string;
	expiresAt: string;
	/** What is approved: ids with the hashes shown to the approver. */
	actions: Array<{ actionId: string; hash: string }>;
}

export interface CastVote {
	approver: string;
	vote: Vote;
}

/**
 * The outcome of the votes so far: one denial denies; approval needs the stated number of votes from every group,
 * and one person counts once in each group they belong to.
 */
export function tally(request: Pick<ApprovalRequest, 'approvers' | 'need'>, votes: readonly CastVote[]): RequestState {
	if (votes.some((vote) => vote.vote === 'deny')) return 'denied';
	const approvedBy = new Set(votes.filter((vote) => vote.vote === 'approve').map((vote) => vote.approver));
	const groups = Object.entries(request.need);
	// A request nobody has to approve is a fault of whoever made it: it stays pending and expires.
	if (groups.length === 0) return 'pending';
	const met = groups.every(([name, count]) => {
		const members = new Set(Object.hasOwn(request.approvers, name) ? request.approvers[name] : []);
		const approvals = [...approvedBy].filter((approver) => members.has(approver)).length;
		return count > 0 && approvals >= count;
	});
	return met ? 'approved' : 'pending';
}
