import { valueAt, withValueAt } from '../attribute-path';
import { compareStates, type PatchOperation } from '../diff';
import { rulesOf } from '../diff-rules';
import { ENTERPRISE_USER_SCHEMA, foldCase, isActive, type ScimObject, type ScimResource } from '../resource';
import type { ScimClient } from '../client';
import { tellUntoldActive, type ActiveHistory } from './active-history';
import type { ActionList } from './action-list';
import type { Findings } from './findings';
import { matchUsers } from './match-users';
import { orderByNames } from './name-order';
import type { AccountsRead } from './read-accounts';
import { namesOf, whoIs, type Holders } from './references';
import type { AttributeChange, DesiredState, DesiredUser, ScimAction, UserActionKind } from './types';

export interface UserPlanningInput {
	client: ScimClient;
	desired: DesiredState;
	accounts: AccountsRead;
	actions: ActionList;
	findings: Findings;
	deactivateMissing: boolean;
	/** Whether new accounts get a generated password. */
	passwords: boolean;
	/** Whether accounts stay as active as they are where the state doesn't say. */
	keepActive: boolean;
	/** What earlier runs left active, where that isn't shown. */
	activity: ActiveHistory;
}

interface UserPlanning extends UserPlanningInput {
	byName: ReadonlyMap<string, DesiredUser>;
	/** What is planned behind everything else. */
	later: Array<() => void>;
	/** To be active, and nobody knows whether they are. */
	untoldActive: DesiredUser[];
}

/** Plans everything about accounts; groups need to know who has which one. */
export function planUsers(planning: UserPlanningInput): Holders {
	const { desired } = planning;
	const { holders, claimed } = matchUsers(desired.users, planning);
	const whole: UserPlanning = { ...planning, byName: namesOf(desired.users), later: [], untoldActive: [] };
	for (const [user, holder] of holders) planUser(whole, user, holder, holders);
	if (planning.deactivateMissing) planMissing(planning, claimed);
	tellUntoldActive(planning.findings, whole.untoldActive);
	for (const plan of whole.later) plan();
	orderByNames(planning.actions);
	return holders;
}

function planUser(
	planning: UserPlanning,
	user: DesiredUser,
	holder: ScimResource | 'created' | 'nobody',
	holders: Holders,
): void {
	if (holder === 'created') planCreation(planning, withManager(planning, user, holders));
	else if (holder !== 'nobody') planChange(planning, withManager(planning, user, holders), holder);
	else {
		planning.findings.add(
			'info',
			'inactive_absent',
			user.subject,
			`"${user.subject}" is to be inactive and has no account.`,
			'Nothing is created for people who are not to have access.',
		);
	}
}

function planCreation({ actions, passwords }: UserPlanning, user: DesiredUser): void {
	const password = user.password !== undefined ? 'given' : passwords ? 'generated' : undefined;
	const action = actions.add({
		kind: 'create_user',
		subject: user.subject,
		attributes: { ...user.attributes, active: true },
		...(password === undefined ? {} : { password }),
	});
	const { memory } = actions;
	memory.desired.set(action.id, { ...user.attributes, active: true });
	memory.keys.set(action.id, user.keys);
	if (user.password !== undefined) memory.passwords.set(action.id, user.password);
}

function planChange(
	{ actions, client, findings, keepActive, activity, untoldActive }: UserPlanning,
	user: DesiredUser,
	account: ScimResource,
): void {
	const current = activity.shownBy(account);
	if (user.active && user.statesActive && isActive(current) === undefined) untoldActive.push(user);
	const desired = keepActive && !user.statesActive ? user.attributes : { active: user.active, ...user.attributes };
	const { operations: wanted, readOnly } = compareStates(desired, current, rulesOf(client));
	const { unwritable } = client.capabilities;
	const operations = wanted.filter(({ path }) => !unwritable.includes(path));
	if (operations.length < wanted.length) {
		const lost = wanted.filter((operation) => !operations.includes(operation)).map(({ path }) => path);
		findings.add(
			'warning',
			'not_kept',
			user.subject,
			`The application took these attributes of "${user.subject}" before and did not keep them: ${lost.join(', ')}.`,
			'Take them out of the file; or, if the application has learned to keep them, begin with a new journal.',
		);
	}
	if (readOnly.length > 0) {
		findings.add(
			'warning',
			'read_only',
			user.subject,
			`The application does not let these attributes of "${user.subject}" be changed: ${readOnly.join(', ')}.`,
			'Change them in the application, or take them out of the file.',
		);
	}
	if (operations.length === 0) return;
	const changes = changesOf(operations, current);
	const touches = (name: string): boolean => operations.some(({ path }) => foldCase(path) === name);
	const kind: UserActionKind = touches('active')
		? user.active
			? 'reactivate_user'
			: 'deactivate_user'
		: touches('username')
			? 'rename_user'
			: 'update_user';
	const action = actions.add({ kind, subject: user.subject, remoteId: current.id, changes });
	note(actions, action, current, operations, desired, user.keys);
}

function note(
	{ memory }: ActionList,
	action: ScimAction,
	current: ScimResource,
	operations: readonly PatchOperation[],
	desired: ScimObject,
	keys: DesiredUser['keys'],
): void {
	memory.before.set(action.id, current);
	memory.operations.set(action.id, operations);
	memory.desired.set(action.id, desired);
	memory.keys.set(action.id, keys);
}

export function changesOf(operations: readonly PatchOperation[], current: ScimObject): AttributeChange[] {
	return operations.map(({ op, path, value }) => {
		const before = valueAt(current, path);
		return {
			path,
			...(before === undefined ? {} : { before }),
			...(op === 'remove' ? {} : { after: value }),
		};
	});
}

function planMissing({ accounts, actions, findings, activity }: UserPlanningInput, matched: ReadonlySet<string>): void {
	if (!accounts.complete || accounts.unknown.size > 0) {
		findings.add(
			'error',
			'incomplete_read',
			'Users',
			'No account is deactivated for being absent from the file: the accounts could not be read to the end.',
			'Mend the reading first; see the other findings.',
		);
		return;
	}
	for (const { id, userName, untold } of accounts.index.strays(matched)) {
		if (untold === true && activity.of(id) === false) continue;
		const operations: PatchOperation[] = [{ op: 'replace', path: 'active', value: false }];
		const shown = untold === true ? {} : { active: true };
		const current = activity.shownBy({ id, userName, ...shown });
		const action = actions.add({
			kind: 'deactivate_user',
			subject: userName,
			remoteId: id,
			changes: changesOf(operations, current),
			reason: 'absent from the desired state',
		});
		note(actions, action, current, operations, { active: false }, { id, userName });
	}
}

/**
 * The manager of a user as an attribute, where the manager's account is there already. Managers that this plan creates are
 * set in a second pass, when their ids are known.
 */
function withManager(planning: UserPlanning, user: DesiredUser, holders: Holders): DesiredUser {
	if (user.manager === undefined) return user;
	const { accounts, actions, findings } = planning;
	const manager = whoIs(user.manager, planning.byName, accounts, holders);
	if (manager === undefined) {
		findings.add(
			'warning',
			'manager_unknown',
			user.subject,
			`The manager of "${user.subject}" has no account in the application.`,
			'Name the manager by externalId, userName or id of an account, or add the manager to the file.',
		);
		return user;
	}
	if (!manager.created) {
		const path = `${ENTERPRISE_USER_SCHEMA}:manager`;
		return { ...user, attributes: withValueAt(user.attributes, path, { value: manager.name }) };
	}
	const holder = holders.get(user);
	const current = typeof holder === 'object' ? holder : undefined;
	planning.later.push(() => {
		const action = actions.add({
			kind: 'set_manager',
			subject: user.subject,
			...(current === undefined ? {} : { remoteId: current.id }),
			manager: manager.name,
		});
		actions.memory.keys.set(action.id, user.keys);
		if (current !== undefined) actions.memory.before.set(action.id, current);
	});
	return user;
}
