import { chunks, type LedgerTransaction } from './transaction';

/** Access that somebody kept after it should have ended, `[from, until)`, as found out by a plan. */
export interface Exposure {
	identityId: string;
	entitlement: string;
	from: string;
	until: string;
}

export async function saveExposures(
	tx: LedgerTransaction,
	planId: string,
	exposures: readonly Exposure[],
): Promise<void> {
	const rows = exposures.map((exposure) => ({
		plan_id: planId,
		identity_id: exposure.identityId,
		entitlement: exposure.entitlement,
		exposed_from: exposure.from,
		exposed_until: exposure.until,
		found_at: tx.now,
	}));
	for (const chunk of chunks(rows)) {
		await tx.db
			.insertInto('exposures')
			.values(chunk)
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	}
	for (const exposure of exposures) {
		tx.audit({
			type: 'access.exposed',
			actor: { kind: 'package', id: 'ledger' },
			occurredAt: exposure.from,
			refs: { plan: planId, identity: exposure.identityId },
			data: { entitlement: exposure.entitlement, from: exposure.from, until: exposure.until },
		});
	}
}
