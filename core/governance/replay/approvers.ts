import { groupIntoRequests, latestDeadline, linksPerApprover, newToken } from '../../approval';
import { contentId, type Action } from '../../model';
import type { Random } from '../../ports';
import type { LedgerApi } from '../../store';
import type { ReplayLine } from './lines';

/** What waits, and what everybody who is asked about it says. */
export interface Ballot {
	pending: readonly Action[];
	line: ReplayLine & { kind: 'vote' };
	/** ISO instant. */
	now: string;
}

/**
 * Asks and answers as approvers would, through the same requests, links and votes.
 *
 * @returns false where there was nothing to ask
 */
export async function voteOn(
	ledger: Pick<LedgerApi, 'createBundle' | 'castVotes'>,
	random: Random,
	{ pending, line, now }: Ballot,
): Promise<boolean> {
	const id = contentId('apb', [line.line, now]);
	const { requests } = groupIntoRequests(pending, { now: Date.parse(now), seed: id });
	const deadline = latestDeadline(requests);
	if (deadline === undefined) return false;
	const links = linksPerApprover(requests).map((link) => ({ ...link, ...newToken(random) }));
	const executionId = `replay:${line.line}`;
	const tokens = links.map(({ approver, hash }) => ({ approver, hash }));
	await ledger.createBundle({ id, executionId, workflowId: 'replay', deadline, requests, tokens });
	for (const { hash, requestIds } of links) {
		const decisions = new Map(requestIds.map((each) => [each, line.vote]));
		await ledger.castVotes({ tokenHash: hash, executionId, decisions });
	}
	return true;
}
