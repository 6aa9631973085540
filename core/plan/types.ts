import type { Action, Blocked, Grant, Identity, PlannedAction, Source } from '../model';
import type { CompiledPolicy, Evaluation } from '../policy';

/** A grant that the ledger holds open: it was applied and nothing has closed it, even where its end has passed. */
export type HeldGrant = Grant;

export interface PlanInput {
	compiled: CompiledPolicy;
	/** Hash of the policy version, part of each action's content. */
	policyHash: string;
	/** What the plan follows from, e.g. the event's id: it makes action ids distinct between plans. */
	seed: string;
	evaluation: Evaluation;
	/** Limits which sources the plan may touch; those of the other contracts stay as they are. */
	scope: { contractId?: string };
	/** All open grants of everybody who may be touched, from every source. */
	held: readonly HeldGrant[];
	/** Actions that are not finished. Denied ones belong here too, so that the same thing isn't asked again. */
	openActions: readonly Action[];
	/** People whom `held` names and the evaluation doesn't. */
	identities: readonly Identity[];
	/** Attributes as last applied, by `accountKey`. No entry: unknown, and left alone. */
	accounts?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
	/** ISO instant. */
	asOf: string;
}

/** An open action that still says what is wanted. `sources` are those that earn it now. */
export interface KeptAction {
	actionId: string;
	hash: string;
	sources: Source[];
}

export interface SupersededAction {
	actionId: string;
	reason: string;
	/** Id of the action that takes its place. */
	by?: string;
}

export interface GrantChanges {
	/** Insert, or replace by identity, entitlement, source kind and ref. */
	open: Grant[];
	/** Close now: another source still earns the holding, or the ledger's end is in the past. */
	close: Array<{ identityId: string; entitlement: string; sourceKind: Grant['source']['kind']; sourceRef: string }>;
}

export interface PlanSummary {
	grants: number;
	/** Revocations that are due. */
	revokes: number;
	updates: number;
	/** Actions of any kind that are due later. */
	scheduled: number;
	needApproval: number;
	/** Grants of privileged entitlements. */
	privileged: number;
	kept: number;
	superseded: number;
	blocked: number;
	/** New actions by application. */
	applications: Record<string, number>;
}

export interface PlanResult {
	/** New actions in the order to apply them. */
	actions: PlannedAction[];
	kept: KeptAction[];
	superseded: SupersededAction[];
	/** What the plan itself cannot do; the evaluation's own are not repeated. */
	blocked: Blocked[];
	grantChanges: GrantChanges;
	/** Connector of each application that an action names. */
	connectors: Record<string, 'scim' | 'manual' | 'n8n'>;
	summary: PlanSummary;
}

/** Key of `PlanInput.accounts`. */
export function accountKey(application: string, identityId: string): string {
	return JSON.stringify([application, identityId]);
}
