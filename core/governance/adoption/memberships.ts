import { attribute, readGroup, visitAll } from '../../scim';
import type { SeenAccount } from './account-matching';
import { unmanaged, type AdoptionFindings } from './adoption-findings';
import type { Comparison } from './comparison';

export interface Memberships {
	/** Entitlements of accounts, by the application's ids. */
	byAccount: Map<string, string[]>;
	/** Why not all groups were read: then nothing is certain. */
	unread: string[];
	/** What the application does not show, in whole sentences: accounts are certain all the same. */
	hidden: string[];
}

interface GovernedGroup {
	id: string;
	name: string;
	entitlement: string;
}

/** Who is in which governed group; groups that the policy does not know are findings. */
export async function readMemberships(
	comparison: Comparison,
	accounts: readonly SeenAccount[],
	findings: AdoptionFindings,
): Promise<Memberships> {
	const { client, managed, hooks, request } = comparison;
	const unread: string[] = [];
	const groups: GovernedGroup[] = [];
	const coverage = await visitAll(client, 'Groups', { excludedAttributes: ['members'] }, (group) => {
		const shown = attribute(group, 'displayName');
		const name = typeof shown === 'string' && shown !== '' ? shown : group.id;
		const entitlement = managed.entitlementOf(name);
		if (entitlement !== undefined) groups.push({ id: group.id, name, entitlement });
		else findings.add(unmanaged(request.application, name, group.id));
	});
	if (!coverage.complete) unread.push(`Groups: ${coverage.reason ?? 'not read to the end.'}`);
	const names = new Set<string>();
	for (const { name } of groups) {
		if (names.has(name)) unread.push(`Group ${name}: there are several of this name.`);
		names.add(name);
	}
	const people = new Set(accounts.map(({ remoteId }) => remoteId));
	const byAccount = new Map<string, string[]>();
	let members = 0;
	for (const [index, { id, entitlement }] of groups.entries()) {
		const state = await readGroup(client, id);
		members += state.members.size;
		for (const member of state.members) if (people.has(member)) add(byAccount, member, entitlement);
		hooks.onProgress?.({ phase: 'groups', done: index + 1 });
	}
	const hidden = members > 0 ? [] : fromAccounts(comparison, groups, accounts, byAccount);
	return { byAccount, unread, hidden };
}

/** Where no group shows anybody, accounts may show their groups; where neither does, nobody can tell. */
function fromAccounts(
	{ client }: Comparison,
	groups: readonly GovernedGroup[],
	accounts: readonly SeenAccount[],
	byAccount: Map<string, string[]>,
): string[] {
	if (groups.length === 0) return [];
	const byId = new Map(groups.map(({ id, entitlement }) => [id, entitlement]));
	for (const { remoteId, groups: own } of accounts) {
		for (const id of own) {
			const entitlement = byId.get(id);
			if (entitlement !== undefined) add(byAccount, remoteId, entitlement);
		}
	}
	const shown = accounts.some(({ groups: own }) => own.length > 0);
	if (shown || client.capabilities.membership.readableMembers) return [];
	return ['The application shows no members of groups: only accounts are adopted.'];
}

function add(byAccount: Map<string, string[]>, account: string, entitlement: string): void {
	const known = byAccount.get(account);
	if (known === undefined) byAccount.set(account, [entitlement]);
	else known.push(entitlement);
}
