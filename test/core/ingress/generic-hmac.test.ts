import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { verifyGenericHmac, type GenericHmacRequest } from '../../../core/ingress';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const SECONDS = NOW / 1000;

const sign = (secret: string, timestamp: number | string, body: string | Buffer) =>
	`sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;

function request(
	more: Partial<GenericHmacRequest> & { timestamp?: string; signature?: string } = {},
): GenericHmacRequest {
	const { timestamp = String(SECONDS), signature, ...rest } = more;
	const rawBody = more.rawBody ?? Buffer.from('{"id":"evt-1"}');
	return {
		secrets: ['current'],
		headers: {
			'x-webhook-timestamp': timestamp,
			'x-webhook-signature': signature ?? sign('current', timestamp, rawBody),
		},
		rawBody,
		now: NOW,
		toleranceSeconds: 300,
		...rest,
	};
}

describe('the generic signature', () => {
	it('is the documented formula', () => {
		// From an independent implementation: HMAC-SHA256("current", "1763629200.{"id":"evt-1"}").
		const signature = 'sha256=cb4fadb8b274cdf66c37e43613577ab33db23701ac6f906096cf3dafbf3427c0';
		const verified = verifyGenericHmac(request({ timestamp: '1763629200', signature, now: 1763629200_000 }));
		expect(verified).toEqual({ ok: true, timestamp: 1763629200 });
	});

	it('is found whatever the case of the header names', () => {
		const body = Buffer.from('x');
		const headers = { 'X-WEBHOOK-Timestamp': String(SECONDS), 'X-Webhook-SIGNATURE': sign('current', SECONDS, body) };
		expect(verifyGenericHmac(request({ headers, rawBody: body })).ok).toBe(true);
	});

	it('is read from the headers that were configured', () => {
		const body = Buffer.from('x');
		const headers = { 'x-time': String(SECONDS), 'x-sign': sign('current', SECONDS, body) };
		const headerNames = { timestamp: 'X-Time', signature: 'X-Sign' };
		expect(verifyGenericHmac(request({ headers, rawBody: body, headerNames })).ok).toBe(true);
		expect(verifyGenericHmac(request({ headers, rawBody: body }))).toEqual({ ok: false, reason: 'missing_header' });
	});

	it('matches any of several signatures with any of several secrets', () => {
		const body = Buffer.from('{"id":"evt-1"}');
		const signature = `${sign('strange', SECONDS, body)}, sha512=00, ${sign('old', SECONDS, body)}`;
		expect(verifyGenericHmac(request({ secrets: ['new', 'old'], signature })).ok).toBe(true);
	});

	it('fails for any other byte in body, timestamp, secret or signature', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (bytes, position) => {
				const rawBody = Buffer.from(bytes);
				const signed = request({ rawBody });
				const changed = Buffer.from(rawBody);
				const at = position % changed.length;
				changed[at] = (changed[at] ?? 0) ^ 1;
				expect(verifyGenericHmac(signed).ok).toBe(true);
				expect(verifyGenericHmac({ ...signed, rawBody: changed })).toEqual({ ok: false, reason: 'mismatch' });
				expect(verifyGenericHmac({ ...signed, secrets: ['other'] })).toEqual({ ok: false, reason: 'mismatch' });
			}),
		);
		const moved = { ...request().headers, 'x-webhook-timestamp': String(SECONDS + 1) };
		expect(verifyGenericHmac(request({ headers: moved }))).toEqual({ ok: false, reason: 'mismatch' });
	});

	it('does not let the dot move between timestamp and body', () => {
		const signature = sign('current', SECONDS, '1.x');
		const shifted = request({ timestamp: `${SECONDS}.1`, signature, rawBody: Buffer.from('x') });
		expect(verifyGenericHmac(shifted)).toEqual({ ok: false, reason: 'malformed' });
	});

	it('holds inside the window, edges included, and nowhere else', () => {
		for (const offset of [-300, 0, 300]) {
			expect(verifyGenericHmac(request({ timestamp: String(SECONDS + offset) })).ok).toBe(true);
		}
		for (const offset of [-301, 301]) {
			expect(verifyGenericHmac(request({ timestamp: String(SECONDS + offset) }))).toEqual({
				ok: false,
				reason: 'stale',
			});
		}
	});

	it('calls a stale guess a mismatch: only a right signature can be stale', () => {
		const headers = { 'x-webhook-timestamp': '1', 'x-webhook-signature': `sha256=${'0'.repeat(64)}` };
		expect(verifyGenericHmac(request({ headers }))).toEqual({ ok: false, reason: 'mismatch' });
	});

	it.each([
		['no headers', {}, 'missing_header'],
		['an empty signature', { 'x-webhook-timestamp': '1', 'x-webhook-signature': '' }, 'missing_header'],
		['an endless header', { 'x-webhook-timestamp': '1', 'x-webhook-signature': 'a'.repeat(5000) }, 'missing_header'],
		['an exponent', { 'x-webhook-timestamp': '1e9', 'x-webhook-signature': `sha256=${'0'.repeat(64)}` }, 'malformed'],
		['a short digest', { 'x-webhook-timestamp': '1', 'x-webhook-signature': 'sha256=00' }, 'malformed'],
		['another scheme only', { 'x-webhook-timestamp': '1', 'x-webhook-signature': 'md5=00' }, 'malformed'],
		[
			'too many signatures',
			{ 'x-webhook-timestamp': '1', 'x-webhook-signature': `sha256=${'0'.repeat(64)},`.repeat(9) },
			'malformed',
		],
	])('is refused for %s', (_, headers, reason) => {
		expect(verifyGenericHmac(request({ headers }))).toEqual({ ok: false, reason });
	});

	it('is never believed without a secret', () => {
		const signature = sign('', SECONDS, '{"id":"evt-1"}');
		expect(verifyGenericHmac(request({ secrets: [], signature }))).toEqual({ ok: false, reason: 'not_configured' });
		expect(verifyGenericHmac(request({ secrets: [''], signature }))).toEqual({ ok: false, reason: 'not_configured' });
	});
});
