import type { Action, Grant, Source } from '../model';
import { covers, mergeTenures, sourceKey } from './intervals';
import type { Stretch, Tenure } from './intervals';
import type { GrantChanges } from './types';

/** Everything known of one identity × entitlement. */
export interface HoldingState {
	identityId: string;
	entitlement: string;
	held: Grant[];
	/** Unfinished actions on it, in-flight ones included. */
	open: Action[];
}

/** What is to be held over time, from every source: what it does not name ends now. A source may have several stretches. */
export interface HoldingWish {
	tenures: readonly Tenure[];
	asOf: string;
	/** No change is planned for an earlier instant: what should have happened before happens then. */
	notBefore?: string;
	/** Not before this instant while the access is on its way out already. */
	notWhileLeaving?: string;
	/** The account is there and disabled: it waits for the beginning of a stretch that is prepared. */
	waiting?: boolean;
}

/** One change of access that has to happen at an instant. */
export type Transition =
	| {
			kind: 'grant';
			dueAt: string;
			stretch: Stretch;
			/** From when it holds; later than `dueAt` where the account is made ready first. */
			prepared?: string;
	  }
	| { kind: 'enable'; dueAt: string; stretch: Stretch }
	| { kind: 'revoke'; dueAt: string; tenures: Tenure[]; /** Held until this very moment. */ now: boolean };

export interface HoldingPlan {
	transitions: Transition[];
	changes: GrantChanges;
	/** Access as it stands and stays at the moment of planning; absent where it is not held or ends now. */
	current?: Stretch;
}

const GRANTS = new Set(['create_account', 'add_to_group', 'assign_role']);

export function isGrant(action: Action): boolean {
	return GRANTS.has(action.content.operation);
}

const REVOKES = new Set(['disable_account', 'remove_from_group', 'remove_role']);

export function isRevoke(action: Action): boolean {
	return REVOKES.has(action.content.operation);
}

export function isRefused({ approvalState }: Action): boolean {
	return approvalState === 'denied' || approvalState === 'expired';
}

/** The grants that an action opens when it is applied. */
export function tenuresOf(action: Action): Tenure[] {
	return action.sources.map((source) => {
		const until = source.validUntil ?? action.content.validUntil;
		return { source, from: action.content.dueAt, ...(until !== undefined && { until }) };
	});
}

/** Later of two instants. */
function later(a: string, b: string | undefined): string {
	return b === undefined || a > b ? a : b;
}

/** Each source once: with the stretch of it that covers the moment, else the first one. */
function pieces(stretch: Stretch, asOf: string): Map<string, Tenure> {
	const byKey = new Map<string, Tenure>();
	for (const tenure of stretch.tenures) {
		const key = sourceKey(tenure.source);
		const known = byKey.get(key);
		if (known === undefined || (!covers(known, asOf) && (covers(tenure, asOf) || tenure.from < known.from))) {
			byKey.set(key, tenure);
		}
	}
	return byKey;
}

class HoldingPlanner {
	readonly #changes: GrantChanges = { open: [], close: [] };
	readonly #transitions: Transition[] = [];
	readonly #inFlight: readonly Action[];

	constructor(
		readonly state: HoldingState,
		readonly wish: HoldingWish,
	) {
		this.#inFlight = state.open.filter(({ executionState }) => executionState === 'claimed');
	}

	plan(): HoldingPlan {
		const { asOf } = this.wish;
		const past = this.wish.tenures.filter(({ until }) => until !== undefined && until <= asOf);
		const stretches = mergeTenures(this.wish.tenures.filter(({ until }) => until === undefined || until > asOf));
		const leaving = this.#inFlight.some(isRevoke);
		const held = !leaving && (this.state.held.length > 0 || this.#inFlight.some(isGrant));
		const current = held ? this.#current(stretches) : undefined;
		if (held && current === undefined) this.#revokeNow(past);
		for (const stretch of stretches) this.#stretch(stretch, stretch === current, leaving);
		if (current !== undefined) this.#bookkeeping(current);
		return { transitions: this.#transitions, changes: this.#changes, ...(current !== undefined && { current }) };
	}

	/** The stretch that what is held belongs to: the one that covers the moment, or is being prepared. */
	#current(stretches: readonly Stretch[]): Stretch | undefined {
		const { asOf, waiting } = this.wish;
		const now = stretches.find((stretch) => covers(stretch, asOf));
		if (now !== undefined) return now;
		const [next] = stretches;
		return waiting === true && next?.prepareFrom !== undefined ? next : undefined;
	}

	#revokeNow(past: readonly Tenure[]): void {
		const { asOf, notBefore } = this.wish;
		const ended = new Map(past.map((tenure) => [sourceKey(tenure.source), tenure]));
		const tenures: Tenure[] = [...past];
		for (const { source, validFrom, validUntil } of this.state.held) {
			if (ended.has(sourceKey(source))) continue;
			const until = validUntil !== undefined && validUntil < asOf ? validUntil : asOf;
			tenures.push({ source, from: validFrom, until });
		}
		for (const tenure of this.#inFlight.filter(isGrant).flatMap(tenuresOf)) {
			if (!ended.has(sourceKey(tenure.source))) tenures.push({ ...tenure, until: asOf });
		}
		const last = tenures
			.flatMap(({ until }) => until ?? [])
			.sort()
			.at(-1);
		const dueAt = later(last ?? asOf, notBefore);
		this.#transitions.push({ kind: 'revoke', dueAt, tenures, now: true });
	}

	#stretch(stretch: Stretch, current: boolean, leaving: boolean): void {
		const { asOf, notBefore, notWhileLeaving } = this.wish;
		const { from, until, prepareFrom } = stretch;
		if (!current) {
			const begin = prepareFrom !== undefined && from > asOf ? prepareFrom : from;
			const floor = leaving ? later(begin, notWhileLeaving) : begin;
			const dueAt = later(floor, notBefore);
			const prepared = prepareFrom !== undefined && dueAt < from;
			this.#transitions.push({ kind: 'grant', dueAt, stretch, ...(prepared && { prepared: from }) });
			if (prepared) this.#transitions.push({ kind: 'enable', dueAt: from, stretch });
		} else if (from > asOf || this.wish.waiting === true) {
			this.#transitions.push({ kind: 'enable', dueAt: later(from, notBefore), stretch });
		}
		if (until === undefined) return;
		const tenures = stretch.tenures.filter((each) => each.until === until);
		this.#transitions.push({ kind: 'revoke', dueAt: until, tenures, now: false });
	}

	#grant({ source, from, until }: Tenure): Grant {
		const { identityId, entitlement } = this.state;
		const { validUntil: _end, ...plain } = source;
		const end = until === undefined ? {} : { validUntil: until };
		return { identityId, entitlement, source: plain, validFrom: from, ...end };
	}

	/** A source that joins what is held: it was not there before, however long its rule would have held. */
	#joining(piece: Tenure): Grant {
		return this.#grant({ ...piece, from: later(piece.from, this.wish.notBefore) });
	}

	/** Access that goes on needs no action: its sources come and go in the ledger only. */
	#bookkeeping(current: Stretch): void {
		const { asOf } = this.wish;
		const wanted = pieces(current, asOf);
		const flying = new Set(
			this.#inFlight.filter(isGrant).flatMap((action) => action.sources.map((source) => sourceKey(source))),
		);
		for (const { source, validFrom, validUntil } of this.state.held) {
			const key = sourceKey(source);
			const piece = wanted.get(key);
			wanted.delete(key);
			if (piece === undefined) this.#close(source);
			else if (piece.until !== validUntil) {
				const anew = validUntil !== undefined && validUntil < piece.from;
				// The ledger moves ends; a stretch that begins anew is a grant of its own.
				if (anew) this.#close(source);
				this.#changes.open.push(anew ? this.#joining(piece) : this.#grant({ ...piece, from: validFrom }));
			}
		}
		for (const [key, piece] of wanted) if (!flying.has(key)) this.#changes.open.push(this.#joining(piece));
	}

	#close({ kind, ref }: Source): void {
		const { identityId, entitlement } = this.state;
		this.#changes.close.push({ identityId, entitlement, sourceKind: kind, sourceRef: ref });
	}
}

/** Decides what has to happen to one holding, and when. */
export function planHolding(state: HoldingState, wish: HoldingWish): HoldingPlan {
	return new HoldingPlanner(state, wish).plan();
}
