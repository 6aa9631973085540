import type { CompiledPolicy } from '../../policy';
import { accountKey } from '../types';
import { asVariant, nameVariant, sameNameKey, type AccountName, type NameInUse } from './account-name';
import { nameWishes, type NameWish } from './name-wishes';
import type { KnownAccount, PersonToPlan } from './types';

/** What the ledger said about names: which were asked for, and which of those somebody has. */
export interface KnownNames {
	asked: ReadonlyArray<{ application: string; names: readonly string[] }>;
	inUse: readonly NameInUse[];
}

export interface NamesInput {
	compiled: CompiledPolicy;
	people: readonly PersonToPlan[];
	/** By `accountKey`. */
	accounts: ReadonlyMap<string, KnownAccount>;
	known: KnownNames;
	/** ISO instant. */
	asOf: string;
}

/**
 * Decides userNames of everybody in a run where the policy says what happens on a collision. Whoever has a name keeps it;
 * then whoever an open action gives one; then the others, by identity id, so that the order of people plays no part.
 * Names that nobody has asked the ledger about count as free, and are listed in `toLookUp`: a plan is only good without any.
 */
export class AccountNames {
	/** Names that were decided here and that no account has yet. */
	readonly given: NameInUse[] = [];
	readonly #decided = new Map<string, AccountName>();
	readonly #users = new Map<string, NameInUse[]>();
	readonly #asked = new Set<string>();
	/** Below these numbers, all variants of a name have somebody. */
	readonly #next = new Map<string, number>();
	readonly #missing = new Map<string, Map<string, string>>();

	constructor(input: NamesInput) {
		const { compiled, accounts, asOf, known } = input;
		if (!Object.values(compiled.policy.applications).some(({ onCollision }) => onCollision !== undefined)) return;
		const accountOf = (application: string, identityId: string) => accounts.get(accountKey(application, identityId));
		const people = [...input.people].sort((a, b) => (a.timeline.identityId < b.timeline.identityId ? -1 : 1));
		const wishes = people.flatMap((person) => nameWishes(compiled, person, { accountOf, asOf }));
		if (wishes.length === 0) return;
		for (const { application, names } of known.asked) {
			for (const name of names) this.#asked.add(sameNameKey(application, name));
		}
		// What open actions of these people give is decided anew, but for those that are being carried out.
		const ids = new Set(people.map(({ timeline }) => timeline.identityId));
		for (const each of known.inUse) if (each.by === 'account' || !ids.has(each.identityId)) this.#use(each);
		const unnamed = wishes.filter((wish) => !this.#keepOwn(wish)).filter(({ hold }) => !hold);
		for (const wish of unnamed.filter((each) => !this.#keepComing(each))) this.#choose(wish);
	}

	/** Whether nobody's name is decided here. */
	get isEmpty(): boolean {
		return this.#decided.size === 0;
	}

	/** The name of somebody's account; undefined where it isn't decided here, and what the mapping says holds. */
	of(application: string, identityId: string, mapped: string): AccountName | undefined {
		return this.#decided.get(wishKey(application, identityId, mapped));
	}

	/** What the ledger has to be asked, by application; sorted. */
	get toLookUp(): Array<{ application: string; names: string[] }> {
		return [...this.#missing]
			.sort((a, b) => (a[0] < b[0] ? -1 : 1))
			.map(([application, names]) => ({ application, names: [...names.values()].sort() }));
	}

	#keepOwn(wish: NameWish): boolean {
		for (const name of wish.own) {
			this.#use({ application: wish.application, userName: name, identityId: wish.identityId, by: 'account' });
			const userName = asVariant(wish.mapped, name, wish.mode);
			if (userName === undefined) continue;
			this.#decided.set(wishKey(wish.application, wish.identityId, wish.mapped), { userName });
			return true;
		}
		return false;
	}

	/** An open action's name stays, unless somebody has it, or somebody before this person is to get it as well. */
	#keepComing(wish: NameWish): boolean {
		for (const { userName: name, claimed } of wish.coming) {
			const userName = asVariant(wish.mapped, name, wish.mode);
			if (userName === undefined) continue;
			const rival = this.#usersOf(wish.application, userName).find(
				({ identityId, by }) => identityId !== wish.identityId && (by === 'account' || identityId < wish.identityId),
			);
			if (rival !== undefined && !claimed) continue;
			this.#give(wish, userName);
			return true;
		}
		return false;
	}

	#choose(wish: NameWish): void {
		const stem = sameNameKey(wish.application, wish.mapped);
		for (let number = this.#next.get(stem) ?? 1; ; number++) {
			const userName = nameVariant(wish.mapped, number);
			const rival = this.#rival(wish, userName, number);
			if (rival === undefined) {
				if (wish.mode === 'suffix') this.#next.set(stem, number + 1);
				return this.#give(wish, userName);
			}
			if (wish.mode === 'suffix') continue;
			const [own] = wish.own;
			const taken = { takenBy: rival.identityId, ...(own !== undefined && { own }) };
			this.#decided.set(wishKey(wish.application, wish.identityId, wish.mapped), taken);
			return;
		}
	}

	#rival(wish: NameWish, userName: string, number: number): NameInUse | undefined {
		const { application, mapped } = wish;
		if (number > 1 && !this.#asked.has(sameNameKey(application, userName))) {
			// Several at once: a name that many have is found free in few questions.
			const last = 10 ** String(number).length;
			for (let next = number; next < last; next++) this.#ask(application, nameVariant(mapped, next));
		}
		const users = this.#usersOf(application, userName);
		return users.find(({ identityId }) => identityId !== wish.identityId);
	}

	#give(wish: NameWish, userName: string): void {
		const { application, identityId } = wish;
		this.#decided.set(wishKey(application, identityId, wish.mapped), { userName });
		const use = { application, userName, identityId, by: 'action' as const };
		this.#use(use);
		this.given.push(use);
	}

	#usersOf(application: string, userName: string): readonly NameInUse[] {
		this.#ask(application, userName);
		return this.#users.get(sameNameKey(application, userName)) ?? [];
	}

	#ask(application: string, userName: string): void {
		const key = sameNameKey(application, userName);
		if (this.#asked.has(key)) return;
		const names = this.#missing.get(application) ?? new Map<string, string>();
		this.#missing.set(application, names.set(key, userName));
	}

	#use(use: NameInUse): void {
		const key = sameNameKey(use.application, use.userName);
		const users = this.#users.get(key);
		if (users) users.push(use);
		else this.#users.set(key, [use]);
	}
}

function wishKey(application: string, identityId: string, mapped: string): string {
	return JSON.stringify([application, identityId, mapped]);
}
