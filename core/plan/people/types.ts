import type { Action, Assignment, EmploymentSpell, Grant, PersonTimeline, PlannedAction } from '../../model';
import type { CompiledPolicy, PeerGroups, PersonAccess } from '../../policy';
import type { PlanResult } from '../types';
import type { AccountNames } from './account-names';

/** An account as the ledger knows it. */
export interface KnownAccount {
	/** Mapped attributes as last applied; empty where they are not known. */
	attributes: Readonly<Record<string, unknown>>;
	/** As the application has it. */
	userName?: string;
	/** False for an account that is there and lets nobody in. */
	active: boolean;
}

/** A spell that ended because somebody vanished from a feed: nobody said that they left. */
export type Spell = EmploymentSpell & { inferred?: boolean };

/** One person, whole: everything that they hold and everything that is under way. */
export interface PersonToPlan {
	timeline: PersonTimeline;
	/** As `desiredTenures` gave it for the same moment. */
	access: PersonAccess;
	/** All open grants of the person, from every source. */
	held: readonly Grant[];
	/** Actions that are not finished, denied ones included. */
	openActions: readonly Action[];
	/** Why the person gets nothing new until somebody has resolved it (a finding of level `hold`). */
	hold?: string;
	/** Why nothing is concluded from their attributes either: one of them has a value that nobody knows. */
	keep?: string;
}

export interface PeoplePlanInput {
	compiled: CompiledPolicy;
	/** Hash of the policy version, part of each action's content. */
	policyHash: string;
	/** What the plan follows from, e.g. the event's id: it makes action ids distinct between plans. */
	seed: string;
	/** Taken one after the other and not kept: may be a generator. */
	people: Iterable<PersonToPlan>;
	/** By `accountKey`. Absent: unknown, and left alone. */
	accounts?: ReadonlyMap<string, KnownAccount>;
	/** Ids of managers' accounts by `accountKey` of application and the manager's e-mail address. */
	managerAccounts?: ReadonlyMap<string, string>;
	/** Decided userNames, where the policy says what happens on a collision. */
	names?: Pick<AccountNames, 'of' | 'isEmpty'>;
	/** Who holds what among people alike, for risk. */
	peers?: PeerGroups;
	/** ISO instant from which holds what the plan follows from; before `asOf` it is backdated. */
	effectiveAt?: string;
	/** Contract that the plan follows from: of several that earn the same, actions name this one. */
	contractId?: string;
	/** ISO instant. */
	asOf: string;
}

/** Access that went on after it should have ended, because we learnt of the end too late. */
export interface Exposure {
	identityId: string;
	entitlement: string;
	from: string;
	until: string;
}

export interface PeoplePlanResult extends PlanResult {
	exposures: Exposure[];
	/** What would be done in applications whose enforcement is `record`. */
	recorded: PlannedAction[];
	/** Exceptions and the like that have to be kept with the plan; empty but for rollbacks. */
	assignments: Assignment[];
	/** People looked at, and those of them whom nothing changes for. */
	people: { total: number; unchanged: number };
}
