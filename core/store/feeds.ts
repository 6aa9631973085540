import type { Kysely } from 'kysely';
import { DomainError } from '../model';
import { supersedeHalts } from './feed-halts';
import type { LedgerTables } from './schema';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

export interface FeedRow {
	key: string;
	hash: string;
	/** As it came, for telling what changed. */
	row: Readonly<Record<string, unknown>>;
	/** False for rows that were only taken as a baseline: no event has told of them. */
	introduced: boolean;
}

/** The last snapshot of a feed that was taken over. */
export interface Feed {
	name: string;
	/** 1 for the first snapshot. */
	number: number;
	hash: string;
	takenAt: string;
	rows: FeedRow[];
	/** Fewest rows that somebody has said to be right after a guard stopped a snapshot, since this one was taken. */
	acceptedRows?: number;
	/** A later snapshot was stopped, and nobody has decided about it. */
	halted?: true;
}

export async function readFeed(db: Kysely<LedgerTables>, name: string): Promise<Feed | undefined> {
	const feed = await db.selectFrom('feeds').selectAll().where('name', '=', name).executeTakeFirst();
	if (!feed) return undefined;
	const rows = await db.selectFrom('feed_rows').selectAll().where('feed', '=', name).orderBy('key').execute();
	const accepted = await db
		.selectFrom('feed_halts')
		.select((eb) => eb.fn.min('after_count').as('rows'))
		.where('feed', '=', name)
		.where('state', '=', 'resumed')
		.where('created_at', '>=', feed.taken_at)
		.executeTakeFirst();
	const halt = await db
		.selectFrom('feed_halts')
		.select('id')
		.where('feed', '=', name)
		.where('state', '=', 'open')
		.executeTakeFirst();
	return {
		name,
		...(halt && { halted: true }),
		number: feed.number,
		hash: feed.hash,
		takenAt: feed.taken_at,
		rows: rows.map(({ key, hash, row, introduced }) => ({
			key,
			hash,
			row: JSON.parse(row) as Record<string, unknown>,
			introduced: introduced === 1,
		})),
		...(typeof accepted?.rows === 'number' ? { acceptedRows: accepted.rows } : {}),
	};
}

export interface Snapshot {
	feed: string;
	/** Number of the snapshot that it was compared with; 0 where there was none. */
	after: number;
	hash: string;
	rowCount: number;
	/** New and changed rows. */
	changed: readonly FeedRow[];
	vanished: readonly string[];
}

/** Takes a snapshot over, unless another run has taken one over meanwhile. */
export async function saveSnapshot(tx: LedgerTransaction, snapshot: Snapshot): Promise<void> {
	const { feed: name, after, hash, rowCount } = snapshot;
	const known = await tx.db.selectFrom('feeds').select('number').where('name', '=', name).executeTakeFirst();
	if ((known?.number ?? 0) !== after) throw overtaken(name);
	// Of a snapshot that was stopped before, nothing is left to decide.
	await supersedeHalts(tx, name);
	const row = { name, number: after + 1, hash, row_count: rowCount, taken_at: tx.now };
	await tx.db
		.insertInto('feeds')
		.values(row)
		.onConflict((conflict) => conflict.column('name').doUpdateSet(row))
		.execute();
	const rows = snapshot.changed.map((each) => ({
		feed: name,
		key: each.key,
		hash: each.hash,
		row: JSON.stringify(each.row),
		introduced: each.introduced ? 1 : 0,
	}));
	for (const chunk of chunks(rows)) {
		await tx.db
			.insertInto('feed_rows')
			.values(chunk)
			.onConflict((conflict) =>
				conflict.columns(['feed', 'key']).doUpdateSet((eb) => ({
					hash: eb.ref('excluded.hash'),
					row: eb.ref('excluded.row'),
					introduced: eb.ref('excluded.introduced'),
				})),
			)
			.execute();
	}
	if (snapshot.vanished.length > 0) {
		await tx.db.deleteFrom('feed_rows').where('feed', '=', name).where('key', 'in', anyOf(snapshot.vanished)).execute();
	}
	tx.audit({
		type: 'feed.taken',
		actor: { kind: 'system', id: `feed:${name}` },
		occurredAt: tx.now,
		data: {
			number: after + 1,
			hash,
			rows: rowCount,
			changed: snapshot.changed.length,
			vanished: snapshot.vanished.length,
		},
	});
}

function overtaken(name: string): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		`Another run has taken over a snapshot of feed "${name.slice(0, 100)}" meanwhile.`,
		'Nothing was written. The next poll compares with that one.',
		{ retry: true },
	);
}
