import { DomainError } from '../model';
import type { ScimClient } from './client';
import { patchRequest, type PatchOperation } from './diff';
import { asDomainError, isAmbiguous, retryAfterOf, scimTypeOf, statusOf } from './errors';
import { elementPath } from './filter';
import { readGroup, type GroupState, type MemberVisibility } from './groups';
import { backoff } from './retry';

/** One wanted change of one group. */
export interface MemberChange {
	kind: 'add' | 'remove';
	/** Id of the user in the application. */
	memberId: string;
}

export interface MemberVerdict {
	outcome: 'verified' | 'applied' | 'failed';
	/** Requests that carried this change; 0 where it already was as wanted. */
	writes: number;
	note?: string;
	error?: DomainError;
}

/** Statuses after which one bad member, or too many of them, may be to blame: the rest is tried apart. */
const DIVISIBLE = new Set([400, 404, 413, 422]);
/** Times requests for one group are taken apart at most: a group that refuses everything costs no more than this. */
const MAX_SPLITS = 32;
const MAX_ROUNDS = 3;

/**
 * Adds members to a group and removes others: one PATCH for all of them where the application takes it, smaller ones
 * where it refuses. Sends only what is missing, removes each by its own path filter (never a form that could clear the
 * group), and reads back at the end. Never rejects: each change has its verdict.
 */
export async function changeMembers(
	client: ScimClient,
	group: GroupState,
	changes: readonly MemberChange[],
	visibility: MemberVisibility,
): Promise<Map<MemberChange, MemberVerdict>> {
	return new MembershipRun(client, group, visibility).apply(changes);
}

class MembershipRun {
	readonly #verdicts = new Map<MemberChange, MemberVerdict>();
	readonly #writes = new Map<MemberChange, number>();
	readonly #uncertain = new Map<MemberChange, DomainError>();
	/** Removals that the application says had nothing to remove. */
	readonly #untargeted = new Set<MemberChange>();
	#splits = 0;

	constructor(
		readonly client: ScimClient,
		readonly group: GroupState,
		readonly visibility: MemberVisibility,
	) {
		visibility.learn(group);
	}

	async apply(changes: readonly MemberChange[]): Promise<Map<MemberChange, MemberVerdict>> {
		let open: MemberChange[] = [];
		for (const change of changes) if (!(await this.#settledBefore(change))) open.push(change);
		for (let round = 1; open.length > 0; round++) {
			this.#uncertain.clear();
			for (const chunk of chunks(open, this.client.limits.membersPerRequest)) await this.#send(chunk);
			open = await this.#verify(
				open.filter((change) => !this.#verdicts.has(change)),
				round,
			);
		}
		return this.#verdicts;
	}

	async #settledBefore(change: MemberChange): Promise<boolean> {
		const member = this.group.members.has(change.memberId);
		// Where members are hidden, "is no member" isn't known: then a removal is sent.
		const settled = change.kind === 'add' ? member : !member && (await this.visibility.shown(this.client));
		if (settled) this.#verdicts.set(change, { outcome: 'verified', writes: 0, note: 'already in place' });
		return settled;
	}

	async #send(changes: readonly MemberChange[]): Promise<void> {
		for (const change of changes) this.#writes.set(change, (this.#writes.get(change) ?? 0) + 1);
		try {
			await this.client.patch(['Groups', this.group.id], patchRequest(operations(changes)));
		} catch (error) {
			await this.#refused(changes, asDomainError(error));
		}
	}

	async #refused(changes: readonly MemberChange[], error: DomainError): Promise<void> {
		const [only, ...others] = changes;
		if (isAmbiguous(error)) for (const change of changes) this.#uncertain.set(change, error);
		else if (others.length > 0 && DIVISIBLE.has(statusOf(error) ?? 0) && this.#splits < MAX_SPLITS) {
			this.#splits++;
			for (const part of divide(changes)) await this.#send(part);
		} else if (only?.kind === 'remove' && others.length === 0 && scimTypeOf(error) === 'notarget')
			this.#untargeted.add(only);
		else for (const change of changes) this.#fail(change, error);
	}

	/** Compares with the group as it is now; returns what is to be sent once more. */
	async #verify(changes: readonly MemberChange[], round: number): Promise<MemberChange[]> {
		const missing = await this.#missing(changes);
		const again: MemberChange[] = [];
		let wait = 0;
		for (const change of missing) {
			const uncertain = this.#uncertain.get(change);
			if (uncertain !== undefined && round < MAX_ROUNDS) {
				again.push(change);
				wait = Math.max(wait, retryAfterOf(uncertain) ?? backoff(round));
			} else this.#fail(change, uncertain ?? notApplied(this.group, change));
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
				after = await readGroup(this.client, this.group.id);
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

	async #settle(change: MemberChange, after: GroupState, shown: boolean): Promise<boolean> {
		const wanted = change.kind === 'add';
		const writes = this.#writes.get(change) ?? 0;
		if (shown || this.#untargeted.has(change)) {
			if (after.members.has(change.memberId) !== wanted) return false;
			this.#verdicts.set(change, { outcome: 'verified', writes });
			return true;
		}
		const member = await this.visibility.contains(this.client, this.group.id, change.memberId).catch(() => undefined);
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

/** Removals first: a seat that is freed can be taken in the same request. */
function operations(changes: readonly MemberChange[]): PatchOperation[] {
	const removed = changes.filter((change) => change.kind === 'remove');
	const added = changes.filter((change) => change.kind === 'add');
	return [
		...removed.map((change): PatchOperation => ({ op: 'remove', path: elementPath('members', change.memberId) })),
		...(added.length === 0
			? []
			: [{ op: 'add', path: 'members', value: added.map(({ memberId }) => ({ value: memberId })) } as const]),
	];
}

/** Removals apart from adds (Entra takes no mixture), else halves. */
function divide(changes: readonly MemberChange[]): MemberChange[][] {
	const removed = changes.filter((change) => change.kind === 'remove');
	const added = changes.filter((change) => change.kind === 'add');
	if (removed.length > 0 && added.length > 0) return [removed, added];
	const middle = Math.ceil(changes.length / 2);
	return [changes.slice(0, middle), changes.slice(middle)];
}

function chunks(changes: readonly MemberChange[], size: number): MemberChange[][] {
	const width = Math.max(1, size);
	const count = Math.ceil(changes.length / width);
	return Array.from({ length: count }, (_, index) => changes.slice(index * width, (index + 1) * width));
}

function notApplied(group: GroupState, change: MemberChange): DomainError {
	const state = change.kind === 'add' ? 'does not show the new member' : 'still shows the member';
	return new DomainError(
		'SCIM_NOT_APPLIED',
		`The application accepted the change, but group "${group.displayName}" ${state}.`,
		'Check in the application whether this group is managed there by a rule, or whether the credential may change it.',
	);
}
