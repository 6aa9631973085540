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

/** Secrets as `whsec_<base64>`, or the base64 alone. */
export type StandardWebhookRequest = SignedRequest;

const SECRET_PREFIX = 'whsec_';
const VERSION = 'v1,';
const DIGEST_BYTES = 32;

/**
 * Verifies the symmetric scheme of the Standard Webhooks specification: `webhook-signature` is a space-separated list
 * of `v1,<base64 HMAC-SHA256>` over `<webhook-id>.<webhook-timestamp>.<raw body>`. Other versions (`v1a`, Ed25519)
 * are passed over. Never throws. The verified `id` is the one to find duplicates by.
 */
export function verifyStandardWebhook(request: StandardWebhookRequest): Verification {
	const { secrets, headers, rawBody, now, toleranceSeconds } = request;
	const keys = secrets.map(readKey);
	if (keys.length === 0 || !keys.every((key) => key !== undefined)) return { ok: false, reason: 'not_configured' };

	const id = readHeader(headers, 'webhook-id');
	const timestampText = readHeader(headers, 'webhook-timestamp');
	const signatureText = readHeader(headers, 'webhook-signature');
	if (id === undefined || timestampText === undefined || signatureText === undefined) {
		return { ok: false, reason: 'missing_header' };
	}

	const timestamp = readUnixSeconds(timestampText);
	const offered = readSignatures(signatureText);
	if (timestamp === undefined || offered === undefined || !isMessageId(id)) return { ok: false, reason: 'malformed' };

	const expected = keys.map((key) =>
		createHmac('sha256', key).update(`${id}.${timestampText}.`).update(rawBody).digest(),
	);
	if (!anyDigestMatches(expected, offered)) return { ok: false, reason: 'mismatch' };
	return withinWindow(timestamp, now, toleranceSeconds) ? { ok: true, timestamp, id } : { ok: false, reason: 'stale' };
}

/** The id may hold no dot: the parts are joined by dots, and a dot inside would let one text be split in two ways. */
function isMessageId(id: string): boolean {
	return /^[\x21-\x2d\x2f-\x7e]{1,200}$/.test(id);
}

function readKey(secret: string): Buffer | undefined {
	const key = readBase64(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret);
	return key !== undefined && key.length > 0 ? key : undefined;
}

function readSignatures(header: string): Buffer[] | undefined {
	const ours = splitSignatures(header, ' ')?.filter((part) => part.startsWith(VERSION));
	if (ours === undefined || ours.length === 0) return undefined;
	const digests = ours.map((part) => readBase64(part.slice(VERSION.length)));
	return digests.every((digest) => digest?.length === DIGEST_BYTES)
		? digests.filter((digest) => digest !== undefined)
		: undefined;
}

/** Strict: `Buffer.from` skips over what is not base64, so that a mistyped secret would become another, shorter one. */
function readBase64(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64');
	const withoutPadding = (value: string) => value.replace(/={1,2}$/, '');
	return withoutPadding(bytes.toString('base64')) === withoutPadding(text) ? bytes : undefined;
}
