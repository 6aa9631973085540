import { sql, type Kysely } from 'kysely';
import type { SpokenValues, Statement } from '../lifecycle';
import { canonicalJson } from '../model';
import type { LifecycleStatementRow } from './lifecycle-schema';
import type { LedgerTables } from './schema';
import { anyOf, chunks } from './transaction';

/** Rows that one statement writes; one JSON parameter carries them, so the statement's text never changes. */
const ROWS_PER_STATEMENT = 2_000;

type Cell = string | number | null;

/** Multi-row insert. `ending` says what happens to a row that is there already. */
export async function insertRows(
	db: Kysely<LedgerTables>,
	table: string,
	columns: readonly string[],
	rows: ReadonlyArray<readonly Cell[]>,
	ending = '',
): Promise<void> {
	const cells = columns.map((_, index) => `value ->> ${index}`).join(', ');
	const head = `insert into ${table} (${columns.join(', ')}) select ${cells} from json_each(`;
	// "where true": without it SQLite reads "on conflict" as the beginning of a join.
	for (const chunk of chunks(rows, ROWS_PER_STATEMENT)) {
		await sql`${sql.raw(head)}${JSON.stringify(chunk)}${sql.raw(`) where true ${ending}`)}`.execute(db);
	}
}

const STATEMENT_COLUMNS = [
	'identity_id',
	'event_id',
	'known_at',
	'source',
	'valid_from',
	'valid_until',
	'created_at',
	'facts',
	'local',
] as const;

/** Adds statements. The same event may speak again in the same instant: its last word stays. */
export async function insertStatements(
	db: Kysely<LedgerTables>,
	rows: ReadonlyArray<{ identityId: string; statement: Statement }>,
): Promise<void> {
	const cells = rows.map(({ identityId, statement }) => [
		identityId,
		statement.eventId,
		statement.knownAt,
		statement.source,
		statement.from,
		statement.until ?? null,
		statement.createdAt,
		canonicalJson(statement.values),
		statement.local === undefined ? null : canonicalJson(statement.local),
	]);
	const replaced = STATEMENT_COLUMNS.slice(3).map((column) => `${column} = excluded.${column}`);
	const ending = `on conflict do update set ${replaced.join(', ')}, voided_at = null`;
	await insertRows(db, 'lifecycle_statements', STATEMENT_COLUMNS, cells, ending);
}

export function statementFromRow(row: LifecycleStatementRow): Statement {
	return {
		eventId: row.event_id,
		source: row.source,
		from: row.valid_from,
		...(row.valid_until !== null && { until: row.valid_until }),
		createdAt: row.created_at,
		knownAt: row.known_at,
		...(row.voided_at !== null && { voidedAt: row.voided_at }),
		values: JSON.parse(row.facts) as SpokenValues,
		...(row.local !== null && { local: JSON.parse(row.local) as NonNullable<Statement['local']> }),
	};
}

/** Statements of these people, whatever their state. */
export async function statementsOf(
	db: Kysely<LedgerTables>,
	identityIds: readonly string[],
): Promise<Array<{ identityId: string; statement: Statement }>> {
	const rows = await db
		.selectFrom('lifecycle_statements')
		.selectAll()
		.where('identity_id', 'in', anyOf(identityIds))
		.execute();
	return rows.map((row) => ({ identityId: row.identity_id, statement: statementFromRow(row) }));
}
