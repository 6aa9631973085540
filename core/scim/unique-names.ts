import { carriesKey, type AccountKeys } from './account-keys';
import type { ScimClient } from './client';
import { USER_SCHEMA, type ScimResource } from './resource';
import { SchemaIndex, readSchemas } from './schemas';

/**
 * Whether the application is known to refuse a second account with the same userName (RFC 7643 §4.1.1 demands it, some
 * let it pass): it did so in this run, or its schemas say so. Asked once, and only where a creation may be sent again.
 */
export function refusesSecondName(client: ScimClient): Promise<boolean> {
	return (client.uniqueNames ??= declared(client));
}

/** A 409 to a creation, with the account that holds the name: it does refuse a second one. */
export function noteRefusedName(client: ScimClient, keys: AccountKeys, holder: ScimResource): void {
	const { userName } = keys;
	if (userName !== undefined && carriesKey(holder, 'userName', userName)) client.uniqueNames = Promise.resolve(true);
}

async function declared(client: ScimClient): Promise<boolean> {
	const isUnique = (schemas: SchemaIndex): boolean => schemas.attribute(USER_SCHEMA, 'userName')?.unique === true;
	if (client.schemas !== undefined) return isUnique(client.schemas);
	try {
		return isUnique(new SchemaIndex(readSchemas((await client.get(['Schemas'])).body)));
	} catch {
		return false;
	}
}
