import { DomainError } from '../model';
import type { BulkOperation } from './bulk';
import { idFrom } from './created';
import { readErrorBody, scimError, shorten } from './errors';
import { asObject, asResource, attribute, textAttribute, type ScimObject, type ScimResource } from './resource';

/** What became of one operation. */
export interface BulkResult {
	/** HTTP status; 0 where there was none. */
	status: number;
	/** Id of the resource, where the answer tells it. */
	id?: string;
	/** The entry as it is now, where the answer shows it. */
	resource?: ScimResource;
	/** It may have been carried out: look before sending it again. */
	ambiguous: boolean;
	/** Absent where it succeeded. */
	error?: DomainError;
}

/**
 * Results by operation. What the answer doesn't mention is ambiguous, since a server that stops at errors doesn't say
 * what it skipped; so is what it mentions twice.
 */
export function readBulkAnswer(body: unknown, sent: readonly BulkOperation[]): BulkResult[] {
	const listed = attribute(asObject(body) ?? {}, 'Operations');
	const entries = (Array.isArray(listed) ? listed : []).map((each) => asObject(each) ?? {});
	const places = new Places(entries, sent.length);
	return withoutSharedIds(
		sent.map((operation, index) => {
			const entry = places.of(operation, index);
			return entry === undefined ? unmentioned() : resultOf(entry, operation);
		}),
		sent,
	);
}

/** Which entry of the answer is about which operation. */
class Places {
	readonly #byBulkId: ReadonlyMap<string, ScimObject | undefined>;
	readonly #byId: ReadonlyMap<string, ScimObject | undefined>;

	constructor(
		readonly entries: readonly ScimObject[],
		readonly sent: number,
	) {
		this.#byBulkId = unique(entries, (entry) => textAttribute(entry, 'bulkId'));
		const unnamed = entries.filter((entry) => textAttribute(entry, 'bulkId') === undefined);
		this.#byId = unique(unnamed, idOf);
	}

	/**
	 * By bulkId. Without it, which servers must repeat for creations only (RFC 7644 §3.7), by the entry's address, else by
	 * order. A creation is not told apart by its place: whose id would be taken for whose.
	 */
	of({ method, path, bulkId }: BulkOperation, index: number): ScimObject | undefined {
		if (this.#byBulkId.has(bulkId)) return this.#byBulkId.get(bulkId);
		const [, id] = path;
		if (method === 'POST' || id === undefined) return undefined;
		if (this.#byId.has(id)) return this.#byId.get(id);
		const entry = this.entries.length === this.sent ? this.entries[index] : undefined;
		if (entry === undefined || textAttribute(entry, 'bulkId') !== undefined) return undefined;
		return idOf(entry) === undefined ? entry : undefined;
	}
}

function idOf(entry: ScimObject): string | undefined {
	return idFrom(textAttribute(entry, 'location'));
}

/** Entries by key; `undefined` where several share one. */
function unique(
	entries: readonly ScimObject[],
	keyOf: (entry: ScimObject) => string | undefined,
): Map<string, ScimObject | undefined> {
	const byKey = new Map<string, ScimObject | undefined>();
	for (const entry of entries) {
		const key = keyOf(entry);
		if (key !== undefined) byKey.set(key, byKey.has(key) ? undefined : entry);
	}
	return byKey;
}

function resultOf(entry: ScimObject, { method, path }: BulkOperation): BulkResult {
	const status = statusFrom(attribute(entry, 'status'));
	const response = attribute(entry, 'response');
	if (status >= 200 && status < 300) {
		const [, target] = path;
		const shown = asResource(response);
		const resource = target === undefined || shown?.id === target ? shown : undefined;
		const id = target ?? resource?.id ?? idOf(entry);
		return {
			status,
			ambiguous: false,
			...(id === undefined ? {} : { id }),
			...(resource === undefined ? {} : { resource }),
		};
	}
	if (status === 0) return unmentioned();
	const { scimType, detail } = readErrorBody(response);
	const ambiguous = status >= 500 && status !== 501;
	const error = scimError(`${method} /${path[0] ?? ''} in bulk`, {
		status,
		ambiguous,
		...(scimType === undefined ? {} : { scimType }),
		...(detail === undefined ? {} : { detail: shorten(detail) }),
	});
	return { status, ambiguous, error };
}

/** Two creations can't have made the same entry: then neither id is believed, and both are looked up by their keys. */
function withoutSharedIds(results: readonly BulkResult[], sent: readonly BulkOperation[]): BulkResult[] {
	const counts = new Map<string, number>();
	for (const { id } of results) if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
	return results.map((result, index) => {
		const { id, resource: _shown, ...rest } = result;
		return sent[index]?.method === 'POST' && id !== undefined && counts.get(id) !== 1 ? rest : result;
	});
}

/** `"201"`, `201`, and `{ "code": "201" }` of SCIM 1.1, which scimgateway still writes. */
function statusFrom(value: unknown): number {
	const object = asObject(value);
	const stated = object === undefined ? value : attribute(object, 'code');
	const status = Number(typeof stated === 'string' ? stated.trim() : stated);
	return Number.isInteger(status) && status >= 100 && status < 600 ? status : 0;
}

function unmentioned(): BulkResult {
	const error = new DomainError(
		'SCIM_FAILED',
		'The bulk answer does not say what became of the operation.',
		'Run again: what is in place already costs no write.',
		{ ambiguous: true },
	);
	return { status: 0, ambiguous: true, error };
}
