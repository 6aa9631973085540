import type { DomainError } from '../model';
import type { ScimClient } from './client';
import { patchRequest, type PatchOperation } from './diff';
import { asDomainError, isAmbiguous, retryAfterOf, scimTypeOf, statusOf } from './errors';
import { readGroup, type GroupState } from './groups';
import { MemberBook } from './member-book';
import { MemberCheck } from './member-check';
import { contradiction, divide, groupFull, learnLimit, notApplied, withoutRoom } from './member-limits';
import { keepTheRest } from './member-recovery';
import { replaceMembers } from './member-replacement';
import { memberOperations, packChanges, type MemberChange } from './member-requests';
import type { MemberVisibility } from './member-visibility';
import type { MemberVerdict } from './membership';
import type { MembershipLimits } from './profiles';
import { backoff } from './retry';

/** Statuses after which one bad member, or too many of them, may be to blame: the rest is tried apart. */
const DIVISIBLE = new Set([400, 404, 413, 422]);
/** Statuses with which servers refuse a form of removal. */
const FORM_REFUSED = new Set([400, 405, 422, 501]);
/** What servers answer that know no PATCH of groups, or no PUT. */
const NOT_OFFERED = new Set([404, 405, 501]);
/** Times requests for one group are taken apart at most: a group that refuses everything costs no more than this. */
const MAX_SPLITS = 32;
const MAX_ROUNDS = 3;

/** The changes of one group in one run. Never rejects: each change has its verdict. */
export class MembershipRun {
	readonly #book = new MemberBook();
	readonly #check: MemberCheck;
	/** Removals that were refused: where members are shown, those who stay can still replace all. */
	readonly #refusals = new Map<MemberChange, DomainError>();
	/** What a PUT of the whole group carried. */
	readonly #replaced = new Set<MemberChange>();
	/** A single removal that was refused, while none was taken yet: then its form is to blame. */
	#unremovable: DomainError | undefined;
	#removed = false;
	#patched = false;
	#putRefused = false;
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
		this.#check = new MemberCheck(client, group, visibility, this.#book);
	}

	async apply(changes: readonly MemberChange[]): Promise<Map<MemberChange, MemberVerdict>> {
		let open: MemberChange[] = [];
		for (const change of this.#book.open(changes)) if (!(await this.#check.heldBefore(change))) open.push(change);
		for (const change of withoutRoom(this.group, this.#limits.maxMembers, open))
			this.#book.failed(change, groupFull(this.group));
		open = this.#book.open(open);
		if (this.#limits.removeForm === 'rest' || this.#limits.addForm === 'rest') open = await this.#byRest(open);
		for (let round = 1; open.length > 0; round++) {
			this.#book.uncertain.clear();
			await this.#sendAll(open);
			open = await this.#verify(this.#book.open(open), round);
		}
		return this.#book.verdicts;
	}

	contradict(change: MemberChange): void {
		this.#book.failed(change, contradiction(this.group));
	}

	get #limits(): Readonly<MembershipLimits> {
		return this.client.capabilities.membership;
	}

	async #sendAll(open: readonly MemberChange[]): Promise<void> {
		if (this.#limits.removeForm === 'put' && (await this.#replace(open))) return;
		const chunks = packChanges(open, this.#limits, this.client.limits.membersPerRequest);
		await this.#sendParts(chunks, open);
	}

	/** In requests of the size that is known by now to be taken. What PUT carried isn't sent again: it carries all. */
	async #sendParts(parts: ReadonlyArray<readonly MemberChange[]>, all: readonly MemberChange[]): Promise<boolean> {
		let whole = true;
		for (const part of parts)
			for (let rest = [...part]; ;) {
				rest = this.#book.open(rest).filter((change) => !this.#replaced.has(change));
				const [next] = packChanges(rest, this.#limits, this.client.limits.membersPerRequest);
				if (next === undefined) break;
				whole = (await this.#send(next, all)) && whole;
				rest = rest.filter((change) => !next.includes(change));
			}
		return whole;
	}

	/** PUT of the whole group. Returns false where the application has no PUT either. */
	async #replace(open: readonly MemberChange[]): Promise<boolean> {
		this.#book.sent(open);
		try {
			await replaceMembers(this.client, this.group, open, this.visibility);
			this.#book.took(open);
		} catch (error) {
			const failure = asDomainError(error);
			if (this.#insists(statusOf(failure))) return this.#replace(open);
			if (NOT_OFFERED.has(statusOf(failure) ?? 0)) {
				this.#putRefused = true;
				if (this.#limits.removeForm === 'put')
					this.#learnForm('filter', `PUT of a group was answered ${statusOf(failure)}`);
				return false;
			}
			if (isAmbiguous(failure)) this.#book.doubt(open, failure);
			else for (const change of open) this.#book.failed(change, failure);
		}
		for (const change of open) this.#replaced.add(change);
		return true;
	}

	async #send(changes: readonly MemberChange[], all: readonly MemberChange[]): Promise<boolean> {
		const removals = changes.every(({ kind }) => kind === 'remove');
		if (removals && this.#unremovable !== undefined && !this.#removed) return this.#giveUp(changes, this.#unremovable);
		this.#book.sent(changes);
		try {
			const operations = memberOperations(changes, this.#limits) as PatchOperation[];
			await this.client.patch(['Groups', this.group.id], patchRequest(operations), await this.#ifMatch());
			this.#book.took(changes);
			this.#patched = true;
			this.#removed ||= changes.some(({ kind }) => kind === 'remove');
			if (this.#splits > 0) this.#taken = Math.max(this.#taken, changes.length);
			return true;
		} catch (error) {
			return this.#refused(changes, all, asDomainError(error));
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
	async #refused(changes: readonly MemberChange[], all: readonly MemberChange[], error: DomainError): Promise<boolean> {
		const status = statusOf(error) ?? 0;
		if (this.#insists(status)) return this.#send(changes, all);
		if (NOT_OFFERED.has(status) && (await this.#putInstead(all, status))) return true;
		const [only, ...others] = changes;
		const divisible = others.length > 0 && DIVISIBLE.has(status) && this.#splits < MAX_SPLITS;
		if (isAmbiguous(error)) this.#book.doubt(changes, error);
		else if (divisible) {
			this.#splits++;
			const parts = divide(changes);
			const whole = await this.#sendParts(parts, all);
			// All of it taken in parts and refused at once: that is a limit, not a bad member.
			if (whole) learnLimit(this.client, parts, changes.length, this.#taken);
			return whole;
		} else if (only?.kind === 'remove' && others.length === 0 && scimTypeOf(error) === 'notarget')
			this.#book.untargeted.add(only);
		else {
			if (only?.kind === 'remove' && others.length === 0 && FORM_REFUSED.has(status)) this.#unremovable = error;
			return this.#giveUp(changes, error);
		}
		return false;
	}

	/** A group that is there and knows no PATCH: 404 may also mean the group, or a member, so only a 405 or 501 tells. */
	async #putInstead(all: readonly MemberChange[], status: number): Promise<boolean> {
		if (status === 404 || this.#patched || this.#putRefused || !this.client.capabilities.put) return false;
		if (!(await this.#replace(this.#book.open(all)))) return false;
		if (this.#book.open(all).length > 0) this.#learnForm('put', `PATCH of a group was answered ${status}`);
		return true;
	}

	#learnForm(removeForm: MembershipLimits['removeForm'], because: string): void {
		this.client.learn({ membership: { ...this.#limits, removeForm } }, because);
	}

	#giveUp(changes: readonly MemberChange[], error: DomainError): false {
		for (const change of changes) {
			if (change.kind === 'remove' && FORM_REFUSED.has(statusOf(error) ?? 0)) this.#refusals.set(change, error);
			else this.#book.failed(change, error);
		}
		return false;
	}

	/** Compares with the group as it is now; returns what is to be sent once more. */
	async #verify(changes: readonly MemberChange[], round: number): Promise<MemberChange[]> {
		let missing = await this.#check.missing(changes);
		const { uncertain } = this.#book;
		if (uncertain.size === 0) missing = await this.#byRest(missing);
		const again: MemberChange[] = [];
		let wait = 0;
		for (const change of missing) {
			const doubt = uncertain.get(change);
			if (doubt !== undefined && round < MAX_ROUNDS) {
				again.push(change);
				wait = Math.max(wait, retryAfterOf(doubt) ?? backoff(round));
			} else this.#book.failed(change, doubt ?? this.#refusals.get(change) ?? notApplied(this.group, change));
		}
		if (wait > this.client.limits.maxWaitMs) {
			for (const change of again) this.#book.failed(change, uncertain.get(change) ?? notApplied(this.group, change));
			return [];
		}
		for (const change of again) this.#replaced.delete(change);
		if (wait > 0) await this.client.sleep(wait);
		return again;
	}

	/**
	 * Removals that were accepted and not carried out, or never are, and additions where they throw out the others: once, by
	 * replacing all members with those who are to be there.
	 */
	async #byRest(open: MemberChange[]): Promise<MemberChange[]> {
		const changes = open.filter(({ kind }) => kind === 'remove' || this.#limits.addForm === 'rest');
		if (this.#restTried || this.#replaced.size > 0 || changes.length === 0) return open;
		if (!(await this.visibility.shown(this.client))) return open;
		this.#restTried = true;
		this.#book.sent(changes);
		const idsOf = (wanted: MemberChange['kind']): Set<string> =>
			new Set(changes.flatMap(({ kind, memberId }) => (kind === wanted ? [memberId] : [])));
		try {
			await keepTheRest(this.client, this.group.id, idsOf('remove'), idsOf('add'));
			this.#book.took(changes);
		} catch (error) {
			const failure = asDomainError(error);
			if (isAmbiguous(failure)) this.#book.doubt(changes, failure);
			for (const change of changes) this.#book.failed(change, notApplied(this.group, change, failure));
		}
		const sent = this.#book.open(changes);
		const left = await this.#check.missing(sent);
		const { removeForm, addForm } = this.#limits;
		if (sent.length > 0 && left.length === 0 && removeForm !== 'rest' && addForm !== 'rest')
			this.#learnForm('rest', 'removals by filter were not carried out');
		return [...open.filter((change) => !changes.includes(change)), ...left];
	}
}
