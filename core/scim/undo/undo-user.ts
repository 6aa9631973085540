import { DomainError } from '../../model';
import { readAccount } from '../account-keys';
import { deactivateAccount, patchAccount } from '../account-patch';
import { valueAt, withValueAt } from '../attribute-path';
import { isUnassigned } from '../attributes';
import type { ScimClient } from '../client';
import type { JournaledAction } from '../desired';
import { patchRequest, type PatchOperation } from '../diff';
import { foldCase, isActive, type ScimObject, type ScimResource } from '../resource';
import { sameValue } from './same-value';

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
		const [now, was] = [valueAt(current, path), valueAt(before.before ?? {}, path)];
		if (same(path, now, was)) continue;
		if (after?.after === undefined || same(path, now, valueAt(after.after, path))) restore.push({ path, before: was });
		else conflicts.push(path);
	}
	return { current, restore, conflicts, deactivate: false };
}

/** `active` that isn't shown is true (RFC 7643 §4.1.1 leaves it to the application, and all of them mean that). */
function same(path: string, left: unknown, right: unknown): boolean {
	return foldCase(path) === 'active' ? sameValue(left ?? true, right ?? true) : sameValue(left, right);
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
