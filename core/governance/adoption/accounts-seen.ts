import {
	RoleReader,
	attribute,
	emailsOf,
	isActive,
	mapBounded,
	readAccount,
	valueAt,
	visitAll,
	type ScimClient,
	type ScimResource,
} from '../../scim';
import type { SeenAccount } from './account-matching';
import type { Comparison } from './comparison';
import { governedRoles } from './role-comparison';

export interface AccountsSeen {
	accounts: SeenAccount[];
	/** Why not all of them, in whole sentences. */
	reasons: string[];
	/** What the application does not show, in whole sentences. */
	hidden: string[];
}

/** What an account is told apart and judged by: a listing that lacks one of them shows accounts in part. */
const TELLING = ['externalId', 'emails', 'active', 'groups'] as const;
const NO_ROLES = 'The application has no roles that can be seen: none of the policy’s are adopted.';
/** Accounts that are read to learn whether listings show all of them. */
const SAMPLES = 3;

/**
 * All accounts of an application. Listings may leave attributes out (RFC 7644 §3.9 lets servers): where a read of single
 * accounts shows more, each account is read on its own.
 */
export async function readAccounts({ client, hooks, managed }: Comparison): Promise<AccountsSeen> {
	const reader = managed.hasRoles ? RoleReader.of(client) : undefined;
	const hidden = managed.hasRoles && reader === undefined ? [NO_ROLES] : [];
	const seenAs = (resource: ScimResource) => accountOf(resource, reader && governedRoles(reader, managed, resource));
	const tellingOf = (resource: ScimResource) => telling(resource, reader === undefined ? [] : [reader.path]);
	const accounts: SeenAccount[] = [];
	const shown = new Map<string, ReadonlySet<string>>();
	const coverage = await visitAll(client, 'Users', {}, (resource) => {
		accounts.push(seenAs(resource));
		if (shown.size < SAMPLES || accounts.length % 1000 === 0) shown.set(resource.id, tellingOf(resource));
		if (accounts.length % 1000 === 0) hooks.onProgress?.({ phase: 'read', done: accounts.length });
	});
	const reasons = coverage.complete ? [] : [`Accounts: ${coverage.reason ?? 'not read to the end.'}`];
	if (!coverage.complete || !(await listsInPart(client, shown, tellingOf))) return { accounts, reasons, hidden };
	let done = 0;
	const whole = await mapBounded(accounts, client.limits.concurrency, async (account) => {
		const resource = await readAccount(client, account.remoteId);
		if (++done % 1000 === 0) hooks.onProgress?.({ phase: 'read', done });
		return resource === undefined ? [] : [seenAs(resource)];
	});
	return { accounts: whole.flat(), reasons, hidden };
}

async function listsInPart(
	client: ScimClient,
	shown: ReadonlyMap<string, ReadonlySet<string>>,
	tellingOf: (resource: ScimResource) => ReadonlySet<string>,
): Promise<boolean> {
	const samples = [...shown];
	for (const [id, listed] of [...samples.slice(0, SAMPLES - 1), ...samples.slice(-1)]) {
		const resource = await readAccount(client, id);
		if (resource !== undefined && [...tellingOf(resource)].some((name) => !listed.has(name))) return true;
	}
	return false;
}

function telling(resource: ScimResource, more: readonly string[]): Set<string> {
	return new Set([...TELLING, ...more].filter((path) => valueAt(resource, path) !== undefined));
}

function accountOf(resource: ScimResource, roles: readonly string[] = []): SeenAccount {
	const externalId = textOf(resource, 'externalId');
	return {
		remoteId: resource.id,
		...(externalId === undefined ? {} : { externalId }),
		userName: textOf(resource, 'userName') ?? resource.id,
		emails: emailsOf(resource),
		active: isActive(resource) !== false,
		groups: groupIds(attribute(resource, 'groups')),
		roles,
	};
}

function textOf(resource: ScimResource, name: string): string | undefined {
	const value = attribute(resource, name);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function groupIds(value: unknown): string[] {
	return (Array.isArray(value) ? (value as unknown[]) : []).flatMap((each) => {
		const id = typeof each === 'object' && each !== null ? attribute(each as Record<string, unknown>, 'value') : each;
		return typeof id === 'string' ? [id] : typeof id === 'number' ? [String(id)] : [];
	});
}
