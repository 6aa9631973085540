import { DomainError } from '../model';
import type { ScimClient } from './client';
import { statusOf } from './errors';
import { asResource, emailsOf, foldCase, textAttribute, type ScimObject, type ScimResource } from './resource';
import { noteVersion } from './version';

/** What an identity's account is found by, strongest first. At least one must be there. */
export interface AccountKeys {
	/** The application's own id, where the ledger knows it. */
	remoteId?: string;
	externalId?: string;
	userName?: string;
	email?: string;
}

export type AccountKey = 'remoteId' | 'externalId' | 'userName' | 'email';

export interface AccountMatch {
	resource: ScimResource;
	/** The key that found it. */
	by: AccountKey;
}

/** Whether a resource carries a key, by our own reading: servers ignore filters, or compare something else. */
export function carriesKey(resource: ScimObject, key: AccountKey, value: string): boolean {
	switch (key) {
		case 'remoteId':
			return resource['id'] === value;
		case 'externalId': // caseExact, RFC 7643 §3.1
			return textAttribute(resource, 'externalId') === value;
		case 'userName':
			return foldCase(textAttribute(resource, 'userName') ?? '') === foldCase(value);
		case 'email':
			return emailsOf(resource).some((email) => foldCase(email) === foldCase(value));
	}
}

/** An account by the application's id; `undefined` where there is none (any more). */
export async function readAccount(client: ScimClient, id: string): Promise<ScimResource | undefined> {
	try {
		const answer = await client.get(['Users', id]);
		const resource = asResource(answer.body);
		if (resource !== undefined) return resource.id === id ? noteVersion(resource, answer) : undefined;
	} catch (error) {
		if (statusOf(error) === 404) return undefined;
		throw error;
	}
	throw new DomainError(
		'SCIM_FAILED',
		'GET /Users answered an account without id.',
		'Check that the base URL is a SCIM 2.0 address.',
	);
}

/** The error for more accounts than one. */
export function ambiguous(finding: string): DomainError {
	return new DomainError(
		'SCIM_AMBIGUOUS',
		`The account could not be told apart: ${finding}.`,
		'Merge or rename the accounts in the application, or correct the keys of the person, then run again.',
	);
}
