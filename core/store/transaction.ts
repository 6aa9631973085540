import { createHmac } from 'node:crypto';
import { sql, type RawBuilder, type Transaction } from 'kysely';
import { chainHash, genesisHash, sealRecord, type RecordInput } from '../audit';
import { canonicalJson } from '../model';
import type { Random } from '../ports';
import type { LedgerTables } from './schema';

/** Rows per INSERT: keeps statements well under SQLite's limit of 32,766 parameters. */
const ROWS_PER_INSERT = 500;

/**
 * One transaction on the ledger. Audit records given to `audit` are sealed and written at its end, in the order given,
 * so that a record exists exactly when what it records does.
 */
export class LedgerTransaction {
	readonly #records: RecordInput[] = [];

	constructor(
		readonly db: Transaction<LedgerTables>,
		readonly ledgerId: string,
		/** The instant of this transaction, ISO UTC: every row that it writes carries the same one. */
		readonly now: string,
		readonly random: Random,
		/** Secret under which facts about persons are turned into pseudonyms before they enter a leaf. */
		readonly pseudonymKey: string,
	) {}

	audit(record: RecordInput): void {
		this.#records.push(record);
	}

	/** A hash that only this ledger can compute: what stands in a leaf must not be found by trying likely values. */
	pseudonym(value: unknown): string {
		return createHmac('sha256', this.pseudonymKey).update(canonicalJson(value)).digest('hex');
	}

	/** A fresh id, e.g. `lease_…`. */
	newId(prefix: string): string {
		return `${prefix}_${this.random(12).toString('hex')}`;
	}

	/** Called once by the ledger, as the last step before the commit. */
	async sealAudit(): Promise<void> {
		if (this.#records.length === 0) return;
		const last = await this.db
			.selectFrom('audit_records')
			.select(['seq', 'chain_hash'])
			.orderBy('seq', 'desc')
			.limit(1)
			.executeTakeFirst();
		let head = last?.chain_hash ?? genesisHash(this.ledgerId);
		const first = (last?.seq ?? 0) + 1;
		const rows = this.#records.map((record, index) => {
			const sealed = sealRecord(record, {
				ledger: this.ledgerId,
				seq: first + index,
				recordedAt: this.now,
				salt: this.random(32),
			});
			head = chainHash(head, sealed.leafHash);
			return {
				seq: sealed.seq,
				recorded_at: this.now,
				type: record.type,
				leaf: sealed.leaf,
				leaf_hash: sealed.leafHash,
				chain_hash: head,
				personal: sealed.personal,
				salt: sealed.salt,
			};
		});
		for (const chunk of chunks(rows)) await this.db.insertInto('audit_records').values(chunk).execute();
		this.#records.length = 0;
	}
}

/** Splits rows for multi-row inserts. */
export function chunks<T>(rows: readonly T[], size = ROWS_PER_INSERT): T[][] {
	const result: T[][] = [];
	for (let at = 0; at < rows.length; at += size) result.push(rows.slice(at, at + size));
	return result;
}

/** The right side of `column in (…)` for a list of any length, as one parameter: the statement's text stays the same. */
export function anyOf(values: readonly string[]): RawBuilder<string> {
	return sql<string>`(select value from json_each(${JSON.stringify(values)}))`;
}

/** Adds seconds to an ISO instant. */
export function later(instant: string, seconds: number): string {
	return new Date(Date.parse(instant) + seconds * 1_000).toISOString();
}
