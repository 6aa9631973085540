import type { ActionContent, PlannedAction } from '../../model';
import type { CompiledPolicy } from '../../policy';

/** A revocation that an earlier plan of the window asked for. */
export interface EarlierRevocation {
	/** When it was planned (ISO instant). */
	at: string;
	identityId: string;
	application: string;
	/** Absent for steps that take no entitlement. */
	entitlement?: string;
	inferred: boolean;
	/** Because the person left, and somebody said so. */
	leaver: boolean;
}

/** What guards have to know of an action. */
export interface GuardedAction extends Pick<PlannedAction, 'id' | 'event' | 'inferred'> {
	content: Pick<ActionContent, 'identityId' | 'application' | 'entitlement' | 'operation' | 'dueAt'>;
}

/** How much is held before the run: what percentages are of. */
export interface Population {
	holdings: number;
	byApplication?: ReadonlyMap<string, number>;
	byEntitlement?: ReadonlyMap<string, number>;
}

export interface GuardInput {
	compiled: CompiledPolicy;
	/** New actions of all plans of the run. */
	actions: readonly GuardedAction[];
	population: Population;
	/** Of earlier runs; what lies before the window is left out. */
	history: readonly EarlierRevocation[];
	/** ISO instant. */
	asOf: string;
}

export type GuardName = 'inferred_revokes' | 'inferred_revokes_percent' | 'leavers' | 'feed';

/** A limit that was passed. */
export interface GuardTrip {
	guard: GuardName;
	scope: 'run' | 'application' | 'entitlement' | 'feed';
	/** Application, entitlement or feed. */
	name?: string;
	/** Counted over the window: revocations, percent of what is held, people, or rows. */
	count: number;
	limit: number;
	message: string;
	remedy: string;
	/** Actions of this run that it stops. */
	actionIds: string[];
}

/** Something to tell people about that stops nothing. */
export interface GuardAlarm {
	code: 'LEAVERS' | 'EXPOSURE';
	message: string;
	count: number;
}

export interface GuardVerdict {
	/** Sorted by guard, scope and name. */
	tripped: GuardTrip[];
	/** Ids of all actions that any of them stops, each once, sorted. */
	halted: string[];
	alarms: GuardAlarm[];
}
