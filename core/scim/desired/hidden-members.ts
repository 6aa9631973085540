import type { ScimClient } from '../client';
import { mapBounded } from '../concurrency';
import { equalsFilter } from '../filter';
import type { MemberVisibility } from '../groups';
import { visitAll } from '../pager';

/**
 * Who is in which group where groups don't show their members (AWS): asked person by person, all groups of one in one
 * search, and turned round. Only a "yes" is evidence; whoever isn't asked about isn't seen.
 */
export class HiddenMembers {
	#groupsOf: Promise<ReadonlyMap<string, ReadonlySet<string>>> | undefined;

	/** @param people ids of the accounts that the desired state knows. */
	constructor(
		readonly client: ScimClient,
		readonly visibility: MemberVisibility,
		readonly people: () => readonly string[],
	) {}

	/** Those of the people, and of the wanted ones, that are members of a group. */
	async of(groupId: string, wanted: ReadonlySet<string>): Promise<ReadonlySet<string>> {
		this.#groupsOf ??= this.#askAll();
		const groupsOf = await this.#groupsOf;
		const present = new Set<string>();
		for (const [id, groups] of groupsOf) if (groups.has(groupId)) present.add(id);
		const unasked = [...wanted].filter((id) => !groupsOf.has(id));
		await mapBounded(unasked, this.client.limits.concurrency, async (id) => {
			const answer = await this.visibility.contains(this.client, groupId, id).catch(() => undefined);
			if (answer === true) present.add(id);
		});
		return present;
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
		// The same groups for everybody: the filter isn't applied at all.
		const answers = new Set([...groupsOf.values()].map((groups) => [...groups].sort().join('\n')));
		const ignored = groupsOf.size > 1 && answers.size === 1 && !answers.has('') && !this.#isDocumented();
		return ignored ? new Map() : groupsOf;
	}

	#isDocumented(): boolean {
		return this.client.profile.basis.filter?.from === 'documented';
	}
}
