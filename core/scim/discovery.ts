import type { ScimClient } from './client';
import { asDomainError, statusOf } from './errors';
import type { Capabilities, CapabilityProfile } from './profiles';
import { SchemaIndex, readSchemas } from './schemas';
import { statedRoleAttribute } from './role-attribute';
import { USER_SCHEMA, asBoolean, asObject, attribute, textAttribute, type ScimObject } from './resource';

/** A kind of resource that the application offers (RFC 7643 §6). */
export interface ResourceType {
	name: string;
	/** Below the base URL, without slashes: `Users`. */
	endpoint: string;
	schema: string;
	extensions: Array<{ schema: string; required: boolean }>;
}

export interface Discovery {
	profile: CapabilityProfile;
	schemas: SchemaIndex;
	resourceTypes: ResourceType[];
	/** What the application didn't say, or said oddly, in whole sentences. */
	findings: string[];
}

/** An application may not offer more in one page, one bulk request: figures beyond are not believed. */
const MAX_FIGURE = 1_000_000_000;

/**
 * Reads ServiceProviderConfig, Schemas and ResourceTypes (RFC 7644 §4) and adds what they say to the client's profile.
 * All three are optional in practice: 404, HTML, unknown keys and arrays where texts belong are findings, not failures.
 *
 * @throws DomainError SCIM_FAILED where the application can't be reached, or refuses the credential (401, 403).
 */
export async function discover(client: ScimClient): Promise<Discovery> {
	const findings: string[] = [];
	const config = await readConfig(client, findings);
	const schemas = new SchemaIndex(readSchemas(await readOptional(client, 'Schemas', findings)));
	const types = await readOptional(client, 'ResourceTypes', findings);
	const resourceTypes = readResourceTypes(types);
	if (config !== undefined) client.takeDiscovery(capabilitiesOf(client, config), 'ServiceProviderConfig', schemas);
	else client.takeDiscovery({}, '', schemas);
	const roleAttribute = roleAttributeIn(client, schemas, resourceTypes);
	if (roleAttribute !== undefined) client.takeDiscovery({ roleAttribute }, 'Schemas');
	return { profile: client.profile, schemas, resourceTypes, findings };
}

function roleAttributeIn(
	client: ScimClient,
	schemas: SchemaIndex,
	resourceTypes: readonly ResourceType[],
): string | null | undefined {
	const users = resourceTypes.filter(({ endpoint, schema }) => endpoint === 'Users' || schema === USER_SCHEMA);
	const extensions = users.flatMap((type) => type.extensions.map(({ schema }) => schema));
	return statedRoleAttribute(schemas, client.capabilities.roleAttribute, extensions);
}

/** Salesforce writes the name in plural, Slack's documentation in both ways. */
async function readConfig(client: ScimClient, findings: string[]): Promise<ScimObject | undefined> {
	const first = client.capabilities.configPath;
	const second = first === 'ServiceProviderConfig' ? 'ServiceProviderConfigs' : 'ServiceProviderConfig';
	for (const path of [first, second] as const) {
		const body = await readOptional(client, path, path === second ? findings : []);
		const config = unwrap(body);
		if (config === undefined) continue;
		if (path !== first) client.takeDiscovery({ configPath: path }, 'the other spelling is not answered');
		return config;
	}
	return undefined;
}

/** The configuration itself, also inside a listing of one. */
function unwrap(body: unknown): ScimObject | undefined {
	const object = asObject(Array.isArray(body) ? body[0] : body);
	const listed = object && attribute(object, 'Resources');
	const config = Array.isArray(listed) ? asObject(listed[0]) : object;
	if (config === undefined) return undefined;
	const known = ['patch', 'bulk', 'filter', 'etag', 'authenticationSchemes', 'changePassword', 'sort'];
	return known.some((name) => attribute(config, name) !== undefined) ? config : undefined;
}

async function readOptional(client: ScimClient, path: string, findings: string[]): Promise<unknown> {
	try {
		const { body } = await client.get([path]);
		if (asObject(body) === undefined && !Array.isArray(body))
			findings.push(`/${path} is answered without SCIM content.`);
		return body;
	} catch (error) {
		const status = statusOf(error);
		if (status === undefined || status === 401 || status === 403) throw error;
		findings.push(`/${path} is not readable: ${asDomainError(error).message}`);
		return undefined;
	}
}

function capabilitiesOf(client: ScimClient, config: ScimObject): Partial<Capabilities> {
	const { capabilities } = client;
	const found: Partial<Capabilities> = {};
	if (supported(config, 'patch') === false && capabilities.put) {
		found.patch = 'put';
		found.membership = { ...capabilities.membership, removeForm: 'put' };
	}
	const etag = supported(config, 'etag');
	if (etag === true) found.etag = 'checked';
	if (etag === false && capabilities.etag === 'ignored') found.etag = 'none';
	const filter = supported(config, 'filter');
	if (filter === false) found.filter = { ...capabilities.filter, users: [], groups: [], members: false };
	const bulk = bulkOf(config);
	if (bulk !== undefined) found.bulk = bulk;
	return { ...found, ...pagingOf(client, config) };
}

function bulkOf(config: ScimObject): Capabilities['bulk'] | undefined {
	const stated = supported(config, 'bulk');
	if (stated === undefined) return undefined;
	const bulk = asObject(attribute(config, 'bulk')) ?? {};
	const maxOperations = figure(attribute(bulk, 'maxOperations'));
	const maxPayloadBytes = figure(attribute(bulk, 'maxPayloadSize'));
	return stated && maxOperations !== undefined && maxPayloadBytes !== undefined && maxOperations > 1
		? { maxOperations, maxPayloadBytes }
		: null;
}

/** `filter.maxResults` bounds a page; RFC 9865 §4 adds `pagination` with `cursor`, `index` and `maxPageSize`. */
function pagingOf(client: ScimClient, config: ScimObject): Partial<Capabilities> {
	const pagination = asObject(attribute(config, 'pagination'));
	const filter = asObject(attribute(config, 'filter'));
	const stated = [
		filter && figure(attribute(filter, 'maxResults')),
		pagination && figure(attribute(pagination, 'maxPageSize')),
	].filter((each) => each !== undefined);
	const pageSize = Math.min(client.capabilities.pageSize, ...stated);
	const cursor = pagination && asBoolean(attribute(pagination, 'cursor'));
	const index = pagination && asBoolean(attribute(pagination, 'index'));
	return {
		...(pageSize >= 1 && pageSize < client.capabilities.pageSize ? { pageSize } : {}),
		...(cursor === true && index === false ? { paging: 'cursor' } : {}),
		...(index === true && cursor !== true ? { paging: 'index' } : {}),
	};
}

/** `{ supported: true }`, or the bare truth that some servers write in its place. */
function supported(config: ScimObject, name: string): boolean | undefined {
	const stated = attribute(config, name);
	const feature = asObject(Array.isArray(stated) ? stated[0] : stated);
	return asBoolean(feature === undefined ? stated : attribute(feature, 'supported'));
}

function figure(value: unknown): number | undefined {
	const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
	return typeof number === 'number' && number >= 1 && number <= MAX_FIGURE ? Math.floor(number) : undefined;
}

function readResourceTypes(body: unknown): ResourceType[] {
	const object = asObject(body);
	const listed = object === undefined ? body : (attribute(object, 'Resources') ?? [body]);
	return (Array.isArray(listed) ? listed : []).flatMap((entry) => {
		const type = asObject(entry);
		const endpoint = type && textOf(attribute(type, 'endpoint'));
		if (type === undefined || endpoint === undefined) return [];
		const name = textAttribute(type, 'name') ?? textAttribute(type, 'id') ?? endpoint;
		const extensions = attribute(type, 'schemaExtensions');
		return [
			{
				name,
				endpoint: lastSegments(endpoint),
				schema: textOf(attribute(type, 'schema')) ?? '',
				extensions: (Array.isArray(extensions) ? extensions : []).flatMap((each) => {
					const extension = asObject(each);
					const schema = extension && textOf(attribute(extension, 'schema'));
					if (extension === undefined || schema === undefined) return [];
					return [{ schema, required: asBoolean(attribute(extension, 'required')) === true }];
				}),
			},
		];
	});
}

/** `/Users` as the RFC has it, `https://host/scim/v2/Users` as some write it: the collection's own name. */
function lastSegments(endpoint: string): string {
	return (
		endpoint
			.split(/[?#]/, 1)[0]
			?.split('/')
			.filter((part) => part !== '')
			.at(-1) ?? ''
	);
}

function textOf(value: unknown): string | undefined {
	const first: unknown = Array.isArray(value) ? value[0] : value;
	return typeof first === 'string' && first !== '' ? first : undefined;
}
