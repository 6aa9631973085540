import { DomainError } from '../../model';
import type { ScimClient, Traffic } from '../client';
import { differences } from '../diff';
import { rulesOf } from '../diff-rules';
import { visitAll } from '../pager';
import { asObject, attribute, isActive, textAttribute, type ScimObject, type ScimResource } from '../resource';
import { addressesOf } from './account-index';
import { changesOf } from './plan-users';
import { idleSince } from './idle';
import { reconcileGroups } from './reconcile-groups';
import { DesiredIndex, DuplicateFinder } from './reconcile-index';
import { ReconcileItems, type ReconcileCounts, type ReconcileItem } from './reconcile-items';

export interface ReconcileOptions {
	/** Accounts that were idle for so many days are listed. */
	idleDays?: number;
	/** Items kept in the report at most; the counts are always whole. */
	maxItems?: number;
	/** Told of each item as it is found, also beyond `maxItems`. */
	onItem?: (item: ReconcileItem) => void;
	onProgress?: (progress: { phase: 'read' | 'groups'; done: number }) => void;
}

export interface ReconcileReport {
	/** False where accounts or groups could not be read to the end; then nothing counts as missing. */
	complete: boolean;
	/** Why it isn't, in whole sentences. */
	reasons: readonly string[];
	counts: ReconcileCounts;
	items: readonly ReconcileItem[];
	/** True where there are more items than were kept. */
	truncated: boolean;
	requests: Traffic;
}

/** A desired state, or a view of the ledger that gives its users one after the other. */
export interface DesiredSource {
	users: Iterable<unknown> | AsyncIterable<unknown>;
	groups?: readonly unknown[];
}

const DEFAULT_MAX_ITEMS = 10_000;

/**
 * Compares all accounts and managed groups of an application with what is wanted: orphans, drift attribute by attribute,
 * missing accounts, memberships that nobody wants, idle accounts, duplicates. Only reads, page by page, so that a hundred
 * thousand accounts fit. Of what it could not read to the end it concludes nothing.
 */
export async function reconcileScim(
	client: ScimClient,
	desired: unknown,
	options: ReconcileOptions = {},
): Promise<ReconcileReport> {
	const view = client.tracked();
	const source = sourceOf(desired);
	const index = new DesiredIndex();
	for await (const user of source.users) index.add(user);
	const items = new ReconcileItems(options.maxItems ?? DEFAULT_MAX_ITEMS, options.onItem);
	for (const { subject, by } of index.twins)
		items.add({ kind: 'duplicate', subject, by, note: 'twice in the desired state' });
	const accounts = new AccountReview(view, index, items, options);
	const coverage = await visitAll(view, 'Users', {}, (resource) => accounts.visit(resource));
	const reasons = coverage.complete ? [] : [`Accounts: ${coverage.reason ?? 'not read to the end.'}`];
	if (coverage.complete)
		for (const user of index.unbound()) if (user.active) items.add({ kind: 'missing', subject: user.subject });
	reasons.push(
		...(await reconcileGroups(view, source.groups ?? [], { index, items, complete: coverage.complete, ...options })),
	);
	return {
		complete: reasons.length === 0,
		reasons,
		counts: { ...items.counts, accounts: accounts.seen, active: accounts.active, desired: index.size },
		items: items.kept,
		truncated: items.truncated,
		requests: view.traffic,
	};
}

function sourceOf(desired: unknown): DesiredSource {
	const object = asObject(desired);
	const users: unknown = object === undefined ? undefined : (attribute(object, 'users') ?? []);
	const groups = object === undefined ? undefined : attribute(object, 'groups');
	if (isSequence(users)) return { users, ...(Array.isArray(groups) ? { groups: groups as readonly unknown[] } : {}) };
	throw new DomainError(
		'INPUT_INVALID',
		'The desired state has no list of users.',
		'Give { "users": [SCIM User …], "groups": [SCIM Group …] }.',
	);
}

function isSequence(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
	return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

/** Looks at one account after the other and keeps nothing of it but its id. */
class AccountReview {
	seen = 0;
	active = 0;
	readonly #duplicates = new DuplicateFinder();

	constructor(
		readonly client: ScimClient,
		readonly index: DesiredIndex,
		readonly items: ReconcileItems,
		readonly options: ReconcileOptions,
	) {}

	visit(resource: ScimResource): void {
		this.seen++;
		if (isActive(resource) !== false) this.active++;
		if (this.seen % 1000 === 0) this.options.onProgress?.({ phase: 'read', done: this.seen });
		const addresses = addressesOf(resource);
		const who = { subject: textAttribute(resource, 'userName') ?? resource.id, remoteId: resource.id };
		const twin = this.#duplicates.check(resource.id, addresses);
		if (twin !== undefined) this.items.add({ kind: 'duplicate', ...who, by: twin.by, other: twin.id });
		this.#idle(resource, who);
		const [first, second] = this.index.hits(addresses);
		if (first === undefined) {
			this.items.add({ kind: 'orphan', ...who, active: isActive(resource) !== false });
			return;
		}
		if (second !== undefined)
			this.items.add({ kind: 'ambiguous', ...who, note: 'its keys belong to two wanted people' });
		const other = this.index.bind(first, resource.id);
		if (other !== undefined)
			this.items.add({ kind: 'ambiguous', ...who, other, note: 'two accounts of one wanted person' });
		else this.#drift(resource, this.index.user(first), who);
	}

	#drift(
		resource: ScimResource,
		user: { active: boolean; attributes: ScimObject },
		who: { subject: string; remoteId: string },
	): void {
		const wanted = { active: user.active, ...user.attributes };
		const changes = changesOf(differences(wanted, resource, rulesOf(this.client)), resource);
		if (changes.length > 0) this.items.add({ kind: 'drift', ...who, changes });
	}

	#idle(resource: ScimResource, who: { subject: string; remoteId: string }): void {
		const { idleDays } = this.options;
		if (idleDays === undefined) return;
		const idle = idleSince(resource, this.client.clock());
		if (idle !== undefined && idle.days >= idleDays) this.items.add({ kind: 'idle', ...who, ...idle });
	}
}
