import type { ScimClient } from './client';
import { asDomainError, statusOf } from './errors';
import type { ScimAnswer } from './exchange';
import { isListing } from './pager';
import { asBoolean, asObject, attribute, type ScimObject } from './resource';

export interface ConnectionVerdict {
	ok: boolean;
	/** One sentence for the person who tests the credential. */
	message: string;
	/** What to do where it isn't. */
	remedy?: string;
	/** What the application says it can do; absent where it doesn't say. */
	features?: { patch: boolean; filter: boolean; bulk: boolean; etag: boolean };
}

/**
 * Tells whether base URL and credential reach a SCIM 2.0 application. The configuration (RFC 7644 §4) says what it can do,
 * but some applications show it to everyone; that users can be read is what proves the credential. Never rejects.
 */
export async function testConnection(client: ScimClient): Promise<ConnectionVerdict> {
	const features = await readFeatures(client);
	try {
		const answer = await firstUsers(client);
		if (!isListing(answer)) {
			return {
				ok: false,
				message: 'The address answers, but not as a SCIM 2.0 application.',
				remedy: 'Check that the base URL ends where the SCIM resources begin, e.g. https://host/scim/v2.',
			};
		}
	} catch (error) {
		const { message, remedy } = asDomainError(error);
		return { ok: false, message, remedy, ...(features === undefined ? {} : { features }) };
	}
	if (features === undefined) return { ok: true, message: 'Connected: users can be read.' };
	const patch = features.patch ? '' : ' The application says it does not support PATCH, which changes need.';
	return { ok: true, message: `Connected: users can be read.${patch}`, features };
}

/** One account is enough; whoever refuses `count` (a server that pages by cursor only may) is asked without it. */
async function firstUsers(client: ScimClient): Promise<ScimAnswer> {
	try {
		return await client.get(['Users'], { count: 1 });
	} catch (error) {
		if (statusOf(error) !== 400) throw error;
		return client.get(['Users'], {});
	}
}

async function readFeatures(client: ScimClient): Promise<ConnectionVerdict['features']> {
	try {
		const configuration = asObject((await client.get(['ServiceProviderConfig'])).body);
		if (configuration === undefined || asObject(attribute(configuration, 'patch')) === undefined) return undefined;
		const supports = (name: string): boolean => supported(configuration, name);
		return { patch: supports('patch'), filter: supports('filter'), bulk: supports('bulk'), etag: supports('etag') };
	} catch {
		return undefined; // optional in practice: jackson and others answer 404
	}
}

function supported(configuration: ScimObject, name: string): boolean {
	const feature = asObject(attribute(configuration, name));
	return feature !== undefined && asBoolean(attribute(feature, 'supported')) === true;
}
