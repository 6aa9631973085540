import { emailsOf, foldCase, isActive, textAttribute, type ScimResource } from '../resource';
import { MATCH_ORDER, type DesiredState, type DesiredUser, type MatchKey, type Reference } from './types';

/** An account nobody in the desired state stands for: as little of it as a deactivation needs. */
export interface StrayAccount {
	id: string;
	userName: string;
	/** The application doesn't show whether it is active. */
	untold?: true;
}

export type Match =
	| { found: 'none' }
	| {
			found: 'one';
			resource: ScimResource;
			by: MatchKey;
			/** A stronger key that the account has another value for: it may be somebody else's. */
			contradicts?: 'externalId' | 'userName';
	  }
	| { found: 'several'; because: string; ids: readonly string[] };

/**
 * The accounts of an application as far as a desired state concerns them. Keeps what the state names and forgets the
 * rest, so listing a large application stays small.
 */
export class AccountIndex {
	readonly #wanted = new Set<string>();
	readonly #ids = new Map<string, string[]>();
	readonly #resources = new Map<string, ScimResource>();
	readonly #claims = new Map<string, { user: DesiredUser; rank: number }>();
	#strays: StrayAccount[] = [];
	/** Names of the keys that were shown of anybody. */
	readonly #shown = new Set<string>();
	#first: ScimResource | undefined;
	#active = 0;
	#seen = 0;

	/** @param keepStrays whether accounts outside the desired state matter. */
	constructor(
		desired: DesiredState,
		readonly order: readonly MatchKey[] = MATCH_ORDER,
		readonly keepStrays = false,
	) {
		for (const { keys, manager } of desired.users) {
			for (const key of order) if (keys[key] !== undefined) this.#wanted.add(address(key, keys[key]));
			if (manager !== undefined) this.#want(manager);
		}
		for (const { members } of desired.groups) members?.forEach((member) => this.#want(member));
	}

	/** Active accounts seen. */
	get active(): number {
		return this.#active;
	}

	get seen(): number {
		return this.#seen;
	}

	visit(resource: ScimResource): void {
		this.#seen++;
		if (isActive(resource) !== false) this.#active++;
		this.#first ??= resource;
		if (this.#note(resource)) this.#resources.set(resource.id, resource);
		else if (this.keepStrays && isActive(resource) !== false) {
			this.#strays.push(strayOf(resource));
		}
	}

	/** An account that the state concerns, for a look at it alone. */
	get sample(): ScimResource | undefined {
		return this.concerned()[0] ?? this.#first;
	}

	concerned(): ScimResource[] {
		return [...this.#resources.values()];
	}

	/** Whether the keys of a user, beside id and userName, are shown of anybody: else not being found says little. */
	showsKeysOf({ keys }: DesiredUser): boolean {
		return (['externalId', 'email'] as const).every(
			(key) => keys[key] === undefined || !this.order.includes(key) || this.#shown.has(key),
		);
	}

	/** Accounts that turned out not to be active. */
	forgetStrays(ids: ReadonlySet<string>): void {
		this.#strays = this.#strays.filter(({ id }) => !ids.has(id));
	}

	/** Accounts outside the state that may be active. */
	get outside(): readonly StrayAccount[] {
		return this.#strays;
	}

	/** More of an account than a listing showed. */
	replace(resource: ScimResource): void {
		this.#note(resource);
		this.#resources.set(resource.id, resource);
	}

	/** Notes which account each user's strongest key points at, so that a name which changes hands is no ambiguity. */
	claim(users: readonly DesiredUser[]): void {
		for (const user of users) {
			for (const [rank, key] of this.order.entries()) {
				const [id, second] = this.#hits(user, key);
				if (id === undefined || second !== undefined) continue;
				const holder = this.#claims.get(id);
				if (holder === undefined || rank < holder.rank) this.#claims.set(id, { user, rank });
				break;
			}
		}
	}

	/** The account of a user: every key is asked, and two keys that point at two accounts stop. */
	match(user: DesiredUser): Match {
		let found: { id: string; by: MatchKey } | undefined;
		for (const by of this.order) {
			const ids = this.#hits(user, by).filter((id) => !this.#belongsToAnother(id, user, by));
			if (ids.length > 1) return { found: 'several', because: `${by} matches ${ids.length} accounts`, ids };
			const [id] = ids;
			if (id === undefined) continue;
			if (found !== undefined && found.id !== id) {
				const because = `${found.by} and ${by} point at two accounts`;
				return { found: 'several', because, ids: [found.id, id] };
			}
			found ??= { id, by };
		}
		const resource = found && this.#resources.get(found.id);
		if (found === undefined || resource === undefined) return { found: 'none' };
		const contradicts = contradiction(user.keys, resource, this.order.slice(0, this.order.indexOf(found.by)));
		return { found: 'one', resource, by: found.by, ...(contradicts === undefined ? {} : { contradicts }) };
	}

	/** The account that a reference means; several names have to agree. */
	resolve(reference: Reference): ScimResource | 'several' | undefined {
		const ids = new Set(
			reference.names.flatMap((name) => {
				for (const key of ['externalId', 'userName', 'id'] as const) {
					const hits = this.#ids.get(address(key, name));
					if (hits !== undefined) return hits;
				}
				return [];
			}),
		);
		if (ids.size > 1) return 'several';
		const [id] = ids;
		return id === undefined ? undefined : this.#resources.get(id);
	}

	/** Active accounts nobody in the state stands for, in the order of the application. */
	strays(matched: ReadonlySet<string>): StrayAccount[] {
		const concerned = [...this.#resources.values()]
			.filter((resource) => !matched.has(resource.id) && isActive(resource) !== false)
			.map(strayOf);
		return [...concerned, ...this.#strays];
	}

	userName(id: string): string | undefined {
		const resource = this.#resources.get(id);
		return resource && textAttribute(resource, 'userName');
	}

	/** Whether the state names the account by one of its keys. */
	#note(resource: ScimResource): boolean {
		let concerned = false;
		for (const place of new Set(addressesOf(resource))) {
			this.#shown.add(place.slice(0, place.indexOf('\n')));
			if (!this.#wanted.has(place)) continue;
			concerned = true;
			const ids = this.#ids.get(place);
			if (ids === undefined) this.#ids.set(place, [resource.id]);
			else if (!ids.includes(resource.id)) ids.push(resource.id);
		}
		return concerned;
	}

	#hits(user: DesiredUser, key: MatchKey): readonly string[] {
		const value = user.keys[key];
		return value === undefined ? [] : (this.#ids.get(address(key, value)) ?? []);
	}

	#belongsToAnother(id: string, user: DesiredUser, by: MatchKey): boolean {
		const holder = this.#claims.get(id);
		return holder !== undefined && holder.user !== user && holder.rank < this.order.indexOf(by);
	}

	#want({ type, names }: Reference): void {
		if (type !== 'User') return;
		for (const name of names) {
			for (const key of ['externalId', 'userName', 'id'] as const) this.#wanted.add(address(key, name));
		}
	}
}

/**
 * A stronger key than the one that found an account, of which it shows another value. What it shows nothing of does not
 * contradict, and the same externalId outweighs another name: people are renamed, their externalId stays.
 */
function contradiction(
	keys: DesiredUser['keys'],
	resource: ScimResource,
	stronger: readonly MatchKey[],
): 'externalId' | 'userName' | undefined {
	const externalId = textAttribute(resource, 'externalId') ?? '';
	if (externalId !== '' && externalId === keys.externalId) return undefined;
	for (const key of ['externalId', 'userName'] as const) {
		const [wanted, shown] = [keys[key], textAttribute(resource, key) ?? ''];
		if (!stronger.includes(key) || wanted === undefined || shown === '') continue;
		if (address(key, wanted) !== address(key, shown)) return key;
	}
	return undefined;
}

function strayOf(resource: ScimResource): StrayAccount {
	const untold = isActive(resource) === undefined ? { untold: true as const } : {};
	return { id: resource.id, userName: textAttribute(resource, 'userName') ?? resource.id, ...untold };
}

/** Key and value as one text, without case where the key has none (RFC 7643 §4.1.1). */
export function address(key: MatchKey, value: string): string {
	return `${key}\n${key === 'externalId' || key === 'id' ? value : foldCase(value)}`;
}

export function addressesOf(resource: ScimResource): string[] {
	const externalId = textAttribute(resource, 'externalId');
	const userName = textAttribute(resource, 'userName');
	return [
		address('id', resource.id),
		...(externalId === undefined ? [] : [address('externalId', externalId)]),
		...(userName === undefined ? [] : [address('userName', userName)]),
		...emailsOf(resource).map((email) => address('email', email)),
	];
}
