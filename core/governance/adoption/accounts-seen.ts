import { attribute, emailsOf, isActive, mapBounded, readAccount, visitAll, type ScimResource } from '../../scim';
import type { SeenAccount } from './account-matching';
import type { Comparison } from './comparison';

export interface AccountsSeen {
	accounts: SeenAccount[];
	/** Why not all of them, in whole sentences. */
	reasons: string[];
}

/** What an account is told apart and judged by: a listing that lacks one of them shows accounts in part. */
const TELLING = ['externalId', 'emails', 'active', 'groups'] as const;
/** Accounts that are read to learn whether listings show all of them. */
const SAMPLES = 3;

/**
 * All accounts of an application. Listings may leave attributes out (RFC 7644 §3.9 lets servers): where a read of single
 * accounts shows more, each account is read on its own.
 */
export async function readAccounts({ client, hooks }: Comparison): Promise<AccountsSeen> {
	const accounts: SeenAccount[] = [];
	const shown = new Map<string, ReadonlySet<string>>();
	const coverage = await visitAll(client, 'Users', {}, (resource) => {
		accounts.push(seenAs(resource));
		if (shown.size < SAMPLES || accounts.length % 1000 === 0) shown.set(resource.id, tellingOf(resource));
		if (accounts.length % 1000 === 0) hooks.onProgress?.({ phase: 'read', done: accounts.length });
	});
	const reasons = coverage.complete ? [] : [`Accounts: ${coverage.reason ?? 'not read to the end.'}`];
	if (!coverage.complete || !(await listsInPart({ client }, shown))) return { accounts, reasons };
	let done = 0;
	const whole = await mapBounded(accounts, client.limits.concurrency, async (account) => {
		const resource = await readAccount(client, account.remoteId);
		if (++done % 1000 === 0) hooks.onProgress?.({ phase: 'read', done });
		return resource === undefined ? [] : [seenAs(resource)];
	});
	return { accounts: whole.flat(), reasons };
}

async function listsInPart(
	{ client }: Pick<Comparison, 'client'>,
	shown: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<boolean> {
	const samples = [...shown];
	for (const [id, listed] of [...samples.slice(0, SAMPLES - 1), ...samples.slice(-1)]) {
		const resource = await readAccount(client, id);
		if (resource !== undefined && [...tellingOf(resource)].some((name) => !listed.has(name))) return true;
	}
	return false;
}

function tellingOf(resource: ScimResource): Set<string> {
	return new Set(TELLING.filter((name) => attribute(resource, name) !== undefined));
}

function seenAs(resource: ScimResource): SeenAccount {
	const externalId = textOf(resource, 'externalId');
	return {
		remoteId: resource.id,
		...(externalId === undefined ? {} : { externalId }),
		userName: textOf(resource, 'userName') ?? resource.id,
		emails: emailsOf(resource),
		active: isActive(resource) !== false,
		groups: groupIds(attribute(resource, 'groups')),
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
