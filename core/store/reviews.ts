import { sql } from 'kysely';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

/** Somebody has to be evaluated again, from an instant on. */
export interface Review {
	identityId: string;
	dueAt: string;
	/** Why, without personal data, e.g. `employment ends`, `signal device expires`. */
	reason: string;
}

/** Adds what has to be looked at; the same twice is once. */
export async function addReviews(tx: LedgerTransaction, reviews: readonly Review[]): Promise<void> {
	const rows = reviews.map((review) => ({
		identity_id: review.identityId,
		due_at: review.dueAt,
		reason: review.reason,
		created_at: tx.now,
	}));
	for (const chunk of chunks(rows)) {
		await tx.db
			.insertInto('reviews')
			.values(chunk)
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	}
}

/** Who was evaluated as of an instant needs no review up to it any more, and gets the next ones. */
export async function replaceReviews(
	tx: LedgerTransaction,
	asOf: string,
	evaluated: readonly string[],
	reviews: readonly Review[],
): Promise<void> {
	if (evaluated.length > 0) {
		await tx.db.deleteFrom('reviews').where('identity_id', 'in', anyOf(evaluated)).execute();
		await sql`delete from lifecycle_boundaries where at <= ${asOf} and identity_id in (
			select value from json_each(${JSON.stringify(evaluated)}))`.execute(tx.db);
		await sql`delete from due_leases where task in (
			select 'review:' || value from json_each(${JSON.stringify(evaluated)}))`.execute(tx.db);
	}
	await addReviews(tx, reviews);
}
