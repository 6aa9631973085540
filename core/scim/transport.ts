import axios from 'axios';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';

import { DomainError } from '../model';
import type { Http, HttpRequest, HttpResponse } from '../ports';

/**
 * What n8n's `helpers.getSecureEgressFilter()` returns, as far as a client with its own transport needs it; the node
 * passes it on unchanged.
 */
export interface EgressFilter {
	/** Checks an address before anything is sent; resolves host names, checks IP literals directly. */
	validateUrl(url: string): Promise<{ ok: true } | { ok: false; error: Error }>;
	/** A DNS look-up that checks what it resolved, at the moment of connecting. */
	createSecureLookup(): LookupFunction;
}

export interface AxiosHttpOptions {
	egress?: EgressFilter;
	/** Connections a host at most. */
	concurrency?: number;
}

/** The port, and a way to let idle connections go. */
export type AxiosHttp = Http & { close(): void };

/** Failures before a single byte of the request left: repeating them is safe, also for writes. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const TLS_FAILURE = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;
const DEFAULT_CONCURRENCY = 8;

/**
 * The transport of the SCIM client: axios over keep-alive connections, proxies from the environment, no redirects
 * (a token must not follow one), size-limited answers. n8n's own helper opens a connection per request, hence this one.
 *
 * Rejects with DomainError SCIM_FAILED; `details.sent` tells whether the server may have seen the request.
 */
export function createAxiosHttp(options: AxiosHttpOptions = {}): AxiosHttp {
	const maxSockets = options.concurrency ?? DEFAULT_CONCURRENCY;
	const httpAgent = new HttpAgent({ keepAlive: true, maxSockets });
	const httpsAgent = new HttpsAgent({ keepAlive: true, maxSockets });
	const allow = egressCheck(options.egress);
	const lookup = options.egress?.createSecureLookup();
	const instance = axios.create({
		adapter: 'http',
		maxRedirects: 0,
		maxBodyLength: -1,
		validateStatus: () => true,
		responseType: 'text',
		transformRequest: [],
		transformResponse: [],
		httpAgent,
		httpsAgent,
		// axios types its own flavour of node's look-up; at run time it takes node's.
		...(lookup === undefined ? {} : { lookup: lookup as never }),
	});

	const send = async (request: HttpRequest): Promise<HttpResponse> => {
		await allow(request.url);
		try {
			const answer = await instance.request<unknown>({
				method: request.method,
				url: request.url,
				headers: request.headers,
				timeout: request.timeoutMs,
				maxContentLength: request.maxResponseBytes,
				...(request.body === undefined ? {} : { data: request.body }),
			});
			const body = typeof answer.data === 'string' ? answer.data : '';
			return { status: answer.status, headers: plainHeaders(answer.headers), body };
		} catch (error) {
			throw transportError(request, error);
		}
	};
	const close = (): void => {
		httpAgent.destroy();
		httpsAgent.destroy();
	};
	return Object.assign(send, { close });
}

/** One check per origin: host names are checked again by the look-up at every new connection, IP literals can't change. */
function egressCheck(egress: EgressFilter | undefined): (url: string) => Promise<void> {
	const allowed = new Set<string>();
	return async (url) => {
		if (egress === undefined) return;
		const { origin } = new URL(url);
		if (allowed.has(origin)) return;
		const verdict = await egress.validateUrl(url);
		if (!verdict.ok) {
			throw new DomainError(
				'SCIM_FAILED',
				`This instance does not allow requests to ${origin}.`,
				"Ask the instance's owner to allow the address in its egress rules, or correct the base URL.",
				{ sent: false, ambiguous: false, kind: 'refused' },
			);
		}
		allowed.add(origin);
	};
}

function plainHeaders(headers: unknown): Record<string, string> {
	const plain: Record<string, string> = Object.create(null) as Record<string, string>;
	if (typeof headers !== 'object' || headers === null) return plain;
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined && value !== null)
			plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
	}
	return plain;
}

function transportError(request: HttpRequest, error: unknown): DomainError {
	const { origin } = new URL(request.url);
	const code = errorCode(error);
	const tooLarge = error instanceof Error && error.message.startsWith('maxContentLength');
	const write = request.method !== 'GET';
	const fail = (kind: string, sent: boolean, message: string, remedy: string): DomainError =>
		new DomainError('SCIM_FAILED', message, remedy, { kind, sent, ambiguous: sent && write });

	if (tooLarge) {
		const message = `${origin} answered with more than ${request.maxResponseBytes} bytes.`;
		return fail('too_large', true, message, 'Use smaller pages, or raise the limit on the size of answers.');
	}
	if (NEVER_SENT.has(code)) {
		const message = `${origin} could not be reached (${code}).`;
		return fail('unreachable', false, message, 'Check the base URL, the network and the proxy of this machine.');
	}
	if (TLS_FAILURE.test(code)) {
		const message = `${origin} could not be trusted (${code}).`;
		return fail(
			'untrusted',
			false,
			message,
			"Install the authority's certificate (NODE_EXTRA_CA_CERTS) or mend the server's.",
		);
	}
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') {
		const message = `${origin} did not answer within ${request.timeoutMs} ms.`;
		return fail(
			'timeout',
			true,
			message,
			'Run again later; raise the time-out if the application is known to be slow.',
		);
	}
	return fail('interrupted', true, `The connection to ${origin} broke off (${code}).`, 'Run again later.');
}

/** Codes only: an axios error carries the whole request, token included, and must not travel on. */
function errorCode(error: unknown): string {
	const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
	return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : 'unknown';
}
