import type { StoredRecord } from '../../audit';
import type { Action, Blocked, DataFinding, SeparationHit } from '../../model';
import type { GuardVerdict, PeoplePlanResult } from '../../plan';
import type { RunOutcome } from '../run';

/** An action as a replay shows it. */
export interface ReplayAction {
	id: string;
	hash: string;
	identityId: string;
	subject: string;
	application: string;
	operation: string;
	entitlement?: string;
	target?: string;
	dueAt: string;
	validUntil?: string;
	/** The account is made ready and lets nobody in yet. */
	disabled?: true;
	approval: string;
	approvalRule?: string;
	execution: string;
	reason: string;
	sources: string[];
	/** Words of the contract that it follows from. */
	quote?: string;
	privileged?: true;
	inferred?: true;
	risk?: number;
	separation?: SeparationHit[];
	verifyBy?: string;
}

export interface ReplayEntry {
	/** Line of the file; 0 for what the clock brought. */
	line: number;
	at: string;
	id?: string;
	type: string;
	status: string;
	contract?: string;
	identities?: string[];
	findings?: Array<{ code: string; level: string; field?: string; message: string; remedy: string; nearest?: string }>;
	duplicateOf?: string;
	supersededVersions?: string[];
	problem?: string;
	remedy?: string;
	refused?: Array<{ entitlement: string; reason: string; remedy: string }>;
	plan?: {
		id: string;
		actions: ReplayAction[];
		kept: string[];
		superseded: Array<{ actionId: string; reason: string }>;
		blocked: Array<{ subject: string; entitlement?: string; rule?: string; reason: string; remedy: string }>;
		exposures: PeoplePlanResult['exposures'];
		recorded: number;
		proposed: Array<{ identityId: string; rule: string; entitlement: string }>;
		guards: Pick<GuardVerdict, 'tripped' | 'alarms'>;
		summary: PeoplePlanResult['summary'];
	};
	/** Ids of actions that were due and are done now. */
	applied?: string[];
	/** What was written to the audit log. */
	records: Array<{ seq: number; type: string; refs: Record<string, string>; data: unknown }>;
}

export interface ReplayResult {
	policy: { name: string; hash: string };
	events: ReplayEntry[];
	final: {
		at: string;
		grants: Array<{
			identityId: string;
			person: string;
			entitlement: string;
			source: string;
			validFrom: string;
			validUntil?: string;
		}>;
		/** Of who holds what from which source until when: equal for runs that lead to the same access. */
		grantsHash: string;
		scheduled: ReplayAction[];
		/** Due and not done: for want of approval, by a guard, or because nothing is carried out. */
		waiting: ReplayAction[];
		audit: 'intact' | 'broken';
	};
}

export function shownAction(action: Action): ReplayAction {
	const { content, sources, risk, separation, verifyBy, approval } = action;
	const quote = sources.find((source) => source.quote !== undefined)?.quote?.text;
	return {
		id: action.id,
		hash: action.hash,
		identityId: content.identityId,
		subject: action.subject,
		application: content.application,
		operation: content.operation,
		...(content.entitlement !== undefined && { entitlement: content.entitlement }),
		...(content.target !== undefined && { target: content.target }),
		dueAt: content.dueAt,
		...(content.validUntil !== undefined && { validUntil: content.validUntil }),
		...(content.disabled === true && { disabled: true }),
		approval: action.approvalState,
		...(approval && { approvalRule: approval.rule }),
		execution: action.executionState,
		reason: action.reason,
		sources: sources.map(({ kind, ref }) => `${kind}:${ref}`),
		...(quote !== undefined && { quote }),
		...(action.privileged && { privileged: true }),
		...(action.inferred === true && { inferred: true }),
		...(risk && { risk: risk.score }),
		...(separation && separation.length > 0 && { separation }),
		...(verifyBy !== undefined && { verifyBy }),
	};
}

export function shownRecord({ seq, leaf }: StoredRecord): ReplayEntry['records'][number] {
	const { type, refs, data } = JSON.parse(leaf) as { type: string; refs?: Record<string, string>; data?: unknown };
	return { seq, type, refs: refs ?? {}, data: data ?? {} };
}

export function shownFinding({ code, level, field, message, remedy, nearest }: DataFinding) {
	return {
		code,
		level,
		message,
		remedy,
		...(field !== undefined && { field }),
		...(nearest !== undefined && { nearest }),
	};
}

export function shownPlan({ planId, actions, kept, blocked, decision }: RunOutcome) {
	const { plan, guard, proposed } = decision;
	return {
		id: planId,
		actions: actions.map(shownAction),
		kept: kept.map(({ id }) => id),
		superseded: plan.superseded.map(({ actionId, reason }) => ({ actionId, reason })),
		blocked: blocked.map(({ subject, entitlement, rule, reason, remedy }: Blocked) => ({
			subject,
			...(entitlement !== undefined && { entitlement }),
			...(rule !== undefined && { rule }),
			reason,
			remedy,
		})),
		exposures: plan.exposures,
		recorded: plan.recorded.length,
		proposed,
		guards: { tripped: guard.tripped, alarms: guard.alarms },
		summary: plan.summary,
	};
}
