import { readAccount } from './account-keys';
import { isUnassigned } from './attributes';
import type { ScimClient } from './client';
import { attribute, foldCase, type ScimResource } from './resource';

/** Entries that were shown in a listing. */
const listed = new WeakSet<ScimResource>();
/** What a listing may leave out without harm: nothing is compared with it. */
const BESIDE = new Set(['id', 'meta', 'schemas', 'groups']);

export function noteListed(resource: ScimResource): ScimResource {
	listed.add(resource);
	return resource;
}

/** Whether an entry may have more attributes than are known of it: some applications list little more than names. */
export function mayShowLess(client: ScimClient, resource: ScimResource): boolean {
	return listed.has(resource) && client.listings !== 'whole';
}

/** The account as a read of it alone shows it, which tells whether listings show as much; `undefined` where it has gone. */
export async function wholeAccount(client: ScimClient, resource: ScimResource): Promise<ScimResource | undefined> {
	const whole = await readAccount(client, resource.id);
	if (whole === undefined || client.listings === 'partial' || !listed.has(resource)) return whole;
	const more = Object.entries(whole).some(
		([name, value]) => !BESIDE.has(foldCase(name)) && !isUnassigned(value) && attribute(resource, name) === undefined,
	);
	client.listings = more ? 'partial' : 'whole';
	return whole;
}
