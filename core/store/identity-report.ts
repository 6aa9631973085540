import type { Kysely } from 'kysely';
import type { Action, Identity, Source } from '../model';
import { accountsOf } from './accounts';
import type { Exposure } from './exposures';
import { readIdentities } from './identities';
import { openActionsOf } from './plans';
import type { LedgerTables } from './schema';

/** One source of a holding, as the ledger believed it over time. */
export interface HeldThrough {
	source: Source;
	from: string;
	until?: string;
	/** When the ledger recorded it, and that it ended. */
	openedAt: string;
	closedAt?: string;
	/** Action that gave it. */
	actionId?: string;
}

export interface ReportedHolding {
	entitlement: string;
	current: boolean;
	/** Begin of the stretch that holds now, or of the last one. */
	since: string;
	/** End, where there is one: of the access, or of what is left of it. */
	until?: string;
	through: HeldThrough[];
}

/** What is asked for or excepted beside what rules give. */
export interface ReportedAssignment {
	entitlement: string;
	source: Source;
	from: string;
	until?: string;
	openedAt: string;
	closedAt?: string;
	closeReason?: string;
}

/** Who somebody is, what they hold and held, since when and why, and what is about to change. */
export interface IdentityReport {
	identity: Identity;
	asOf: string;
	holdings: ReportedHolding[];
	assignments: ReportedAssignment[];
	accounts: Array<{ application: string; userName: string; remoteId: string; active: boolean }>;
	openActions: Action[];
	exposures: Array<Exposure & { foundAt: string }>;
	nextReview?: { dueAt: string; reason: string };
}

export async function identityReport(
	db: Kysely<LedgerTables>,
	identityId: string,
	asOf: string,
): Promise<IdentityReport | undefined> {
	const known = await db.selectFrom('identities').select('id').where('id', '=', identityId).executeTakeFirst();
	const [identity] = known ? await readIdentities(db, [identityId]) : [];
	if (!identity) return undefined;
	const next = await db
		.selectFrom('reviews')
		.select(['due_at', 'reason'])
		.where('identity_id', '=', identityId)
		.orderBy('due_at')
		.limit(1)
		.executeTakeFirst();
	return {
		identity,
		asOf,
		holdings: await holdings(db, identityId, asOf),
		assignments: await assignments(db, identityId, asOf),
		accounts: await accounts(db, identityId),
		openActions: await openActionsOf(db, [identityId]),
		exposures: await exposures(db, identityId),
		...(next ? { nextReview: { dueAt: next.due_at, reason: next.reason } } : {}),
	};
}

async function holdings(db: Kysely<LedgerTables>, identityId: string, asOf: string): Promise<ReportedHolding[]> {
	const rows = await db
		.selectFrom('grants')
		.selectAll()
		.where('identity_id', '=', identityId)
		.where('opened_at', '<=', asOf)
		.orderBy('entitlement')
		.orderBy('valid_from')
		.orderBy('opened_at')
		.orderBy('source_ref')
		.execute();
	const byEntitlement = new Map<string, HeldThrough[]>();
	for (const row of rows) {
		const closed = row.closed_at !== null && row.closed_at <= asOf;
		const held: HeldThrough = {
			source: JSON.parse(row.source) as Source,
			from: row.valid_from,
			...(row.valid_until === null ? {} : { until: row.valid_until }),
			openedAt: row.opened_at,
			...(closed && row.closed_at !== null ? { closedAt: row.closed_at } : {}),
			...(row.action_id === null ? {} : { actionId: row.action_id }),
		};
		byEntitlement.set(row.entitlement, [...(byEntitlement.get(row.entitlement) ?? []), held]);
	}
	return [...byEntitlement].map(([entitlement, through]) => holdingOf(entitlement, through));
}

/** A holding is the union of its grants: it lasts from the first to the last that touch each other. */
function holdingOf(entitlement: string, through: HeldThrough[]): ReportedHolding {
	const open = through.filter(({ closedAt }) => closedAt === undefined);
	const current = open.length > 0;
	const ends = open.map(({ until }) => until);
	const until = current
		? ends.includes(undefined)
			? undefined
			: ends
					.flatMap((end) => end ?? [])
					.toSorted()
					.at(-1)
		: through
				.flatMap(({ closedAt }) => closedAt ?? [])
				.toSorted()
				.at(-1);
	return { entitlement, current, since: sinceOf(through), ...(until === undefined ? {} : { until }), through };
}

/** Walks the stretches in order of their begin; one that begins after all before it had ended begins anew. */
function sinceOf(through: readonly HeldThrough[]): string {
	let since = through[0]?.from ?? '';
	let reach: string | undefined = since;
	for (const { from, closedAt } of through) {
		if (reach !== undefined && from > reach) since = from;
		if (closedAt === undefined) reach = undefined;
		else if (reach !== undefined && closedAt > reach) reach = closedAt;
	}
	return since;
}

async function assignments(db: Kysely<LedgerTables>, identityId: string, asOf: string): Promise<ReportedAssignment[]> {
	const rows = await db
		.selectFrom('assignments')
		.selectAll()
		.where('identity_id', '=', identityId)
		.where('opened_at', '<=', asOf)
		.orderBy('entitlement')
		.orderBy('opened_at')
		.orderBy('source_ref')
		.execute();
	return rows.map((row) => ({
		entitlement: row.entitlement,
		source: JSON.parse(row.source) as Source,
		from: row.valid_from,
		...(row.valid_until === null ? {} : { until: row.valid_until }),
		openedAt: row.opened_at,
		...(row.closed_at !== null && row.closed_at <= asOf
			? { closedAt: row.closed_at, closeReason: row.close_reason ?? '' }
			: {}),
	}));
}

async function accounts(db: Kysely<LedgerTables>, identityId: string): Promise<IdentityReport['accounts']> {
	const names = await db
		.selectFrom('accounts')
		.select(['application', 'user_name', 'remote_id'])
		.where('identity_id', '=', identityId)
		.execute();
	const states = await accountsOf(db, [identityId]);
	return states.map(({ application, active }) => {
		const named = names.find((row) => row.application === application);
		return { application, userName: named?.user_name ?? '', remoteId: named?.remote_id ?? '', active };
	});
}

async function exposures(db: Kysely<LedgerTables>, identityId: string): Promise<IdentityReport['exposures']> {
	const rows = await db
		.selectFrom('exposures')
		.selectAll()
		.where('identity_id', '=', identityId)
		.orderBy('exposed_from')
		.execute();
	return rows.map((row) => ({
		identityId,
		entitlement: row.entitlement,
		from: row.exposed_from,
		until: row.exposed_until,
		foundAt: row.found_at,
	}));
}

/** People by one kind of key, e.g. `email` or `hrId`. */
export async function identityByKey(
	db: Kysely<LedgerTables>,
	key: { kind: string; value: string },
): Promise<string | undefined> {
	const row = await db
		.selectFrom('identity_keys')
		.select('identity_id')
		.where('kind', '=', key.kind)
		.where('value', '=', key.value)
		.executeTakeFirst();
	return row?.identity_id;
}
