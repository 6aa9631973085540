import { createHmac } from 'node:crypto';
import {
	anyDigestMatches,
	readHeader,
	readUnixSeconds,
	splitSignatures,
	withinWindow,
	type SignedRequest,
	type Verification,
} from './verification';

export const GENERIC_TIMESTAMP_HEADER = 'X-Webhook-Timestamp';
export const GENERIC_SIGNATURE_HEADER = 'X-Webhook-Signature';

export interface GenericHmacRequest extends SignedRequest {
	/** Names for senders that can't use ours. */
	headerNames?: { timestamp?: string; signature?: string };
}

const SCHEME = 'sha256=';

/**
 * Verifies our own scheme, which any system that can compute an HMAC can speak:
 *
 *     X-Webhook-Timestamp: 1763629200
 *     X-Webhook-Signature: sha256=<hex HMAC-SHA256 of `<timestamp>.<raw body>`>[, sha256=<hex> …]
 *
 * Several signatures are accepted (key rotation at the sender), as are several secrets (rotation here). Never throws.
 *
 * @example
 * const verified = verifyGenericHmac({ secrets: [secret], headers, rawBody, now: clock(), toleranceSeconds: 300 });
 * if (!verified.ok) return refuse(verified.reason);
 */
export function verifyGenericHmac(request: GenericHmacRequest): Verification {
	const { secrets, headers, rawBody, now, toleranceSeconds, headerNames } = request;
	// An HMAC under an empty key can be computed by everybody.
	if (secrets.length === 0 || secrets.includes('')) return { ok: false, reason: 'not_configured' };

	const timestampText = readHeader(headers, headerNames?.timestamp ?? GENERIC_TIMESTAMP_HEADER);
	const signatureText = readHeader(headers, headerNames?.signature ?? GENERIC_SIGNATURE_HEADER);
	if (timestampText === undefined || signatureText === undefined) return { ok: false, reason: 'missing_header' };

	const timestamp = readUnixSeconds(timestampText);
	const offered = readSignatures(signatureText);
	if (timestamp === undefined || offered === undefined) return { ok: false, reason: 'malformed' };

	// The timestamp is digits only, so the first dot always ends it: no other split gives the same signed bytes.
	const expected = secrets.map((secret) =>
		createHmac('sha256', secret).update(`${timestampText}.`).update(rawBody).digest(),
	);
	if (!anyDigestMatches(expected, offered)) return { ok: false, reason: 'mismatch' };
	return withinWindow(timestamp, now, toleranceSeconds) ? { ok: true, timestamp } : { ok: false, reason: 'stale' };
}

/** Signatures of other schemes are passed over, so that a sender can add one; what calls itself ours must be whole. */
function readSignatures(header: string): Buffer[] | undefined {
	const ours = splitSignatures(header, ',')?.filter((part) => part.startsWith(SCHEME));
	if (ours === undefined || ours.length === 0) return undefined;
	const digests = ours.map((part) => part.slice(SCHEME.length));
	return digests.every((hex) => /^[0-9a-f]{64}$/i.test(hex))
		? digests.map((hex) => Buffer.from(hex, 'hex'))
		: undefined;
}
