import { Directory } from './directory';
import { isObject, keyOf } from './patch';
import { ENTERPRISE, GROUP, USER, ScimFault, type Habit, type Json, type OddRequest } from './protocol';
import { serve, type OddServer } from './serve';

/** Attributes that this application knows, with their parts; nothing else is taken. */
const KNOWN: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
	Users: {
		schemas: [],
		id: [],
		externalId: [],
		meta: ['resourceType', 'revision', 'version'],
		userName: [],
		displayName: [],
		title: [],
		active: [],
		password: [],
		name: ['givenName', 'familyName', 'formatted'],
		emails: ['value', 'type', 'primary'],
		[ENTERPRISE]: ['department', 'employeeNumber', 'manager'],
	},
	Groups: {
		schemas: [],
		id: [],
		externalId: [],
		meta: ['resourceType', 'revision', 'version'],
		displayName: [],
		members: ['value', 'type', '$ref', 'display'],
	},
};

/**
 * Holds everybody to the letter: one media type, known attributes only, extensions named in `schemas`, booleans that are
 * booleans, PATCH with its schema and lower-case operations, If-Match on every change. PATCH is answered 204.
 */
export function startStrict(): Promise<OddServer> {
	const attributes = (names: object): Json[] => Object.keys(names).map((name) => ({ name, type: 'string' }));
	const directory: Directory = new Directory({
		keep: (collection, entry) => checked(collection, entry, directory),
		config: {
			patch: { supported: true },
			bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
			filter: { supported: true, maxResults: 50 },
			etag: { supported: true },
		},
		schemas: [
			{ id: USER, name: 'User', attributes: attributes({ userName: [], displayName: [], title: [] }) },
			{ id: GROUP, name: 'Group', attributes: attributes({ displayName: [] }) },
		],
		page: 50,
	});
	return serve(directory, strictly(directory));
}

function strictly(directory: Directory): Habit {
	return (request, next) => {
		try {
			checkRequest(request, directory);
		} catch (error) {
			if (error instanceof ScimFault) return error.answer;
			throw error;
		}
		const answer = next(request);
		const version = isObject(answer.body) ? (answer.body['meta'] as Json | undefined)?.['version'] : undefined;
		const headers = typeof version === 'string' ? { etag: version } : {};
		if (request.method === 'PATCH' && answer.status === 200) return { status: 204, headers };
		return { ...answer, headers };
	};
}

function checkRequest(request: OddRequest, directory: Directory): void {
	const { method, headers, segments, body } = request;
	const { accept = '*/*' } = headers;
	if (!/application\/scim\+json|\*\/\*/.test(accept)) throw new ScimFault(406, undefined, 'scim+json only');
	if (method === 'GET') return;
	if (method !== 'DELETE' && headers['content-type']?.startsWith('application/scim+json') !== true)
		throw new ScimFault(415, undefined, 'scim+json only');
	const [collection, id] = segments;
	if (id !== undefined && (collection === 'Users' || collection === 'Groups')) {
		const stated = headers['if-match'];
		if (stated === undefined) throw new ScimFault(428, undefined, 'If-Match is required');
		const present = (directory.of(collection).get(id)?.['meta'] as Json | undefined)?.['version'];
		if (present !== undefined && stated !== present) throw new ScimFault(412, undefined, 'the entry has changed');
	}
	if (method !== 'PATCH') return;
	const { schemas, Operations } = isObject(body) ? body : {};
	if (!Array.isArray(schemas) || schemas[0] !== 'urn:ietf:params:scim:api:messages:2.0:PatchOp')
		throw new ScimFault(400, 'invalidSyntax', 'no PatchOp');
	for (const operation of (Array.isArray(Operations) ? Operations : []) as Json[]) {
		if (!['add', 'remove', 'replace'].includes(String(operation['op'])))
			throw new ScimFault(400, 'invalidSyntax', 'op is add, remove or replace');
		if (operation['op'] === 'remove' && operation['value'] !== undefined)
			throw new ScimFault(400, 'invalidValue', 'remove takes no value');
	}
}

function checked(collection: 'Users' | 'Groups', entry: Json, directory: Directory): Json {
	const known = KNOWN[collection] ?? {};
	for (const [name, value] of Object.entries(entry)) {
		const parts = known[name];
		if (parts === undefined) throw new ScimFault(400, 'invalidSyntax', `unknown attribute ${name}`);
		if (name.startsWith('urn:') && !(entry['schemas'] as unknown[] | undefined)?.includes(name))
			throw new ScimFault(400, 'invalidValue', `${name} is not among the schemas`);
		for (const element of Array.isArray(value) ? (value as unknown[]) : [value])
			for (const part of parts.length > 0 && isObject(element) ? Object.keys(element) : [])
				if (!parts.includes(part)) throw new ScimFault(400, 'invalidSyntax', `unknown attribute ${name}.${part}`);
	}
	if (entry['active'] !== undefined && typeof entry['active'] !== 'boolean')
		throw new ScimFault(400, 'invalidValue', 'active is a boolean');
	for (const { value } of (entry['members'] ?? []) as Json[])
		if (!directory.users.has(String(value)) && !directory.groups.has(String(value)))
			throw new ScimFault(400, 'invalidValue', `no member ${String(value)}`);
	const { password: _password, ...shown } = entry;
	return keyOf(shown, 'schemas') === undefined ? { ...shown, schemas: [collection === 'Users' ? USER : GROUP] } : shown;
}
