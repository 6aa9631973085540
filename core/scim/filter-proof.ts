import type { AccountKey } from './account-keys';
import type { ScimClient } from './client';
import { equalsFilter } from './filter';
import { readPage } from './pager';
import { USER_SCHEMA, emailsOf, textAttribute, type ScimResource } from './resource';
import { SchemaIndex, readSchemas } from './schemas';

type SearchedKey = Exclude<AccountKey, 'remoteId'>;

/** Characters that JSON writes with a backslash: a value with them proves nothing of the attribute. */
const PLAIN = /^[^"\\\u0000-\u001f]+$/;

/** What a filter on an attribute finds of an account that is there. */
export type FilterReach =
	/** In whatever case it is asked for. */
	| 'found'
	/** Only as it is written: then somebody may be there in another spelling, and an equal name be given twice. */
	| 'as_written'
	| 'missed';

/**
 * Whether "no hits" means that nobody is there. Some servers answer filters that they don't know with 200 and nothing
 * (Snowflake, SCIMServer), others compare names with regard to case, so an account that is there is searched for in the
 * same way. Costs one read a run and one a key, and only where somebody wasn't found.
 */
export class FilterProof {
	#sample: Promise<ScimResource | undefined> | undefined;
	#schemas: Promise<SchemaIndex> | undefined;
	readonly #answers = new Map<SearchedKey, Promise<FilterReach>>();

	/** `found` also where nothing tells. */
	reach(client: ScimClient, key: SearchedKey, path: string): Promise<FilterReach> {
		const known = this.#answers.get(key);
		if (known !== undefined) return known;
		const answer = this.#ask(client, key, path);
		this.#answers.set(key, answer);
		return answer;
	}

	/**
	 * Whether an account that is there in another spelling does no harm: names that differ in case are two names to the
	 * application, or it refuses the second one, which is then taken over. Its own schema tells.
	 */
	async isHarmless(client: ScimClient, path: string): Promise<boolean> {
		this.#schemas ??= client.schemas === undefined ? readOwnSchemas(client) : Promise.resolve(client.schemas);
		const definition = (await this.#schemas).attribute(USER_SCHEMA, path);
		return definition?.caseExact === true || definition?.unique === true;
	}

	async #ask(client: ScimClient, key: SearchedKey, path: string): Promise<FilterReach> {
		// Whatever fails here fails the search as well, which reports it.
		this.#sample ??= client
			.get(['Users'], { count: 1 })
			.then((answer) => readPage(answer).resources[0])
			.catch(() => undefined);
		const sample = await this.#sample;
		const value = sample && (key === 'email' ? emailsOf(sample)[0] : textAttribute(sample, key));
		if (sample === undefined || value === undefined || !PLAIN.test(value)) return 'found';
		const finds = async (spelling: string): Promise<boolean> => {
			const { resources } = readPage(await client.get(['Users'], { filter: equalsFilter(path, spelling) }));
			return resources.some(({ id }) => id === sample.id);
		};
		try {
			const other = key === 'externalId' ? value : swapCase(value);
			if (await finds(other)) return 'found';
			return other !== value && (await finds(value)) ? 'as_written' : 'missed';
		} catch {
			return 'found';
		}
	}
}

/** What can't be read promises nothing. */
async function readOwnSchemas(client: ScimClient): Promise<SchemaIndex> {
	const body = await client.get(['Schemas']).then(
		(answer) => answer.body,
		() => undefined,
	);
	return new SchemaIndex(readSchemas(body));
}

function swapCase(text: string): string {
	return text.replace(/[A-Za-z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));
}
