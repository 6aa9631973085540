import { readJournal, type AfterRecord, type BeforeRecord, type JournalRecord } from './journal';

/** Somebody whom the journal put into a group and did not take out since. */
interface Sent {
	/** `maybe`: nobody knows whether it was carried out. */
	state: 'there' | 'maybe';
	/** A member because of the journal, and of nobody else. */
	own: boolean;
}

/** One group as a journal knows it. */
interface GroupHistory {
	members: Map<string, Sent>;
	/** Whom it took out. */
	gone: Set<string>;
	/** It created the group. */
	created: boolean;
	/** The last members it sent were accepted, and never shown. */
	unseen: boolean;
}

/**
 * What a journal knows of members of groups that don't show them. Only what has a state after counts as there: what a
 * killed run had begun may have been carried out, or not.
 */
export class MemberHistory {
	readonly #groups = new Map<string, GroupHistory>();
	/** Accounts that the journal created, with the run: before it they were nobody's members. */
	readonly #accounts = new Map<string, string>();
	/** Additions, by action and member, that made somebody a member who was none. */
	readonly #own = new Set<string>();
	/** Creations of groups that a killed run had begun, by name. */
	readonly #begun = new Map<string, BeforeRecord>();
	/** A run learned that groups don't show their members. */
	#hidden = false;
	#seen = false;

	/** @param application runs for another one are left out; without a word, all count */
	constructor(records: readonly JournalRecord[], application?: string) {
		const { runs } = readJournal(records);
		const counted = new Set(
			runs.flatMap((each) => (application === undefined || each.application === application ? [each.run] : [])),
		);
		const open = new Map<string, BeforeRecord>();
		for (const record of records) {
			if (!counted.has(record.run)) continue;
			if (record.type === 'learned') this.#hidden = record.found.membership?.readableMembers === false;
			else if (record.type === 'before') open.set(keyOf(record), record);
			else if (record.type === 'after') {
				const before = open.get(keyOf(record));
				if (before !== undefined) this.note(before, record);
				open.delete(keyOf(record));
			}
		}
		for (const before of open.values()) {
			if (before.kind === 'create_group' && before.before === null) this.#begun.set(before.subject, before);
			else this.note(before);
		}
	}

	/** A group that was found: a killed run may have been about to create it. */
	found(groupId: string, displayName: string): void {
		const before = this.#begun.get(displayName);
		if (before === undefined) return;
		const { run, action } = before;
		this.note(before, { type: 'after', run, action, outcome: 'verified', remoteId: groupId, recovered: true });
		this.#begun.delete(displayName);
	}

	/** True where a run learned that groups don't show their members. */
	get hidden(): boolean {
		return this.#hidden;
	}

	/** Whether members that a run sent to any group were shown afterwards: then an empty group is empty. */
	get seen(): boolean {
		return this.#seen && !this.#hidden;
	}

	/** Whether members that were sent to this group were accepted and never shown. */
	unseen(groupId: string): boolean {
		return this.#groups.get(groupId)?.unseen === true;
	}

	/** Members that were sent, and not taken away since. */
	there(groupId: string): ReadonlySet<string> {
		const members = [...(this.#groups.get(groupId)?.members ?? [])];
		return new Set(members.flatMap(([id, { state }]) => (state === 'there' ? [id] : [])));
	}

	/** Those, and the ones that may have been sent. */
	perhapsThere(groupId: string): ReadonlySet<string> {
		return new Set(this.#groups.get(groupId)?.members.keys());
	}

	/** Whether the journal proves that somebody is a member because of this action, and of nobody else. */
	provesOwn(before: BeforeRecord, memberId: string): boolean {
		return this.#own.has(`${keyOf(before)}\n${memberId}`);
	}

	/** Takes over what an action did; `after` is absent where its run was killed. */
	note(before: BeforeRecord, after?: AfterRecord): void {
		const id = after?.remoteId ?? before.remoteId;
		if (id === undefined || after?.outcome === 'not_applied') return;
		const { kind } = before;
		const isNew = before.before === null && before.undoes === undefined && after?.adopted !== true;
		if (kind === 'create_user' && isNew) this.#accounts.set(id, before.run);
		if (!kind.endsWith('_group') && !kind.endsWith('_members')) return;
		const group = this.#group(id);
		if (kind === 'create_group' && isNew) group.created = true;
		this.#noteMembers(group, before, after);
	}

	#noteMembers(group: GroupHistory, before: BeforeRecord, after: AfterRecord | undefined): void {
		const { added = [], removed = [], outcome, recovered } = after ?? {};
		const settled = outcome === 'verified' || outcome === 'applied' || outcome === 'conflict';
		// Journals of earlier versions don't say of whom it was unsure.
		const unsure = new Set(after?.unsure ?? (outcome === 'verified' ? [] : added));
		for (const member of added) this.#put(group, before, member, settled ? 'there' : 'maybe', unsure.has(member));
		const untold = outcome === 'failed';
		for (const member of untold ? [] : removed) {
			group.members.delete(member);
			group.gone.add(member);
		}
		if (added.length > 0 && settled && before.undoes === undefined) {
			group.unseen = outcome === 'applied';
			this.#seen ||= outcome === 'verified';
		}
		if (settled && recovered !== true) return;
		// Of the others nobody knows.
		const told = new Set([...added, ...(untold ? [] : removed)]);
		for (const member of before.add ?? []) if (!told.has(member)) this.#put(group, before, member, 'maybe', true);
		for (const member of before.remove ?? []) {
			const sent = group.members.get(member);
			if (sent !== undefined && !told.has(member)) sent.state = 'maybe';
		}
	}

	#put(group: GroupHistory, before: BeforeRecord, member: string, state: Sent['state'], unsure: boolean): void {
		const known = group.members.get(member);
		const isNew = group.created || this.#accounts.get(member) === before.run;
		const own = known?.own ?? (isNew || !unsure || group.gone.has(member));
		if (own) this.#own.add(`${keyOf(before)}\n${member}`);
		group.members.set(member, { state: known?.state === 'there' ? 'there' : state, own });
		group.gone.delete(member);
	}

	#group(id: string): GroupHistory {
		const known = this.#groups.get(id) ?? { members: new Map(), gone: new Set(), created: false, unseen: false };
		this.#groups.set(id, known);
		return known;
	}
}

function keyOf({ run, action }: Pick<BeforeRecord, 'run' | 'action'>): string {
	return `${run}\n${action}`;
}
