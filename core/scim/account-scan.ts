import { DomainError } from '../model';
import type { ScimClient } from './client';
import {
	ambiguous,
	carriesKey,
	readAccount,
	type AccountKey,
	type AccountKeys,
	type AccountMatch,
} from './account-keys';
import { visitAll } from './pager';
import { emailsOf, foldCase, textAttribute, type ScimResource } from './resource';

/** Key and value as one text, without case where the key has none. */
type Address = string;

/**
 * All accounts of an application by their keys, listed once a run: the last resort where a server can't search. Holds
 * ids only, so a hundred thousand accounts fit.
 */
export class AccountScan {
	#index: Promise<ReadonlyMap<Address, readonly string[]>> | undefined;

	/**
	 * @throws DomainError SCIM_FAILED where the listing is incomplete: then "not found" would be a guess.
	 */
	async find(client: ScimClient, keys: AccountKeys, options: { fresh: boolean }): Promise<AccountMatch | undefined> {
		if (options.fresh) this.#index = undefined;
		this.#index ??= indexAccounts(client);
		const index = await this.#index;
		let found: { id: string; by: AccountKey } | undefined;
		for (const by of ['externalId', 'userName', 'email'] as const) {
			const value = keys[by];
			if (value === undefined || value === '') continue;
			const ids = index.get(address(by, value)) ?? [];
			if (ids.length > 1) throw ambiguous(`${by} matches ${ids.length} accounts`);
			const id = ids[0];
			if (id === undefined) continue;
			if (found !== undefined && found.id !== id) throw ambiguous(`${found.by} and ${by} point at two accounts`);
			found ??= { id, by };
		}
		if (found === undefined) return undefined;
		const resource = await readAccount(client, found.id);
		const value = keys[found.by];
		const holds = resource !== undefined && value !== undefined && carriesKey(resource, found.by, value);
		return holds ? { resource, by: found.by } : undefined;
	}
}

async function indexAccounts(client: ScimClient): Promise<ReadonlyMap<Address, readonly string[]>> {
	const index = new Map<Address, string[]>();
	const listing = await visitAll(client, 'Users', {}, (resource) => {
		for (const place of new Set(addressesOf(resource))) {
			const ids = index.get(place);
			if (ids === undefined) index.set(place, [resource.id]);
			else ids.push(resource.id);
		}
	});
	if (!listing.complete) {
		throw new DomainError(
			'SCIM_FAILED',
			`The application can't be searched, and its accounts could not be listed to the end. ${listing.reason ?? ''}`.trim(),
			'Ask for filters on userName and externalId in its SCIM connector, or for complete listings.',
		);
	}
	return index;
}

function addressesOf(resource: ScimResource): Address[] {
	const externalId = textAttribute(resource, 'externalId');
	const userName = textAttribute(resource, 'userName');
	return [
		...(externalId === undefined ? [] : [address('externalId', externalId)]),
		...(userName === undefined ? [] : [address('userName', userName)]),
		...emailsOf(resource).map((email) => address('email', email)),
	];
}

function address(key: AccountKey, value: string): Address {
	return `${key}\n${key === 'externalId' ? value : foldCase(value)}`;
}
