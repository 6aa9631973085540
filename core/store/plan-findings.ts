import { contentId, type DataFinding } from '../model';
import { chunks, type LedgerTransaction } from './transaction';

/** Keeps what planning found wrong with people's data; a finding that is open already is not opened again. */
export async function saveFindings(tx: LedgerTransaction, findings: readonly DataFinding[]): Promise<void> {
	const rows = findings.map((finding) => ({
		id: contentId('fnd', ['plan', finding.code, finding.identityId ?? null, finding.field ?? null, finding.message]),
		code: finding.code,
		level: finding.level,
		identity_id: finding.identityId ?? null,
		event_id: null,
		field: finding.field ?? null,
		message: finding.message,
		remedy: finding.remedy,
		nearest: finding.nearest ?? null,
		found_at: tx.now,
		resolved_at: null,
		resolution: null,
		resolved_by: null,
	}));
	for (const chunk of chunks(rows)) {
		await tx.db
			.insertInto('lifecycle_findings')
			.values(chunk)
			.onConflict((conflict) =>
				conflict
					.column('id')
					.doUpdateSet({ found_at: tx.now, resolved_at: null, resolution: null, resolved_by: null })
					.where('lifecycle_findings.resolved_at', 'is not', null),
			)
			.execute();
	}
}
