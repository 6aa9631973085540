import { DomainError, isDomainError } from '../model';
import type { Clock, Http, HttpRequest, HttpResponse } from '../ports';
import type { ScimAuth } from './auth';
import { AdaptiveGate } from './concurrency';
import { readErrorBody, scimError, shorten, statusOf } from './errors';
import { parseJson } from './json';
import { backoff, retryAfter, type Sleep } from './retry';
import { ScimAddress, type Query } from './address';

export interface ScimLimits {
	/** Requests that may run side by side at most; throttling narrows it. */
	concurrency: number;
	timeoutMs: number;
	maxResponseBytes: number;
	/** Times one request is sent at most where it fails, throttling aside. */
	maxAttempts: number;
	/** Times one request may be told to slow down. Others may use up the allowance each time, so this is generous. */
	maxThrottles: number;
	/** Longest wait a server may ask for at once; more than that ends the request with its error. */
	maxWaitMs: number;
	/** Entries asked for in one page of a listing. */
	pageSize: number;
	/** Entries a listing takes in at most. */
	maxResources: number;
	/** Membership changes in one PATCH at most. */
	membersPerRequest: number;
	/** Times a write is read back before it counts as not applied (some applications answer from a stale replica). */
	readBackAttempts: number;
}

export const DEFAULT_LIMITS: Readonly<ScimLimits> = {
	concurrency: 8,
	timeoutMs: 30_000,
	maxResponseBytes: 16_000_000,
	maxAttempts: 6,
	maxThrottles: 30,
	maxWaitMs: 60_000,
	pageSize: 100,
	maxResources: 200_000,
	membersPerRequest: 100,
	readBackAttempts: 2,
};

export interface ScimClientOptions {
	http: Http;
	/** Where the SCIM resources begin, e.g. `https://host/scim/v2`. */
	baseUrl: string;
	auth: ScimAuth;
	/** Sent with every request: GitHub and AWS refuse requests without one. */
	userAgent: string;
	clock: Clock;
	sleep: Sleep;
	limits?: Partial<ScimLimits>;
}

/** Requests sent, repeats included. */
export interface Traffic {
	reads: number;
	writes: number;
}

export interface ScimAnswer {
	status: number;
	headers: HttpResponse['headers'];
	/** Parsed JSON; `undefined` where there was no JSON body. */
	body: unknown;
}

/** State that all views of one client share: one server, one pace. */
interface Shared {
	readonly options: ScimClientOptions;
	readonly address: ScimAddress;
	readonly limits: Readonly<ScimLimits>;
	readonly gate: AdaptiveGate;
	pausedUntil: number;
}

const MEDIA_TYPE = 'application/scim+json';
const RETRIED_READS = new Set([429, 502, 503, 504]);

/**
 * Requests to one SCIM 2.0 application. Knows authentication, pace, retries and errors; knows nothing of users and groups.
 *
 * Reads are repeated on throttling, outages and broken connections. Writes are repeated only where the server cannot
 * have carried them out (429, 401, no connection); any other failure is `ambiguous` and left to the caller, who looks.
 *
 * Rejects with DomainError SCIM_FAILED; {@link statusOf}, `scimTypeOf`, `isAmbiguous` and `retryAfterOf` read it.
 */
export class ScimClient {
	readonly #shared: Shared;
	readonly #counters: readonly Traffic[];

	constructor(options: ScimClientOptions, view?: { shared: Shared; counters: readonly Traffic[] }) {
		this.#shared = view?.shared ?? share(options);
		this.#counters = view?.counters ?? [{ reads: 0, writes: 0 }];
	}

	/** The same client with a counter of its own; what it sends counts here too. */
	tracked(): ScimClient {
		const counters = [...this.#counters, { reads: 0, writes: 0 }];
		return new ScimClient(this.#shared.options, { shared: this.#shared, counters });
	}

	get limits(): Readonly<ScimLimits> {
		return this.#shared.limits;
	}

	get clock(): Clock {
		return this.#shared.options.clock;
	}

	get sleep(): Sleep {
		return this.#shared.options.sleep;
	}

	/** Requests sent through this view. */
	get traffic(): Readonly<Traffic> {
		return { ...(this.#counters.at(-1) ?? { reads: 0, writes: 0 }) };
	}

	get(path: readonly string[], query: Query = {}): Promise<ScimAnswer> {
		return this.#request('GET', path, query);
	}

	post(path: readonly string[], body: unknown): Promise<ScimAnswer> {
		return this.#request('POST', path, {}, body);
	}

	patch(path: readonly string[], body: unknown): Promise<ScimAnswer> {
		return this.#request('PATCH', path, {}, body);
	}

	async #request(
		method: HttpRequest['method'],
		path: readonly string[],
		query: Query,
		body?: unknown,
	): Promise<ScimAnswer> {
		const { options, address, limits } = this.#shared;
		const what = `${method} /${path[0] ?? ''}`;
		const url = address.of(path, query);
		let rejected: Readonly<Record<string, string>> | undefined;
		for (let attempt = 1; ; attempt++) {
			await this.#whilePaused();
			const credentials = await options.auth(rejected);
			const request = this.#build(method, url, credentials, body);
			const answer = await this.#send(request).catch((error: unknown) => asError(what, error, method));
			if (answer instanceof Error) {
				const again = isRepeatable(answer, method);
				if (!again || attempt >= limits.maxAttempts) throw answer;
				await options.sleep(backoff(attempt));
				continue;
			}
			if (answer.status >= 200 && answer.status < 300) return this.#read(what, answer, method);
			if (answer.status === 401 && rejected === undefined) {
				rejected = credentials;
				const renewed = await options.auth(rejected);
				if (renewed['authorization'] !== credentials['authorization']) continue;
			}
			const wait = this.#waitFor(answer, attempt);
			const repeatable = answer.status === 429 || (method === 'GET' && RETRIED_READS.has(answer.status));
			if (!repeatable || attempt >= limits.maxAttempts || wait > limits.maxWaitMs) {
				throw this.#failure(what, answer, method, credentials);
			}
			this.#shared.pausedUntil = Math.max(this.#shared.pausedUntil, options.clock() + wait);
		}
	}

	#build(method: HttpRequest['method'], url: string, credentials: Record<string, string>, body: unknown): HttpRequest {
		const { options, limits } = this.#shared;
		return {
			method,
			url,
			headers: {
				accept: MEDIA_TYPE,
				'user-agent': options.userAgent,
				...(body === undefined ? {} : { 'content-type': MEDIA_TYPE }),
				...credentials,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			timeoutMs: limits.timeoutMs,
			maxResponseBytes: limits.maxResponseBytes,
		};
	}

	async #send(request: HttpRequest): Promise<HttpResponse> {
		const { gate, options } = this.#shared;
		return gate.run(async () => {
			for (const counter of this.#counters) counter[request.method === 'GET' ? 'reads' : 'writes']++;
			const answer = await options.http(request);
			if (answer.status === 429) gate.throttled();
			else gate.answered();
			return answer;
		});
	}

	/** One request that was told to wait holds back all: the others would only be told the same. */
	async #whilePaused(): Promise<void> {
		const { options } = this.#shared;
		const wait = this.#shared.pausedUntil - options.clock();
		if (wait > 0) await options.sleep(wait);
	}

	#waitFor(answer: HttpResponse, attempt: number): number {
		return retryAfter(answer.headers, this.#shared.options.clock()) ?? backoff(attempt);
	}

	#read(what: string, answer: HttpResponse, method: HttpRequest['method']): ScimAnswer {
		const body = parseJson(answer.body);
		if (body === undefined && method === 'GET') {
			throw new DomainError(
				'SCIM_FAILED',
				`${what} was answered ${answer.status} without SCIM content.`,
				'Check that the base URL ends where the SCIM resources begin, e.g. https://host/scim/v2.',
				{ status: answer.status, ambiguous: false },
			);
		}
		return { status: answer.status, headers: answer.headers, body };
	}

	#failure(
		what: string,
		answer: HttpResponse,
		method: HttpRequest['method'],
		credentials: Record<string, string>,
	): DomainError {
		const { scimType, detail } = readErrorBody(parseJson(answer.body));
		const secrets = Object.values(credentials).flatMap((value) => [value, value.slice(value.indexOf(' ') + 1)]);
		const wait = retryAfter(answer.headers, this.#shared.options.clock());
		return scimError(what, {
			status: answer.status,
			ambiguous: method !== 'GET' && answer.status >= 500 && answer.status !== 501,
			...(scimType === undefined ? {} : { scimType: shorten(scimType, secrets) }),
			...(detail === undefined ? {} : { detail: shorten(detail, secrets) }),
			...(wait === undefined ? {} : { retryAfterMs: wait }),
		});
	}
}

function share(options: ScimClientOptions): Shared {
	const limits = { ...DEFAULT_LIMITS, ...options.limits };
	const address = new ScimAddress(options.baseUrl);
	return { options, address, limits, gate: new AdaptiveGate(limits.concurrency), pausedUntil: 0 };
}

/** Without an answer: reads may be repeated, writes only if they never left. */
function isRepeatable(error: DomainError, method: HttpRequest['method']): boolean {
	const kind = error.details['kind'];
	if (kind === 'refused' || kind === 'untrusted' || kind === 'too_large') return false;
	return statusOf(error) === undefined && (method === 'GET' || error.details['sent'] === false);
}

/** A transport that isn't ours may reject with anything: then nobody knows whether the request was seen. */
function asError(what: string, error: unknown, method: HttpRequest['method']): DomainError {
	if (isDomainError(error)) return error;
	return new DomainError('SCIM_FAILED', `${what} was not answered.`, 'Check the network, then run again.', {
		sent: true,
		ambiguous: method !== 'GET',
		kind: 'interrupted',
	});
}
