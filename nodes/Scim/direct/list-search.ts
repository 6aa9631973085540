import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { isDomainError } from '../../../core/model';
import { asResource, attribute, statusOf, type ScimClient, type ScimResource } from '../../../core/scim';
import { connect } from '../connection';

/** Entries of one page of a list in the editor. */
const PAGE = 50;

/** Accounts for the list of the parameter "User". */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, { collection: 'Users', name: 'userName', label: labelOfUser }, filter, paginationToken);
}

/** Groups for the list of the parameter "Group". */
export async function searchGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, { collection: 'Groups', name: 'displayName', label: nameOfGroup }, filter, paginationToken);
}

interface List {
	collection: 'Users' | 'Groups';
	/** Attribute that is searched in. */
	name: string;
	label: (resource: ScimResource) => string;
}

async function search(
	node: ILoadOptionsFunctions,
	list: List,
	filter: string | undefined,
	paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
	const authentication = node.getCurrentNodeParameter('authentication');
	const connection = await connect(node, {
		authentication,
		limits: { concurrency: 2, pageSize: PAGE, maxAttempts: 2 },
	});
	try {
		const startIndex = Number(paginationToken ?? 1);
		const page = await pageOf(connection.client, list, filter?.trim() ?? '', startIndex);
		const results = page.resources.map((resource) => ({ name: list.label(resource), value: resource.id }));
		const next = startIndex + page.count;
		return {
			results: results.sort((left, right) => (left.name < right.name ? -1 : 1)),
			...(page.count > 0 && next <= page.total ? { paginationToken: String(next) } : {}),
		};
	} finally {
		await connection.close();
	}
}

interface Page {
	resources: ScimResource[];
	count: number;
	total: number;
}

/** One page, searched by the application; where it can't search, looked through here. */
async function pageOf(client: ScimClient, list: List, text: string, startIndex: number): Promise<Page> {
	const query = { startIndex, count: PAGE };
	const contains = (resource: ScimResource): boolean => list.label(resource).toLowerCase().includes(text.toLowerCase());
	if (text !== '') {
		try {
			const filter = `${list.name} co ${JSON.stringify(text)}`;
			const found = read((await client.get([list.collection], { ...query, filter })).body);
			// Some answer everything to a filter that they don't know.
			if (found.count > 0) return { ...found, resources: found.resources.filter(contains) };
		} catch (error) {
			if (!isDomainError(error) || ![400, 404, 500, 501].includes(statusOf(error) ?? 0)) throw error;
		}
	}
	const page = read((await client.get([list.collection], query)).body);
	return text === '' ? page : { ...page, resources: page.resources.filter(contains) };
}

function read(body: unknown): Page {
	const object = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
	const entries = attribute(object, 'Resources');
	const listed: unknown[] = Array.isArray(entries) ? entries : [];
	const total = Number(attribute(object, 'totalResults'));
	const resources = listed.flatMap((entry) => asResource(entry) ?? []);
	return { resources, count: listed.length, total: Number.isFinite(total) ? total : listed.length };
}

function labelOfUser(resource: ScimResource): string {
	const userName = text(resource, 'userName') ?? resource.id;
	const displayName = text(resource, 'displayName');
	return displayName === undefined || displayName === userName ? userName : `${userName} (${displayName})`;
}

function nameOfGroup(resource: ScimResource): string {
	return text(resource, 'displayName') ?? resource.id;
}

function text(resource: ScimResource, name: string): string | undefined {
	const value = attribute(resource, name);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
