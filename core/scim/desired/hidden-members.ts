import type { ScimClient } from '../client';
import { mapBounded } from '../concurrency';
import { equalsFilter } from '../filter';
import type { MemberVisibility } from '../groups';
import { visitAll } from '../pager';
import type { MemberHistory } from './member-history';
import type { MembersSeen } from './types';

/**
 * Who is in which group where groups don't show their members (AWS): asked person by person, all groups of one in one
 * search, and turned round. Where there is no answer, a journal tells whom its runs sent. Whoever isn't asked about isn't
 * seen.
 */
export class HiddenMembers {
	#groupsOf: Promise<ReadonlyMap<string, ReadonlySet<string>>> | undefined;
	/** Whether somebody was found by the filter: then whom it doesn't find is no member. */
	#found = false;

	/** @param people ids of the accounts that the desired state knows. */
	constructor(
		readonly client: ScimClient,
		readonly visibility: MemberVisibility,
		readonly history: MemberHistory,
		readonly people: () => readonly string[],
	) {}

	/** Those of the people, of the wanted ones, and of those that the journal knows, that are members of a group. */
	async of(groupId: string, wanted: ReadonlySet<string>): Promise<Pick<MembersSeen, 'present' | 'removable'>> {
		this.#groupsOf ??= this.#askAll();
		const groupsOf = await this.#groupsOf;
		const present = new Set<string>();
		for (const [id, groups] of groupsOf) if (groups.has(groupId)) present.add(id);
		const [sent, perhaps] = [this.history.there(groupId), this.history.perhapsThere(groupId)];
		const unanswered = new Set<string>();
		// What the filter says of nobody else it doesn't say of those that were sent either.
		const isUntold = (id: string): boolean => !groupsOf.has(id) || (sent.has(id) && !this.#found && !present.has(id));
		const untold = [...new Set([...wanted, ...perhaps])].filter(isUntold);
		await mapBounded(untold, this.client.limits.concurrency, async (id) => {
			const answer = await this.visibility.contains(this.client, groupId, id).catch(() => undefined);
			const told = answer ?? (sent.has(id) ? true : undefined);
			if (told === true) present.add(id);
			else if (told === undefined && perhaps.has(id)) unanswered.add(id);
		});
		return { present, removable: new Set([...present, ...unanswered]) };
	}

	async #askAll(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
		const groupsOf = new Map<string, ReadonlySet<string>>();
		if (!this.client.capabilities.filter.members) return groupsOf;
		await mapBounded(this.people(), this.client.limits.concurrency, async (id) => {
			const groups = new Set<string>();
			const filter = equalsFilter('members.value', id);
			const read = await visitAll(this.client, 'Groups', { filter }, (group) => groups.add(group.id)).catch(
				() => undefined,
			);
			if (read?.complete === true) groupsOf.set(id, groups);
		});
		const isDocumented = this.client.profile.basis.filter?.from === 'documented';
		// The same groups for everybody: the filter isn't applied at all.
		const answers = new Set([...groupsOf.values()].map((groups) => [...groups].sort().join('\n')));
		const ignored = groupsOf.size > 1 && answers.size === 1 && !answers.has('') && !isDocumented;
		if (ignored) return new Map();
		this.#found = isDocumented || [...groupsOf.values()].some((groups) => groups.size > 0);
		return groupsOf;
	}
}
