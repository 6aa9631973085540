import { DomainError, type ApprovalRequest, type CastVote } from '../model';
import { createBundle, type Bundle } from './approvals';
import { identitiesByKey } from './identities';
import { decidePolicy, publicationsOf, sameAddress } from './publications';
import type { LedgerTransaction } from './transaction';

/** Asks people by the approval gate to agree to a policy version that waits. */
export interface PolicyToApprove {
	name: string;
	number: number;
	/** Addresses of whom one has to agree; never the author. */
	approvers: readonly string[];
	/** The author has to say by a link of their own that the version is theirs. */
	authorConfirms: boolean;
	bundleId: string;
	requestId: string;
	executionId: string;
	workflowId: string;
	/** ISO instant. */
	deadline: string;
	tokens: ReadonlyArray<{ approver: string; hash: string }>;
}

const RULE = 'policy:';
const AUTHOR = 'author';
const SECOND_PERSON = 'second person';

/**
 * Makes an approval request that covers a policy version instead of actions. It is about its author, who has to be known as a
 * person: what an unknown address says proves nothing.
 */
export async function askForPolicy(tx: LedgerTransaction, input: PolicyToApprove): Promise<Bundle> {
	const { name, number } = input;
	const pending = (await publicationsOf(tx.db, name)).find((each) => each.number === number);
	if (pending?.state !== 'pending') throw notWaiting(name, number);
	const author = normal(pending.author);
	const others = [...new Set(input.approvers.map(normal))].filter((address) => address !== author).sort();
	if (others.length === 0) throw nobodyElse();
	const identityId = (await identitiesByKey(tx.db, 'email', [author])).get(author);
	if (identityId === undefined) throw unknownAuthor();
	return await createBundle(tx, {
		id: input.bundleId,
		executionId: input.executionId,
		workflowId: input.workflowId,
		deadline: input.deadline,
		requests: [
			{
				id: input.requestId,
				rule: `${RULE}${name}#${number}`,
				identityId,
				subject: `Policy ${name}, version ${number} (${pending.hash.slice(0, 12)}) by ${pending.author}`,
				approvers: { [SECOND_PERSON]: others, ...(input.authorConfirms && { [AUTHOR]: [author] }) },
				need: { [SECOND_PERSON]: 1, ...(input.authorConfirms && { [AUTHOR]: 1 }) },
				createdAt: tx.now,
				expiresAt: input.deadline,
				actions: [],
			},
		],
		tokens: input.tokens,
	});
}

/** The policy version that a request is about; undefined where it is about actions. */
function versionOf({ rule, actions }: ApprovalRequest): { name: string; number: number } | undefined {
	const hash = rule.lastIndexOf('#');
	if (actions.length > 0 || !rule.startsWith(RULE) || hash < 0) return undefined;
	return { name: rule.slice(RULE.length, hash), number: Number(rule.slice(hash + 1)) };
}

/** True unless the request is about a policy version that has been decided or replaced meanwhile. */
export async function policyStillWaits(tx: LedgerTransaction, request: ApprovalRequest): Promise<boolean> {
	const about = versionOf(request);
	if (about === undefined) return true;
	const all = await publicationsOf(tx.db, about.name);
	if (all.some(({ number, state }) => state === 'active' && number > about.number)) return false;
	return all.some(({ number, state }) => number === about.number && state === 'pending');
}

/** Carries out what the gate decided about a policy version, in the transaction of the deciding vote. */
export async function settlePolicy(
	tx: LedgerTransaction,
	request: ApprovalRequest,
	decided: { state: 'approved' | 'denied'; votes: readonly CastVote[] },
): Promise<void> {
	const about = versionOf(request);
	if (about === undefined) return;
	const author = request.approvers[AUTHOR]?.[0];
	const wanted = decided.state === 'approved' ? 'approve' : 'deny';
	const said = decided.votes.filter(({ vote }) => vote === wanted).map(({ approver }) => approver);
	// The author may deny their own version, and never approve it alone.
	const by = said.find((address) => author === undefined || !sameAddress(address, author)) ?? author ?? '';
	await decidePolicy(tx, {
		...about,
		decision: decided.state === 'approved' ? 'approve' : 'reject',
		by,
		proof: 'proved',
		authorProved: author !== undefined && said.includes(author) && decided.state === 'approved',
		request: request.id,
	});
}

function normal(address: string): string {
	return address.trim().toLowerCase();
}

function notWaiting(name: string, number: number): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`Version ${number} of policy "${name.slice(0, 100)}" does not wait for approval.`,
		'Publish it with "Needs a Second Person" first. A version is decided once.',
	);
}

function nobodyElse(): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		'Parameter "Approvers" names nobody besides the author.',
		'Name somebody else: nobody approves their own policy.',
	);
}

function unknownAuthor(): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		'Parameter "Author": the ledger knows nobody by this e-mail address.',
		'Give the address of somebody known by an HR event or a contract, or have the second person recorded as claimed.',
	);
}
