import type { AccountKeys, AccountMatch } from './account-keys';
import type { ScimClient } from './client';
import type { AccountMatcher } from './match';
import { backoff } from './retry';

/** Looks for an account that is known to lag behind, beyond the reads that showed the last one. */
const MORE_LOOKS = 1;

/**
 * The account that a creation without a clear answer may have made, or that a 409 says is there. Where reads lag behind
 * writes it is looked for again, since sending the creation once more could make a second one.
 *
 * @param options.exists the application says so (409): all accounts are listed where no search finds it
 */
export async function findLost(
	client: ScimClient,
	matcher: AccountMatcher,
	keys: AccountKeys,
	options: { exists?: boolean } = {},
): Promise<AccountMatch | undefined> {
	const { readsBehind } = client.capabilities;
	const looks = readsBehind > 1 ? 2 * readsBehind + MORE_LOOKS : 1;
	for (let look = 1; ; look++) {
		const found = await matcher.match(client, keys, { fresh: true, thorough: options.exists === true });
		if (found !== undefined || look >= looks) return found;
		await client.sleep(backoff(look));
	}
}
