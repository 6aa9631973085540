import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { DomainError, isDomainError } from '../../../core/model';
import {
	AccountMatcher,
	asResource,
	findGroup,
	readAccount,
	statusOf,
	type ScimClient,
	type ScimResource,
} from '../../../core/scim';

type Show = NonNullable<INodeProperties['displayOptions']>['show'];

export function userLocator(show: Show): INodeProperties {
	return {
		displayName: 'User',
		name: 'user',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions: { show: { ...show } },
		description: 'The account in the application',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select an account …',
				typeOptions: { searchListMethod: 'searchUsers', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 2819c223-7f76-453a-919d-413861904646' },
			{ displayName: 'By userName', name: 'userName', type: 'string', placeholder: 'e.g. ada@example.com' },
			{ displayName: 'By externalId', name: 'externalId', type: 'string', placeholder: 'e.g. E-1001' },
		],
	};
}

export function groupLocator(show: Show): INodeProperties {
	return {
		displayName: 'Group',
		name: 'group',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions: { show: { ...show } },
		description: 'The group in the application',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a group …',
				typeOptions: { searchListMethod: 'searchGroups', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. e9e30dba-f08f-4109-8486-d5c6a331660a' },
			{ displayName: 'By Name', name: 'displayName', type: 'string', placeholder: 'e.g. Engineering' },
		],
	};
}

interface Locator {
	mode: string;
	value: string;
}

function locatorOf(node: IExecuteFunctions, name: 'user' | 'group', label: string, index: number): Locator {
	const given: unknown = node.getNodeParameter(name, index);
	const { mode, value } = (typeof given === 'object' && given !== null ? given : { value: given }) as Partial<
		Record<string, unknown>
	>;
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text === 'string' && text.trim() !== '')
		return { mode: typeof mode === 'string' ? mode : 'id', value: text.trim() };
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is empty.`, `Choose or enter a value for "${label}".`);
}

/** The account that the parameter "User" means. Every hit of a search is checked again: another one is never taken. */
export async function locateUser(
	node: IExecuteFunctions,
	client: ScimClient,
	index: number,
	{ patient = false } = {},
): Promise<ScimResource> {
	const { mode, value } = locatorOf(node, 'user', 'User', index);
	const look = async () =>
		mode === 'userName' || mode === 'externalId'
			? (await new AccountMatcher().match(client, { [mode]: value }))?.resource
			: await readAccount(client, value);
	const found = await lookFor(client, look, patient);
	if (found !== undefined) return found;
	throw notThere('account', mode, value);
}

/** The group that the parameter "Group" means. */
export async function locateGroup(
	node: IExecuteFunctions,
	client: ScimClient,
	index: number,
	{ patient = false } = {},
): Promise<ScimResource> {
	const { mode, value } = locatorOf(node, 'group', 'Group', index);
	const look = async () => {
		const id = mode === 'displayName' ? await idOfGroup(client, value) : value;
		return id === undefined ? undefined : await groupById(client, id);
	};
	const found = await lookFor(client, look, patient);
	if (found !== undefined) return found;
	throw notThere('group', mode, value);
}

/** Some applications show an entry only some time after it was made: who is about to change it looks a few times. */
async function lookFor(
	client: ScimClient,
	look: () => Promise<ScimResource | undefined>,
	patient: boolean,
): Promise<ScimResource | undefined> {
	for (let attempt = 1; ; attempt++) {
		const found = await look();
		if (found !== undefined || !patient || attempt === LOOKS) return found;
		await client.sleep(LOOK_AGAIN_MS * attempt);
	}
}

const LOOKS = 4;
const LOOK_AGAIN_MS = 300;

/** `undefined` where no group has the name; several are an error. */
async function idOfGroup(client: ScimClient, displayName: string): Promise<string | undefined> {
	try {
		return (await findGroup(client, displayName)).id;
	} catch (error) {
		// Said of a name that no group has; groups that could not be searched are something else.
		const isNone = isDomainError(error) && error.details['ambiguous'] === false && statusOf(error) === undefined;
		if (isNone) return undefined;
		throw error;
	}
}

/** A group as the application shows it; `undefined` where there is none (any more). */
export async function groupById(client: ScimClient, id: string): Promise<ScimResource | undefined> {
	try {
		const resource = asResource((await client.get(['Groups', id])).body);
		return resource?.id === id ? resource : undefined;
	} catch (error) {
		if (statusOf(error) === 404) return undefined;
		throw error;
	}
}

function notThere(what: string, mode: string, value: string): DomainError {
	const by = mode === 'list' ? 'id' : mode;
	return new DomainError(
		'SCIM_FAILED',
		`The application has no ${what} with ${by} "${value.slice(0, 100)}".`,
		`Check the value, or look it up with Get Many.`,
		{ status: 404, ambiguous: false },
	);
}
