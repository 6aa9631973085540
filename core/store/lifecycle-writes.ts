import { sql, type Kysely } from 'kysely';
import { statementOf, type Statement, type StatedEvent } from '../lifecycle';
import { canonicalJson, type DataFinding } from '../model';
import { instantOf, isDate } from '../time';
import { inboxOf, type PreparedEvent } from './lifecycle-evidence';
import { insertRows, insertStatements } from './lifecycle-rows';
import type { LedgerTables } from './schema';

export interface StoredFinding extends DataFinding {
	id: string;
	eventId?: string;
}

type Row = Array<string | number | null>;

const EVENT_COLUMNS = [
	'id',
	'source',
	'external_id',
	'type',
	'content_hash',
	'contract_id',
	'payload',
	'state',
	'lease_until',
	'attempts',
	'occurred_at',
	'received_at',
	'identity_id',
	'content_key',
];
const FINDING_COLUMNS = [
	'id',
	'code',
	'level',
	'identity_id',
	'event_id',
	'field',
	'message',
	'remedy',
	'nearest',
	'found_at',
];

/** Rows that a batch will write, so that nothing is written event by event. */
export class PendingWrites {
	readonly #events: Row[] = [];
	readonly #statements: Array<{ identityId: string; statement: Statement }> = [];
	readonly #references: Row[] = [];
	readonly #repeats: Row[] = [];
	readonly #boundaries = new Map<string, Row>();
	readonly #managers = new Map<string, Row>();
	readonly findings = new Map<string, StoredFinding>();

	constructor(
		readonly db: Kysely<LedgerTables>,
		readonly now: string,
	) {}

	event(prepared: PreparedEvent, place: { identityId?: string; state: string; leaseUntil: string }): void {
		const { event, eventId, contentHash, contentKey } = prepared;
		this.#events.push([
			eventId,
			inboxOf(event.source),
			event.id,
			event.type,
			contentHash,
			// Lifecycle events belong to no contract.
			'',
			canonicalJson(event),
			place.state,
			place.leaseUntil,
			place.state === 'processing' ? 1 : 0,
			event.createdAt,
			this.now,
			place.identityId ?? null,
			contentKey,
		]);
	}

	/** What an event says of its person, and what follows from that for the clock and for managers. */
	spoken(identityId: string, eventId: string, event: StatedEvent, zone: string): void {
		const spoken = statementOf(event);
		if (!spoken) return;
		this.statement(identityId, { ...spoken, eventId, knownAt: this.now });
		this.consequences(identityId, event, zone);
	}

	statement(identityId: string, statement: Statement): void {
		this.#statements.push({ identityId, statement });
	}

	consequences(identityId: string, event: StatedEvent, zone: string): void {
		const { attributes, effectiveAt, until, createdAt } = event;
		const day = (name: string, edge: 'start' | 'end') => {
			const value = attributes[name];
			return typeof value === 'string' && isDate(value) ? [instantOf(value, zone, edge)] : [];
		};
		for (const at of [effectiveAt, until ?? '', ...day('startDate', 'start'), ...day('endDate', 'end')]) {
			if (at > this.now) this.#boundaries.set(`${at}|${identityId}`, [at, identityId]);
		}
		const manager = attributes['manager'];
		// What is announced counts at once: a circle is told of before it closes.
		if (manager === undefined || event.type === 'signal') return;
		const since = `${effectiveAt}|${createdAt}`;
		if (String(this.#managers.get(identityId)?.[2] ?? '') > since) return;
		this.#managers.set(identityId, [identityId, typeof manager === 'string' ? manager.toLowerCase() : '', since]);
	}

	reference(event: StatedEvent, eventId: string): void {
		this.#references.push([event.source, event.refersTo ?? '', eventId, event.type]);
	}

	/** The event came again under another id. */
	repeat(event: StatedEvent, eventId: string): void {
		this.#repeats.push([event.source, event.id, eventId]);
	}

	finding(finding: StoredFinding): void {
		this.findings.set(finding.id, finding);
	}

	/** Who got a manager since the last flush. */
	get managed(): string[] {
		return [...this.#managers.keys()];
	}

	async flush(): Promise<void> {
		const { db } = this;
		await insertRows(db, 'events', EVENT_COLUMNS, this.#events);
		await insertStatements(db, this.#statements);
		const references = ['source', 'refers_to', 'event_id', 'type'];
		await insertRows(db, 'lifecycle_references', references, this.#references, 'on conflict do nothing');
		const repeats = ['source', 'external_id', 'event_id'];
		await insertRows(db, 'lifecycle_repeats', repeats, this.#repeats, 'on conflict do nothing');
		const boundaries = [...this.#boundaries.values()];
		await insertRows(db, 'lifecycle_boundaries', ['at', 'identity_id'], boundaries, 'on conflict do nothing');
		const newer = `on conflict do update set manager = excluded.manager, since = excluded.since
			where excluded.since >= identity_managers.since`;
		const managers = [...this.#managers.values()];
		await insertRows(db, 'identity_managers', ['identity_id', 'manager', 'since'], managers, newer);
		await this.#flushFindings();
		this.#events.length = 0;
		this.#statements.length = 0;
		this.#references.length = 0;
		this.#repeats.length = 0;
		this.#boundaries.clear();
		this.#managers.clear();
	}

	async #flushFindings(): Promise<void> {
		const rows = [...this.findings.values()].map((finding) => [
			finding.id,
			finding.code,
			finding.level,
			finding.identityId ?? null,
			finding.eventId ?? null,
			finding.field ?? null,
			finding.message,
			finding.remedy,
			finding.nearest ?? null,
			this.now,
		]);
		// The same finding may come back after it was resolved: it is open again then.
		const again = 'on conflict do update set resolved_at = null, resolution = null, resolved_by = null';
		await insertRows(this.db, 'lifecycle_findings', FINDING_COLUMNS, rows, again);
		this.findings.clear();
	}
}

/** Closes findings without a person's decision: what they were about has been mended or taken back. */
export async function closeFindings(
	db: Kysely<LedgerTables>,
	now: string,
	ids: readonly string[],
	resolution: string,
): Promise<void> {
	if (ids.length === 0) return;
	await sql`update lifecycle_findings set resolved_at = ${now}, resolution = ${resolution}, resolved_by = 'ledger'
		where id in (select value from json_each(${JSON.stringify(ids)})) and resolved_at is null`.execute(db);
}
