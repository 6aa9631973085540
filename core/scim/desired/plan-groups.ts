import type { ScimClient } from '../client';
import { differences } from '../diff';
import type { GroupState } from '../groups';
import { foldCase, type ScimObject } from '../resource';
import type { ActionList } from './action-list';
import type { Findings } from './findings';
import type { MemberHistory } from './member-history';
import { MembersNow } from './members-now';
import { changesOf } from './plan-users';
import { namesOf, whoIs, type Holders } from './references';
import { labelOf, type AccountsRead } from './read-accounts';
import type { GroupFound, GroupsRead } from './read-groups';
import type { DesiredGroup, DesiredState, DesiredUser, Reference } from './types';

export interface GroupPlanning {
	client: ScimClient;
	desired: DesiredState;
	accounts: AccountsRead;
	groups: GroupsRead;
	holders: Holders;
	actions: ActionList;
	findings: Findings;
	createGroups: boolean;
	/** What earlier runs sent. */
	history: MemberHistory;
	/** Members of whom nobody could tell who they are: nobody takes them out. */
	untold: ReadonlySet<string>;
}

interface Planning extends GroupPlanning {
	membersNow: MembersNow;
}

/** What is wanted of a group's members: those by id, those by the userName of an account to be created. */
interface Wanted {
	ids: ReadonlySet<string>;
	created: readonly string[];
	/** False where a wanted member may be one of those shown: then nobody is removed. */
	sure: boolean;
}

/** Members of the managed groups as they are. */
export interface MembershipCount {
	members: number;
	removals: number;
}

export async function planGroups(input: GroupPlanning): Promise<MembershipCount> {
	const { client, groups, holders, history, findings } = input;
	const people = (): string[] =>
		[...holders.values()].flatMap((holder) => (typeof holder === 'object' ? [holder.id] : []));
	const membersNow = new MembersNow(client, groups.visibility, history, findings, people);
	const planning = { ...input, membersNow };
	const byName = namesOf(planning.desired.users);
	const count = { members: 0, removals: 0 };
	for (const group of planning.desired.groups) {
		if (planning.groups.unknown.has(group)) continue;
		const found = planning.groups.found.get(group);
		if (found === undefined) planCreation(planning, group, byName);
		else {
			planAttributes(planning, group, found);
			const { members, removals } = await planMembers(planning, group, found.state, byName);
			count.members += members;
			count.removals += removals;
		}
	}
	return count;
}

function planCreation(planning: GroupPlanning, group: DesiredGroup, byName: ReadonlyMap<string, DesiredUser>): void {
	const { actions, findings, createGroups, client } = planning;
	if (!createGroups || !client.capabilities.createGroups) {
		findings.add(
			'error',
			'group_missing',
			group.displayName,
			`The application has no group "${group.displayName}".`,
			createGroups
				? 'Create the group in the application: its SCIM interface does not.'
				: 'Create the group in the application, or ask for groups to be created (--create-groups).',
		);
		return;
	}
	const attributes = groupAttributes(group);
	const { ids, created } = wantedMembers(planning, group, byName);
	const members = [...ids, ...created].sort(byText);
	actions.add({
		kind: 'create_group',
		subject: group.displayName,
		attributes,
		...(members.length > 0 ? { members } : {}),
	});
}

function groupAttributes(group: DesiredGroup): ScimObject {
	return {
		displayName: group.displayName,
		...(group.externalId === undefined ? {} : { externalId: group.externalId }),
		...group.attributes,
	};
}

function planAttributes({ actions }: GroupPlanning, group: DesiredGroup, { resource, state }: GroupFound): void {
	actions.memory.groups.set(group.displayName, state);
	const desired = groupAttributes(group);
	const operations = differences(desired, resource);
	if (operations.length === 0) return;
	const renames = operations.some(({ path }) => path === 'displayName');
	const action = actions.add({
		kind: renames ? 'rename_group' : 'update_group',
		subject: group.displayName,
		remoteId: resource.id,
		changes: changesOf(operations, resource),
	});
	actions.memory.before.set(action.id, resource);
	actions.memory.operations.set(action.id, operations);
	actions.memory.desired.set(action.id, desired);
}

async function planMembers(
	planning: Planning,
	group: DesiredGroup,
	state: GroupState,
	byName: ReadonlyMap<string, DesiredUser>,
): Promise<MembershipCount> {
	if (group.members === undefined) return { members: 0, removals: 0 };
	const { actions, findings } = planning;
	const wanted = wantedMembers(planning, group, byName);
	const { present, removable } = await planning.membersNow.of(state, wanted.ids);
	const adds = [...[...wanted.ids].filter((id) => !present.has(id)), ...wanted.created].sort(byText);
	const surplus = [...removable].filter((id) => !wanted.ids.has(id)).sort(byText);
	const removes = wanted.sure ? surplus.filter((id) => !planning.untold.has(id)) : [];
	if (!wanted.sure && surplus.length > 0) {
		findings.add(
			'warning',
			'members_unsure',
			group.displayName,
			`Nobody is removed from "${group.displayName}": a wanted member could not be told apart from those shown.`,
			'Mend the other findings first.',
		);
	}
	const common = { subject: group.displayName, remoteId: state.id };
	if (removes.length > 0) actions.add({ kind: 'remove_members', ...common, members: removes });
	if (adds.length > 0) actions.add({ kind: 'add_members', ...common, members: adds });
	return { members: removable.size, removals: removes.length };
}

function wantedMembers(
	{ accounts, groups, holders, findings }: GroupPlanning,
	group: DesiredGroup,
	byName: ReadonlyMap<string, DesiredUser>,
): Wanted {
	const ids = new Set<string>();
	const created = new Set<string>();
	let sure = true;
	for (const reference of group.members ?? []) {
		const whom = reference.type === 'Group' ? nested(reference, groups) : whoIs(reference, byName, accounts, holders);
		if (whom?.created === true) created.add(whom.name);
		else if (whom !== undefined) ids.add(whom.name);
		else {
			if (!isCertainlyNobody(reference, byName, accounts, holders)) sure = false;
			findings.add(
				isToBeInactive(reference, byName, holders) ? 'warning' : 'error',
				'member_unknown',
				group.displayName,
				`A wanted member of "${group.displayName}" has no account: ${reference.names.join(' / ')}.`,
				'Add the person to the users of the file, or correct externalId or userName.',
			);
		}
	}
	return { ids, created: [...created], sure };
}

function nested({ names }: Reference, groups: GroupsRead): { name: string; created: false } | undefined {
	for (const name of names) {
		const id = groups.names.get(`x\n${name}`) ?? groups.names.get(`d\n${name}`) ?? groups.names.get(`i\n${name}`);
		if (id !== undefined) return { name: id, created: false };
	}
	return undefined;
}

/** True where all accounts were read, and the person is not one of those that could not be told apart. */
function isCertainlyNobody(
	reference: Reference,
	byName: ReadonlyMap<string, DesiredUser>,
	accounts: AccountsRead,
	holders: Holders,
): boolean {
	if (reference.type === 'Group' || accounts.index.resolve(reference) === 'several') return false;
	const users = reference.names.flatMap((name) => byName.get(`x\n${name}`) ?? byName.get(`u\n${foldCase(name)}`) ?? []);
	if (users.some((user) => !holders.has(user))) return false;
	return accounts.complete || users.length > 0 || accounts.nobody.has(labelOf(reference));
}

/** Somebody who is to have no access anyway: nothing wanted is left out. */
function isToBeInactive({ names }: Reference, byName: ReadonlyMap<string, DesiredUser>, holders: Holders): boolean {
	return names.some((name) => {
		const user = byName.get(`x\n${name}`) ?? byName.get(`u\n${foldCase(name)}`) ?? byName.get(`i\n${name}`);
		return user !== undefined && holders.get(user) === 'nobody';
	});
}

function byText(left: string, right: string): number {
	return left < right ? -1 : left > right ? 1 : 0;
}
