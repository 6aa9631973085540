import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

const KEY_HEX_CHARACTERS = 16;

/**
 * A short pseudonym for where a request came from, to count refusals by without keeping an address: 16 hex characters
 * of HMAC-SHA256. The key matters, as all IPv4 addresses can be tried in seconds: give the ledger's own secret.
 *
 * `address` is the peer as n8n resolved it (`req.ip`, which honours its proxy setting). Forwarding headers are not
 * looked at: whoever forges requests would write a new source into each of them. An IPv6 source is its /64 network,
 * because one host can use all addresses of it. Anything else counts as one common unknown source.
 */
export function sourceKey(address: string | undefined, key: string | Buffer): string {
	return createHmac('sha256', key)
		.update(network(address ?? ''))
		.digest('hex')
		.slice(0, KEY_HEX_CHARACTERS);
}

function network(address: string): string {
	if (isIPv4(address)) return `4:${address}`;
	const [plain = ''] = address.split('%', 1);
	if (!isIPv6(plain)) return 'unknown';
	const groups = expandIPv6(plain);
	const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
	if (mapped) {
		const [high = 0, low = 0] = groups.slice(6);
		return `4:${[high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')}`;
	}
	return `6:${groups
		.slice(0, 4)
		.map((group) => group.toString(16))
		.join(':')}`;
}

/** Eight groups of a valid address (RFC 4291 §2.2), also when written with `::` or a dotted IPv4 tail. */
function expandIPv6(address: string): number[] {
	const [head = '', tail] = address.split('::', 2);
	const left = readGroups(head);
	if (tail === undefined) return left;
	const right = readGroups(tail);
	return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}

function readGroups(text: string): number[] {
	if (text === '') return [];
	return text.split(':').flatMap((group) => {
		if (!group.includes('.')) return [Number.parseInt(group, 16)];
		const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
		return [a * 256 + b, c * 256 + d];
	});
}
