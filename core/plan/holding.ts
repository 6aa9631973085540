import type { Action, DesiredHolding, Grant, Source } from '../model';
import { covers, mergeTenures, sourceKey } from './intervals';
import type { Stretch, Tenure } from './intervals';
import type { PlanScope } from './scope';
import type { GrantChanges } from './types';

/** Everything known of one identity × entitlement. */
export interface HoldingState {
	identityId: string;
	entitlement: string;
	held: Grant[];
	desired?: DesiredHolding;
	/** Unfinished actions on it, in-flight ones included. */
	open: Action[];
}

/** One change of access that has to happen at an instant. */
export type Transition =
	{ kind: 'grant'; dueAt: string; stretch: Stretch } | { kind: 'revoke'; dueAt: string; tenures: Tenure[] };

export interface HoldingPlan {
	transitions: Transition[];
	changes: GrantChanges;
	/** Access as it stands and stays at the moment of planning; absent where it is not held or ends now. */
	current?: Stretch;
}

export interface Moment {
	asOf: string;
	effectiveFrom: string;
}

const GRANTS = new Set(['create_account', 'add_to_group', 'assign_role']);

export function isGrant(action: Action): boolean {
	return GRANTS.has(action.content.operation);
}

function isRefused({ approvalState }: Action): boolean {
	return approvalState === 'denied' || approvalState === 'expired';
}

/** The grants that an action opens when it is applied. */
export function tenuresOf(action: Action): Tenure[] {
	return action.sources.map((source) => {
		const until = source.validUntil ?? action.content.validUntil;
		return { source, from: action.content.dueAt, ...(until !== undefined && { until }) };
	});
}

class HoldingPlanner {
	readonly #changes: GrantChanges = { open: [], close: [] };
	/** Sources as they will be. */
	readonly #after: Tenure[] = [];
	/** Sources that end at once, up to the instant that they ended at. */
	readonly #ended: Tenure[] = [];
	/** Sources that the ledger doesn't hold yet. */
	readonly #fresh = new Set<Tenure>();
	/** Keys of sources that the ledger holds: what is in flight has no row to change yet. */
	readonly #inLedger: ReadonlySet<string>;

	constructor(
		readonly state: HoldingState,
		readonly scope: PlanScope,
		readonly moment: Moment,
	) {
		this.#inLedger = new Set(state.held.map(({ source }) => sourceKey(source)));
	}

	/** Undefined where the plan has no say in this holding. */
	plan(): HoldingPlan | undefined {
		const { identityId, entitlement, open } = this.state;
		const manages = (source: Source) => this.scope.manages(identityId, entitlement, source);
		const inFlight = open.filter(({ executionState }) => executionState === 'claimed');
		const waiting = open.filter(({ executionState }) => executionState !== 'claimed');
		const desired = this.#desired();
		const current = [...this.#held(), ...inFlight.filter(isGrant).flatMap(tenuresOf)];
		const hasSay =
			desired.size > 0 ||
			current.some(({ source }) => manages(source)) ||
			waiting.some(({ sources }) => sources.some(manages));
		if (!hasSay) return undefined;

		for (const tenure of current) this.#carryOver(tenure, desired, manages);
		const pending = waiting.filter((action) => isGrant(action) && !isRefused(action)).flatMap(tenuresOf);
		const others = pending.filter(({ source }) => !manages(source) && !desired.has(sourceKey(source)));
		for (const tenure of [...desired.values(), ...others]) this.#add(tenure);

		const leaving = inFlight.some((action) => !isGrant(action));
		return this.#result(current.length > 0 && !leaving, leaving);
	}

	#held(): Tenure[] {
		return this.state.held.map(({ source, validFrom, validUntil }) => ({
			source,
			from: validFrom,
			...(validUntil !== undefined && { until: validUntil }),
		}));
	}

	#desired(): Map<string, Tenure> {
		const { identityId, desired } = this.state;
		const tenures = new Map<string, Tenure>();
		for (const source of desired?.sources ?? []) {
			if (!this.scope.includes(identityId, source)) continue;
			const { validUntil: until } = source;
			tenures.set(sourceKey(source), {
				source,
				from: this.moment.effectiveFrom,
				...(until !== undefined && { until }),
			});
		}
		return tenures;
	}

	#carryOver(tenure: Tenure, desired: Map<string, Tenure>, manages: (source: Source) => boolean): void {
		const { asOf, effectiveFrom } = this.moment;
		const key = sourceKey(tenure.source);
		const wanted = desired.get(key);
		if (wanted !== undefined) {
			// Ends before the new state begins: two stretches of one source, the second opens with its own action.
			const gap = effectiveFrom > asOf && tenure.until !== undefined && tenure.until < effectiveFrom;
			if (gap) {
				this.#after.push(tenure);
				return;
			}
			desired.delete(key);
			this.#replace(tenure, wanted.until);
		} else if (!manages(tenure.source)) {
			this.#after.push(tenure);
		} else if (effectiveFrom <= asOf) {
			const until = tenure.until !== undefined && tenure.until < effectiveFrom ? tenure.until : effectiveFrom;
			this.#ended.push({ ...tenure, until });
		} else {
			const sooner = tenure.until !== undefined && tenure.until < effectiveFrom ? tenure.until : effectiveFrom;
			this.#replace(tenure, sooner);
		}
	}

	#replace(tenure: Tenure, until: string | undefined): void {
		const { source, from } = tenure;
		const after: Tenure = { source, from, ...(until !== undefined && { until }) };
		this.#after.push(after);
		if (tenure.until !== until && this.#inLedger.has(sourceKey(source))) this.#changes.open.push(this.#grant(after));
	}

	#add(tenure: Tenure): void {
		this.#after.push(tenure);
		this.#fresh.add(tenure);
	}

	#grant({ source, from, until }: Tenure): Grant {
		const { identityId, entitlement } = this.state;
		const { validUntil: _end, ...plain } = source;
		return {
			identityId,
			entitlement,
			source: plain,
			validFrom: from,
			...(until !== undefined && { validUntil: until }),
		};
	}

	#result(heldNow: boolean, leaving: boolean): HoldingPlan {
		const { asOf, effectiveFrom } = this.moment;
		const stretches = mergeTenures(this.#after);
		const transitions: Transition[] = [];
		const current = heldNow ? stretches.find((stretch) => covers(stretch, asOf)) : undefined;
		if (heldNow && current === undefined) {
			const past = stretches.filter(({ until }) => until !== undefined && until <= asOf);
			const tenures = [...this.#ended, ...past.flatMap((stretch) => stretch.tenures)];
			const ends = tenures.flatMap(({ until }) => until ?? []).sort();
			transitions.push({ kind: 'revoke', dueAt: ends.at(-1) ?? effectiveFrom, tenures });
		}
		for (const stretch of stretches) {
			const { from, until } = stretch;
			if (until !== undefined && until <= asOf) continue;
			if (stretch !== current) {
				const dueAt = leaving && from < effectiveFrom ? effectiveFrom : from;
				transitions.push({ kind: 'grant', dueAt, stretch });
			}
			if (until === undefined) continue;
			const tenures = stretch.tenures.filter((each) => each.until === until);
			transitions.push({ kind: 'revoke', dueAt: until, tenures });
		}
		this.#bookkeeping(current);
		return { transitions, changes: this.#changes, ...(current !== undefined && { current }) };
	}

	/** Access that goes on needs no action: its sources come and go in the ledger only. */
	#bookkeeping(current: Stretch | undefined): void {
		if (current === undefined) return;
		const { identityId, entitlement } = this.state;
		for (const tenure of current.tenures) if (this.#fresh.has(tenure)) this.#changes.open.push(this.#grant(tenure));
		for (const { source } of this.#ended) {
			if (!this.#inLedger.has(sourceKey(source))) continue;
			this.#changes.close.push({ identityId, entitlement, sourceKind: source.kind, sourceRef: source.ref });
		}
	}
}

/** Decides what has to happen to one holding, and when. */
export function planHolding(state: HoldingState, scope: PlanScope, moment: Moment): HoldingPlan | undefined {
	return new HoldingPlanner(state, scope, moment).plan();
}
