import type { PatchOperation } from '../diff';
import type { EarlierCreation } from '../lost-answer';
import type { ScimObject, ScimResource } from '../resource';

/** What an account is matched by, strongest first. */
export type MatchKey = 'id' | 'externalId' | 'userName' | 'email';

export const MATCH_ORDER: readonly MatchKey[] = ['id', 'externalId', 'userName', 'email'];

/** Somebody named in the desired state: by externalId, userName or the application's id; groups by displayName too. */
export interface Reference {
	type: 'User' | 'Group';
	names: readonly string[];
}

export interface DesiredUser {
	/** What people call the user: userName. */
	subject: string;
	/** What the account is found by. */
	keys: Readonly<Partial<Record<MatchKey, string>>>;
	/** Normalised attributes, without `active`, `password` and `manager`. */
	attributes: ScimObject;
	/** Wanted state; true where the file doesn't say. */
	active: boolean;
	/** False where the file says nothing of it. */
	statesActive: boolean;
	manager?: Reference;
	/** Sent once, when the account is created. Never planned, journaled or reported. */
	password?: string;
}

export interface DesiredGroup {
	displayName: string;
	id?: string;
	externalId?: string;
	/** Attributes beside displayName, externalId and members. */
	attributes: ScimObject;
	/** Absent: membership is none of our business. */
	members?: readonly Reference[];
}

export interface DesiredState {
	/** False where there is no list of users at all: then nothing is said of anybody, also not that nobody is wanted. */
	statesUsers?: boolean;
	users: readonly DesiredUser[];
	groups: readonly DesiredGroup[];
}

/** One attribute that changes, with what it was and will be. */
export interface AttributeChange {
	path: string;
	before?: unknown;
	after?: unknown;
}

export type UserActionKind =
	'create_user' | 'update_user' | 'rename_user' | 'reactivate_user' | 'deactivate_user' | 'set_manager';
export type GroupActionKind = 'create_group' | 'update_group' | 'rename_group' | 'add_members' | 'remove_members';
export type ScimActionKind = UserActionKind | GroupActionKind;

/** One change in the application. The id is derived from everything else, so the same change has the same id. */
export interface ScimAction {
	id: string;
	kind: ScimActionKind;
	/** userName of the user, displayName of the group. */
	subject: string;
	/** The application's id, where the entry exists already. */
	remoteId?: string;
	/** What a created entry gets. */
	attributes?: ScimObject;
	/** What changes of an existing one. */
	changes?: readonly AttributeChange[];
	/** Members to add or remove: ids of the application, or userNames of accounts that this plan creates. */
	members?: readonly string[];
	/** userName or id of the manager. */
	manager?: string;
	/** An initial password is sent with the creation. */
	password?: 'generated' | 'given';
	reason?: string;
}

export type FindingSeverity = 'error' | 'warning' | 'info';

/** What a person should know. An error means that something wanted was left out. */
export interface ScimFinding {
	severity: FindingSeverity;
	code: string;
	/** userName or displayName. */
	subject: string;
	message: string;
	remedy: string;
}

export interface MinimumRequests {
	/** Where none of them share a bulk request. */
	writes: number;
	/** One for each entry that is written, where each is read back. */
	readBack: number;
	formula: string;
}

export interface ScimPlan {
	v: 1;
	/** What the plan is for, e.g. the base URL. */
	application: string;
	/** SHA-256 over the canonical JSON of application and actions. */
	hash: string;
	actions: readonly ScimAction[];
	counts: Readonly<Partial<Record<ScimActionKind, number>>>;
	/** What the guard compares against. */
	population: Population;
	/** False where accounts or groups could not be read to the end. */
	complete: boolean;
	/** Read requests that planning took. */
	reads: number;
	minimum: MinimumRequests;
	findings: readonly ScimFinding[];
}

/** Members of a group as far as anybody can tell. */
export interface MembersSeen {
	/** Whoever is a member. */
	present: ReadonlySet<string>;
	/** Those, and whom a killed run may have sent: whoever of them isn't wanted is taken out. */
	removable: ReadonlySet<string>;
}

export interface Population {
	/** Active accounts read; absent where accounts were searched one by one. */
	activeAccounts?: number;
	/** Members of the managed groups. */
	members: number;
	deactivations: number;
	removals: number;
}

/** What applying needs and nobody else may see: states before, passwords, ids. */
export interface PlanMemory {
	before: Map<string, ScimResource>;
	/** Attributes an account has to show afterwards. */
	desired: Map<string, ScimObject>;
	operations: Map<string, readonly PatchOperation[]>;
	passwords: Map<string, string>;
	/** Order within a phase: an action that takes a name comes after the one that frees it. */
	waves: Map<string, number>;
	/** Names that accounts have for a moment, by action: one of each circle of names steps aside first. */
	aside: Map<string, string>;
	groups: Map<string, { id: string; displayName: string; members: ReadonlySet<string> }>;
	keys: Map<string, DesiredUser['keys']>;
	/** Actions that were carried out already with this plan. */
	done: Set<string>;
	/** Ids of accounts created by it, by folded userName. */
	created: Map<string, string>;
	/** Ids that looking up a killed run's actions found. */
	recovered: Map<string, string>;
	/** Creations of earlier runs that may have been carried out, by folded userName. */
	unclear: Map<string, EarlierCreation>;
	/** Ids of accounts that were listed and, when they were to be changed, were no more: nobody is added to a group by them. */
	gone: Set<string>;
	/** True once the plan was applied: then it no longer shows the application as it is. */
	begun: boolean;
}

const MEMORIES = new WeakMap<ScimPlan, PlanMemory>();

export function emptyMemory(): PlanMemory {
	return {
		before: new Map(),
		desired: new Map(),
		operations: new Map(),
		passwords: new Map(),
		waves: new Map(),
		aside: new Map(),
		groups: new Map(),
		keys: new Map(),
		done: new Set(),
		created: new Map(),
		recovered: new Map(),
		unclear: new Map(),
		gone: new Set(),
		begun: false,
	};
}

export function remember(plan: ScimPlan, memory: PlanMemory): ScimPlan {
	MEMORIES.set(plan, memory);
	return plan;
}

export function memoryOf(plan: ScimPlan): PlanMemory | undefined {
	return MEMORIES.get(plan);
}
