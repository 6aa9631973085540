import type { AttributeChange } from './types';

export type ReconcileKind =
	/** An account that nobody is wanted for. */
	| 'orphan'
	/** Attributes that differ from what is wanted. */
	| 'drift'
	/** A wanted account that isn't there. */
	| 'missing'
	/** A member that nobody wants in the group, or a role that nobody wants on the account. */
	| 'unknown_membership'
	| 'missing_membership'
	| 'missing_group'
	/** Nobody was there for as long as was asked for. */
	| 'idle'
	/** Two accounts, or two wanted people, with the same key. */
	| 'duplicate'
	/** Keys of one account that point at two people, or the other way round. */
	| 'ambiguous';

export interface ReconcileItem {
	kind: ReconcileKind;
	subject: string;
	remoteId?: string;
	/** Drift: wanted values are `after`. */
	changes?: readonly AttributeChange[];
	group?: string;
	/** Of a membership that is a role of the account. */
	role?: string;
	by?: string;
	other?: string;
	active?: boolean;
	days?: number;
	since?: string;
	note?: string;
}

export type ReconcileCounts = Record<ReconcileKind, number> & { accounts: number; active: number; desired: number };

/** Counts all items, keeps some. */
export class ReconcileItems {
	readonly kept: ReconcileItem[] = [];
	readonly counts: Record<ReconcileKind, number> = {
		orphan: 0,
		drift: 0,
		missing: 0,
		unknown_membership: 0,
		missing_membership: 0,
		missing_group: 0,
		idle: 0,
		duplicate: 0,
		ambiguous: 0,
	};
	truncated = false;

	constructor(
		readonly most: number,
		readonly onItem: ((item: ReconcileItem) => void) | undefined,
	) {}

	add(item: ReconcileItem): void {
		this.counts[item.kind]++;
		this.onItem?.(item);
		if (this.kept.length < this.most) this.kept.push(item);
		else this.truncated = true;
	}
}
