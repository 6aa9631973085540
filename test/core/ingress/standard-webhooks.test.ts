import { createHmac } from 'node:crypto';
import { verifyStandardWebhook, type StandardWebhookRequest } from '../../../core/ingress';

// A message signed by another implementation of the scheme.
const SIGNED: StandardWebhookRequest = {
	secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
	headers: {
		'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
		'webhook-timestamp': '1614265330',
		'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
	},
	rawBody: Buffer.from('{"test": 2432232314}'),
	now: 1614265330_000,
	toleranceSeconds: 300,
};
const withHeaders = (headers: Record<string, string>) => ({ ...SIGNED, headers: { ...SIGNED.headers, ...headers } });

describe('a Standard Webhooks signature', () => {
	it('of another implementation is right, and gives the message id', () => {
		const expected = { ok: true, timestamp: 1614265330, id: 'msg_p5jXN8AQM9LWM0D4loKWxJek' };
		expect(verifyStandardWebhook(SIGNED)).toEqual(expected);
		expect(verifyStandardWebhook({ ...SIGNED, secrets: ['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] })).toEqual(expected);
	});

	it('is found among others, with any of the secrets', () => {
		const list =
			'v1a,aaaa v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
		const secrets = ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', ...SIGNED.secrets];
		expect(verifyStandardWebhook({ ...withHeaders({ 'webhook-signature': list }), secrets }).ok).toBe(true);
	});

	it('binds id, time and body', () => {
		const mismatch = { ok: false, reason: 'mismatch' };
		expect(verifyStandardWebhook(withHeaders({ 'webhook-id': 'msg_other' }))).toEqual(mismatch);
		expect(verifyStandardWebhook(withHeaders({ 'webhook-timestamp': '1614265331' }))).toEqual(mismatch);
		expect(verifyStandardWebhook({ ...SIGNED, rawBody: Buffer.from('{"test": 2432232315}') })).toEqual(mismatch);
	});

	it('does not let a dot in the id move the border between id and time', () => {
		const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
		const digest = createHmac('sha256', key).update('a.1614265330.1614265330.x').digest('base64');
		const headers = { 'webhook-id': 'a.1614265330', 'webhook-signature': `v1,${digest}` };
		expect(verifyStandardWebhook({ ...withHeaders(headers), rawBody: Buffer.from('x') })).toEqual({
			ok: false,
			reason: 'malformed',
		});
	});

	it('is stale outside the window, both ways', () => {
		for (const now of [1614265330_000 + 301_000, 1614265330_000 - 301_000]) {
			expect(verifyStandardWebhook({ ...SIGNED, now })).toEqual({ ok: false, reason: 'stale' });
		}
	});

	it.each([
		['a missing id', { 'webhook-id': '' }, 'missing_header'],
		['a signature that is no base64', { 'webhook-signature': 'v1,not base64!' }, 'malformed'],
		['only another version', { 'webhook-signature': 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' }, 'malformed'],
		['a date as the time', { 'webhook-timestamp': '2021-02-25' }, 'malformed'],
	])('is refused for %s', (_, headers, reason) => {
		expect(verifyStandardWebhook(withHeaders(headers))).toEqual({ ok: false, reason });
	});

	it('is never believed with a secret that is not whole', () => {
		for (const secrets of [[], ['whsec_'], ['whsec_***'], [...SIGNED.secrets, '']]) {
			expect(verifyStandardWebhook({ ...SIGNED, secrets })).toEqual({ ok: false, reason: 'not_configured' });
		}
	});
});
