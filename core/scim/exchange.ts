import { DomainError, isDomainError } from '../model';
import type { Clock, Http, HttpRequest, HttpResponse } from '../ports';
import { ScimAddress, type Query } from './address';
import { readAnswer, withStatedStatus, type ReadAnswer, type ScimAnswer } from './answer';
import type { ScimAuth } from './auth';
import { AdaptiveGate } from './concurrency';
import { readErrorBody, scimError, shorten, statusOf } from './errors';
import { Knowledge } from './knowledge';
import { DEFAULT_LIMITS, type ScimLimits } from './limits';
import type { Capabilities, CapabilityProfile } from './profiles';
import { backoff, retryAfter, throttleWait, type Sleep } from './retry';

export type { ScimAnswer } from './answer';

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
	/** What is known of the application: of its vendor, or as an earlier run left it. By the host where absent. */
	profile?: CapabilityProfile;
}

export interface ScimRequest {
	method: HttpRequest['method'];
	path: readonly string[];
	query?: Query;
	body?: unknown;
	headers?: Readonly<Record<string, string>>;
	/** A POST that only reads (`.search`): it may be repeated. */
	read?: boolean;
	/** Told of each time the request goes out. */
	onSend: () => void;
}

const MEDIA_TYPES = ['application/scim+json', 'application/json'] as const;
const OUTAGES = new Set([502, 503, 504]);
/** 303 is left out: it answers a request that was carried out. */
const REDIRECTS = new Set([301, 302, 307, 308]);
const MAX_REDIRECTS = 3;

/** How often one request failed so far, and the headers it was refused with. */
interface Attempts {
	failures: number;
	throttles: number;
	redirects: number;
	mediaType?: Capabilities['mediaType'] | undefined;
	rejected?: Readonly<Record<string, string>>;
}

/**
 * Sends requests to one server at one pace: authentication, throttling, outages, errors. What may be repeated is decided
 * here and nowhere else. Reads are repeated on throttling, outages and broken connections; writes only where the server
 * can't have carried them out (429, 401, no connection).
 */
export class Exchange {
	readonly limits: Readonly<ScimLimits>;
	readonly knowledge: Knowledge;
	readonly #address: ScimAddress;
	readonly #gate: AdaptiveGate;
	#pausedUntil = 0;
	/** Whether this server ever answered. */
	#reached = false;

	constructor(readonly options: ScimClientOptions) {
		this.limits = { ...DEFAULT_LIMITS, ...options.limits };
		this.#address = new ScimAddress(options.baseUrl);
		this.knowledge = new Knowledge(options.baseUrl, options.profile);
		this.#gate = new AdaptiveGate(this.limits.concurrency);
	}

	async send(request: ScimRequest): Promise<ScimAnswer> {
		let url = this.#address.of(request.path, request.query);
		const what = `${request.method} /${request.path[0] ?? ''}`;
		const attempts: Attempts = { failures: 0, throttles: 0, redirects: 0 };
		for (;;) {
			await this.#whilePaused();
			const credentials = await this.options.auth(attempts.rejected);
			const answer = await this.#once(request, url, credentials, attempts).catch((error: unknown) =>
				asUnanswered(what, request, error),
			);
			if (isDomainError(answer)) await this.#afterSilence(request, answer, attempts);
			else if (answer.status >= 200 && answer.status < 300) {
				this.#learnMediaType(attempts);
				return readAnswer(what, request.method === 'GET', answer);
			} else if (this.#triesOtherMediaType(answer, attempts)) continue;
			else if (this.#isRedirected(request, url, answer, attempts)) url = this.#address.of(request.path, request.query);
			else if (!(await this.#renews(answer, credentials, attempts))) {
				const wait = this.#waitBeforeRepeating(request, answer, attempts);
				if (wait === undefined) throw this.#failure(what, request, answer, credentials);
				this.#pausedUntil = Math.max(this.#pausedUntil, this.options.clock() + wait);
			}
		}
	}

	#once(
		request: ScimRequest,
		url: string,
		credentials: Record<string, string>,
		attempts: Attempts,
	): Promise<ReadAnswer> {
		const body = request.body === undefined ? undefined : JSON.stringify(request.body);
		const again = attempts.failures + attempts.throttles > 0;
		const mediaType = attempts.mediaType ?? this.knowledge.capabilities.mediaType;
		return this.#gate.run(async () => {
			request.onSend();
			const answer = await this.options.http({
				method: request.method,
				url,
				headers: {
					accept: mediaType,
					'user-agent': this.options.userAgent,
					...(body === undefined ? {} : { 'content-type': mediaType }),
					...request.headers,
					...credentials,
				},
				...(body === undefined ? {} : { body }),
				timeoutMs: this.limits.timeoutMs,
				maxResponseBytes: this.limits.maxResponseBytes,
			});
			this.#reached = true;
			const meant = withStatedStatus(answer);
			if (meant.status === 429) this.#gate.throttled();
			else this.#gate.answered();
			return meant;
		}, again);
	}

	/** 415 and 406 refuse the media type, not the request: nothing was carried out, and the other one is tried once. */
	#triesOtherMediaType(answer: HttpResponse, attempts: Attempts): boolean {
		if ((answer.status !== 415 && answer.status !== 406) || attempts.mediaType !== undefined) return false;
		attempts.mediaType = MEDIA_TYPES.find((type) => type !== this.knowledge.capabilities.mediaType);
		return attempts.mediaType !== undefined;
	}

	/** Nothing was carried out at an address that only points to another one: the request goes to that one, once. */
	#isRedirected(request: ScimRequest, url: string, { status, headers }: HttpResponse, attempts: Attempts): boolean {
		const location = headers['location'];
		if (!REDIRECTS.has(status) || location === undefined || ++attempts.redirects > MAX_REDIRECTS) return false;
		return this.#address.follow(request.path, url, location);
	}

	#learnMediaType({ mediaType }: Attempts): void {
		if (mediaType === undefined) return;
		this.knowledge.learn({ mediaType }, 'the other media type was refused with 415 or 406');
	}

	/** One request that was told to wait holds back all: the others would only be told the same. */
	async #whilePaused(): Promise<void> {
		const wait = this.#pausedUntil - this.options.clock();
		if (wait > 0) await this.options.sleep(wait);
	}

	/** Without an answer: waits where the request may be repeated, else throws. */
	async #afterSilence(request: ScimRequest, error: DomainError, attempts: Attempts): Promise<void> {
		const { maxAttempts, firstAttempts } = this.limits;
		// A server that was never there is more likely misspelt than restarting.
		const most = this.#reached || error.details['kind'] !== 'unreachable' ? maxAttempts : firstAttempts;
		if (!mayRepeatUnanswered(request, error) || ++attempts.failures >= most) throw error;
		await this.options.sleep(backoff(attempts.failures));
	}

	/** After a 401, once a request: true where there are other credentials to try. */
	async #renews(answer: HttpResponse, credentials: Record<string, string>, attempts: Attempts): Promise<boolean> {
		if (answer.status !== 401 || attempts.rejected !== undefined) return false;
		attempts.rejected = credentials;
		const renewed = await this.options.auth(credentials);
		return renewed['authorization'] !== credentials['authorization'];
	}

	/** Milliseconds to wait before the request is sent again; `undefined` where it isn't. */
	#waitBeforeRepeating(request: ScimRequest, answer: HttpResponse, attempts: Attempts): number | undefined {
		const { maxAttempts, maxThrottles, maxWaitMs } = this.limits;
		const throttled = answer.status === 429;
		if (!throttled && !(isRead(request) && OUTAGES.has(answer.status))) return undefined;
		const count = throttled ? ++attempts.throttles : ++attempts.failures;
		if (count >= (throttled ? maxThrottles : maxAttempts)) return undefined;
		const stated = retryAfter(answer.headers, this.options.clock());
		const wait = stated === undefined ? backoff(count) : throttleWait(stated, count);
		return wait > maxWaitMs ? undefined : wait;
	}

	#failure(what: string, request: ScimRequest, answer: ReadAnswer, credentials: Record<string, string>): DomainError {
		const { scimType, detail } = readErrorBody(answer.content);
		const secrets = Object.values(credentials).flatMap((value) => [value, value.slice(value.indexOf(' ') + 1)]);
		const wait = retryAfter(answer.headers, this.options.clock());
		return scimError(what, {
			status: answer.status,
			ambiguous: !isRead(request) && answer.status >= 500 && answer.status !== 501,
			...(scimType === undefined ? {} : { scimType: shorten(scimType, secrets) }),
			...(detail === undefined ? {} : { detail: shorten(detail, secrets) }),
			...(wait === undefined ? {} : { retryAfterMs: wait }),
		});
	}
}

function isRead(request: ScimRequest): boolean {
	return request.method === 'GET' || request.read === true;
}

/** Reads may be repeated, writes only if they never left; what is refused or too large stays so. */
function mayRepeatUnanswered(request: ScimRequest, error: DomainError): boolean {
	const kind = error.details['kind'];
	if (kind === 'refused' || kind === 'untrusted' || kind === 'too_large') return false;
	return statusOf(error) === undefined && (isRead(request) || error.details['sent'] === false);
}

/** A transport that isn't ours may reject with anything: then nobody knows whether the request was seen. */
function asUnanswered(what: string, request: ScimRequest, error: unknown): DomainError {
	if (isDomainError(error)) return error;
	return new DomainError('SCIM_FAILED', `${what} was not answered.`, 'Check the network, then run again.', {
		sent: true,
		ambiguous: !isRead(request),
		kind: 'interrupted',
	});
}
