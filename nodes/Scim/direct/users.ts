import { attribute, deleteAccount, readAccount, type ScimResource } from '../../../core/scim';
import { DomainError } from '../../../core/model';
import { ownChange, scimChange, type Change } from './changes';
import { carryOut, type Direct, type DirectWork } from './direct-run';
import { collection, jsonAttributes, requiredText } from './fields';
import { locateUser } from './locators';
import { readMany } from './reading';
import { userItem } from './shown';

/** Operations of the resource User. */
export const USERS: Readonly<Record<string, DirectWork>> = {
	get: async (direct) => {
		const { node, connection, index } = direct;
		const found = await locateUser(node, connection.client, index);
		return [userItem(found, simplified(direct))];
	},
	getAll: async (direct) => {
		const { node, connection, index } = direct;
		const found = await readMany(node, connection.client, 'Users', index);
		if (!found.complete) node.addExecutionHints(incomplete(found.reason));
		return found.resources.map((resource) => userItem(resource, simplified(direct)));
	},
	create: (direct) => carryOut(direct, () => wanted(direct, { mustCreate: 'create_user' }), shown(direct)),
	upsert: (direct) => carryOut(direct, () => wanted(direct, {}), shown(direct)),
	update: (direct) => carryOut(direct, () => update(direct), shown(direct)),
	deactivate: (direct) => carryOut(direct, () => deactivate(direct), shown(direct)),
	delete: (direct) =>
		carryOut(
			direct,
			() => remove(direct),
			async () => undefined,
		),
};

function simplified({ node, index }: Direct): boolean {
	return node.getNodeParameter('simplify', index, true) !== false;
}

/** The account as it is after the change. */
function shown({ connection }: Direct) {
	return async (id: string) => {
		const resource = await readAccount(connection.client, id);
		return resource === undefined ? undefined : userItem(resource, true);
	};
}

async function wanted({ node, connection, index }: Direct, more: { mustCreate?: 'create_user' }): Promise<Change> {
	const { client, baseUrl } = connection;
	const userName = requiredText(node, 'userName', 'userName', index);
	const fields = collection(node, 'additionalFields', index);
	return await scimChange({ client, baseUrl, desired: { users: [{ ...attributesOf(fields), userName }] }, ...more });
}

/** Attributes that are not named stay as they are; `active` among them. */
async function update({ node, connection, index }: Direct): Promise<Change> {
	const { client, baseUrl } = connection;
	const fields = collection(node, 'updateFields', index);
	const given = attributesOf(fields);
	if (Object.keys(given).length === 0) throw nothingGiven();
	const current = await locateUser(node, client, index, { patient: true });
	const user = { userName: userNameOf(current), ...given, id: current.id };
	return await scimChange({ client, baseUrl, desired: { users: [user] }, known: { id: current.id } });
}

async function deactivate({ node, connection, index }: Direct): Promise<Change> {
	const { client, baseUrl } = connection;
	const current = await locateUser(node, client, index, { patient: true });
	const user = { id: current.id, userName: userNameOf(current), active: false };
	return await scimChange({ client, baseUrl, desired: { users: [user] }, known: { id: current.id } });
}

async function remove({ node, connection, index }: Direct): Promise<Change> {
	const { client, baseUrl } = connection;
	const current = await locateUser(node, client, index, { patient: true });
	const what = { kind: 'delete_user', subject: userNameOf(current), remoteId: current.id };
	return ownChange(baseUrl, what, (record) => async (journal) => {
		const note = (type: 'before' | 'after', state: unknown, outcome?: string) =>
			journal.note({ type, ...record, ...what, ...(outcome !== undefined && { outcome }), state });
		await note('before', userItem(current, false));
		const proof = await deleteAccount(client, current.id).catch(async (error: unknown) => {
			await note('after', null, 'failed');
			throw error;
		});
		const done = proof.gone || proof.inactive;
		await note('after', proof, done ? 'verified' : 'failed');
		if (!done) throw stillThere(proof.note);
		return { outcome: 'verified', remoteId: current.id, note: `${proof.note} (${proof.checkedAt})` };
	});
}

/** Fields of the node as a SCIM user; what was not filled in is left out. */
function attributesOf(fields: Record<string, unknown>): Record<string, unknown> {
	const { firstName, lastName, email, attributes, ...plain } = fields;
	const filled = Object.entries(plain).filter(([, value]) => value !== '' && value !== undefined && value !== null);
	const further = jsonAttributes(attributes);
	const name = {
		...(typeof further['name'] === 'object' && further['name'] !== null ? further['name'] : {}),
		...(isFilled(firstName) && { givenName: firstName }),
		...(isFilled(lastName) && { familyName: lastName }),
	};
	return {
		...further,
		...Object.fromEntries(filled),
		...(Object.keys(name).length > 0 && { name }),
		...(isFilled(email) && { emails: [{ value: email, type: 'work', primary: true }] }),
	};
}

function isFilled(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

function userNameOf(resource: ScimResource): string {
	const value = attribute(resource, 'userName');
	return typeof value === 'string' && value !== '' ? value : resource.id;
}

export function incomplete(reason: string | undefined) {
	return {
		message: `The application could not be read to the end; there may be more. ${reason ?? ''}`.trim(),
		type: 'warning' as const,
		location: 'outputPane' as const,
	};
}

export function nothingGiven(): DomainError {
	return new DomainError('INPUT_INVALID', 'There is nothing to update.', 'Add at least one of "Update Fields".');
}

function stillThere(note: string): DomainError {
	return new DomainError(
		'SCIM_NOT_APPLIED',
		`The application answered the deletion and still shows the account (${note}).`,
		'Delete it in the application, or deactivate it.',
	);
}
