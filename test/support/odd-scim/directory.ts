import { comparison, isObject, patched } from './patch';
import {
	GROUP,
	LIST,
	USER,
	ScimFault,
	textOf,
	type Collection,
	type Entry,
	type Json,
	type OddAnswer,
	type OddRequest,
} from './protocol';

export interface DirectoryRules {
	/** What the application makes of an entry before it keeps it. */
	keep?: (collection: Collection, entry: Json, before: Entry | undefined) => Json;
	/** What ServiceProviderConfig says; absent: 404, as for the other documents. */
	config?: Json;
	schemas?: readonly Json[];
	/** Entries of a page at most. */
	page?: number;
	/** Two accounts may have names that differ in case only, or the same name. Default false. */
	twins?: boolean;
	/** The id of the n-th entry. */
	id?: (collection: Collection, nth: number) => string;
}

/** Users and groups in memory behind RFC 7644, as a conforming server would keep them. */
export class Directory {
	readonly users = new Map<string, Entry>();
	readonly groups = new Map<string, Entry>();
	#next = 0;

	constructor(readonly rules: DirectoryRules = {}) {}

	answer = (request: OddRequest): OddAnswer => {
		try {
			return this.#route(request);
		} catch (error) {
			if (error instanceof ScimFault) return error.answer;
			throw error;
		}
	};

	of(collection: Collection): Map<string, Entry> {
		return collection === 'Users' ? this.users : this.groups;
	}

	add(collection: Collection, entry: Json): string {
		return this.#store(collection, undefined, entry).id;
	}

	membersOf(displayName: string): string[] {
		const group = [...this.groups.values()].find((each) => each['displayName'] === displayName);
		return ((group?.['members'] ?? []) as Json[]).map(({ value }) => String(value)).sort();
	}

	user(userName: string): Entry | undefined {
		return [...this.users.values()].find((each) => String(each['userName']).toLowerCase() === userName.toLowerCase());
	}

	#route(request: OddRequest): OddAnswer {
		const [collection, id, ...more] = request.segments;
		const { config, schemas } = this.rules;
		if (request.method === 'GET' && collection === 'ServiceProviderConfig' && config !== undefined)
			return { status: 200, body: config };
		if (request.method === 'GET' && collection === 'Schemas' && schemas !== undefined)
			return { status: 200, body: { schemas: [LIST], totalResults: schemas.length, Resources: schemas } };
		if ((collection !== 'Users' && collection !== 'Groups') || more.length > 0 || id === '.search')
			throw new ScimFault(404, undefined, 'no such endpoint');
		if (id === undefined) {
			if (request.method === 'GET') return this.#list(collection, request.query);
			if (request.method !== 'POST') throw new ScimFault(405, undefined, 'not offered');
			return { status: 201, body: this.#store(collection, undefined, bodyOf(request)) };
		}
		return this.#one(collection, id, request);
	}

	#one(collection: Collection, id: string, request: OddRequest): OddAnswer {
		const entry = this.of(collection).get(id);
		if (entry === undefined) throw new ScimFault(404, undefined, `no ${id}`);
		switch (request.method) {
			case 'GET':
				return { status: 200, body: entry };
			case 'PUT':
				return { status: 200, body: this.#store(collection, entry, bodyOf(request)) };
			case 'PATCH': {
				const operations = bodyOf(request)['Operations'];
				if (!Array.isArray(operations)) throw new ScimFault(400, 'invalidSyntax', 'no Operations');
				return { status: 200, body: this.#store(collection, entry, patched(entry, operations)) };
			}
			case 'DELETE':
				this.of(collection).delete(id);
				return { status: 204 };
			default:
				throw new ScimFault(405, undefined, 'not offered');
		}
	}

	#list(collection: Collection, query: URLSearchParams): OddAnswer {
		const filter = query.get('filter');
		const hidden = (query.get('excludedAttributes') ?? '').split(',');
		const hits = [...this.of(collection).values()].filter(filter === null ? () => true : comparison(filter));
		const start = Math.max(1, Number(query.get('startIndex') ?? 1));
		const count = Math.min(this.rules.page ?? 100, Math.max(0, Number(query.get('count') ?? 100)));
		const Resources = hits.slice(start - 1, start - 1 + count).map((entry) => {
			return Object.fromEntries(Object.entries(entry).filter(([name]) => !hidden.includes(name)));
		});
		const page = { totalResults: hits.length, startIndex: start, itemsPerPage: Resources.length, Resources };
		return { status: 200, body: { schemas: [LIST], ...page } };
	}

	#id(collection: Collection, nth: number): string {
		return this.rules.id?.(collection, nth) ?? `${collection === 'Users' ? 'u' : 'g'}-${nth}`;
	}

	#store(collection: Collection, before: Entry | undefined, given: Json): Entry {
		const store = this.of(collection);
		const { id: _id, meta: _meta, ...stated } = structuredClone(given);
		const kept = this.rules.keep?.(collection, stated, before) ?? stated;
		const unique = collection === 'Users' ? 'userName' : 'displayName';
		const name = textOf(kept[unique]).toLowerCase();
		if (name === '') throw new ScimFault(400, 'invalidValue', `${unique} is missing`);
		const twin = [...store.values()].find((each) => String(each[unique]).toLowerCase() === name);
		if (this.rules.twins !== true && twin !== undefined && twin.id !== before?.id)
			throw new ScimFault(409, 'uniqueness', `${unique} is taken`);
		const version = Number((before?.['meta'] as Json | undefined)?.['revision'] ?? 0) + 1;
		const id = before?.id ?? this.#id(collection, ++this.#next);
		const entry: Entry = {
			schemas: [collection === 'Users' ? USER : GROUP],
			...(collection === 'Users' && before === undefined ? { active: true } : {}),
			...kept,
			id,
			meta: { resourceType: collection.slice(0, -1), revision: version, version: `W/"${version}"` },
		};
		store.set(id, entry);
		return entry;
	}
}

function bodyOf({ body }: OddRequest): Json {
	if (isObject(body)) return body;
	throw new ScimFault(400, 'invalidSyntax', 'no JSON object');
}
