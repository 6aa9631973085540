import type { Kysely } from 'kysely';
import type { Action, Identity, Source } from '../model';
import type { Exposure } from './exposures';
import { grouped, holdings, type ReportedHolding } from './holdings-report';
import { readIdentities } from './identities';
import { openActionsOf } from './plans';
import type { AssignmentRow } from './governance-schema';
import type { LedgerTables } from './schema';
import { anyOf } from './transaction';

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

/** Reports of people, by the same few queries for any number of them; who is not known has none. */
export async function identityReports(
	db: Kysely<LedgerTables>,
	identityIds: readonly string[],
	asOf: string,
): Promise<IdentityReport[]> {
	const ids = [...new Set(identityIds)].sort();
	const known = await db.selectFrom('identities').select('id').where('id', 'in', anyOf(ids)).execute();
	const identities = await readIdentities(
		db,
		known.map(({ id }) => id),
	);
	const of = <Row>(rows: ReadonlyMap<string, Row[]>, id: string) => rows.get(id) ?? [];
	const next = await nextReviews(db, ids);
	const held = await holdings(db, ids, asOf);
	const assigned = await assignments(db, ids, asOf);
	const having = await accounts(db, ids);
	const exposed = await exposures(db, ids);
	const open = grouped(await openActionsOf(db, ids), ({ content }) => content.identityId);
	return identities.map((identity): IdentityReport => {
		const review = next.get(identity.id);
		return {
			identity,
			asOf,
			holdings: of(held, identity.id),
			assignments: of(assigned, identity.id),
			accounts: of(having, identity.id),
			openActions: of(open, identity.id),
			exposures: of(exposed, identity.id),
			...(review && { nextReview: review }),
		};
	});
}

async function nextReviews(
	db: Kysely<LedgerTables>,
	ids: readonly string[],
): Promise<Map<string, { dueAt: string; reason: string }>> {
	const rows = await db
		.selectFrom('reviews')
		.select(['identity_id', 'due_at', 'reason'])
		.where('identity_id', 'in', anyOf(ids))
		.orderBy('due_at', 'desc')
		.execute();
	// The earliest comes last, and stays.
	return new Map(rows.map((row) => [row.identity_id, { dueAt: row.due_at, reason: row.reason }]));
}

async function assignments(
	db: Kysely<LedgerTables>,
	ids: readonly string[],
	asOf: string,
): Promise<Map<string, ReportedAssignment[]>> {
	const rows = await db
		.selectFrom('assignments')
		.selectAll()
		.where('identity_id', 'in', anyOf(ids))
		.where('opened_at', '<=', asOf)
		.orderBy('entitlement')
		.orderBy('opened_at')
		.orderBy('source_ref')
		.execute();
	const people = new Map<string, ReportedAssignment[]>();
	for (const [id, own] of grouped(rows, (row) => row.identity_id))
		people.set(
			id,
			own.map((row) => assigned(row, asOf)),
		);
	return people;
}

function assigned(row: AssignmentRow, asOf: string): ReportedAssignment {
	return {
		entitlement: row.entitlement,
		source: JSON.parse(row.source) as Source,
		from: row.valid_from,
		...(row.valid_until === null ? {} : { until: row.valid_until }),
		openedAt: row.opened_at,
		...(row.closed_at !== null && row.closed_at <= asOf
			? { closedAt: row.closed_at, closeReason: row.close_reason ?? '' }
			: {}),
	};
}

async function accounts(
	db: Kysely<LedgerTables>,
	ids: readonly string[],
): Promise<Map<string, IdentityReport['accounts']>> {
	const rows = await db
		.selectFrom('accounts')
		.select(['identity_id', 'application', 'user_name', 'remote_id', 'active'])
		.where('identity_id', 'in', anyOf(ids))
		.orderBy('application')
		.execute();
	const people = new Map<string, IdentityReport['accounts']>();
	for (const [id, own] of grouped(rows, (row) => row.identity_id)) {
		const shown = own.map(({ application, user_name: userName, remote_id: remoteId, active }) => ({
			application,
			userName,
			remoteId,
			active: active === 1,
		}));
		people.set(id, shown);
	}
	return people;
}

async function exposures(
	db: Kysely<LedgerTables>,
	ids: readonly string[],
): Promise<Map<string, IdentityReport['exposures']>> {
	const rows = await db
		.selectFrom('exposures')
		.selectAll()
		.where('identity_id', 'in', anyOf(ids))
		.orderBy('exposed_from')
		.execute();
	const found = rows.map((row) => ({
		identityId: row.identity_id,
		entitlement: row.entitlement,
		from: row.exposed_from,
		until: row.exposed_until,
		foundAt: row.found_at,
	}));
	return grouped(found, ({ identityId }) => identityId);
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
