import { DomainError } from '../../model';
import type { ScimClient, Traffic } from '../client';
import type { Coverage } from '../page';
import { PageReader } from '../page-reader';
import { asObject, attribute } from '../resource';
import { AccountReview, type ReviewOptions } from './account-review';
import { readManaged, reconcileGroups, type ManagedGroups } from './reconcile-groups';
import { DesiredIndex } from './reconcile-index';
import { unlistedAccounts, unseenIn } from './unlisted';
import { ReconcileItems, type ReconcileCounts, type ReconcileItem } from './reconcile-items';

export interface ReconcileOptions extends Omit<ReviewOptions, 'onProgress'> {
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
	const reader = new PageReader(view, 'Users', {}, (page) => accounts.visit(page));
	const coverage = await reader.read();
	const groups = await readManaged(view, source.groups ?? []);
	const reasons = await whyIncomplete(view, { coverage, reader, groups, index, accounts });
	const complete = reasons.length === 0;
	if (complete) for (const item of options.inspector?.rest() ?? []) items.add(item);
	if (complete)
		for (const user of index.unbound()) if (user.active) items.add({ kind: 'missing', subject: user.subject });
	reasons.push(...groups.reasons, ...(await reconcileGroups(view, groups, { index, items, complete, ...options })));
	return {
		complete: reasons.length === 0,
		reasons,
		counts: { ...items.counts, accounts: accounts.seen, active: accounts.active, desired: index.size },
		items: items.kept,
		truncated: items.truncated,
		requests: view.traffic,
	};
}

interface Reading {
	coverage: Coverage;
	reader: PageReader;
	groups: ManagedGroups;
	index: DesiredIndex;
	accounts: AccountReview;
}

/**
 * Why not all accounts were read, in whole sentences. Where somebody wanted isn't among them, or a group has members that
 * aren't, the listing is looked behind, and whoever it lacks is looked for.
 */
async function whyIncomplete(
	client: ScimClient,
	{ coverage, reader, groups: { read }, index, accounts }: Reading,
): Promise<string[]> {
	const lacks = index.unbound().next().done !== true || unseenIn(read, (id) => reader.has(id)).length > 0;
	const { complete, reason } = coverage.complete && reader.mayGoOn && lacks ? await reader.readOn() : coverage;
	if (!complete) return [`Accounts: ${reason ?? 'not read to the end.'}`];
	const unlisted = lacks ? await unlistedAccounts(client, read, (id) => reader.has(id), index.unbound()) : [];
	if (unlisted.length === 0) return [];
	await accounts.visit(unlisted);
	return [`Accounts: the listing leaves out accounts that exist, at least ${unlisted.length}.`];
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
