/** Longest address that SMTP can carry (RFC 5321 §4.5.3.1.3). */
const MAX_ADDRESS = 254;
/** RFC 5321 §4.5.3.1.1. */
const MAX_LOCAL_PART = 64;
const MAX_LABEL = 63;

const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * Reads one e-mail address as a key: trimmed, without angle brackets, in lower case. ASCII only, because two addresses
 * that look the same to a reader (a Cyrillic "а") must not become two people, or one person's access another's.
 *
 * @returns the address, or undefined where the text is not one
 */
export function parseAddress(text: string): string | undefined {
	const trimmed = text.trim();
	const bare = trimmed.startsWith('<') && trimmed.endsWith('>') ? trimmed.slice(1, -1).trim() : trimmed;
	if (bare.length === 0 || bare.length > MAX_ADDRESS) return undefined;
	const address = bare.toLowerCase();
	const at = address.indexOf('@');
	if (at < 1 || at > MAX_LOCAL_PART || at !== address.lastIndexOf('@')) return undefined;
	const local = address.slice(0, at);
	if (!LOCAL_PART.test(local) || local.startsWith('.') || local.endsWith('.') || local.includes('..')) return undefined;
	const labels = address.slice(at + 1).split('.');
	if (labels.length < 2) return undefined;
	return labels.every((label) => label.length <= MAX_LABEL && LABEL.test(label)) ? address : undefined;
}
