import type { Kysely } from 'kysely';
import type { Source } from '../model';
import type { GrantRow, LedgerTables } from './schema';
import { anyOf } from './transaction';

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

/** Rows by the person they are about. */
export function grouped<Row>(rows: readonly Row[], identityOf: (row: Row) => string): Map<string, Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const id = identityOf(row);
		const group = groups.get(id);
		if (group) group.push(row);
		else groups.set(id, [row]);
	}
	return groups;
}

/** What people hold and held, by person. */
export async function holdings(
	db: Kysely<LedgerTables>,
	ids: readonly string[],
	asOf: string,
): Promise<Map<string, ReportedHolding[]>> {
	const rows = await db
		.selectFrom('grants')
		.selectAll()
		.where('identity_id', 'in', anyOf(ids))
		.where('opened_at', '<=', asOf)
		.orderBy('entitlement')
		.orderBy('valid_from')
		.orderBy('opened_at')
		.orderBy('source_ref')
		.execute();
	const people = new Map<string, ReportedHolding[]>();
	for (const [id, own] of grouped(rows, (row) => row.identity_id)) {
		const byEntitlement = grouped(own, (row) => row.entitlement);
		const through = [...byEntitlement].map(([name, grants]) =>
			holdingOf(
				name,
				grants.map((row) => heldThrough(row, asOf)),
			),
		);
		people.set(id, through);
	}
	return people;
}

function heldThrough(row: GrantRow, asOf: string): HeldThrough {
	const closed = row.closed_at !== null && row.closed_at <= asOf;
	return {
		source: JSON.parse(row.source) as Source,
		from: row.valid_from,
		...(row.valid_until === null ? {} : { until: row.valid_until }),
		openedAt: row.opened_at,
		...(closed && row.closed_at !== null ? { closedAt: row.closed_at } : {}),
		...(row.action_id === null ? {} : { actionId: row.action_id }),
	};
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
