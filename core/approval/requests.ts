import { DateTime, Duration } from 'luxon';
import { contentId, type Action, type ApprovalNeed, type ApprovalRequest } from '../model';

/** A request as it will be stored; the ledger adds bundle and state. */
export type RequestDraft = Omit<ApprovalRequest, 'bundleId' | 'state'>;

/** Actions for which no request can be made, and why: they belong on the harmless output. */
export interface RefusedActions {
	actionIds: string[];
	/** Readable name of the person concerned. */
	subject: string;
	reason: string;
	remedy: string;
}

/**
 * Groups actions into approval requests: one for each identity and approval rule, with the approvers of all its
 * actions, the highest number of votes asked of each group and the shortest deadline. Nobody approves their own
 * access: addresses of the person concerned are left out. What could never be approved is refused here, since it
 * would only wait for its deadline.
 *
 * `now` in milliseconds since the Unix epoch; `seed` is what makes the ids of this round its own (the bundle's id).
 * Requests come in the order of their first actions; same input, same ids.
 */
export function groupIntoRequests(
	actions: readonly Action[],
	{ now, seed }: { now: number; seed: string },
): { requests: RequestDraft[]; refused: RefusedActions[] } {
	const requests: RequestDraft[] = [];
	const refused: RefusedActions[] = [];
	for (const group of groupByPersonAndRule(actions, refused)) {
		const draft = draftRequest(group, now, seed);
		if ('reason' in draft) refused.push(draft);
		else requests.push(draft);
	}
	return { requests, refused };
}

interface ActionToApprove extends Action {
	approval: ApprovalNeed;
}
type Group = [ActionToApprove, ...ActionToApprove[]];

function groupByPersonAndRule(actions: readonly Action[], refused: RefusedActions[]): Group[] {
	const groups = new Map<string, Group>();
	const seen = new Set<string>();
	for (const action of actions) {
		// An action can reach us twice where two branches of a workflow meet.
		if (seen.has(action.id)) continue;
		seen.add(action.id);
		if (!needsApproval(action)) {
			refused.push({
				actionIds: [action.id],
				subject: action.subject,
				reason: `The action needs no approval (its approval state is "${action.approvalState}").`,
				remedy: 'Connect only the output "Needs Approval" of Access Policy to the Approval Gate.',
			});
			continue;
		}
		const key = JSON.stringify([action.content.identityId, action.approval.rule]);
		const group = groups.get(key);
		if (group) group.push(action);
		else groups.set(key, [action]);
	}
	return [...groups.values()];
}

/** An expired request may be asked again (states.ts); a denied one needs a new plan. */
function needsApproval(action: Action): action is ActionToApprove {
	return action.approval !== undefined && (action.approvalState === 'pending' || action.approvalState === 'expired');
}

function draftRequest(group: Group, now: number, seed: string): RequestDraft | RefusedActions {
	const [first] = group;
	const { rule } = first.approval;
	const approvers = unionOfApprovers(group);
	const need = highestNeed(group);
	const refuse = (reason: string, remedy: string): RefusedActions => ({
		actionIds: group.map((action) => action.id),
		subject: first.subject,
		reason,
		remedy,
	});

	const unmet = Object.entries(need).find(([name, votes]) => votes < 1 || members(approvers, name) < votes);
	if (Object.keys(need).length === 0 || unmet !== undefined) {
		const [name, votes] = unmet ?? ['anybody', 1];
		return refuse(
			`Approval rule "${rule}" asks for ${votes} vote(s) of "${name}", who has ${members(approvers, name)} ` +
				'address(es) besides the person concerned: it could never be approved.',
			`Add approvers under "${name}" to the policy (or a manager to the person), or lower "need" of rule "${rule}".`,
		);
	}
	const expires = shortestDeadline(group, now);
	if (expires === undefined) {
		return refuse(
			`"expires" of approval rule "${rule}" is no ISO 8601 duration longer than nothing.`,
			`Write e.g. "expires: P3D" in rule "${rule}" of the policy and publish it again.`,
		);
	}
	const covered = group.map((action) => ({ actionId: action.id, hash: action.hash }));
	return {
		id: contentId('req', { seed, rule, identityId: first.content.identityId, covered: sortedById(covered) }),
		rule,
		identityId: first.content.identityId,
		subject: first.subject,
		approvers,
		need,
		createdAt: new Date(now).toISOString(),
		expiresAt: new Date(expires).toISOString(),
		actions: covered,
	};
}

function members(approvers: Readonly<Record<string, string[]>>, name: string): number {
	return Object.hasOwn(approvers, name) ? (approvers[name] ?? []).length : 0;
}

function unionOfApprovers(group: Group): Record<string, string[]> {
	const own = new Set(group.flatMap((action) => Object.values(action.content.match).map(normalAddress)));
	const union = new Map<string, Set<string>>();
	for (const { approval } of group) {
		for (const [name, addresses] of Object.entries(approval.approvers)) {
			const known = union.get(name) ?? new Set<string>();
			for (const address of addresses.map(normalAddress)) if (!own.has(address) && address !== '') known.add(address);
			union.set(name, known);
		}
	}
	return Object.fromEntries([...union].map(([name, addresses]) => [name, [...addresses].sort()]));
}

function highestNeed(group: Group): Record<string, number> {
	const need = new Map<string, number>();
	for (const { approval } of group) {
		for (const [name, votes] of Object.entries(approval.need)) need.set(name, Math.max(votes, need.get(name) ?? 0));
	}
	return Object.fromEntries(need);
}

/** The earliest deadline in milliseconds; `undefined` where one is not a positive duration. */
function shortestDeadline(group: Group, now: number): number | undefined {
	const start = DateTime.fromMillis(now, { zone: 'utc' });
	const ends = group.map(({ approval }) => {
		const duration = Duration.fromISO(approval.expires);
		return duration.isValid ? start.plus(duration).toMillis() : Number.NaN;
	});
	return ends.every((end) => end > now) ? Math.min(...ends) : undefined;
}

/** Addresses are compared without case, as mail systems do in practice: one person, one vote, one link. */
function normalAddress(address: string): string {
	return address.trim().toLowerCase();
}

function sortedById(covered: ReadonlyArray<{ actionId: string; hash: string }>) {
	return [...covered].sort((a, b) => (a.actionId < b.actionId ? -1 : a.actionId > b.actionId ? 1 : 0));
}

export interface ApproverLinks {
	approver: string;
	/** Requests that this approver may vote on, in the order given. */
	requestIds: string[];
}

/** Each approver's address once, in alphabetical order, with the requests it may vote on: one link each. */
export function linksPerApprover(requests: ReadonlyArray<Pick<ApprovalRequest, 'id' | 'approvers'>>): ApproverLinks[] {
	const byApprover = new Map<string, Set<string>>();
	for (const request of requests) {
		for (const approver of Object.values(request.approvers).flat()) {
			const ids = byApprover.get(approver) ?? new Set<string>();
			byApprover.set(approver, ids.add(request.id));
		}
	}
	return [...byApprover]
		.map(([approver, ids]) => ({ approver, requestIds: [...ids] }))
		.sort((a, b) => (a.approver < b.approver ? -1 : 1));
}

/** Until when a bundle waits: the last deadline of its requests (ISO instant), `undefined` for none. */
export function latestDeadline(requests: ReadonlyArray<Pick<ApprovalRequest, 'expiresAt'>>): string | undefined {
	return requests
		.map((request) => request.expiresAt)
		.sort()
		.at(-1);
}
