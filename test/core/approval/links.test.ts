import { randomBytes } from 'node:crypto';
import { approvalLink, hashToken, newToken, readToken } from '../../../core/approval';

const RESUME_URL = 'https://n8n.example/webhook-waiting/17?signature=ab%2Bcd';

describe('a one-time token', () => {
	it('holds 256 bits, survives the way through a link, and is known by its hash only', () => {
		const { token, hash } = newToken(randomBytes);
		expect(Buffer.from(token, 'base64url')).toHaveLength(32);
		const link = new URL(approvalLink(RESUME_URL, token));
		expect(readToken(Object.fromEntries(link.searchParams))).toBe(token);
		expect(hashToken(token)).toBe(hash);
		expect(hash).toMatch(/^[0-9a-f]{64}$/);
		expect(hash).not.toContain(token);
	});

	it('comes from the randomness it was given', () => {
		expect(newToken(() => Buffer.alloc(32)).token).toBe('A'.repeat(43));
		expect(newToken(randomBytes).token).not.toBe(newToken(randomBytes).token);
	});

	it.each([
		['nothing', {}],
		['no query', undefined],
		['two tokens', { approval: ['A'.repeat(43), 'B'.repeat(43)] }],
		['an object', { approval: { $ne: '' } }],
		['a short one', { approval: 'A'.repeat(42) }],
		['another alphabet', { approval: `${'A'.repeat(42)}+` }],
		['a line break at its end', { approval: `${'A'.repeat(43)}\n` }],
		['an inherited one', Object.create({ approval: 'A'.repeat(43) }) as object],
	])('is not read from a query with %s', (_, query) => {
		expect(readToken(query)).toBeUndefined();
	});
});

describe('an approval link', () => {
	it('keeps the resume URL byte for byte', () => {
		expect(approvalLink(RESUME_URL, 'tok')).toBe(`${RESUME_URL}&approval=tok`);
		expect(approvalLink('http://localhost:5678/w/1', 'tok')).toBe('http://localhost:5678/w/1?approval=tok');
		expect(approvalLink('https://n8n.example/w?a=1#top', 'tok')).toBe('https://n8n.example/w?a=1&approval=tok');
	});

	it.each(['', '/webhook-waiting/17', 'javascript:alert(1)', 'undefined/17', `${RESUME_URL}&approval=x`])(
		'is not made of "%s"',
		(url) => {
			expect(() => approvalLink(url, 'tok')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }) as Error);
		},
	);
});
