import {
	attribute,
	reconcileScim,
	visitAll,
	type ReconcileItem,
	type ReconcileReport,
	type ScimClient,
} from '../../scim';
import { handOut, type Comparison, type ComparisonOutcome } from './comparison';
import { entitlementOf, isCorrectable } from './corrections';
import { LedgerView } from './ledger-view';
import type { ManagedGroups } from './managed-groups';
import { plan, type Planned } from './plan-corrections';
import { RoleComparison } from './role-comparison';
import type { Finding } from './types';
import { wordsFor } from './words';

/** Corrections of one run; what is left comes with the next one. */
const MAX_CORRECTIONS = 2_000;
const MAX_REVIEWS = 1_000;

/** Compares an application with the ledger; where it is asked for, plans corrections. */
export async function compare(comparison: Comparison): Promise<ComparisonOutcome> {
	const { client, ledger, request, compiled, managed, hooks } = comparison;
	const there = await governedGroups(client, managed);
	const view = new LedgerView(ledger, compiled, managed, request.asOf, there.names, request.mode === 'plan');
	const items: ReconcileItem[] = [];
	const correctable: ReconcileItem[] = [];
	let left = 0;
	const onItem = (item: ReconcileItem): void => {
		if (items.length < request.maxFindings) items.push(item);
		if (request.mode !== 'plan' || !isCorrectable(item)) return;
		if (correctable.length < MAX_CORRECTIONS) correctable.push(item);
		else left++;
	};
	const roles = RoleComparison.of(client, managed, view);
	const report = await reconcileScim(client, view.source, {
		maxItems: 0,
		...(roles && { inspector: roles }),
		onItem,
		...(request.idleDays !== undefined && { idleDays: request.idleDays }),
		...(hooks.onProgress && { onProgress: hooks.onProgress }),
	});
	const complete = report.complete && there.reason === undefined;
	const whose = new Whose(view, items);
	const differences = correctable.flatMap((item) => {
		const identityId = whose.identityOf(item);
		return identityId === undefined ? [] : [{ item: whose.named(item), identityId }];
	});
	const planned = request.mode === 'plan' ? await plan(comparison, view, differences, { complete, left }) : undefined;
	const covered = new Set([...(planned?.covered ?? [])].map(({ item }) => keyOf(item)));
	const findings = items.map((item) => whose.finding(item, managed, covered));
	const reviews = await reviewsDue(comparison);
	await handOut(hooks, [...findings, ...blockedFindings(planned), ...reviews]);
	return {
		complete,
		reasons: [...report.reasons, ...(there.reason === undefined ? [] : [there.reason])],
		counts: { ...report.counts, review_due: reviews.length },
		truncated: sumOf(report) > items.length,
		requests: report.requests,
		...(planned && { plan: planned.plan }),
	};
}

/** Groups of the application that a wildcard of the policy governs: nobody has to be known to be in them. */
async function governedGroups(
	client: ScimClient,
	managed: ManagedGroups,
): Promise<{ names: string[]; reason?: string }> {
	if (!managed.hasPatterns) return { names: [] };
	const names: string[] = [];
	const coverage = await visitAll(client, 'Groups', { excludedAttributes: ['members'] }, (group) => {
		const name = attribute(group, 'displayName');
		if (typeof name === 'string' && managed.entitlementOf(name) !== undefined) names.push(name);
	});
	return coverage.complete ? { names } : { names, reason: `Groups: ${coverage.reason ?? 'not read to the end.'}` };
}

/** Names and people of findings. */
class Whose {
	readonly #names = new Map<string, string>();

	constructor(
		readonly view: LedgerView,
		items: readonly ReconcileItem[],
	) {
		for (const { kind, remoteId, subject } of items) {
			if (remoteId !== undefined && kind !== 'unknown_membership') this.#names.set(remoteId, subject);
		}
	}

	/** The item with a name that people know where it only had an id. */
	named(item: ReconcileItem): ReconcileItem {
		if (item.kind !== 'unknown_membership' || item.remoteId === undefined) return item;
		const name = this.view.nameOf(item.remoteId) ?? this.#names.get(item.remoteId);
		return name === undefined ? item : { ...item, subject: name };
	}

	identityOf(item: ReconcileItem): string | undefined {
		if (item.kind === 'orphan' || item.kind === 'missing_group') return undefined;
		const { subject: userName, remoteId } = this.named(item);
		return this.view.identityOf({ userName, ...(remoteId !== undefined && { remoteId }) });
	}

	finding(raw: ReconcileItem, managed: ManagedGroups, covered: ReadonlySet<string>): Finding {
		const item = this.named(raw);
		const { note: _note, ...shown } = item;
		const identityId = this.identityOf(item);
		const entitlement = entitlementOf(item, managed);
		return {
			...shown,
			...wordsFor(item, managed.application),
			...(identityId !== undefined && { identityId }),
			...(entitlement !== undefined && { entitlement }),
			...(covered.has(keyOf(item)) && { planned: true }),
		};
	}
}

function keyOf({ kind, subject, remoteId, group, role }: ReconcileItem): string {
	return JSON.stringify([kind, remoteId ?? subject, group ?? null, role ?? null]);
}

function blockedFindings(planned: Planned | undefined): Finding[] {
	return (planned?.plan.blocked ?? []).map(({ subject, identityId, entitlement, reason, remedy }) => ({
		kind: 'blocked',
		subject,
		says: reason,
		remedy,
		...(identityId !== undefined && { identityId }),
		...(entitlement !== undefined && { entitlement }),
	}));
}

async function reviewsDue({ ledger, request }: Comparison): Promise<Finding[]> {
	const { application, asOf: at } = request;
	const due = await ledger.adoptionsToReview({ application, at, limit: MAX_REVIEWS });
	return due.map(({ identityId, entitlement, owner, reviewBy }) => ({
		kind: 'review_due',
		subject: identityId,
		says: `${entitlement} was adopted and should have been looked at by ${reviewBy.slice(0, 10)}.`,
		remedy: `Ask ${owner}: give it by a rule or a request, or take it away.`,
		identityId,
		entitlement,
		owner,
		reviewBy,
	}));
}

function sumOf({ counts }: ReconcileReport): number {
	const { accounts: _accounts, active: _active, desired: _desired, ...kinds } = counts;
	return Object.values(kinds).reduce((sum, count) => sum + count, 0);
}
