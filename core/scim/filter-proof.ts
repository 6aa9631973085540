import type { AccountKey } from './account-keys';
import type { ScimClient } from './client';
import { equalsFilter } from './filter';
import { readPage } from './pager';
import { emailsOf, textAttribute, type ScimResource } from './resource';

type SearchedKey = Exclude<AccountKey, 'remoteId'>;

/** Characters that JSON writes with a backslash: a value with them proves nothing of the attribute. */
const PLAIN = /^[^"\\\u0000-\u001f]+$/;

/**
 * Whether "no hits" means that nobody is there. Some servers answer filters that they don't know with 200 and nothing
 * (Snowflake, SCIMServer), so an account that is there is searched for in the same way: where it isn't found, the filter
 * finds nothing. Costs one read a run and one a key, and only where somebody wasn't found.
 */
export class FilterProof {
	#sample: Promise<ScimResource | undefined> | undefined;
	readonly #answers = new Map<SearchedKey, Promise<boolean>>();

	/** False where a filter on this attribute misses an account that is there; true also where nothing tells. */
	finds(client: ScimClient, key: SearchedKey, path: string): Promise<boolean> {
		const known = this.#answers.get(key);
		if (known !== undefined) return known;
		const answer = this.#ask(client, key, path);
		this.#answers.set(key, answer);
		return answer;
	}

	async #ask(client: ScimClient, key: SearchedKey, path: string): Promise<boolean> {
		// Whatever fails here fails the search as well, which reports it.
		this.#sample ??= client
			.get(['Users'], { count: 1 })
			.then((answer) => readPage(answer).resources[0])
			.catch(() => undefined);
		const sample = await this.#sample;
		const value = sample && (key === 'email' ? emailsOf(sample)[0] : textAttribute(sample, key));
		if (sample === undefined || value === undefined || !PLAIN.test(value)) return true;
		try {
			const { resources } = readPage(await client.get(['Users'], { filter: equalsFilter(path, value) }));
			return resources.some(({ id }) => id === sample.id);
		} catch {
			return true;
		}
	}
}
