import { DomainError, isDomainError } from '../../../core/model';
import {
	AccountMatcher,
	asResource,
	attribute,
	changeMembers,
	MemberVisibility,
	readAccount,
	readGroup,
	statusOf,
	versionOf,
	type MemberChange,
	type ScimClient,
	type ScimResource,
} from '../../../core/scim';
import { noChange, ownChange, scimChange, type Change, type Done } from './changes';
import { carryOut, type Direct, type DirectWork } from './direct-run';
import { collection, namesOf, requiredText } from './fields';
import { groupById, locateGroup } from './locators';
import { readMany } from './reading';
import { groupItem } from './shown';
import { incomplete, nothingGiven } from './users';

/** Operations of the resource Group. */
export const GROUPS: Readonly<Record<string, DirectWork>> = {
	get: async (direct) => {
		const { node, connection, index } = direct;
		return [groupItem(await locateGroup(node, connection.client, index), simplified(direct))];
	},
	getAll: async (direct) => {
		const { node, connection, index } = direct;
		const found = await readMany(node, connection.client, 'Groups', index);
		if (!found.complete) node.addExecutionHints(incomplete(found.reason));
		return found.resources.map((resource) => groupItem(resource, simplified(direct)));
	},
	create: (direct) => carryOut(direct, () => wanted(direct, { mustCreate: 'create_group' }), shown(direct)),
	upsert: (direct) => carryOut(direct, () => wanted(direct, {}), shown(direct)),
	update: (direct) => carryOut(direct, () => update(direct), shown(direct)),
	delete: (direct) =>
		carryOut(
			direct,
			() => remove(direct),
			async () => undefined,
		),
	addMembers: (direct) => carryOut(direct, () => members(direct, 'add'), shown(direct)),
	removeMembers: (direct) => carryOut(direct, () => members(direct, 'remove'), shown(direct)),
};

function simplified({ node, index }: Direct): boolean {
	return node.getNodeParameter('simplify', index, true) !== false;
}

function shown({ connection }: Direct) {
	return async (id: string) => {
		const resource = await groupById(connection.client, id);
		return resource === undefined ? undefined : groupItem(resource, true);
	};
}

async function wanted({ node, connection, index }: Direct, more: { mustCreate?: 'create_group' }): Promise<Change> {
	const { client, baseUrl } = connection;
	const displayName = requiredText(node, 'displayName', 'Name', index);
	const { members: named, externalId } = collection(node, 'additionalFields', index);
	const all = namesOf(named);
	const group = {
		displayName,
		...(typeof externalId === 'string' && externalId !== '' && { externalId }),
		...(all.length > 0 && { members: all }),
	};
	return await scimChange({ client, baseUrl, desired: { groups: [group] }, ...more });
}

async function update({ node, connection, index }: Direct): Promise<Change> {
	const { client, baseUrl } = connection;
	const fields = collection(node, 'updateFields', index);
	const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
	if (Object.keys(given).length === 0) throw nothingGiven();
	const current = await locateGroup(node, client, index, { patient: true });
	const group = { displayName: nameOf(current), ...given, id: current.id };
	return await scimChange({ client, baseUrl, desired: { groups: [group] }, known: { id: current.id } });
}

async function remove({ node, connection, index }: Direct): Promise<Change> {
	const { client, baseUrl } = connection;
	const current = await locateGroup(node, client, index, { patient: true });
	const what = { kind: 'delete_group', subject: nameOf(current), remoteId: current.id };
	return ownChange(baseUrl, what, (record) => async (journal) => {
		await journal.note({ type: 'before', ...record, ...what, state: groupItem(current, false) });
		await deleteGroup(client, current.id).catch(async (error: unknown) => {
			await journal.note({ type: 'after', ...record, ...what, outcome: 'failed', state: null });
			throw error;
		});
		await journal.note({ type: 'after', ...record, ...what, outcome: 'verified', state: null });
		return { outcome: 'verified', remoteId: current.id, note: 'GET after DELETE: not found' };
	});
}

/** DELETE counts by what a GET says afterwards: a second one, or a lost answer, is as good as the first. */
async function deleteGroup(client: ScimClient, id: string): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		let failure: DomainError | undefined;
		try {
			await client.delete(['Groups', id], await neededVersion(client, id));
		} catch (error) {
			if (!isDomainError(error)) throw error;
			failure = error;
			// RFC 6585 §3: whoever wants a version says so; RFC 7644 §3.14: a stale one is read again, once.
			if (statusOf(error) === 428) client.learn({ etag: 'required' }, 'a DELETE without If-Match was answered 428');
			if ([412, 428].includes(statusOf(error) ?? 0) && attempt < MAX_DELETES) continue;
		}
		if ((await groupById(client, id)) === undefined) return;
		throw failure ?? stillThere();
	}
}

const MAX_DELETES = 3;

async function neededVersion(client: ScimClient, id: string): Promise<string | undefined> {
	if (client.capabilities.etag !== 'required') return undefined;
	const { headers, body } = await client.get(['Groups', id]);
	const resource = asResource(body);
	return headers['etag'] ?? (resource && versionOf(resource));
}

async function members({ node, connection, index }: Direct, kind: MemberChange['kind']): Promise<Change> {
	const { client, baseUrl } = connection;
	const names = namesOf(node.getNodeParameter('members', index, ''));
	if (names.length === 0)
		throw new DomainError('INPUT_INVALID', 'Parameter "Members" is empty.', 'Name at least one account.');
	const current = await locateGroup(node, client, index, { patient: true });
	const by = requiredText(node, 'membersBy', 'Members Are Given By', index);
	const ids = await accountIds(client, by, names);
	const state = await readGroup(client, current.id);
	const visibility = new MemberVisibility();
	visibility.learn(state);
	// Where members are not shown, only the attempt tells who is missing.
	const seen = state.members.size > 0 || (await visibility.shown(client));
	const pending = seen ? ids.filter((id) => state.members.has(id) !== (kind === 'add')) : ids;
	if (pending.length === 0) return noChange(baseUrl, current.id);
	const changes = pending.sort().map((memberId): MemberChange => ({ kind, memberId }));
	const what = {
		kind: kind === 'add' ? 'add_members' : 'remove_members',
		subject: state.displayName,
		remoteId: current.id,
		members: changes.map(({ memberId }) => memberId),
	};
	return ownChange(baseUrl, what, (record) => async (journal) => {
		// Which of them were members before: enough to undo it, without the others.
		const before = { members: changes.map(({ memberId }) => ({ memberId, member: state.members.has(memberId) })) };
		await journal.note({ type: 'before', ...record, ...what, state: before });
		const verdicts = await changeMembers(client, state, changes, visibility);
		const failed = changes.flatMap((change) => verdicts.get(change)?.error ?? []);
		const outcome = failed.length > 0 ? 'failed' : outcomeOf([...verdicts.values()]);
		const changed = changes.filter((change) => verdicts.get(change)?.outcome !== 'failed');
		const after = { changed: changed.map(({ memberId }) => memberId) };
		await journal.note({ type: 'after', ...record, ...what, outcome, state: after });
		const [first] = failed;
		if (first !== undefined) throw first;
		const note = `${changed.length} member(s) ${kind === 'add' ? 'added' : 'removed'}`;
		return { outcome: outcomeOf([...verdicts.values()]), remoteId: current.id, note };
	});
}

function outcomeOf(verdicts: ReadonlyArray<{ outcome: string }>): Done['outcome'] {
	return verdicts.every(({ outcome }) => outcome === 'verified') ? 'verified' : 'applied';
}

/** Ids of the accounts that are meant; one that isn't there stops the whole change. */
async function accountIds(client: ScimClient, by: string, names: readonly string[]): Promise<string[]> {
	const matcher = new AccountMatcher();
	const ids = new Set<string>();
	for (const name of names) {
		const found =
			by === 'id'
				? await readAccount(client, name)
				: (await matcher.match(client, by === 'externalId' ? { externalId: name } : { userName: name }))?.resource;
		if (found === undefined) {
			throw new DomainError(
				'SCIM_FAILED',
				`The application has no account with ${by} "${name.slice(0, 100)}".`,
				'Check "Members" and "Members Are Given By". Nobody was added or removed.',
			);
		}
		ids.add(found.id);
	}
	return [...ids];
}

function nameOf(resource: ScimResource): string {
	const value = attribute(resource, 'displayName');
	return typeof value === 'string' && value !== '' ? value : resource.id;
}

function stillThere(): DomainError {
	return new DomainError(
		'SCIM_NOT_APPLIED',
		'The application answered the deletion and still shows the group.',
		'Delete it in the application.',
	);
}
