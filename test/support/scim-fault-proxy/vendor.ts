import type { Capabilities } from '../../../core/scim';
import type { Answer, Fault, SeenRequest } from './proxy';

type Body = Record<string, unknown>;
interface Operation {
	op: string;
	path?: string;
	value?: unknown;
}

/** Habits of servers that no capability describes, each seen on an open server or in a vendor's documentation. */
export interface VendorPlay {
	capabilities: Readonly<Capabilities>;
	/** Filters that aren't supported are answered 200 with nothing, in place of 400. */
	emptyForUnknownFilters?: boolean;
	/** PUT of an account that is there is answered so. */
	putAnswer?: Answer;
	/** PATCH paths with a dot or a URN are stored under that literal key, and answered 200 (SCIMServer, jackson). */
	literalPaths?: boolean;
	/** Changes of forms other than this one are answered 200 and not carried out. */
	onlyPatch?: 'path' | 'nested' | 'none';
	/** `resources` in lower case, no `totalResults` (Entra). */
	lowercase?: boolean;
}

/**
 * Plays a vendor in front of a conforming server: enforces what its profile says, as strictly as the vendor would, so
 * that a client which doesn't keep to it is refused. Stateless but for literal keys and cursors.
 */
export function playVendor(play: VendorPlay): (request: SeenRequest) => Fault {
	const literals = new Map<string, Body>();
	return (request) => {
		const [path = '', search = ''] = request.path.split('?');
		const query = new URLSearchParams(search);
		const [collection = '', id] = path.slice(1).split('/');
		if (play.capabilities.userAgentRequired && (request.headers['user-agent'] ?? '') === '')
			return refuse(403, 'User-Agent');
		switch (request.method) {
			case 'GET':
				return collection === 'Users' || collection === 'Groups'
					? read(play, literals, collection, id, query)
					: undefined;
			case 'PATCH':
				return collection === 'Groups' ? patchGroup(play, request) : patchUser(play, literals, id ?? '', request);
			case 'PUT':
				if (play.capabilities.put) return putUser(literals, id ?? '', request);
				return play.putAnswer ?? { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>404</html>' };
			default:
				return path.endsWith('/.search') && !play.capabilities.search ? refuse(404, 'no .search') : undefined;
		}
	};
}

function refuse(status: number, detail: string, scimType?: string): Answer {
	return { status, body: JSON.stringify({ status: String(status), detail, ...(scimType ? { scimType } : {}) }) };
}

function read(
	play: VendorPlay,
	literals: ReadonlyMap<string, Body>,
	collection: string,
	id: string | undefined,
	query: URLSearchParams,
): Fault {
	const { capabilities } = play;
	if (!capabilities.projection && (query.has('attributes') || query.has('excludedAttributes')))
		return refuse(400, 'attributes are not supported');
	const filter = query.get('filter');
	if (filter !== null && !mayFilter(capabilities, collection, filter))
		return play.emptyForUnknownFilters === true ? list([]) : refuse(400, 'unsupported filter', 'invalidFilter');
	const hide = (resource: Body): Body => {
		const shown = { ...resource, ...literals.get(String(resource['id'])) };
		if (collection === 'Groups' && !capabilities.membership.readableMembers) Reflect.deleteProperty(shown, 'members');
		return shown;
	};
	if (id !== undefined) return { rewrite: (answer) => edit(answer, hide) };
	return paged(play, collection, query, hide);
}

/** Pages as the vendor does, out of the server's pages by index. */
function paged(play: VendorPlay, collection: string, query: URLSearchParams, hide: (resource: Body) => Body): Fault {
	const { paging, pageSize } = play.capabilities;
	const cursor = paging === 'cursor' || paging === 'bare_cursor';
	if (cursor && query.has('startIndex')) return refuse(400, 'startIndex is not supported');
	if (paging === 'index' && query.has('cursor')) return refuse(400, 'cursor is not supported');
	if (paging === 'none' && query.has('startIndex') && query.get('startIndex') !== '1') return list([]);
	if (query.has('filter') && !cursor) return { rewrite: (answer) => editList(answer, hide, play) };
	const inCursorMode = cursor && query.has('cursor');
	// AWS: without `cursor` the first page comes, and no way to the next one.
	const start = inCursorMode
		? Number(query.get('cursor') === '' ? 1 : query.get('cursor'))
		: Number(query.get('startIndex') ?? 1);
	const size = paging === 'none' ? 100_000 : Math.min(pageSize, Number(query.get('count') ?? pageSize));
	const filter = query.get('filter');
	const target = `/${collection}?startIndex=${start}&count=${size}${filter === null ? '' : `&filter=${encodeURIComponent(filter)}`}`;
	return {
		forward: { path: target },
		rewrite: (answer) => {
			const total = Number((JSON.parse(answer.body ?? '{}') as Body)['totalResults'] ?? 0);
			const next = inCursorMode && start + size <= total ? { nextCursor: String(start + size) } : {};
			return editList(answer, hide, play, next, inCursorMode);
		},
	};
}

function mayFilter({ filter }: Readonly<Capabilities>, collection: string, text: string): boolean {
	if (/ and | or /i.test(text) && !filter.and) return false;
	const names = [...text.matchAll(/(?:^| and )([A-Za-z.]+) eq /g)].map(([, name]) => (name ?? '').toLowerCase());
	if (collection === 'Groups' && names.includes('members.value') && !filter.members) return false;
	const known = collection === 'Users' ? filter.users : [...filter.groups, 'id', 'members.value'];
	return known.includes('*') || names.every((name) => known.includes(name));
}

function patchGroup({ capabilities }: VendorPlay, request: SeenRequest): Fault {
	const { membership } = capabilities;
	const operations = operationsOf(request);
	const removes = operations.filter(({ op }) => op === 'remove');
	const adds = operations.filter(({ op }) => op === 'add');
	const values = (operation: Operation): number => (Array.isArray(operation.value) ? operation.value.length : 1);
	const removed = removes.reduce((sum, each) => sum + values(each), 0);
	const added = adds.reduce((sum, each) => sum + values(each), 0);
	if (operations.length > membership.operationsPerRequest) return refuse(400, 'too many operations');
	if (removed + added > membership.changesPerRequest) return refuse(400, 'too many members');
	if (operations.some((operation) => values(operation) > membership.valuesPerOperation))
		return refuse(400, 'too many values');
	if (removed > (membership.removesPerRequest ?? Infinity)) return refuse(400, 'too many removals');
	if (!membership.mixing && removes.length > 0 && adds.length > 0) return refuse(400, 'adds and removes mixed');
	if (membership.removeForm === 'nested' && removes.some(({ path }) => path !== undefined))
		return refuse(400, 'remove takes no path');
	if (membership.removeForm === 'filter' && removes.some(({ path }) => !/^members\[value eq "/.test(path ?? '')))
		return refuse(400, 'removing all members is not supported');
	// The server behind knows the form of the RFC.
	const Operations = operations.flatMap((operation) => {
		if (operation.op !== 'remove' || operation.path?.includes('[') === true) return [operation];
		const value = (operation.path === undefined ? (operation.value as Body)['members'] : operation.value) as Array<{
			value: string;
		}>;
		return value.map((each) => ({ op: 'remove', path: `members[value eq "${each.value}"]` }));
	});
	return { forward: { body: withOperations(request, Operations) }, rewrite: (answer) => answer };
}

function patchUser(play: VendorPlay, literals: Map<string, Body>, id: string, request: SeenRequest): Fault {
	const { capabilities } = play;
	const operations = operationsOf(request);
	if (operations.length > capabilities.userOperations) return refuse(400, 'too many operations');
	if (capabilities.patch === 'put') return refuse(501, 'PATCH is not supported');
	const names = operations.flatMap(({ path, value }) =>
		path === undefined ? Object.keys(value as Body) : [path.split(/[.[]/)[0] ?? ''],
	);
	const { mutableUser } = capabilities;
	if (mutableUser !== undefined && names.some((name) => !mutableUser.includes(name.toLowerCase())))
		return refuse(400, 'not mutable', 'mutability');
	if (play.onlyPatch !== undefined) {
		const carried = operations.filter(({ path }) =>
			play.onlyPatch === 'path' ? path !== undefined : play.onlyPatch === 'nested' && path === undefined,
		);
		if (carried.length < operations.length) return { status: 200, body: '{}' };
	}
	if (play.literalPaths !== true) return undefined;
	const stored = { ...literals.get(id) };
	const rest = operations.filter(({ op, path, value }) => {
		if (path === undefined || !/[.:]/.test(path)) return true;
		if (op === 'remove') Reflect.deleteProperty(stored, path);
		else stored[path] = value;
		return false;
	});
	literals.set(id, stored);
	if (rest.length === 0) return { status: 200, body: '{}' };
	return { forward: { body: withOperations(request, rest) }, rewrite: (answer) => answer };
}

/** A PUT says which literal keys stay. */
function putUser(literals: Map<string, Body>, id: string, request: SeenRequest): Fault {
	const body = JSON.parse(request.body) as Body;
	const stored = literals.get(id) ?? {};
	literals.set(id, Object.fromEntries(Object.entries(stored).filter(([key]) => Object.hasOwn(body, key))));
	return undefined;
}

function operationsOf(request: SeenRequest): Operation[] {
	const { Operations } = JSON.parse(request.body) as { Operations: Operation[] };
	return Operations.map((operation) => ({ ...operation, op: operation.op.toLowerCase() }));
}

function withOperations(request: SeenRequest, Operations: readonly Operation[]): string {
	return JSON.stringify({ ...(JSON.parse(request.body) as Body), Operations });
}

function list(Resources: Body[]): Answer {
	return { status: 200, body: JSON.stringify({ totalResults: Resources.length, Resources }) };
}

function edit(answer: Answer, change: (resource: Body) => Body): Answer {
	if (answer.status !== 200) return answer;
	return { ...answer, body: JSON.stringify(change(JSON.parse(answer.body ?? '{}') as Body)) };
}

function editList(
	answer: Answer,
	change: (resource: Body) => Body,
	play: VendorPlay,
	more: Body = {},
	cursor = false,
): Answer {
	if (answer.status !== 200) return answer;
	const { Resources, totalResults } = JSON.parse(answer.body ?? '{}') as { Resources?: Body[]; totalResults?: number };
	const resources = (Resources ?? []).map(change);
	const name = play.lowercase === true ? 'resources' : 'Resources';
	const total = cursor && play.capabilities.paging === 'bare_cursor' ? {} : { totalResults };
	return { status: 200, body: JSON.stringify({ ...total, [name]: resources, ...more }) };
}
