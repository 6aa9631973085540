import type { DomainError, ErrorCode } from '../../model';
import type { BulkTraffic } from '../bulk';
import type { Traffic } from '../client';
import type { GuardVerdict } from './guard';
import type { MinimumRequests, ScimActionKind, ScimFinding } from './types';

export interface ActionReport {
	action: string;
	kind: ScimActionKind;
	subject: string;
	/** `skipped`: an earlier attempt with this plan had done it. */
	outcome: 'verified' | 'applied' | 'failed' | 'skipped';
	remoteId?: string;
	reads: number;
	/** 1 also where a bulk request carried others, too. */
	writes: number;
	note?: string;
	code?: ErrorCode;
	remedy?: string;
}

export interface ScimApplyReport {
	/** Of the plan; a dry run has the same. */
	hash: string;
	application: string;
	dryRun: boolean;
	/** `stopped`: before the first write, by the guard. */
	outcome: 'done' | 'failed' | 'stopped' | 'dry_run';
	guard: GuardVerdict;
	results: readonly ActionReport[];
	counts: { verified: number; applied: number; failed: number; skipped: number };
	/** Of this run alone, planning not included. */
	requests: Traffic;
	minimum: MinimumRequests;
	/** Absent where no bulk request was sent. `requests.writes` + `saved` is what single requests would have been. */
	bulk?: BulkTraffic;
	/** What a killed run had begun, as looked up. */
	recovered: { applied: number; notApplied: number };
	findings: readonly ScimFinding[];
}

export function countOutcomes(results: readonly ActionReport[]): ScimApplyReport['counts'] {
	const counts = { verified: 0, applied: 0, failed: 0, skipped: 0 };
	for (const { outcome } of results) counts[outcome]++;
	return counts;
}

/** The parts of a report that an error gives. */
export function failureParts(error: DomainError): Pick<ActionReport, 'note' | 'code' | 'remedy'> {
	return { note: error.message, code: error.code, remedy: error.remedy };
}
