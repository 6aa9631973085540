import { DomainError } from '../model';
import type { ClaimedAction, Random } from '../ports';
import { createAccount, type AccountToCreate } from './account-create';
import type { AccountOutcome } from './account-outcome';
import { deactivateAccount, patchAccount } from './account-patch';
import type { ScimClient } from './client';
import type { AccountMatcher } from './match';
import { attributesOf, type Person } from './people';

interface AccountRun {
	person: Person;
	matcher: AccountMatcher;
	/** For initial passwords. */
	random: Random | undefined;
	/** What a new account brings with it. */
	alongside: AccountToCreate['alongside'];
}

/**
 * Carries out one account action: what already is as wanted costs no write, and each write is read back.
 *
 * @throws DomainError where the application refuses it, or there is no account to change
 */
export async function carryOut(
	client: ScimClient,
	action: ClaimedAction,
	{ person, matcher, random, alongside }: AccountRun,
): Promise<AccountOutcome> {
	const attributes = attributesOf(action.content);
	const { resource: existing, keys, identityId: externalId } = person;
	switch (action.content.operation) {
		case 'create_account':
			return createAccount(client, matcher, {
				keys,
				attributes,
				externalId,
				...(action.content.disabled === true ? { disabled: true } : {}),
				...(random === undefined ? {} : { random }),
				...(existing ? { existing } : {}),
				...(alongside ? { alongside } : {}),
			});
		case 'disable_account':
			return deactivateAccount(client, existing);
		case 'enable_account':
			if (existing !== undefined) return patchAccount(client, existing, { active: true });
			throw new DomainError(
				'SCIM_FAILED',
				'There is no account to enable.',
				'Check whether the account that was made ready still exists, and under which name.',
			);
		default:
			if (existing !== undefined) return patchAccount(client, existing, attributes);
			throw new DomainError(
				'SCIM_FAILED',
				'There is no account to update.',
				'Grant the person the account in the policy, or check the keys the account is found by.',
			);
	}
}
