import { DomainError } from '../model';
import type { Clock, Http, HttpResponse } from '../ports';
import { readErrorBody, scimError, shorten } from './errors';
import { parseJson } from './json';
import { asObject } from './resource';
import { backoff, retryAfter, type Sleep } from './retry';

/**
 * Headers that authenticate a request. `rejected` are headers that the server just answered 401 to: whoever can renew
 * them does so, once for all callers that were rejected with the same ones.
 */
export type ScimAuth = (rejected?: Readonly<Record<string, string>>) => Promise<Record<string, string>>;

/** A fixed bearer token (RFC 6750). */
export function bearerAuth(token: string): ScimAuth {
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw new DomainError(
			'INPUT_INVALID',
			'The bearer token is empty or holds spaces, line breaks or characters outside ASCII.',
			'Copy the token into the credential again, without line breaks.',
		);
	}
	return async () => ({ authorization: `Bearer ${token}` });
}

/** User name and password (RFC 7617), UTF-8. */
export function basicAuth(userName: string, password: string): ScimAuth {
	if (userName === '' || userName.includes(':') || /[\u0000-\u001f\u007f]/.test(userName + password)) {
		throw new DomainError(
			'INPUT_INVALID',
			'The user name is empty or holds a colon, or name or password hold control characters.',
			'Enter user name and password of the SCIM account into the credential again.',
		);
	}
	const authorization = `Basic ${Buffer.from(`${userName}:${password}`, 'utf8').toString('base64')}`;
	return async () => ({ authorization });
}

export interface ClientCredentials {
	http: Http;
	/** The token endpoint, absolute. */
	tokenUrl: string;
	clientId: string;
	clientSecret: string;
	scope?: string;
	clock: Clock;
	sleep: Sleep;
	userAgent: string;
	/** Where the secret goes: the Authorization header (RFC 6749 §2.3.1, the default) or the form. */
	clientAuthentication?: 'header' | 'body';
	timeoutMs?: number;
}

interface Token {
	authorization: string;
	/** Instant (ms) from which it isn't used any more. */
	staleAt: number;
}

const TOKEN_ATTEMPTS = 5;
const MAX_TOKEN_WAIT_MS = 60_000;
const MAX_TOKEN_ANSWER_BYTES = 100_000;
/** RFC 6749 §5.1 leaves `expires_in` optional. */
const ASSUMED_LIFETIME_S = 300;

/**
 * OAuth 2.0 client credentials (RFC 6749 §4.4). The token is fetched once for all concurrent callers, kept until shortly
 * before its end and renewed when the application answers 401. The token endpoint's own throttling is waited for.
 */
export function clientCredentialsAuth(options: ClientCredentials): ScimAuth {
	let token: Token | undefined;
	let fetching: Promise<Token> | undefined;
	return async (rejected) => {
		if (
			token !== undefined &&
			(token.authorization === rejected?.['authorization'] || options.clock() >= token.staleAt)
		) {
			token = undefined;
		}
		if (token === undefined) {
			fetching ??= fetchToken(options).finally(() => (fetching = undefined));
			token = await fetching;
		}
		return { authorization: token.authorization };
	};
}

async function fetchToken(options: ClientCredentials): Promise<Token> {
	const requestedAt = options.clock();
	for (let attempt = 1; ; attempt++) {
		const answer = await options.http(tokenRequest(options));
		const throttled = answer.status === 429 || answer.status === 503;
		if (!throttled || attempt === TOKEN_ATTEMPTS) return readToken(options, answer, requestedAt);
		const wait = retryAfter(answer.headers, options.clock()) ?? backoff(attempt);
		if (wait > MAX_TOKEN_WAIT_MS) return readToken(options, answer, requestedAt);
		await options.sleep(wait);
	}
}

function tokenRequest(options: ClientCredentials): Parameters<Http>[0] {
	const form = new URLSearchParams({ grant_type: 'client_credentials' });
	if (options.scope !== undefined && options.scope !== '') form.set('scope', options.scope);
	const headers: Record<string, string> = {
		accept: 'application/json',
		'content-type': 'application/x-www-form-urlencoded',
		'user-agent': options.userAgent,
	};
	if (options.clientAuthentication === 'body') {
		form.set('client_id', options.clientId);
		form.set('client_secret', options.clientSecret);
	} else {
		// RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
		const pair = [options.clientId, options.clientSecret].map((part) =>
			new URLSearchParams([['', part]]).toString().slice(1),
		);
		headers['authorization'] = `Basic ${Buffer.from(pair.join(':')).toString('base64')}`;
	}
	return {
		method: 'POST',
		url: options.tokenUrl,
		headers,
		body: form.toString(),
		timeoutMs: options.timeoutMs ?? 30_000,
		maxResponseBytes: MAX_TOKEN_ANSWER_BYTES,
	};
}

function readToken(options: ClientCredentials, answer: HttpResponse, requestedAt: number): Token {
	const body = asObject(parseJson(answer.body));
	const value = body?.['access_token'];
	if (answer.status < 200 || answer.status >= 300 || typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) {
		throw tokenError(options, answer, body);
	}
	const type = body?.['token_type'];
	if (typeof type === 'string' && type.toLowerCase() !== 'bearer') {
		throw new DomainError(
			'SCIM_FAILED',
			`The token endpoint gave a token of type "${shorten(type)}", not Bearer.`,
			'Set the client up for bearer tokens.',
		);
	}
	const lifetime = Number(body?.['expires_in'] ?? ASSUMED_LIFETIME_S);
	const milliseconds = (Number.isFinite(lifetime) && lifetime > 0 ? lifetime : ASSUMED_LIFETIME_S) * 1000;
	return {
		authorization: `Bearer ${value}`,
		staleAt: requestedAt + milliseconds - Math.min(30_000, milliseconds / 10),
	};
}

function tokenError(options: ClientCredentials, answer: HttpResponse, body: unknown): DomainError {
	const stated = asObject(body)?.['error'];
	const words = typeof stated === 'string' ? stated : readErrorBody(body).detail;
	if (answer.status >= 200 && answer.status < 300) {
		return new DomainError(
			'SCIM_FAILED',
			'The token endpoint answered without a usable access_token.',
			'Check the token URL; it must be the OAuth 2.0 token endpoint, not the authorization page.',
			{ status: answer.status, tokenEndpoint: true },
		);
	}
	const failure = scimError('The token request', {
		status: answer.status,
		ambiguous: false,
		...(words === undefined ? {} : { detail: shorten(words, [options.clientSecret]) }),
	});
	const remedy =
		answer.status < 500 && answer.status !== 429
			? 'Check token URL, client id, client secret and scope in the credential.'
			: failure.remedy;
	return new DomainError('SCIM_FAILED', failure.message, remedy, { ...failure.details, tokenEndpoint: true });
}
