import { DomainError } from '../../model';
import { readAccount } from '../account-keys';
import { deactivateAccount, patchAccount } from '../account-patch';
import { valueAt, withValueAt } from '../attribute-path';
import { isUnassigned } from '../attributes';
import type { ScimClient } from '../client';
import type { BeforeRecord, JournaledAction } from '../desired';
import { activeSent } from '../desired/active-history';
import { temporaryName } from '../desired/temporary-name';
import { AccountMatcher } from '../match';
import { patchRequest, type PatchOperation } from '../diff';
import { asBoolean, foldCase, isActive, textAttribute, type ScimObject, type ScimResource } from '../resource';
import { sameValue } from '../same-value';
import { leftBy } from './undo-order';

export const UNSEEN = 'sent; the application does not show whether accounts are active';

/** What undoing one action would do to an account, decided on its state now. */
export interface UserUndo {
	current: ScimResource;
	/** Paths to put back, with the value before; `undefined` where there was none. */
	restore: ReadonlyArray<{ path: string; before: unknown }>;
	/** Paths that show neither what we left nor what we found: somebody changed them since. */
	conflicts: readonly string[];
	deactivate: boolean;
	/** `active` to send although the application doesn't show it. */
	unseen?: boolean;
	note?: string;
	remedy?: string;
}

/** Compares an account with what the journal says of before and after, attribute by attribute. */
export async function planUserUndo(
	client: ScimClient,
	{ before, after }: JournaledAction,
): Promise<UserUndo | undefined> {
	const id = after?.remoteId ?? before.remoteId;
	const current = id === undefined ? undefined : await readAccount(client, id);
	if (current === undefined && after?.unclear !== undefined) throw unclearUndo();
	if (current === undefined) return undefined;
	if (before.before === null && before.kind === 'create_user') {
		return { current, restore: [], conflicts: [], deactivate: isActive(current) !== false };
	}
	const unseen = unseenUndo(current, { before, after });
	const restore: Array<{ path: string; before: unknown }> = [];
	const conflicts: string[] = [];
	for (const path of before.paths ?? []) {
		if (foldCase(path) === 'password' || (foldCase(path) === 'active' && unseen !== undefined)) continue;
		const now = valueAt(current, path);
		// Taking `active` away means something else everywhere; what wasn't shown was true.
		const was = valueAt(before.before ?? {}, path) ?? (foldCase(path) === 'active' ? true : undefined);
		if (same(path, now, was)) continue;
		const shown = leftBy({ before, after });
		const left = shown && valueAt(shown, path);
		if (shown === undefined || same(path, now, left) || isAside(path, now, left, current.id))
			restore.push({ path, before: was });
		else conflicts.push(path);
	}
	return { current, restore, conflicts, deactivate: false, ...unseen, ...(unseen?.note && withActive(conflicts)) };
}

function withActive(conflicts: readonly string[]): Pick<UserUndo, 'conflicts'> {
	return { conflicts: [...conflicts, 'active'] };
}

/**
 * What becomes of `active` where the application shows it neither now nor after the run, so that only the journal knows
 * of it; `undefined` where that isn't so.
 */
function unseenUndo(
	current: ScimResource,
	{ before, after }: Pick<JournaledAction, 'before'> & { after: JournaledAction['after'] },
): Pick<UserUndo, 'unseen' | 'note' | 'remedy'> | undefined {
	const sent = activeSent({ before });
	const isShown = isActive(current) !== undefined || isActive(after?.after ?? {}) !== undefined;
	if (sent === undefined || isShown) return undefined;
	const was = isActive(before.before ?? {});
	if (was === sent) return {};
	if (was !== undefined) return { unseen: was };
	if (sent) return {};
	return {
		note: 'The run disabled the account, and the application does not show whether accounts are active: whether it was active before is not known, and it was left disabled.',
		remedy: 'Activate the account in the application if the person is to have access.',
	};
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
	{ current, restore, deactivate, unseen }: UserUndo,
): Promise<ScimResource> {
	if (unseen !== undefined) await sendActive(client, current, unseen);
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

/** Nothing may be left behind unsaid: the account may turn up later. */
function unclearUndo(): DomainError {
	return new DomainError(
		'SCIM_FAILED',
		'It is unclear whether the account was created: its creation was sent, and no look shows it.',
		'Look whether the application shows the account. Undo again with the same journal: an account that is shown by then is deactivated.',
	);
}

export function hasUserWork({ deactivate, restore, unseen }: UserUndo): boolean {
	return deactivate || restore.length > 0 || unseen !== undefined;
}

/** The paths that are put back, and what `active` will be: for whoever reads the journal where it isn't shown. */
export function changedBy({ deactivate, restore, unseen }: UserUndo): Pick<BeforeRecord, 'paths' | 'desired'> {
	const back = restore.find(({ path }) => foldCase(path) === 'active');
	const active = deactivate ? false : (unseen ?? (back && (asBoolean(back.before) ?? true)));
	const paths = [...(deactivate || unseen !== undefined ? ['active'] : []), ...restore.map(({ path }) => path)];
	return active === undefined ? { paths } : { paths, desired: { active } };
}

/** Sends `active` although nobody will see it. */
async function sendActive(client: ScimClient, current: ScimResource, active: boolean): Promise<void> {
	// Not shown counts as active: told otherwise, the change is sent.
	const { outcome, error } = active
		? await patchAccount(client, { ...current, active: false }, { active })
		: await deactivateAccount(client, current);
	if (outcome === 'failed') throw error ?? notRestored(['active']);
}

function notRestored(paths: readonly string[]): DomainError {
	return new DomainError(
		'SCIM_NOT_APPLIED',
		`The application accepted the way back but does not show it: ${paths.join(', ')}.`,
		'Put these attributes back in the application.',
	);
}
