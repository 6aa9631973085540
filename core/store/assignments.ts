import { sql, type Kysely } from 'kysely';
import { canonicalJson, DomainError, type Assignment } from '../model';
import type { AssignmentRow } from './governance-schema';
import { assignmentFromRow } from './rows';
import type { LedgerTables } from './schema';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

/** An assignment, and when its end was last moved by hand. */
export interface OpenAssignment extends Assignment {
	extendedAt?: string;
}

/** What sources other than rules assign to people now. */
export async function openAssignments(
	db: Kysely<LedgerTables>,
	identityIds: readonly string[],
): Promise<OpenAssignment[]> {
	const rows = await db
		.selectFrom('assignments')
		.selectAll()
		.where('closed_at', 'is', null)
		.where('identity_id', 'in', anyOf(identityIds))
		.orderBy('identity_id')
		.orderBy('entitlement')
		.orderBy('source_kind')
		.orderBy('source_ref')
		.execute();
	const moved = rows.some(({ source_kind: kind }) => EXTENDABLE.has(kind))
		? await extensions(db, identityIds)
		: undefined;
	return rows.map((row) => {
		const extendedAt = moved?.get(extensionKey(row));
		return { ...assignmentFromRow(row), ...(extendedAt !== undefined && { extendedAt }) };
	});
}

const EXTENDABLE: ReadonlySet<string> = new Set(['request', 'exception']);

type ExtensionKey = Pick<AssignmentRow, 'identity_id' | 'entitlement' | 'source_kind' | 'source_ref'>;

function extensionKey({ identity_id: id, entitlement, source_kind: kind, source_ref: ref }: ExtensionKey): string {
	return JSON.stringify([id, entitlement, kind, ref]);
}

/** When the end of an assignment was moved last. */
async function extensions(db: Kysely<LedgerTables>, identityIds: readonly string[]): Promise<Map<string, string>> {
	const rows = await db
		.selectFrom('assignments')
		.select(['identity_id', 'entitlement', 'source_kind', 'source_ref', 'closed_at'])
		.where('identity_id', 'in', anyOf(identityIds))
		.where('close_reason', '=', EXTENDED)
		.orderBy('closed_at')
		.execute();
	return new Map(rows.map((row) => [extensionKey(row), row.closed_at ?? '']));
}

/** Why a row was closed whose end was moved. */
export const EXTENDED = 'extended';

/** People to whom a contract assigns anything. */
export async function peopleOfContract(db: Kysely<LedgerTables>, contractId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('assignments')
		.select('identity_id')
		.distinct()
		.where('contract_id', '=', contractId)
		.where('closed_at', 'is', null)
		.orderBy('identity_id')
		.execute();
	return rows.map((row) => row.identity_id);
}

type Stored = AssignmentRow & { rowid: number };

/**
 * Makes the rows what a contract assigns, in place of all that it assigned before. What is unchanged keeps its row; what
 * changed is closed and opened anew, so that what was believed earlier can still be read.
 */
export async function replaceAssignments(
	tx: LedgerTransaction,
	contractId: string,
	rows: readonly Assignment[],
): Promise<void> {
	const foreign = rows.find(({ source }) => source.kind !== 'contract');
	if (foreign) throw notOfContract(contractId, foreign.source.ref);
	const before: Stored[] = await tx.db
		.selectFrom('assignments')
		.selectAll()
		.select(sql<number>`rowid`.as('rowid'))
		.where('contract_id', '=', contractId)
		.where('closed_at', 'is', null)
		.execute();
	const wanted = new Map(rows.map((row) => [keyOf(row), toRow(row, contractId, tx.now)]));
	const kept = new Set<string>();
	const ended: Stored[] = [];
	for (const row of before) {
		const key = keyOf(assignmentFromRow(row));
		const next = wanted.get(key);
		if (next && isSame(row, next)) kept.add(key);
		else ended.push(row);
	}
	const opened = [...wanted].flatMap(([key, row]) => (kept.has(key) ? [] : [row]));
	await closeRows(tx, ended, 'replaced');
	await insertRows(tx, opened);
	if (ended.length === 0 && opened.length === 0) return;
	tx.audit({
		type: 'assignments.replaced',
		actor: { kind: 'package', id: 'ledger' },
		occurredAt: tx.now,
		refs: { contract: contractId },
		data: { opened: opened.length, closed: ended.length, unchanged: kept.size },
	});
}

/** Opens assignments; one that is open already under the same source is closed first. */
export async function putAssignments(
	tx: LedgerTransaction,
	assignments: readonly Assignment[],
	closeReason: string,
): Promise<void> {
	if (assignments.length === 0) return;
	const list = JSON.stringify(
		assignments.map(({ identityId, entitlement, source }) => [identityId, entitlement, source.kind, source.ref]),
	);
	await sql`update assignments set closed_at = ${tx.now}, close_reason = ${closeReason} where rowid in (
		select a.rowid from json_each(${list}) as k cross join assignments as a
		where a.identity_id = k.value ->> 0 and a.entitlement = k.value ->> 1 and a.source_kind = k.value ->> 2
			and a.source_ref = k.value ->> 3 and a.closed_at is null)`.execute(tx.db);
	await insertRows(
		tx,
		assignments.map((row) => toRow(row, null, tx.now)),
	);
}

async function closeRows(tx: LedgerTransaction, rows: readonly Stored[], reason: string): Promise<void> {
	if (rows.length === 0) return;
	const ids = JSON.stringify(rows.map(({ rowid }) => rowid));
	await sql`update assignments set closed_at = ${tx.now}, close_reason = ${reason}
		where rowid in (select value from json_each(${ids}))`.execute(tx.db);
}

async function insertRows(tx: LedgerTransaction, rows: readonly AssignmentRow[]): Promise<void> {
	for (const chunk of chunks(rows)) await tx.db.insertInto('assignments').values(chunk).execute();
}

function toRow(assignment: Assignment, contractId: string | null, now: string): AssignmentRow {
	// The interval is the assignment's; the source would only say it a second time.
	const { validUntil: own, ...source } = assignment.source;
	return {
		identity_id: assignment.identityId,
		entitlement: assignment.entitlement,
		source_kind: source.kind,
		source_ref: source.ref,
		source: canonicalJson(source),
		contract_id: contractId,
		valid_from: assignment.validFrom,
		valid_until: assignment.validUntil ?? own ?? null,
		opened_at: now,
		closed_at: null,
		close_reason: null,
	};
}

function isSame(a: AssignmentRow, b: AssignmentRow): boolean {
	return a.source === b.source && a.valid_from === b.valid_from && a.valid_until === b.valid_until;
}

/** One source may assign the same thing for several stretches of time. */
function keyOf({ identityId, entitlement, source, validFrom }: Assignment): string {
	return JSON.stringify([identityId, entitlement, source.kind, source.ref, validFrom]);
}

function notOfContract(contractId: string, ref: string): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		`The assignment by "${ref}" does not come from contract "${contractId}".`,
		'Only what a contract assigns is replaced with it; requests and exceptions have operations of their own.',
	);
}
