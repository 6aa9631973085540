import { address } from './account-index';
import { readUser } from './desired-file';
import { foldCase } from '../resource';
import { KeyTable } from './key-table';
import { TextStore } from './text-store';
import { MATCH_ORDER, type DesiredUser } from './types';

/**
 * The desired users by their keys, small enough for a hundred thousand of them: each is kept as text and read again when
 * its account comes by.
 */
export class DesiredIndex {
	readonly #texts = new TextStore();
	readonly #byAddress = new KeyTable();
	/** Account of each user, by position. */
	readonly #accounts: Array<string | undefined> = [];
	/** Users of the desired state that share a key. */
	readonly twins: Array<{ subject: string; by: string }> = [];

	get size(): number {
		return this.#texts.size;
	}

	add(value: unknown): void {
		const index = this.#texts.size;
		const user = readUser(value, `users[${index}]`);
		// As it came, which is the shortest form; passwords are none of a comparison's business.
		this.#texts.add(JSON.stringify(value, (key, inner: unknown) => (foldCase(key) === 'password' ? undefined : inner)));
		for (const key of MATCH_ORDER) {
			const stated = user.keys[key];
			if (stated === undefined) continue;
			const before = this.#byAddress.add(address(key, stated), index);
			// An address may be shared by two people; a name or an id may not.
			if (before !== undefined && before !== index && key !== 'email')
				this.twins.push({ subject: user.subject, by: key });
		}
	}

	user(index: number): DesiredUser {
		return readUser(JSON.parse(this.#texts.get(index)), `users[${index}]`);
	}

	/** Positions of the users that carry one of these keys, strongest key first. */
	hits(addresses: readonly string[]): number[] {
		return [...new Set(addresses.flatMap((place) => this.#byAddress.get(place) ?? []))];
	}

	/** Somebody named in a group. */
	named(name: string): number | undefined {
		for (const key of ['externalId', 'userName', 'id'] as const) {
			const index = this.#byAddress.get(address(key, name));
			if (index !== undefined) return index;
		}
		return undefined;
	}

	/** Binds an account to a user; answers the account that was bound before. */
	bind(index: number, id: string): string | undefined {
		const before = this.#accounts[index];
		if (before === undefined) this.#accounts[index] = id;
		return before;
	}

	account(index: number): string | undefined {
		return this.#accounts[index];
	}

	*unbound(): Generator<DesiredUser> {
		for (let index = 0; index < this.size; index++) {
			if (this.#accounts[index] === undefined) yield this.user(index);
		}
	}
}

/** Finds keys that two accounts share. */
export class DuplicateFinder {
	readonly #seen = new KeyTable();
	readonly #ids: string[] = [];

	/** The account that carried one of the keys before. */
	check(id: string, addresses: readonly string[]): { id: string; by: string } | undefined {
		const own = this.#ids.push(id) - 1;
		let found: { id: string; by: string } | undefined;
		for (const place of addresses) {
			const before = this.#seen.add(place, own);
			const other = before === undefined ? id : (this.#ids[before] ?? id);
			if (other !== id) found ??= { id: other, by: place.slice(0, place.indexOf('\n')) };
		}
		return found;
	}
}
