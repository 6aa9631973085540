import { DomainError } from '../../model';
import type { ScimClient, Traffic } from '../client';
import { visitPages } from '../pager';
import { asObject, attribute } from '../resource';
import { AccountReview, type ReviewOptions } from './account-review';
import { reconcileGroups } from './reconcile-groups';
import { DesiredIndex } from './reconcile-index';
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
	const coverage = await visitPages(view, 'Users', {}, (page) => accounts.visit(page));
	const reasons = coverage.complete ? [] : [`Accounts: ${coverage.reason ?? 'not read to the end.'}`];
	if (coverage.complete) for (const item of options.inspector?.rest() ?? []) items.add(item);
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
