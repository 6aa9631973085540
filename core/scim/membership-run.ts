import { DomainError } from '../model';
import type { ScimClient } from './client';
import { patchRequest, type PatchOperation } from './diff';
import { asDomainError, isAmbiguous, retryAfterOf, scimTypeOf, statusOf } from './errors';
import { readGroup, type GroupState } from './groups';
import type { MemberVisibility } from './member-visibility';
import { keepTheRest, restoreCleared } from './member-recovery';
import { memberOperations, packChanges, type MemberChange } from './member-requests';
import { divide, groupFull, learnHidden, learnLimit, notApplied, withoutRoom } from './member-limits';
import type { MemberVerdict } from './membership';
import type { MembershipLimits } from './profiles';
import { backoff } from './retry';

/** Statuses after which one bad member, or too many of them, may be to blame: the rest is tried apart. */
const DIVISIBLE = new Set([400, 404, 413, 422]);
/** Statuses with which servers refuse a form of removal. */
const FORM_REFUSED = new Set([400, 405, 422, 501]);
/** Times requests for one group are taken apart at most: a group that refuses everything costs no more than this. */
const MAX_SPLITS = 32;
const MAX_ROUNDS = 3;

/** The changes of one group in one run. Never rejects: each change has its verdict. */
export class MembershipRun {
	readonly #verdicts = new Map<MemberChange, MemberVerdict>();
	readonly #writes = new Map<MemberChange, number>();
	readonly #uncertain = new Map<MemberChange, DomainError>();
	/** Removals that the application says had nothing to remove. */
	readonly #untargeted = new Set<MemberChange>();
	/** Removals that were refused: where members are shown, those who stay can still replace all. */
	readonly #refusals = new Map<MemberChange, DomainError>();
	/** A single removal that was refused, while none was taken yet: then its form is to blame. */
	#unremovable: DomainError | undefined;
	#removed = false;
	/** Largest request that was taken after a larger one was refused: evidence of a limit. */
	#taken = 0;
	#splits = 0;
	#version: string | undefined;
	#stale = 0;
	#restTried = false;

	constructor(
		readonly client: ScimClient,
		readonly group: GroupState,
		readonly visibility: MemberVisibility,
	) {
		visibility.learn(group);
		this.#version = group.version;
	}

	async apply(changes: readonly MemberChange[]): Promise<Map<MemberChange, MemberVerdict>> {
		let open: MemberChange[] = [];
		for (const change of changes) {
			if (!this.#verdicts.has(change) && !(await this.#settledBefore(change))) open.push(change);
		}
		for (const change of withoutRoom(this.group, this.#limits.maxMembers, open))
			this.#fail(change, groupFull(this.group));
		open = open.filter((change) => !this.#verdicts.has(change));
		if (this.#limits.removeForm === 'rest') open = await this.#removeByRest(open);
		for (let round = 1; open.length > 0; round++) {
			this.#uncertain.clear();
			for (const chunk of packChanges(open, this.#limits, this.client.limits.membersPerRequest))
				await this.#send(chunk);
			open = await this.#verify(
				open.filter((change) => !this.#verdicts.has(change)),
				round,
			);
		}
		return this.#verdicts;
	}

	/** Giving and taking one membership at once is nobody's to guess. */
	contradict(change: MemberChange): void {
		this.#fail(
			change,
			new DomainError('INPUT_INVALID', 'The same membership is to be given and taken.', 'Leave one of the two out.'),
		);
	}

	get #limits(): Readonly<MembershipLimits> {
		return this.client.capabilities.membership;
	}

	async #settledBefore(change: MemberChange): Promise<boolean> {
		const member = this.group.members.has(change.memberId);
		const settled =
			change.kind === 'add'
				? member || (await this.#hiddenMember(change)) === true
				: // Where members are hidden, "is no member" isn't known: then a removal is sent.
					!member && ((await this.visibility.shown(this.client)) || (await this.#hiddenMember(change)) === false);
		if (settled) this.#verdicts.set(change, { outcome: 'verified', writes: 0, note: 'already in place' });
		return settled;
	}

	/** Membership where groups are known not to show it (AWS): asked for before anything is sent. */
	async #hiddenMember({ memberId }: MemberChange): Promise<boolean | undefined> {
		if (this.#limits.readableMembers || !this.client.capabilities.filter.members) return undefined;
		return this.visibility.contains(this.client, this.group.id, memberId).catch(() => undefined);
	}

	async #send(changes: readonly MemberChange[]): Promise<boolean> {
		const removals = changes.every(({ kind }) => kind === 'remove');
		if (removals && this.#unremovable !== undefined && !this.#removed) return this.#giveUp(changes, this.#unremovable);
		for (const change of changes) this.#writes.set(change, (this.#writes.get(change) ?? 0) + 1);
		try {
			const operations = memberOperations(changes, this.#limits) as PatchOperation[];
			await this.client.patch(['Groups', this.group.id], patchRequest(operations), await this.#ifMatch());
			this.#removed ||= changes.some(({ kind }) => kind === 'remove');
			if (this.#splits > 0) this.#taken = Math.max(this.#taken, changes.length);
			return true;
		} catch (error) {
			return this.#refused(changes, asDomainError(error));
		}
	}

	/** Adds and removes commute, so a version is sent only where the application insists on one; each write ends it. */
	async #ifMatch(): Promise<string | undefined> {
		if (this.client.capabilities.etag !== 'required') return undefined;
		const known = this.#version;
		this.#version = undefined;
		return known ?? (await readGroup(this.client, this.group.id)).version;
	}

	/** 428 asks for a version, 412 for a newer one: nothing was carried out. */
	#insists(status: number | undefined): boolean {
		if ((status !== 428 && status !== 412) || this.#stale++ >= MAX_ROUNDS) return false;
		if (status === 428) this.client.learn({ etag: 'required' }, 'a write without If-Match was answered 428');
		else this.#version = undefined;
		return true;
	}

	/** Returns true where all of the changes went through after all. */
	async #refused(changes: readonly MemberChange[], error: DomainError): Promise<boolean> {
		if (this.#insists(statusOf(error))) return this.#send(changes);
		const [only, ...others] = changes;
		const divisible = others.length > 0 && DIVISIBLE.has(statusOf(error) ?? 0) && this.#splits < MAX_SPLITS;
		if (isAmbiguous(error)) for (const change of changes) this.#uncertain.set(change, error);
		else if (divisible) {
			this.#splits++;
			const parts = divide(changes);
			let whole = true;
			for (const part of parts) whole = (await this.#send(part)) && whole;
			// All of it taken in parts and refused at once: that is a limit, not a bad member.
			if (whole) learnLimit(this.client, parts, changes.length, this.#taken);
			return whole;
		} else if (only?.kind === 'remove' && others.length === 0 && scimTypeOf(error) === 'notarget')
			this.#untargeted.add(only);
		else {
			if (only?.kind === 'remove' && others.length === 0 && FORM_REFUSED.has(statusOf(error) ?? 0))
				this.#unremovable = error;
			return this.#giveUp(changes, error);
		}
		return false;
	}

	#giveUp(changes: readonly MemberChange[], error: DomainError): false {
		for (const change of changes) {
			if (change.kind === 'remove' && FORM_REFUSED.has(statusOf(error) ?? 0)) this.#refusals.set(change, error);
			else this.#fail(change, error);
		}
		return false;
	}

	/** Compares with the group as it is now; returns what is to be sent once more. */
	async #verify(changes: readonly MemberChange[], round: number): Promise<MemberChange[]> {
		let missing = await this.#missing(changes);
		if (this.#uncertain.size === 0) missing = await this.#removeByRest(missing);
		const again: MemberChange[] = [];
		let wait = 0;
		for (const change of missing) {
			const uncertain = this.#uncertain.get(change);
			if (uncertain !== undefined && round < MAX_ROUNDS) {
				again.push(change);
				wait = Math.max(wait, retryAfterOf(uncertain) ?? backoff(round));
			} else this.#fail(change, uncertain ?? this.#refusals.get(change) ?? notApplied(this.group, change));
		}
		if (wait > this.client.limits.maxWaitMs) {
			for (const change of again) this.#fail(change, this.#uncertain.get(change) ?? notApplied(this.group, change));
			return [];
		}
		if (wait > 0) await this.client.sleep(wait);
		return again;
	}

	/** Changes that the group doesn't show; the others get their verdict. */
	async #missing(changes: readonly MemberChange[]): Promise<MemberChange[]> {
		let missing: readonly MemberChange[] = changes;
		for (let attempt = 1; missing.length > 0 && attempt <= this.client.limits.readBackAttempts; attempt++) {
			if (attempt > 1) await this.client.sleep(backoff(attempt - 1));
			let after: GroupState;
			try {
				after = await this.#restored(await readGroup(this.client, this.group.id));
			} catch (error) {
				for (const change of missing) this.#fail(change, asDomainError(error));
				return [];
			}
			this.visibility.learn(after);
			const shown = await this.visibility.shown(this.client);
			const left: MemberChange[] = [];
			for (const change of missing) if (!(await this.#settle(change, after, shown))) left.push(change);
			missing = left;
			if (this.#uncertain.size > 0) break;
		}
		return [...missing];
	}

	#restored(after: GroupState): Promise<GroupState> {
		const sent = [...this.#writes.keys()].filter(({ kind }) => kind === 'remove');
		return restoreCleared(this.client, this.group, after, new Set(sent.map(({ memberId }) => memberId)));
	}

	/** Removals that were accepted and not carried out, or never are: once, by replacing all members with those who stay. */
	async #removeByRest(open: MemberChange[]): Promise<MemberChange[]> {
		const removals = open.filter(({ kind }) => kind === 'remove');
		if (this.#restTried || removals.length === 0 || !(await this.visibility.shown(this.client))) return open;
		this.#restTried = true;
		for (const change of removals) this.#writes.set(change, (this.#writes.get(change) ?? 0) + 1);
		try {
			await keepTheRest(this.client, this.group.id, new Set(removals.map(({ memberId }) => memberId)));
		} catch (error) {
			for (const change of removals) this.#fail(change, notApplied(this.group, change, asDomainError(error)));
		}
		const sent = removals.filter((change) => !this.#verdicts.has(change));
		const left = await this.#missing(sent);
		const limits = this.#limits;
		if (sent.length > 0 && left.length === 0 && limits.removeForm !== 'rest')
			this.client.learn({ membership: { ...limits, removeForm: 'rest' } }, 'removals by filter were not carried out');
		return [...open.filter(({ kind }) => kind === 'add'), ...left];
	}

	async #settle(change: MemberChange, after: GroupState, shown: boolean): Promise<boolean> {
		const wanted = change.kind === 'add';
		const writes = this.#writes.get(change) ?? 0;
		if (shown || this.#untargeted.has(change)) {
			if (after.members.has(change.memberId) !== wanted) return false;
			this.#verdicts.set(change, { outcome: 'verified', writes });
			return true;
		}
		const member = await this.visibility.contains(this.client, this.group.id, change.memberId).catch(() => undefined);
		if (member === true && after.members.size === 0) learnHidden(this.client);
		if (member === undefined && this.#uncertain.has(change)) return false;
		if (member !== undefined && member !== wanted) return false;
		const unseen = 'sent; the application does not show the members of this group';
		this.#verdicts.set(
			change,
			member === undefined ? { outcome: 'applied', writes, note: unseen } : { outcome: 'verified', writes },
		);
		return true;
	}

	#fail(change: MemberChange, error: DomainError): void {
		this.#verdicts.set(change, { outcome: 'failed', writes: this.#writes.get(change) ?? 0, error });
	}
}
