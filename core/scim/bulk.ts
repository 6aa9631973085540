import { isDomainError, type DomainError } from '../model';
import { readBulkAnswer, type BulkResult } from './bulk-answer';
import type { ScimClient, Traffic } from './client';
import { asDomainError, isAmbiguous, statusOf } from './errors';

/** One write of a bulk request (RFC 7644 §3.7). */
export interface BulkOperation {
	method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Segments below the base URL: `['Users']`, `['Users', id]`. */
	path: readonly string[];
	/** Names the operation in the answer. */
	bulkId: string;
	data?: unknown;
	/** Version that the resource must still have. */
	version?: string;
}

/** An operation as it goes over the wire, with its size. */
export interface SizedOperation {
	operation: BulkOperation;
	bytes: number;
	/** A text in it begins like a reference and would be taken for one (RFC 7644 §3.7.2), also where it is somebody's title. */
	misleads: boolean;
}

const BULK_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
/** Bytes that a request needs around its operations. */
const ENVELOPE = 120;
/** Fewer operations than this gain nothing: one request each is verified as easily. */
export const WORTH_IT = 3;
/** Operations of a first request: one that takes longer than we wait would leave all of them unclear. */
const FIRST_WIDTH = 100;
/** The same where bulk pays only if the answer shows entries, which is yet to be seen. */
const TRIAL_WIDTH = 5;
/** Operations of one request, whatever the application allows: a lost answer costs a look for each. */
export const MOST_OPERATIONS = 1000;
/** Growth from one request to the next, at most. */
const GROWTH = 10;
/** Share of the time-out that a request may take: one trip more is nothing beside it. */
const USED_TIMEOUT = 0.1;
/** What servers answer that have no /Bulk, or take none of ours, whatever they say of themselves: nothing was done. */
const NOT_OFFERED = new Set([400, 403, 404, 405, 406, 415, 422, 500, 501]);

/** Of an application that took bulk before: one operation, or their number, is to blame, and nothing was done. */
const ONE_TO_BLAME = new Set([400, 422]);

/** What bulk requests came to. */
export interface BulkTraffic {
	/** Bulk requests sent, refused ones included. */
	requests: number;
	/** Writes that they carried out, as their answers say. */
	operations: number;
	/** Requests that were not needed because of it; below zero where bulk was only tried. */
	saved: number;
}

export function sized(operation: BulkOperation): SizedOperation {
	const text = JSON.stringify(wire(operation));
	return { operation, bytes: Buffer.byteLength(text, 'utf8') + 1, misleads: text.includes('bulkId:') };
}

/**
 * The bulk requests of one run: how much the next one may hold, and what came of each operation. Never repeats a write:
 * what has no clear answer is `ambiguous`, and the caller looks before it is sent again.
 */
export class BulkRun {
	readonly #client: ScimClient;
	readonly #needsEntries: boolean;
	#width: number;
	#widest = MOST_OPERATIONS;
	#carriedOut = 0;
	#isStopped = false;

	/** @param needs.entries bulk pays only where its answers show the entries that were written */
	constructor(client: ScimClient, needs: { entries?: boolean } = {}) {
		this.#client = client.tracked();
		this.#needsEntries = needs.entries === true;
		this.#width = this.#needsEntries ? TRIAL_WIDTH : FIRST_WIDTH;
	}

	/** Whether the application takes bulk requests, and has not shown in this run that they gain nothing. */
	get isTaken(): boolean {
		return this.#client.capabilities.bulk !== null && !this.#isStopped;
	}

	/** Operations that the next request may hold at most. */
	get most(): number {
		return Math.min(this.#width, this.#client.capabilities.bulk?.maxOperations ?? 1);
	}

	get traffic(): BulkTraffic {
		const requests = this.#requests.writes;
		return { requests, operations: this.#carriedOut, saved: this.#carriedOut - requests };
	}

	get #requests(): Readonly<Traffic> {
		return this.#client.traffic;
	}

	/** Whether so many writes are worth a bulk request. */
	isWorth(writes: number): boolean {
		return writes >= (this.#requests.writes > 0 ? 2 : Math.min(WORTH_IT, this.most));
	}

	/** How many of the operations fit into the next request, by number and size; at least one. */
	fits(operations: readonly SizedOperation[]): number {
		const { bulk } = this.#client.capabilities;
		if (bulk === null) return 1;
		const most = Math.min(this.most, operations.length);
		let bytes = ENVELOPE;
		let count = 0;
		while (count < most && (bytes += operations[count]?.bytes ?? 0) <= bulk.maxPayloadBytes) count++;
		return Math.max(1, count);
	}

	/** Sends one bulk request; results by operation. `undefined`: nothing was done, and it is not to be sent like this again. */
	async send(operations: readonly BulkOperation[]): Promise<BulkResult[] | undefined> {
		const begun = this.#client.clock();
		const request = { schemas: [BULK_SCHEMA], Operations: operations.map(wire) };
		const answer = await this.#client.post(['Bulk'], request).catch(asDomainError);
		if (isDomainError(answer)) return this.#refused(operations, answer);
		const results = readBulkAnswer(answer.body, operations);
		this.#judge(results);
		this.#grow(operations.length, this.#client.clock() - begun);
		return results;
	}

	/** Bulk only ever saves requests: where it doesn't, the rest of the run goes without. */
	#judge(results: readonly BulkResult[]): void {
		const carriedOut = results.filter(({ error }) => error === undefined);
		this.#carriedOut += carriedOut.length;
		if (results.every(({ status }) => status === 0)) {
			this.#client.learn({ bulk: null }, 'the answer to a bulk request did not tell what became of its operations');
		}
		const shown = carriedOut.some(({ resource }) => resource !== undefined);
		if (carriedOut.length === 0 || (this.#needsEntries && !shown)) this.#isStopped = true;
	}

	#grow(count: number, elapsed: number): void {
		const usable = this.#client.limits.timeoutMs * USED_TIMEOUT;
		const possible = elapsed <= 0 ? MOST_OPERATIONS : Math.floor((count * usable) / elapsed);
		const next = Math.max(this.#width, FIRST_WIDTH, Math.min(count * GROWTH, possible));
		this.#width = Math.min(this.#widest, next);
	}

	#refused(operations: readonly BulkOperation[], error: DomainError): BulkResult[] | undefined {
		const status = statusOf(error) ?? 0;
		const { bulk } = this.#client.capabilities;
		if (status === 413 && bulk !== null) {
			const maxOperations = Math.floor(operations.length / 2);
			const learned = maxOperations < 2 ? null : { ...bulk, maxOperations };
			this.#client.learn({ bulk: learned }, `a bulk request of ${operations.length} operations was answered 413`);
			return undefined;
		}
		const ambiguous = isAmbiguous(error);
		if (NOT_OFFERED.has(status) && this.#carriedOut === 0) {
			this.#client.learn({ bulk: null }, `/Bulk was answered ${status}`);
			// 500 before anything else ever worked is "not implemented" (scim2-server), but who knows.
			if (status !== 500) return undefined;
		} else if (ambiguous || ONE_TO_BLAME.has(status)) this.#shrink(operations.length);
		else this.#isStopped = true;
		return operations.map(() => ({ status, ambiguous, error }));
	}

	/** What was too much to be answered in time may be again. */
	#shrink(count: number): void {
		this.#widest = Math.floor(count / 4);
		this.#width = this.#widest;
		if (this.#widest < 2) this.#isStopped = true;
	}
}

function wire({ method, path, bulkId, data, version }: BulkOperation): Record<string, unknown> {
	return {
		method,
		path: `/${path.map(encodeURIComponent).join('/')}`,
		bulkId,
		...(version === undefined ? {} : { version }),
		...(data === undefined ? {} : { data }),
	};
}
