import { DomainError } from '../model';
import type { BulkOperation } from './bulk';
import { idFrom } from './created';
import { readErrorBody, scimError, shorten } from './errors';
import { asObject, asResource, attribute, textAttribute, type ScimObject } from './resource';

/** What became of one operation. */
export interface BulkResult {
	/** HTTP status; 0 where there was none. */
	status: number;
	/** Id of the resource, where the answer tells it. */
	id?: string;
	/** It may have been carried out: look before sending it again. */
	ambiguous: boolean;
	/** Absent where it succeeded. */
	error?: DomainError;
}

/** Ids of what was created, by bulkId. */
export class BulkIds {
	readonly #ids = new Map<string, string>();

	set(bulkId: string, id: string): void {
		this.#ids.set(bulkId, id);
	}

	resolveText(text: string): string {
		return text.startsWith('bulkId:') ? (this.#ids.get(text.slice('bulkId:'.length)) ?? text) : text;
	}

	/** A copy of the data with known references replaced. */
	resolve(data: unknown): unknown {
		if (typeof data === 'string') return this.resolveText(data);
		if (Array.isArray(data)) return data.map((each) => this.resolve(each));
		const object = asObject(data);
		if (object === undefined) return data;
		return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, this.resolve(value)]));
	}
}

/**
 * Results by operation: matched by bulkId, else by their order. What the answer doesn't mention is ambiguous, since a
 * server that stops at errors doesn't say what it skipped.
 */
export function readBulkAnswer(body: unknown, sent: readonly BulkOperation[]): BulkResult[] {
	const answer = asObject(body) ?? {};
	const listed = attribute(answer, 'Operations');
	const entries = (Array.isArray(listed) ? listed : []).map(asObject).filter((each) => each !== undefined);
	const byBulkId = new Map(
		entries.flatMap((entry) => {
			const bulkId = textAttribute(entry, 'bulkId');
			return bulkId === undefined ? [] : [[bulkId, entry] as const];
		}),
	);
	return sent.map((operation, index) => {
		const named = operation.bulkId === undefined ? undefined : byBulkId.get(operation.bulkId);
		const entry = named ?? (entries.length === sent.length ? entries[index] : undefined);
		return entry === undefined ? unmentioned() : resultOf(entry, operation);
	});
}

function resultOf(entry: ScimObject, operation: BulkOperation): BulkResult {
	const status = statusFrom(attribute(entry, 'status'));
	const response = attribute(entry, 'response');
	if (status >= 200 && status < 300) {
		const id = idFrom(textAttribute(entry, 'location')) ?? asResource(response)?.id ?? operation.path[1];
		return { status, ambiguous: false, ...(id === undefined ? {} : { id }) };
	}
	if (status === 0) return unmentioned();
	const { scimType, detail } = readErrorBody(response);
	const ambiguous = status >= 500 && status !== 501;
	const error = scimError(`${operation.method} /${operation.path[0] ?? ''} in bulk`, {
		status,
		ambiguous,
		...(scimType === undefined ? {} : { scimType }),
		...(detail === undefined ? {} : { detail: shorten(detail) }),
	});
	return { status, ambiguous, error };
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
