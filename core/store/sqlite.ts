import { SqliteDialect, type SqliteDatabase } from 'kysely';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** Prepared statements kept per connection. Kysely's texts repeat, so this is the whole working set. */
const STATEMENT_CACHE = 256;

/** Pages kept in memory (KiB): taken as the ledger grows, not at once. */
const CACHE_KIB = 64 * 1_024;

/**
 * Pages of 4 KB in the WAL before they are written back, 32 MB. Events touch the same pages of the indexes again and again:
 * the rarer they are written back, the less often each of them is. Durability does not depend on it: commits wait for the WAL.
 */
const CHECKPOINT_PAGES = 8_192;

/**
 * Kysely's SQLite dialect over Node's own `node:sqlite`: nothing to compile, so n8n can install it with scripts off.
 * WAL lets others read while we write; `synchronous=FULL` makes a committed approval survive a power cut.
 */
export function sqliteDialect(
	file: string,
	options: { busyTimeoutMs?: number; readOnly?: boolean } = {},
): SqliteDialect {
	const { busyTimeoutMs: timeout = 2_000, readOnly = false } = options;
	if (readOnly) return new SqliteDialect({ database: adapt(new DatabaseSync(file, { timeout, readOnly }), 'begin') });
	if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	const database = new DatabaseSync(file, { timeout, enableForeignKeyConstraints: true });
	if (file !== ':memory:') chmodSync(file, 0o600);
	database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;');
	// SQLite's own 2 MB hold the indexes of a small ledger only: beyond, every event would read its pages anew.
	database.exec(`PRAGMA cache_size = -${CACHE_KIB}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};`);
	// A deferred transaction that reads and then writes can fail with SQLITE_BUSY half-way: take the write lock first.
	return new SqliteDialect({ database: adapt(database, 'begin immediate') });
}

/** The shape Kysely expects (that of better-sqlite3) over node:sqlite's. */
function adapt(database: DatabaseSync, begin: string): SqliteDatabase {
	const cache = new Map<string, StatementSync>();
	const prepare = (sql: string): StatementSync => {
		const text = sql === 'begin' ? begin : sql;
		const cached = cache.get(text);
		if (cached) return cached;
		const statement = database.prepare(text);
		if (cache.size >= STATEMENT_CACHE) cache.clear();
		cache.set(text, statement);
		return statement;
	};
	return {
		close: () => database.close(),
		prepare(sql) {
			const statement = prepare(sql);
			const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
			return {
				reader: statement.columns().length > 0,
				all: (parameters) => statement.all(...values(parameters)),
				run: (parameters) => statement.run(...values(parameters)),
				iterate: (parameters) => statement.iterate(...values(parameters)) as IterableIterator<unknown>,
			};
		},
	};
}
