import type { HttpResponse } from '../ports';

/** Waits that many milliseconds. A port like the clock: tests let time pass without waiting. */
export type Sleep = (milliseconds: number) => Promise<void>;

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;

/** Headers that say when the allowance is full again; the last one is of an IETF draft that several gateways follow. */
const RESETS = ['x-rate-limit-reset', 'x-ratelimit-reset', 'ratelimit-reset'] as const;
/** Seconds that can't be a span but only an instant (2001-09-09 in Unix time), and milliseconds likewise. */
const INSTANT_FROM = 1_000_000_000;
const INSTANT_MS_FROM = 1_000_000_000_000;

/**
 * How long the server asks to wait, in milliseconds: Retry-After in seconds or as a date (RFC 9110 §10.2.3), or
 * X-Retry-After, which better-auth sends in its place; else when a rate limit ends (X-Rate-Limit-Reset, as a span or an
 * instant). `undefined` where it doesn't say, or says nonsense.
 */
export function retryAfter(headers: HttpResponse['headers'], now: number): number | undefined {
	for (const name of ['retry-after', 'x-retry-after']) {
		const wait = spanOf(headers[name], now, headers['date']);
		if (wait !== undefined) return wait;
	}
	for (const name of RESETS) {
		const stated = headers[name]?.trim() ?? '';
		const wait = /^\d{10,13}$/.test(stated) ? untilInstant(Number(stated), now) : spanOf(stated, now);
		if (wait !== undefined) return wait;
	}
	return undefined;
}

function untilInstant(instant: number, now: number): number | undefined {
	if (instant < INSTANT_FROM) return undefined;
	return Math.max(0, (instant >= INSTANT_MS_FROM ? instant : instant * 1000) - now);
}

function spanOf(value: string | undefined, now: number, serversNow?: string): number | undefined {
	const stated = value?.trim();
	if (stated === undefined || stated === '' || stated.length > 64) return undefined;
	if (/^\d{1,9}(?:\.\d{1,6})?$/.test(stated)) return Math.ceil(Number(stated) * 1000);
	const date = Date.parse(stated);
	if (Number.isNaN(date)) return undefined;
	// Clocks differ: a date is meant by the server's own, which its answer shows (RFC 9110 §6.6.1).
	const spans = [date - now, date - Date.parse(serversNow ?? '')].filter((span) => span > 0);
	return spans.length === 0 ? 0 : Math.min(...spans);
}

/**
 * How long to wait where the server said how long. Dates have whole seconds, so "now" may be up to a second early: whoever
 * is told so again waits a little on their own account.
 */
export function throttleWait(stated: number, attempt: number): number {
	return attempt < 2 || stated >= 1000 ? stated : Math.max(stated, Math.min(1000, backoff(attempt - 1)));
}

/** Exponential backoff: 0.5 s, 1 s, 2 s … up to 30 s. Without jitter: one client paces all of its requests itself. */
export function backoff(attempt: number): number {
	return Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.max(0, attempt - 1));
}
