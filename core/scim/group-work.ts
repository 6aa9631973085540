import type { ClaimedAction } from '../ports';
import { settledWithoutAccount } from './account-first';
import type { ScimClient } from './client';
import { mapBounded } from './concurrency';
import { findGroup, type GroupState } from './groups';
import { MemberVisibility } from './member-visibility';
import { changeMembers, type MemberChange } from './membership';
import type { Person } from './people';
import { conflict, isOtherGroup } from './precondition';
import type { ScimResource } from './resource';
import type { Results } from './results';

/** All changes of one group in this run. */
export interface GroupPlan {
	group: GroupState;
	changes: Array<{ action: ClaimedAction; change: MemberChange; account: ScimResource }>;
}

/** A membership before or after: enough to undo it, without the other members. */
export interface MembershipState {
	group: { id: string; displayName: string };
	/** Id of the user in the application; `null` where there is no account yet. */
	memberId: string | null;
	/** `null` where the application doesn't show it. */
	member: boolean | null;
}

/** The group actions of a run: each group is read once and written once for all of its people. */
export class GroupWork {
	readonly #groups = new Map<string, GroupState>();
	readonly #visibility = new MemberVisibility();

	constructor(
		readonly client: ScimClient,
		readonly results: Results,
	) {}

	/** Reads the groups that actions name; fails the actions of those that can't be found. */
	async read(actions: readonly ClaimedAction[]): Promise<void> {
		const byTarget = new Map<string, ClaimedAction[]>();
		for (const action of actions) {
			const target = action.content.target ?? '';
			byTarget.set(target, [...(byTarget.get(target) ?? []), action]);
		}
		await mapBounded([...byTarget], this.client.limits.concurrency, async ([target, wanting]) => {
			try {
				const group = await findGroup(this.client, target);
				this.#groups.set(target, group);
				this.#visibility.learn(group);
			} catch (error) {
				for (const action of wanting) this.results.fail(action, error);
			}
		});
	}

	/** State of one membership before the run. */
	before(action: ClaimedAction, memberId: string | undefined): MembershipState | null {
		const group = this.#groups.get(action.content.target ?? '');
		if (group === undefined) return null;
		const shown = memberId !== undefined && group.members.size > 0;
		return membership(group, memberId, shown ? group.members.has(memberId) : null);
	}

	/** What is to be changed in each group, now that accounts exist. Settles actions that nothing can be sent for. */
	plan(people: readonly Person[]): GroupPlan[] {
		const plans = new Map<string, GroupPlan>();
		for (const person of people) {
			for (const action of person.groupActions) {
				const target = action.content.target ?? '';
				const group = this.#groups.get(target);
				if (group === undefined || this.results.has(action)) continue;
				if (settledWithoutAccount(this.results, person, action, { takes: kindOf(action) === 'remove', ...WORDS }))
					continue;
				if (person.resource === undefined) continue;
				if (isOtherGroup(action, group)) {
					this.results.fail(action, conflict(`group "${group.displayName}" is another one than before.`));
					continue;
				}
				const plan = plans.get(target) ?? { group, changes: [] };
				plans.set(target, plan);
				const change = { kind: kindOf(action), memberId: person.resource.id };
				plan.changes.push({ action, change, account: person.resource });
			}
		}
		return [...plans.values()];
	}

	/** Carries out the changes of one group. */
	async write({ group, changes }: GroupPlan): Promise<void> {
		const client = this.client.tracked();
		const verdicts = await changeMembers(
			client,
			group,
			changes.map(({ change }) => change),
			this.#visibility,
		);
		const { reads } = client.traffic;
		for (const { action, change, account } of changes) {
			const verdict = verdicts.get(change);
			if (verdict === undefined) continue;
			const member = verdict.outcome === 'verified' ? change.kind === 'add' : null;
			this.results.settle(action, {
				...verdict,
				reads,
				resource: account,
				after: membership(group, change.memberId, member),
			});
		}
	}
}

const WORDS = { nothing: 'so no membership', purpose: 'to put into the group', after: 'its groups' };

function kindOf(action: ClaimedAction): MemberChange['kind'] {
	return action.content.operation === 'remove_from_group' ? 'remove' : 'add';
}

function membership(group: GroupState, memberId: string | undefined, member: boolean | null): MembershipState {
	return { group: { id: group.id, displayName: group.displayName }, memberId: memberId ?? null, member };
}
