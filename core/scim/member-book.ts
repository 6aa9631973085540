import type { DomainError } from '../model';
import type { MemberChange } from './member-requests';
import type { MemberVerdict } from './membership';

/** What was sent for each change of a group, and what became of it. */
export class MemberBook {
	readonly verdicts = new Map<MemberChange, MemberVerdict>();
	readonly #writes = new Map<MemberChange, number>();
	/** Changes whose last request had no clear answer. */
	readonly uncertain = new Map<MemberChange, DomainError>();
	/** Requests that were answered with success, in their order. */
	readonly accepted: Array<readonly MemberChange[]> = [];
	/** Changes that were accepted, or may have been. */
	readonly #reached = new Set<MemberChange>();
	/** Removals that the application says had nothing to remove. */
	readonly untargeted = new Set<MemberChange>();

	/** Changes of which nobody knows whether they held before: the application showed no members. */
	readonly #unsure = new Set<MemberChange>();

	/** Ids of members whose coming or going was sent, but for additions that were refused. */
	get members(): { removed: ReadonlySet<string>; added: ReadonlySet<string> } {
		const [removed, added] = [new Set<string>(), new Set<string>()];
		for (const change of this.#writes.keys()) {
			if (change.kind === 'remove') removed.add(change.memberId);
			else if (this.verdicts.get(change)?.outcome !== 'failed') added.add(change.memberId);
		}
		return { removed, added };
	}

	open(changes: readonly MemberChange[]): MemberChange[] {
		return changes.filter((change) => !this.verdicts.has(change));
	}

	sent(changes: readonly MemberChange[]): void {
		for (const change of changes) this.#writes.set(change, (this.#writes.get(change) ?? 0) + 1);
	}

	/** A request was answered with success. */
	took(changes: readonly MemberChange[]): void {
		this.accepted.push(changes);
		for (const change of changes) this.#reached.add(change);
	}

	/** A request had no clear answer: it may have been carried out. */
	doubt(changes: readonly MemberChange[], error: DomainError): void {
		for (const change of changes) {
			this.uncertain.set(change, error);
			this.#reached.add(change);
		}
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
		const untold = this.#reached.has(change) ? { untold: true as const } : {};
		this.#settle(change, { outcome: 'failed', error, ...untold });
	}

	#settle(change: MemberChange, verdict: Omit<MemberVerdict, 'writes'>): void {
		const unsure = this.#unsure.has(change) ? { unsure: true as const } : {};
		this.verdicts.set(change, { ...verdict, ...unsure, writes: this.#writes.get(change) ?? 0 });
	}
}
