import type { DomainError } from '../model';
import { BulkIds, readBulkAnswer, type BulkResult } from './bulk-answer';
import type { ScimClient } from './client';
import { asDomainError, isAmbiguous, statusOf } from './errors';
import { asObject, asResource } from './resource';

/** One write of a bulk request (RFC 7644 §3.7). */
export interface BulkOperation {
	method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Segments below the base URL: `['Users']`, `['Groups', id]`; an id may be `bulkId:…` of an earlier operation. */
	path: readonly string[];
	/** Names what a POST creates, so that later operations can refer to it as `bulkId:…`. */
	bulkId?: string;
	data?: unknown;
	/** Version that the resource must still have. */
	version?: string;
}

const BULK_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
/** Bytes that a request needs around its operations. */
const ENVELOPE = 120;
/** Fewer operations than this gain nothing: one request each is verified as easily. */
export const WORTH_IT = 3;
/** What servers answer that have no /Bulk, or take none of ours, whatever they say of themselves: nothing was done. */
const NOT_OFFERED = new Set([400, 403, 404, 405, 406, 415, 422, 500, 501]);

/**
 * Sends many different writes, in bulk where the application takes it and it pays, else one by one. References by bulkId are
 * resolved across requests. Each operation has its own result; one that failed stops no other. Never repeats a write:
 * what has no clear answer is `ambiguous`, and the caller looks before it is sent again.
 *
 * @returns one result an operation, in their order
 */
export async function sendAll(client: ScimClient, operations: readonly BulkOperation[]): Promise<BulkResult[]> {
	const run = new BulkRun(client);
	for (let next = 0; next < operations.length;) {
		const size = run.sizeFrom(operations, next);
		const chunk = operations.slice(next, next + size);
		next += await run.send(chunk);
	}
	return run.results;
}

/** The bulk requests of one run, and what came of each operation so far. */
export class BulkRun {
	readonly results: BulkResult[] = [];
	readonly #ids = new BulkIds();

	constructor(readonly client: ScimClient) {}

	/** Operations of the next request: as many as the limits on number and size allow; 1 where bulk isn't taken. */
	sizeFrom(operations: readonly BulkOperation[], from: number): number {
		const { bulk } = this.client.capabilities;
		if (bulk === null || (this.results.length === 0 && operations.length < WORTH_IT)) return 1;
		let bytes = ENVELOPE;
		let size = 0;
		const pending = new Set<string>();
		for (const operation of operations.slice(from, from + bulk.maxOperations)) {
			// Servers that resolve references within a request do so in part (scimmy: one a resource), and store the rest
			// as it stands. Ids of earlier requests are ours to fill in, so a reference begins a new request.
			if (refersTo([operation.path, operation.data], pending)) break;
			if (operation.bulkId !== undefined) pending.add(operation.bulkId);
			bytes += Buffer.byteLength(JSON.stringify(wire(operation, this.#ids)), 'utf8') + 1;
			if (bytes > bulk.maxPayloadBytes) break;
			size++;
		}
		return Math.max(1, size);
	}

	/** Sends the chunk; returns how many of its operations have a result now. */
	async send(chunk: readonly BulkOperation[]): Promise<number> {
		const [first, ...others] = chunk;
		if (first === undefined) return 0;
		if (others.length === 0) return this.#single(first);
		try {
			const Operations = chunk.map((operation) => wire(operation, this.#ids));
			const answer = await this.client.post(['Bulk'], { schemas: [BULK_SCHEMA], Operations });
			const results = readBulkAnswer(answer.body, chunk);
			results.forEach((result, index) => this.#keep(chunk[index], result));
			return chunk.length;
		} catch (error) {
			return this.#refused(chunk, asDomainError(error));
		}
	}

	#refused(chunk: readonly BulkOperation[], error: DomainError): number {
		const status = statusOf(error) ?? 0;
		const { bulk } = this.client.capabilities;
		if (status === 413 && bulk !== null) {
			const maxOperations = Math.max(1, Math.floor(chunk.length / 2));
			const learned = maxOperations < 2 ? null : { ...bulk, maxOperations };
			this.client.learn({ bulk: learned }, `a bulk request of ${chunk.length} operations was answered 413`);
			return 0;
		}
		// 500 before anything else ever worked is "not implemented" (scim2-server); later it may have been carried out.
		if (NOT_OFFERED.has(status) && (status !== 500 || this.results.length === 0)) {
			this.client.learn({ bulk: null }, `/Bulk was answered ${status}`);
			if (status !== 500) return 0;
		}
		for (const operation of chunk) {
			this.#keep(operation, { status, ambiguous: isAmbiguous(error), error });
		}
		return chunk.length;
	}

	async #single(operation: BulkOperation): Promise<number> {
		const { method, data, path, version } = resolved(operation, this.#ids);
		try {
			const answer =
				method === 'POST'
					? await this.client.post(path, data)
					: method === 'PUT'
						? await this.client.put(path, data, version)
						: method === 'PATCH'
							? await this.client.patch(path, data, version)
							: await this.client.delete(path, version);
			const id = asResource(answer.body)?.id ?? (method === 'POST' ? undefined : path[1]);
			this.#keep(operation, { status: answer.status, ambiguous: false, ...(id === undefined ? {} : { id }) });
		} catch (error) {
			const failure = asDomainError(error);
			this.#keep(operation, { status: statusOf(failure) ?? 0, ambiguous: isAmbiguous(failure), error: failure });
		}
		return 1;
	}

	#keep(operation: BulkOperation | undefined, result: BulkResult): void {
		this.results.push(result);
		if (operation?.bulkId !== undefined && result.id !== undefined) this.#ids.set(operation.bulkId, result.id);
	}
}

function refersTo(data: unknown, bulkIds: ReadonlySet<string>): boolean {
	if (typeof data === 'string') return data.startsWith('bulkId:') && bulkIds.has(data.slice('bulkId:'.length));
	if (Array.isArray(data)) return data.some((each) => refersTo(each, bulkIds));
	return Object.values(asObject(data) ?? {}).some((each) => refersTo(each, bulkIds));
}

/** References to what exists by now become ids; the others stay, for the server to resolve (RFC 7644 §3.7.2). */
function resolved(operation: BulkOperation, ids: BulkIds): BulkOperation {
	return {
		...operation,
		path: operation.path.map((segment) => ids.resolveText(segment)),
		...(operation.data === undefined ? {} : { data: ids.resolve(operation.data) }),
	};
}

function wire(operation: BulkOperation, ids: BulkIds): Record<string, unknown> {
	const { method, path, bulkId, data, version } = resolved(operation, ids);
	const segments = path.map((segment) => (segment.startsWith('bulkId:') ? segment : encodeURIComponent(segment)));
	return {
		method,
		path: `/${segments.join('/')}`,
		...(bulkId === undefined ? {} : { bulkId }),
		...(version === undefined ? {} : { version }),
		...(data === undefined ? {} : { data }),
	};
}
