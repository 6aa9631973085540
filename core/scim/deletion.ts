import type { DomainError } from '../model';
import { pause } from './account-outcome';
import { readAccount } from './account-keys';
import { MAX_ROUNDS } from './account-write';
import type { ScimClient } from './client';
import { asDomainError, isAmbiguous, statusOf } from './errors';
import { isActive, type ScimResource } from './resource';
import { versionOf } from './version';

/** What a GET after DELETE answered: the proof that an account is gone, or what it has become. */
export interface DeletionProof {
	/** The application doesn't show the account any more. */
	gone: boolean;
	/** It is still shown, and inactive: what DELETE does at Slack or Salesforce. */
	inactive: boolean;
	/** Instant of the GET, in ISO 8601. */
	checkedAt: string;
	/** For the record, without personal data. */
	note: string;
}

/**
 * Deletes an account and looks whether it is gone. A second DELETE, a 404, a 410, a 500 for what is no more
 * (scimgateway) and a 200 with a body all end as done when the GET says so.
 *
 * @throws DomainError of the DELETE where the account is still there and active
 */
export async function deleteAccount(client: ScimClient, id: string): Promise<DeletionProof> {
	for (let round = 1; ; round++) {
		let failure: DomainError | undefined;
		try {
			await client.delete(['Users', id], await requiredVersion(client, id));
		} catch (error) {
			failure = asDomainError(error);
			if (statusOf(failure) === 428 && client.capabilities.etag !== 'required') {
				client.learn({ etag: 'required' }, 'a DELETE without If-Match was answered 428');
				continue;
			}
		}
		const left = await readAccount(client, id).catch((error: unknown) => {
			if (statusOf(error) === 410) return undefined;
			throw error;
		});
		const proof = proofOf(client, left, failure);
		if (proof.gone || proof.inactive || failure === undefined) return proof;
		if (!isAmbiguous(failure) || round === MAX_ROUNDS) throw failure;
		await pause(client, failure, round);
	}
}

async function requiredVersion(client: ScimClient, id: string): Promise<string | undefined> {
	if (client.capabilities.etag !== 'required') return undefined;
	const current = await readAccount(client, id);
	return current && versionOf(current);
}

function proofOf(client: ScimClient, left: ScimResource | undefined, failure: DomainError | undefined): DeletionProof {
	const checkedAt = new Date(client.clock()).toISOString();
	if (left === undefined) return { gone: true, inactive: false, checkedAt, note: 'GET after DELETE: not found' };
	// Inactive already before the DELETE, so only a DELETE that was taken makes "inactive" its outcome.
	const inactive =
		failure === undefined && isActive(left) === false && client.capabilities.userDelete === 'deactivates';
	const note = inactive ? 'GET after DELETE: shown and inactive' : 'GET after DELETE: still shown';
	return { gone: false, inactive, checkedAt, note };
}
