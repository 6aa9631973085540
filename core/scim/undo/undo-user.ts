import { DomainError } from '../../model';
import { readAccount } from '../account-keys';
import { deactivateAccount, patchAccount } from '../account-patch';
import { valueAt, withValueAt } from '../attribute-path';
import { isUnassigned } from '../attributes';
import type { ScimClient } from '../client';
import type { JournaledAction } from '../desired';
import { temporaryName } from '../desired/temporary-name';
import { AccountMatcher } from '../match';
import { patchRequest, type PatchOperation } from '../diff';
import { foldCase, isActive, textAttribute, type ScimObject, type ScimResource } from '../resource';
import { sameValue } from '../same-value';

/** What undoing one action would do to an account, decided on its state now. */
export interface UserUndo {
	current: ScimResource;
	/** Paths to put back, with the value before; `undefined` where there was none. */
	restore: ReadonlyArray<{ path: string; before: unknown }>;
	/** Paths that show neither what we left nor what we found: somebody changed them since. */
	conflicts: readonly string[];
	deactivate: boolean;
}

/** Compares an account with what the journal says of before and after, attribute by attribute. */
export async function planUserUndo(
	client: ScimClient,
	{ before, after }: JournaledAction,
): Promise<UserUndo | undefined> {
	const id = after?.remoteId ?? before.remoteId;
	const current = id === undefined ? undefined : await readAccount(client, id);
	if (current === undefined) return undefined;
	if (before.before === null && before.kind === 'create_user') {
		return { current, restore: [], conflicts: [], deactivate: isActive(current) !== false };
	}
	const restore: Array<{ path: string; before: unknown }> = [];
	const conflicts: string[] = [];
	for (const path of before.paths ?? []) {
		if (foldCase(path) === 'password') continue;
		const now = valueAt(current, path);
		// Taking `active` away means something else everywhere; what wasn't shown was true.
		const was = valueAt(before.before ?? {}, path) ?? (foldCase(path) === 'active' ? true : undefined);
		if (same(path, now, was)) continue;
		const left = after?.after && valueAt(after.after, path);
		if (after?.after === undefined || same(path, now, left) || isAside(path, now, left, current.id))
			restore.push({ path, before: was });
		else conflicts.push(path);
	}
	return { current, restore, conflicts, deactivate: false };
}

/** `active` that isn't shown is true (RFC 7643 §4.1.1 leaves it to the application, and all of them mean that). */
function same(path: string, left: unknown, right: unknown): boolean {
	return foldCase(path) === 'active' ? sameValue(left ?? true, right ?? true) : sameValue(left, right);
}

/** An account that stepped aside for another one has nobody else's name. */
function isAside(path: string, now: unknown, left: unknown, id: string): boolean {
	return foldCase(path) === 'username' && typeof left === 'string' && now === temporaryName(left, id);
}

/**
 * Lets go of a name that an account of the same journal has by now, so that it can go back: that account gets another one,
 * until its own undo, or for good where the run had created it. Returns false where somebody else has the name.
 */
export async function releaseName(
	client: ScimClient,
	{ current, restore }: UserUndo,
	ours: ReadonlySet<string>,
): Promise<boolean> {
	const userName = restore.find(({ path }) => foldCase(path) === 'username')?.before;
	if (typeof userName !== 'string') return false;
	const holder = (await new AccountMatcher().match(client, { userName }, { thorough: true }))?.resource;
	if (holder === undefined || holder.id === current.id || !ours.has(holder.id)) return false;
	const name = textAttribute(holder, 'userName') ?? userName;
	const { outcome } = await patchAccount(client, holder, { userName: temporaryName(name, holder.id) });
	return outcome !== 'failed';
}

/** Carries it out and reads back. Returns the account as it is then. */
export async function carryOutUserUndo(
	client: ScimClient,
	{ current, restore, deactivate }: UserUndo,
): Promise<ScimResource> {
	if (deactivate) {
		const { outcome, resource, error } = await deactivateAccount(client, current);
		if (outcome === 'failed') throw error ?? notRestored(['active']);
		return resource ?? current;
	}
	// Lists go back as they were: merging, which suits wishes, would keep what we added.
	const whole = restore.filter(({ path, before }) => Array.isArray(before) || Array.isArray(valueAt(current, path)));
	const plain = restore.filter((each) => !whole.includes(each));
	let state = current;
	if (plain.length > 0) {
		let desired: ScimObject = {};
		for (const { path, before } of plain) desired = withValueAt(desired, path, isUnassigned(before) ? null : before);
		const { outcome, resource, error } = await patchAccount(client, state, desired);
		if (outcome === 'failed') throw error ?? notRestored(plain.map(({ path }) => path));
		state = resource ?? state;
	}
	if (whole.length > 0) {
		const operations = whole.map(({ path, before }): PatchOperation =>
			isUnassigned(before) ? { op: 'remove', path } : { op: 'replace', path, value: before },
		);
		await client.patch(['Users', current.id], patchRequest(operations));
		state = (await readAccount(client, current.id)) ?? state;
	}
	const open = restore.filter(({ path, before }) => !same(path, valueAt(state, path), before));
	if (open.length > 0) throw notRestored(open.map(({ path }) => path));
	return state;
}

function notRestored(paths: readonly string[]): DomainError {
	return new DomainError(
		'SCIM_NOT_APPLIED',
		`The application accepted the way back but does not show it: ${paths.join(', ')}.`,
		'Put these attributes back in the application.',
	);
}
