import { DomainError } from '../model';
import {
	ambiguous,
	carriesKey,
	readAccount,
	type AccountKey,
	type AccountKeys,
	type AccountMatch,
} from './account-keys';
import { AccountScan } from './account-scan';
import type { ScimClient } from './client';
import { statusOf } from './errors';
import { equalsFilter } from './filter';
import { FilterProof } from './filter-proof';
import { mayShowLess, wholeAccount } from './listed';
import { listQuery, readPage } from './pager';
import { attribute, foldCase, textAttribute, type ScimResource } from './resource';

/** Strength and place of each key that is searched for by filter. */
const SEARCHED: ReadonlyArray<readonly [Exclude<AccountKey, 'remoteId'>, string]> = [
	['externalId', 'externalId'],
	['userName', 'userName'],
	['email', 'emails.value'],
];

/** Characters that JSON writes with a backslash. */
const NEEDS_ESCAPE = /["\\]/;
/** More hits than these are no search. */
const MAX_LOOKS = 5;
/** Statuses with which servers say "I can't search for that"; 500 is what two open servers answer to odd filters. */
const NOT_SEARCHABLE = new Set([400, 404, 500, 501]);

/**
 * Finds accounts and never the wrong one: every hit is checked again locally, every key that the account found doesn't
 * carry is asked for as well, and two keys that point at two accounts stop. One matcher serves one run: where a server
 * can't search by a key it lists the accounts, once.
 */
export class AccountMatcher {
	readonly #scan = new AccountScan();
	readonly #proof = new FilterProof();
	readonly #unsearchable = new Set<AccountKey>();
	readonly #searched: typeof SEARCHED;
	readonly #byStoredId: boolean;
	readonly #strict: boolean;

	/**
	 * @param options.strict whoever is found by a weaker key and has another value for a stronger one stops, too: for when
	 * nobody knows the account yet. Without it, only an e-mail address with another externalId does.
	 * @param options.order keys to search by, strongest first; those left out are not searched by. The default is the
	 * stored id, externalId, userName, e-mail.
	 */
	constructor(options: { order?: readonly AccountKey[]; strict?: boolean } = {}) {
		const { order, strict = false } = options;
		this.#strict = strict;
		this.#byStoredId = order === undefined || order.includes('remoteId');
		this.#searched =
			order === undefined ? SEARCHED : order.flatMap((key) => SEARCHED.filter(([known]) => known === key));
	}

	/**
	 * The account that the keys stand for, or `undefined` where there is none.
	 *
	 * @param options.fresh a listing made before says nothing: for when somebody may have come since.
	 * @param options.thorough also list all accounts where no key finds one: for when the server says it exists (409).
	 * @throws DomainError SCIM_AMBIGUOUS (several accounts), SCIM_FAILED (could not be searched), INPUT_INVALID (no key).
	 */
	async match(
		client: ScimClient,
		keys: AccountKeys,
		options: { thorough?: boolean; fresh?: boolean } = {},
	): Promise<AccountMatch | undefined> {
		const found = await this.#find(client, keys, options);
		if (found !== undefined) this.#refuseStranger(keys, found);
		return found;
	}

	/** An address may be shared, and a name passed on: an account whose stronger key says otherwise is somebody else's. */
	#refuseStranger(keys: AccountKeys, { resource, by }: AccountMatch): void {
		if (by !== 'email' && !(this.#strict && by === 'userName')) return;
		if (keys.externalId !== undefined && textAttribute(resource, 'externalId') === keys.externalId) return;
		const place = this.#searched.findIndex(([key]) => key === by);
		for (const [key] of this.#searched.slice(0, Math.max(0, place))) {
			if (key === 'userName' && !this.#strict) continue;
			const [wanted, shown] = [keys[key] ?? '', textAttribute(resource, key) ?? ''];
			if (wanted !== '' && shown !== '' && !carriesKey(resource, key, wanted))
				throw ambiguous(`the account found by ${by} has another ${key}`);
		}
	}

	async #find(
		client: ScimClient,
		keys: AccountKeys,
		options: { thorough?: boolean; fresh?: boolean },
	): Promise<AccountMatch | undefined> {
		if (Object.values(keys).every((value) => value === undefined || value === '')) {
			throw new DomainError(
				'INPUT_INVALID',
				'The action names no key to find the account by.',
				'Let the policy map userName or an e-mail address for this application.',
			);
		}
		let found = await this.#byId(client, keys);
		let unanswered = false;
		const missed: Array<(typeof SEARCHED)[number]> = [];
		for (const searched of this.#searched) {
			const [key, path] = searched;
			const value = keys[key];
			if (value === undefined || value === '') continue;
			if (found !== undefined && carriesKey(found.resource, key, value)) continue;
			const hits = await this.#search(client, keys, key, path, value);
			// Where userName is the address, its answer covers an address that can't be searched.
			if (hits === undefined) unanswered ||= key !== 'email' || !sameText(keys.userName, value);
			else {
				found = single(found, key, hits);
				if (hits.length === 0) missed.push(searched);
			}
		}
		if (found === undefined && !unanswered) unanswered = !(await this.#believable(client, keys, missed));
		if (found !== undefined || (!unanswered && options.thorough !== true)) return found;
		return this.#scan.find(client, keys, { fresh: options.thorough === true || options.fresh === true });
	}

	/** Whether "nobody" from all searches may be believed; what turns out not to find anything isn't asked again. */
	async #believable(
		client: ScimClient,
		keys: AccountKeys,
		missed: ReadonlyArray<(typeof SEARCHED)[number]>,
	): Promise<boolean> {
		const { emptyIsProof, users } = client.capabilities.filter;
		// Attributes that a vendor documents are found; of the others an empty answer says nothing.
		if (!emptyIsProof) return missed.every(([, path]) => users.includes(foldCase(path)));
		let believable = true;
		for (const [key, path] of missed) {
			const reach = await this.#proof.reach(client, key, path);
			if (reach === 'found' || (reach === 'as_written' && (await this.#proof.isHarmless(client, path)))) continue;
			if (reach === 'missed') this.#unsearchable.add(key);
			// Where userName is the address, its answer covers an address that can't be searched.
			if (key !== 'email' || !sameText(keys.userName, keys.email ?? '')) believable = false;
		}
		return believable;
	}

	async #byId(client: ScimClient, keys: AccountKeys): Promise<AccountMatch | undefined> {
		if (!this.#byStoredId) return undefined;
		if (keys.remoteId === undefined || keys.remoteId === '') return undefined;
		const resource = await readAccount(client, keys.remoteId);
		return resource === undefined ? undefined : { resource, by: 'remoteId' };
	}

	/** Accounts that carry the value, or `undefined` where the server can't tell. */
	async #search(
		client: ScimClient,
		keys: AccountKeys,
		key: AccountKey,
		path: string,
		value: string,
	): Promise<ScimResource[] | undefined> {
		if (this.#unsearchable.has(key) || !searchable(client, path)) return undefined;
		// Some servers compare with regard to case although userName and e-mail have none.
		const spellings = key === 'externalId' ? [value] : [...new Set([value, foldCase(value)])];
		let ignored = false;
		for (const spelling of spellings) {
			const answered = await this.#ask(client, equalsFilter(path, spelling), key, spelling);
			if (answered === undefined) return undefined;
			const shown = await this.#shown(client, answered, key);
			const hits = shown.filter((resource) => verifies(resource, keys, key, value));
			if (hits.length > 0) return hits;
			ignored ||= answered.length > 0;
		}
		// Answers that don't carry the value: the server doesn't apply this filter, so "none" means nothing. The same
		// goes for values that JSON escapes (`DOMAIN\\name`): some servers compare the escaped form.
		return ignored || NEEDS_ESCAPE.test(value) ? undefined : [];
	}

	/** Hits that don't show the attribute at all are read by themselves: some applications list little more than names. */
	async #shown(
		client: ScimClient,
		answered: readonly ScimResource[],
		key: AccountKey,
	): Promise<readonly ScimResource[]> {
		if (answered.length > MAX_LOOKS) return answered;
		return Promise.all(
			answered.map(async (resource) => {
				const name = key === 'email' ? 'emails' : key;
				if (!mayShowLess(client, resource) || attribute(resource, name) !== undefined) return resource;
				return (await wholeAccount(client, resource)) ?? resource;
			}),
		);
	}

	async #ask(client: ScimClient, filter: string, key: AccountKey, value: string): Promise<ScimResource[] | undefined> {
		try {
			return readPage(await client.get(['Users'], listQuery({ filter }))).resources;
		} catch (error) {
			if (!NOT_SEARCHABLE.has(statusOf(error) ?? 0)) throw error;
			// A quote in the value is what some servers can't read; that says nothing of the attribute.
			if (!NEEDS_ESCAPE.test(value)) this.#unsearchable.add(key);
			return undefined;
		}
	}
}

/** Whether the profile has it that this attribute can be searched; only documents and discovery ever say no. */
function searchable(client: ScimClient, path: string): boolean {
	const { users } = client.capabilities.filter;
	return users.includes('*') || users.includes(foldCase(path));
}

/** Slack finds by externalId and doesn't show it: then another key has to agree. */
function verifies(resource: ScimResource, keys: AccountKeys, key: AccountKey, value: string): boolean {
	if (carriesKey(resource, key, value)) return true;
	if (key !== 'externalId' || textAttribute(resource, 'externalId') !== undefined) return false;
	return (['userName', 'email'] as const).some((other) => {
		const expected = keys[other];
		return expected !== undefined && expected !== '' && carriesKey(resource, other, expected);
	});
}

function single(
	found: AccountMatch | undefined,
	by: AccountKey,
	hits: readonly ScimResource[],
): AccountMatch | undefined {
	const ids = new Set(hits.map((hit) => hit.id));
	if (ids.size > 1) throw ambiguous(`${by} matches ${ids.size} accounts`);
	const hit = hits[0];
	if (hit === undefined) return found;
	if (found !== undefined && found.resource.id !== hit.id)
		throw ambiguous(`${found.by} and ${by} point at two accounts`);
	return found ?? { resource: hit, by };
}

function sameText(left: string | undefined, right: string): boolean {
	return left !== undefined && foldCase(left) === foldCase(right);
}
