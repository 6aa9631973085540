import { canonicalJson, DomainError, type Assignment } from '../model';
import { putAssignments } from './assignments';
import { changed, requireIdentity } from './requests';
import { chunks, type LedgerTransaction } from './transaction';

export interface BreakGlassInput {
	identityId: string;
	entitlements: readonly string[];
	usedBy: string;
	reason: string;
	validUntil: string;
	/** Who looks at it afterwards, and by when. */
	reviewers: readonly string[];
	reviewBy: string;
	policyHash?: string;
}

/** Emergency access: at once, for hours, looked at afterwards. */
export async function breakGlass(
	tx: LedgerTransaction,
	input: BreakGlassInput,
): Promise<Array<{ breakGlassId: string; assignment: Assignment }>> {
	await requireIdentity(tx.db, input.identityId);
	const used = [...new Set(input.entitlements)].map((entitlement) => {
		const breakGlassId = tx.newId('bgl');
		const assignment: Assignment = {
			identityId: input.identityId,
			entitlement,
			source: {
				kind: 'break_glass',
				ref: breakGlassId,
				reason: `Emergency access by ${input.usedBy}: ${input.reason}`,
			},
			validFrom: tx.now,
			validUntil: input.validUntil,
		};
		return { breakGlassId, assignment };
	});
	await putAssignments(
		tx,
		used.map(({ assignment }) => assignment),
		'replaced',
	);
	const rows = used.map(({ breakGlassId, assignment }) => ({
		id: breakGlassId,
		identity_id: input.identityId,
		entitlement: assignment.entitlement,
		used_by: input.usedBy,
		reason: input.reason,
		policy_hash: input.policyHash ?? null,
		valid_from: tx.now,
		valid_until: input.validUntil,
		reviewers: canonicalJson([...input.reviewers]),
		review_by: input.reviewBy,
		outcome: null,
		reviewed_by: null,
		reviewed_at: null,
		review_reason: null,
	}));
	for (const chunk of chunks(rows)) await tx.db.insertInto('break_glass').values(chunk).execute();
	await changed(tx, input.identityId, 'emergency access');
	for (const { breakGlassId, assignment } of used) {
		tx.audit({
			type: 'access.break_glass',
			actor: { kind: 'person', id: `break_glass:${breakGlassId}` },
			occurredAt: tx.now,
			refs: {
				identity: input.identityId,
				breakGlass: breakGlassId,
				...(input.policyHash === undefined ? {} : { policy: input.policyHash }),
			},
			data: { entitlement: assignment.entitlement, until: input.validUntil, reviewBy: input.reviewBy },
			personal: { by: input.usedBy, reason: input.reason, reviewers: [...input.reviewers] },
		});
	}
	return used;
}

export interface BreakGlassReview {
	id: string;
	outcome: 'justified' | 'unjustified';
	by: string;
	reason: string;
}

/** The look afterwards. Nobody reviews emergency access that they used or had. */
export async function reviewBreakGlass(tx: LedgerTransaction, review: BreakGlassReview): Promise<void> {
	const row = await tx.db
		.selectFrom('break_glass')
		.select(['identity_id', 'used_by', 'outcome'])
		.where('id', '=', review.id)
		.executeTakeFirst();
	if (row?.outcome !== null) throw notToReview(review.id);
	const own = await tx.db
		.selectFrom('identity_keys')
		.select('value')
		.where('identity_id', '=', row.identity_id)
		.where('kind', '=', 'email')
		.execute();
	const concerned = [row.used_by, ...own.map(({ value }) => value)].map((each) => each.trim().toLowerCase());
	if (concerned.includes(review.by.trim().toLowerCase())) throw ownAccess();
	await tx.db
		.updateTable('break_glass')
		.set({ outcome: review.outcome, reviewed_by: review.by, reviewed_at: tx.now, review_reason: review.reason })
		.where('id', '=', review.id)
		.execute();
	tx.audit({
		type: 'access.break_glass_reviewed',
		actor: { kind: 'person', id: `break_glass:${review.id}` },
		occurredAt: tx.now,
		refs: { identity: row.identity_id, breakGlass: review.id },
		data: { outcome: review.outcome },
		personal: { by: review.by, reason: review.reason },
	});
}

function notToReview(id: string): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`There is no emergency access "${id.slice(0, 100)}" that waits for its review.`,
		'Take the id from the item of Break Glass or Get Due. It is reviewed once.',
	);
}

function ownAccess(): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		'Emergency access is not reviewed by the person who used it or had it.',
		'Have one of the reviewers that the policy names look at it.',
	);
}
