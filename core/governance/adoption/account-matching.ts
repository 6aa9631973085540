import { parseAddress } from '../../policy';
import type { KeyHit } from '../../store';

/** An account as an application shows it. */
export interface SeenAccount {
	remoteId: string;
	externalId?: string;
	userName: string;
	emails: readonly string[];
	active: boolean;
	/** Ids of its groups, where the application shows them on the account. */
	groups: readonly string[];
	/** Roles of the policy that it shows, by their names in the policy. */
	roles: readonly string[];
}

/** By what an account was found to be somebody's. */
export type MatchedBy = 'ledger' | 'externalId' | 'userName' | 'email';

export type AccountOwner =
	| { found: 'one'; identityId: string; by: MatchedBy }
	/** Nobody is known who could be meant. */
	| { found: 'none' }
	/** Somebody might be meant, and it is not certain who. */
	| { found: 'unsure'; because: string };

/** What has to be looked up to match some accounts. */
export function keysOf(accounts: readonly SeenAccount[]): { ids: string[]; emails: string[] } {
	const ids = new Set<string>();
	const emails = new Set<string>();
	for (const account of accounts) {
		if (account.externalId !== undefined) ids.add(account.externalId);
		for (const address of addressesOf(account)) emails.add(address);
	}
	return { ids: [...ids], emails: [...emails] };
}

/** People by the keys that were asked for. */
export class KnownKeys {
	readonly #ids = new Map<string, Set<string>>();
	readonly #emails = new Map<string, Set<string>>();
	readonly #former = new Map<string, Set<string>>();

	constructor(hits: readonly KeyHit[]) {
		for (const { kind, value, identityId } of hits) {
			const table = kind === 'email' ? this.#emails : kind === 'otherEmail' ? this.#former : this.#ids;
			const known = table.get(value);
			if (known) known.add(identityId);
			else table.set(value, new Set([identityId]));
		}
	}

	byId(value: string): ReadonlySet<string> {
		return this.#ids.get(value) ?? NOBODY;
	}

	byEmail(value: string): ReadonlySet<string> {
		return this.#emails.get(value) ?? NOBODY;
	}

	/** Who once had the address: it may have become somebody else's since. */
	byFormerEmail(value: string): ReadonlySet<string> {
		return this.#former.get(value) ?? NOBODY;
	}
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Whose account it is: everything that it says of itself has to lead to one and the same person. A former address is no
 * proof, since addresses are given again.
 */
export function ownerOf(account: SeenAccount, known: KnownKeys): AccountOwner {
	const hits = new Map<string, MatchedBy>();
	const note = (found: ReadonlySet<string>, by: MatchedBy) => {
		for (const identityId of found) if (!hits.has(identityId)) hits.set(identityId, by);
	};
	if (account.externalId !== undefined) note(known.byId(account.externalId), 'externalId');
	const named = parseAddress(account.userName);
	if (named !== undefined) note(known.byEmail(named), 'userName');
	for (const address of account.emails.flatMap((each) => parseAddress(each) ?? []))
		note(known.byEmail(address), 'email');
	const [first, second] = hits;
	if (second !== undefined) return { found: 'unsure', because: `its keys point at ${hits.size} people` };
	if (first !== undefined) return { found: 'one', identityId: first[0], by: first[1] };
	const former = addressesOf(account).some((address) => known.byFormerEmail(address).size > 0);
	return former ? { found: 'unsure', because: 'it only carries an address that somebody once had' } : { found: 'none' };
}

function addressesOf({ userName, emails }: SeenAccount): string[] {
	return [userName, ...emails].flatMap((each) => parseAddress(each) ?? []);
}
