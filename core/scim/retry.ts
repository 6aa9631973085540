import type { HttpResponse } from '../ports';

/** Waits that many milliseconds. A port like the clock: tests let time pass without waiting. */
export type Sleep = (milliseconds: number) => Promise<void>;

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;

/**
 * How long the server asks to wait, in milliseconds: Retry-After in seconds or as a date (RFC 9110 §10.2.3), or
 * X-Retry-After, which better-auth sends in its place. `undefined` where it doesn't say, or says nonsense.
 */
export function retryAfter(headers: HttpResponse['headers'], now: number): number | undefined {
	const stated = (headers['retry-after'] ?? headers['x-retry-after'])?.trim();
	if (stated === undefined || stated === '' || stated.length > 64) return undefined;
	if (/^\d{1,9}(?:\.\d{1,6})?$/.test(stated)) return Math.ceil(Number(stated) * 1000);
	const date = Date.parse(stated);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Exponential backoff: 0.5 s, 1 s, 2 s … up to 30 s. Without jitter: one client paces all of its requests itself. */
export function backoff(attempt: number): number {
	return Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.max(0, attempt - 1));
}
