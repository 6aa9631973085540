import { valueAt } from '../attribute-path';
import type { ScimClient } from '../client';
import { mapBounded } from '../concurrency';
import { differences, type PatchOperation } from '../diff';
import { rulesOf } from '../diff-rules';
import { mayShowLess, wholeAccount } from '../listed';
import { emailsOf, isActive, textAttribute, type ScimResource } from '../resource';
import { addressesOf } from './account-index';
import { idleSince, type Idle } from './idle';
import { changesOf } from './plan-users';
import { DuplicateFinder, type DesiredIndex } from './reconcile-index';
import type { ReconcileItem, ReconcileItems } from './reconcile-items';

/** What an account is, as far as the answer at hand shows it. */
interface Look {
	resource: ScimResource;
	addresses: readonly string[];
	/** Positions of the wanted users whose account it may be. */
	hits: readonly number[];
	/** What differs from the first of them. */
	operations: readonly PatchOperation[];
	idle: Idle | undefined;
}

/** Compares what a desired state has no words for. */
export interface AccountInspector {
	/** Paths that it looks at: a listing that shows nothing there says nothing of them. */
	paths: readonly string[];
	/** Told of each account once. */
	inspect: (account: ScimResource) => readonly ReconcileItem[];
	/** What only all accounts together tell, once all were read. */
	rest: () => readonly ReconcileItem[];
}

export interface ReviewOptions {
	/** Accounts that were idle for so many days are listed. */
	idleDays?: number;
	/** Compares more of accounts that somebody is wanted for. */
	inspector?: AccountInspector;
	onProgress?: (progress: { phase: 'read'; done: number }) => void;
}

/**
 * Looks at one account after the other and keeps nothing of it but its id. Some applications list little more than names:
 * where a listing leaves open what matters, one read of an account alone tells whether this is such a one, and then each
 * account that is in doubt is read by itself.
 */
export class AccountReview {
	seen = 0;
	active = 0;
	readonly #duplicates = new DuplicateFinder();

	constructor(
		readonly client: ScimClient,
		readonly index: DesiredIndex,
		readonly items: ReconcileItems,
		readonly options: ReviewOptions,
	) {}

	async visit(page: readonly ScimResource[]): Promise<void> {
		let next = 0;
		for (const resource of page) {
			if (this.#listsInPart()) break;
			const look = this.#look(resource);
			if (this.#isInDoubt(look)) await wholeAccount(this.client, resource);
			if (this.#listsInPart()) break;
			this.#note(look);
			next++;
		}
		const whole = await mapBounded(page.slice(next), this.client.limits.concurrency, (each) => this.#lookWhole(each));
		for (const look of whole) if (look !== undefined) this.#note(look);
	}

	#listsInPart(): boolean {
		return this.client.listings === 'partial';
	}

	/** `undefined` where the account has gone since it was listed. */
	async #lookWhole(resource: ScimResource): Promise<Look | undefined> {
		const look = this.#look(resource);
		if (!this.#isInDoubt(look)) return look;
		const whole = await wholeAccount(this.client, resource);
		return whole && this.#look(whole);
	}

	#look(resource: ScimResource): Look {
		const addresses = addressesOf(resource);
		const hits = this.index.hits(addresses);
		const [first] = hits;
		const user = first === undefined ? undefined : this.index.user(first);
		const operations = user
			? differences({ active: user.active, ...user.attributes }, resource, rulesOf(this.client))
			: [];
		const asked = this.options.idleDays !== undefined;
		return {
			resource,
			addresses,
			hits,
			operations,
			idle: asked ? idleSince(resource, this.client.clock()) : undefined,
		};
	}

	/** Whether a read of the account alone could say something else of it. */
	#isInDoubt({ resource, hits, operations, idle }: Look): boolean {
		if (!mayShowLess(this.client, resource)) return false;
		if (isActive(resource) === undefined) return true;
		if (this.options.idleDays !== undefined && idle === undefined) return true;
		if (hits.length === 0)
			return textAttribute(resource, 'externalId') === undefined || emailsOf(resource).length === 0;
		const paths = [...operations.map(({ path }) => path), ...(this.options.inspector?.paths ?? [])];
		return paths.some((path) => valueAt(resource, path) === undefined);
	}

	#note({ resource, addresses, hits, operations, idle }: Look): void {
		this.seen++;
		if (isActive(resource) !== false) this.active++;
		if (this.seen % 1000 === 0) this.options.onProgress?.({ phase: 'read', done: this.seen });
		const who = { subject: textAttribute(resource, 'userName') ?? resource.id, remoteId: resource.id };
		const twin = this.#duplicates.check(resource.id, addresses);
		if (twin !== undefined) this.items.add({ kind: 'duplicate', ...who, by: twin.by, other: twin.id });
		const { idleDays } = this.options;
		if (idle !== undefined && idleDays !== undefined && idle.days >= idleDays)
			this.items.add({ kind: 'idle', ...who, ...idle });
		const [first, second] = hits;
		if (first === undefined) {
			this.items.add({ kind: 'orphan', ...who, active: isActive(resource) !== false });
			return;
		}
		if (second !== undefined)
			this.items.add({ kind: 'ambiguous', ...who, note: 'its keys belong to two wanted people' });
		const other = this.index.bind(first, resource.id);
		if (other !== undefined)
			this.items.add({ kind: 'ambiguous', ...who, other, note: 'two accounts of one wanted person' });
		else {
			if (operations.length > 0) this.items.add({ kind: 'drift', ...who, changes: changesOf(operations, resource) });
			for (const item of this.options.inspector?.inspect(resource) ?? []) this.items.add(item);
		}
	}
}
