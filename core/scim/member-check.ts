import type { ScimClient } from './client';
import { asDomainError } from './errors';
import { readGroup, type GroupState } from './groups';
import type { MemberBook } from './member-book';
import { learnHidden } from './member-limits';
import { restoreCleared } from './member-recovery';
import type { MemberChange } from './member-requests';
import type { MemberVisibility } from './member-visibility';
import { noteReads, readsAgain } from './read-back';
import { backoff } from './retry';

/** Tells of the changes of one group whether they hold: as the group shows them, else as its members are asked one by one. */
export class MemberCheck {
	constructor(
		readonly client: ScimClient,
		readonly group: GroupState,
		readonly visibility: MemberVisibility,
		readonly book: MemberBook,
	) {}

	/** Whether a change held before anything was sent. */
	async heldBefore(change: MemberChange): Promise<boolean> {
		const held = await (change.kind === 'add' ? this.#isMember(change) : this.#isNoMember(change));
		if (held) this.book.verified(change, 'already in place');
		return held;
	}

	async #isMember(change: MemberChange): Promise<boolean> {
		if (this.group.members.has(change.memberId)) return true;
		const hidden = await this.#hiddenMember(change);
		if (hidden === undefined && this.group.members.size === 0) this.book.unsure(change);
		return hidden === true;
	}

	/** Where members are hidden, "is no member" isn't known: then a removal is sent. */
	async #isNoMember(change: MemberChange): Promise<boolean> {
		if (this.group.members.has(change.memberId)) return false;
		return (await this.visibility.shown(this.client)) || (await this.#hiddenMember(change)) === false;
	}

	/** Changes that the group doesn't show; the others get their verdict. */
	async missing(changes: readonly MemberChange[]): Promise<MemberChange[]> {
		let missing = [...changes];
		for (let reads = 1; missing.length > 0; reads++) {
			if (reads > 1) await this.client.sleep(backoff(reads - 1));
			let after: GroupState;
			try {
				const read = await readGroup(this.client, this.group.id);
				after = await restoreCleared(this.client, this.group, read, this.book.members);
			} catch (error) {
				for (const change of missing) this.book.failed(change, asDomainError(error));
				return [];
			}
			this.visibility.learn(after);
			const shown = await this.visibility.shown(this.client);
			const left: MemberChange[] = [];
			for (const change of missing) if (!(await this.#settle(change, after, shown))) left.push(change);
			if (left.length === 0) noteReads(this.client, reads);
			// What has no clear answer is sent again, or waited for, by whoever sent it.
			const old = this.#isOld(after);
			missing = left;
			if (this.book.uncertain.size > 0 || !readsAgain(this.client, reads, old)) break;
		}
		return missing;
	}

	/**
	 * Whether the group is shown as it was before one of the requests: reads that lag behind show the earlier ones only. What
	 * came later and isn't shown may still come.
	 */
	#isOld({ members }: GroupState): boolean {
		const before = this.group.members;
		const apart = new Set([...members].filter((id) => !before.has(id)));
		for (const id of before) if (!members.has(id)) apart.add(id);
		return this.book.accepted.some((request) => {
			const wasSo = apart.size === 0;
			for (const { kind, memberId } of request) {
				if ((kind === 'add') === members.has(memberId)) apart.delete(memberId);
				else apart.add(memberId);
			}
			return wasSo;
		});
	}

	/** Membership where groups are known not to show it (AWS): asked for before anything is sent. */
	async #hiddenMember({ memberId }: MemberChange): Promise<boolean | undefined> {
		const { membership, filter } = this.client.capabilities;
		if (membership.readableMembers || !filter.members) return undefined;
		return this.visibility.contains(this.client, this.group.id, memberId).catch(() => undefined);
	}

	async #settle(change: MemberChange, after: GroupState, shown: boolean): Promise<boolean> {
		const wanted = change.kind === 'add';
		if (shown || this.book.untargeted.has(change)) {
			if (after.members.has(change.memberId) !== wanted) return false;
			if (shown) this.book.sure(change);
			this.book.verified(change);
			return true;
		}
		const member = await this.visibility.contains(this.client, this.group.id, change.memberId).catch(() => undefined);
		if (member === true && after.members.size === 0) learnHidden(this.client);
		if (member === undefined && this.book.uncertain.has(change)) return false;
		if (member !== undefined && member !== wanted) return false;
		if (member === undefined) this.book.unseen(change);
		else this.book.verified(change);
		return true;
	}
}
