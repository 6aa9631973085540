import canonicalizeJson from 'canonicalize';
import { createHash } from 'node:crypto';

/** Anything JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** RFC 8785 (JSON Canonicalization Scheme): one text for one value. `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
	const text = canonicalizeJson(value);
	if (text === undefined) throw new TypeError('A value without JSON form cannot be canonicalised.');
	return text;
}

/** Lower-case hex SHA-256 of bytes or of a UTF-8 text. */
export function sha256(data: string | Uint8Array): string {
	return createHash('sha256').update(data).digest('hex');
}

/** The identity of a value: SHA-256 over its canonical JSON. */
export function contentHash(value: unknown): string {
	return sha256(canonicalJson(value));
}

/** A short readable id derived from content, e.g. `act_5f2c…`: same content, same id, on every machine. */
export function contentId(prefix: string, value: unknown): string {
	return `${prefix}_${contentHash(value).slice(0, 24)}`;
}
