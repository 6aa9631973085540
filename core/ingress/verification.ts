import { timingSafeEqual } from 'node:crypto';

/**
 * Why a request was not believed. `not_configured` is our own fault (no usable secret), the others are the sender's.
 * `stale` is only said of a right signature: it means a replay or a wrong clock, never a guess.
 */
export type VerificationFailure = 'not_configured' | 'missing_header' | 'malformed' | 'stale' | 'mismatch';

/** `timestamp` in Unix seconds, as signed by the sender; `id` where the scheme signs one. */
export type Verification = { ok: true; timestamp: number; id?: string } | { ok: false; reason: VerificationFailure };

/** Header names in any case; what Node's `IncomingHttpHeaders` gives fits. */
export type IncomingHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What every scheme with a shared secret needs. */
export interface SignedRequest {
	/** All secrets that are valid now: two during a rotation. */
	secrets: readonly string[];
	headers: IncomingHeaders;
	/** The bytes as they came in, before any parsing. */
	rawBody: Buffer;
	/** Milliseconds since the Unix epoch. */
	now: number;
	/** Half-width of the window around `now` in which a signed timestamp is accepted. */
	toleranceSeconds: number;
}

/** A sender that rotates keys sends two or three; more is somebody making us compute. */
const MAX_SIGNATURES = 8;
const MAX_HEADER_CHARACTERS = 4096;

/** The one value of a header; `undefined` where it is absent, empty or so long that nobody honest sent it. */
export function readHeader(headers: IncomingHeaders, name: string): string | undefined {
	const wanted = name.toLowerCase();
	for (const key of Object.keys(headers)) {
		if (key.toLowerCase() !== wanted) continue;
		const value = headers[key];
		const text = typeof value === 'string' ? value : value?.join(',');
		if (text !== undefined && text !== '' && text.length <= MAX_HEADER_CHARACTERS) return text;
	}
	return undefined;
}

/** Unix seconds in plain digits. `Number()` alone would also take `1e9`, ` 5 ` and `0x10`. */
export function readUnixSeconds(text: string): number | undefined {
	return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

/** Both ways: a signature from the future would otherwise stay replayable until its time has come and gone. */
export function withinWindow(timestamp: number, now: number, toleranceSeconds: number): boolean {
	return Math.abs(now / 1000 - timestamp) <= toleranceSeconds;
}

/** Splits a list of signatures; `undefined` where it is too long to be honest. */
export function splitSignatures(header: string, separator: string): string[] | undefined {
	const parts = header.split(separator, MAX_SIGNATURES + 1);
	return parts.length > MAX_SIGNATURES ? undefined : parts.map((part) => part.trim());
}

/**
 * True when any offered digest equals any expected one. Every pair is compared, each in constant time, so that
 * the duration tells neither which secret matched nor how far a guess got.
 */
export function anyDigestMatches(expected: readonly Buffer[], offered: readonly Buffer[]): boolean {
	let matched = false;
	for (const ours of expected) {
		for (const theirs of offered) {
			const same = ours.length === theirs.length && timingSafeEqual(ours, theirs);
			matched = same || matched;
		}
	}
	return matched;
}
