import { contentId, DomainError } from '../model';
import type { LedgerTransaction } from './transaction';

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
	await supersedeHalts(tx, input.feed);
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
	await openFinding(tx, id, input);
	tx.audit({
		type: 'feed.halted',
		actor: { kind: 'package', id: 'guards' },
		occurredAt: tx.now,
		refs: { halt: id },
		data: { feed: input.feed, before: input.before, after: input.after, hash: input.hash },
	});
	return { id, fresh: true };
}

/** Beside the halt, among all that is wrong with incoming data. It is closed with the halt. */
async function openFinding(
	tx: LedgerTransaction,
	haltId: string,
	{ feed, reason }: { feed: string; reason: string },
): Promise<void> {
	await tx.db
		.insertInto('lifecycle_findings')
		.values({
			id: contentId('fnd', ['feed', haltId]),
			code: 'FEED_SHRANK',
			level: 'hold',
			identity_id: null,
			event_id: null,
			field: feed,
			message: reason,
			remedy: `Check the source. Then resume or cancel the halt ${haltId}, with a reason.`,
			nearest: null,
			found_at: tx.now,
			resolved_at: null,
			resolution: null,
			resolved_by: null,
		})
		.execute();
}

/** Ends what waits for somebody's word on a feed: a newer snapshot has come. */
export async function supersedeHalts(tx: LedgerTransaction, feed: string): Promise<void> {
	await tx.db
		.updateTable('feed_halts')
		.set({ state: 'cancelled', resolved_at: tx.now, resolution: SUPERSEDED })
		.where('feed', '=', feed)
		.where('state', '=', 'open')
		.execute();
	await closeFinding(tx, feed, { resolution: SUPERSEDED, by: null });
}

const SUPERSEDED = 'superseded';

async function closeFinding(
	tx: LedgerTransaction,
	feed: string,
	{ resolution, by }: { resolution: string; by: string | null },
): Promise<void> {
	await tx.db
		.updateTable('lifecycle_findings')
		.set({ resolved_at: tx.now, resolution, resolved_by: by })
		.where('code', '=', 'FEED_SHRANK')
		.where('field', '=', feed)
		.where('resolved_at', 'is', null)
		.execute();
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
	await closeFinding(tx, halt.feed, { resolution: input.reason, by: input.by });
	tx.audit({
		type: resume ? 'feed.resumed' : 'feed.cancelled',
		actor: { kind: 'person', id: `halt:${input.id}` },
		occurredAt: tx.now,
		refs: { halt: input.id },
		data: { feed: halt.feed },
		personal: { by: input.by, reason: input.reason },
	});
}

function notOpen(id: string): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`There is no open halt of a feed "${id.slice(0, 100)}".`,
		'Take the id from the item of HRIS Snapshot Trigger. A halt is resolved once.',
	);
}
