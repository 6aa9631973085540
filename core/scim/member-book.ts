import type { DomainError } from '../model';
import type { MemberChange } from './member-requests';
import type { MemberVerdict } from './membership';

/** What was sent for each change of a group, and what became of it. */
export class MemberBook {
	readonly verdicts = new Map<MemberChange, MemberVerdict>();
	readonly #writes = new Map<MemberChange, number>();
	/** Changes whose last request had no clear answer. */
	readonly uncertain = new Map<MemberChange, DomainError>();
	/** Removals that the application says had nothing to remove. */
	readonly untargeted = new Set<MemberChange>();

	/** Changes of which nobody knows whether they held before: the application showed no members. */
	readonly #unsure = new Set<MemberChange>();

	/** Ids of members whose removal was sent. */
	get removed(): ReadonlySet<string> {
		return new Set([...this.#writes.keys()].flatMap(({ kind, memberId }) => (kind === 'remove' ? [memberId] : [])));
	}

	open(changes: readonly MemberChange[]): MemberChange[] {
		return changes.filter((change) => !this.verdicts.has(change));
	}

	sent(changes: readonly MemberChange[]): void {
		for (const change of changes) this.#writes.set(change, (this.#writes.get(change) ?? 0) + 1);
	}

	/** It may have held before anything was sent. */
	unsure(change: MemberChange): void {
		this.#unsure.add(change);
	}

	/** The application does show members: then what it showed before is known, too. */
	sure(change: MemberChange): void {
		this.#unsure.delete(change);
	}

	verified(change: MemberChange, note?: string): void {
		this.#settle(change, { outcome: 'verified', ...(note === undefined ? {} : { note }) });
	}

	/** Sent, and nobody can tell. */
	unseen(change: MemberChange): void {
		const note = 'sent; the application does not show the members of this group';
		this.#settle(change, { outcome: 'applied', note });
	}

	failed(change: MemberChange, error: DomainError): void {
		this.#settle(change, { outcome: 'failed', error });
	}

	#settle(change: MemberChange, verdict: Omit<MemberVerdict, 'writes'>): void {
		const unsure = this.#unsure.has(change) ? { unsure: true as const } : {};
		this.verdicts.set(change, { ...verdict, ...unsure, writes: this.#writes.get(change) ?? 0 });
	}
}
