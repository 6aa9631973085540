import { sql, type Kysely } from 'kysely';
import { DomainError } from '../model';
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
	return {
		name,
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

export interface FeedHalt {
	id: string;
	/** False where the same snapshot was stopped before, and nobody has said anything since. */
	fresh: boolean;
}

/** Keeps that a snapshot was not taken over, for somebody to resume or cancel. */
export async function haltFeed(
	tx: LedgerTransaction,
	input: { feed: string; hash: string; reason: string; before: number; after: number },
): Promise<FeedHalt> {
	const open = await tx.db
		.selectFrom('feed_halts')
		.select('id')
		.where('feed', '=', input.feed)
		.where('state', 'in', ['open', 'cancelled'])
		.where('hash', '=', input.hash)
		.executeTakeFirst();
	if (open) return { id: open.id, fresh: false };
	// Another wrong snapshot of the same feed takes the place of the one before.
	await sql`update feed_halts set state = 'cancelled', resolved_at = ${tx.now}, resolution = 'superseded'
		where feed = ${input.feed} and state = 'open'`.execute(tx.db);
	const id = tx.newId('fhl');
	await tx.db
		.insertInto('feed_halts')
		.values({
			id,
			feed: input.feed,
			hash: input.hash,
			reason: input.reason,
			before_count: input.before,
			after_count: input.after,
			state: 'open',
			created_at: tx.now,
			resolved_at: null,
			resolved_by: null,
			resolution: null,
		})
		.execute();
	tx.audit({
		type: 'feed.halted',
		actor: { kind: 'package', id: 'guards' },
		occurredAt: tx.now,
		refs: { halt: id },
		data: { feed: input.feed, before: input.before, after: input.after, hash: input.hash },
	});
	return { id, fresh: true };
}

/** Says whether a stopped snapshot is right. The next poll acts on it. */
export async function resolveFeedHalt(
	tx: LedgerTransaction,
	input: { id: string; decision: 'resume' | 'cancel'; by: string; reason: string },
): Promise<void> {
	const resume = input.decision === 'resume';
	const halt = await tx.db
		.updateTable('feed_halts')
		.set({
			state: resume ? 'resumed' : 'cancelled',
			resolved_at: tx.now,
			resolved_by: input.by,
			resolution: input.reason,
		})
		.where('id', '=', input.id)
		.where('state', '=', 'open')
		.returning('feed')
		.executeTakeFirst();
	if (!halt) throw notOpen(input.id);
	tx.audit({
		type: resume ? 'feed.resumed' : 'feed.cancelled',
		actor: { kind: 'person', id: `halt:${input.id}` },
		occurredAt: tx.now,
		refs: { halt: input.id },
		data: { feed: halt.feed },
		personal: { by: input.by, reason: input.reason },
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

function notOpen(id: string): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`There is no open halt of a feed "${id.slice(0, 100)}".`,
		'Take the id from the item of HRIS Snapshot Trigger. A halt is resolved once.',
	);
}
