import { readFileSync } from 'node:fs';
import path from 'node:path';
import { verifyGenericHmac } from '../../core/ingress';
import { amendedEvent, people, signedEvent } from '../../sandbox/src/demo.js';
import { signedHeaders } from '../../sandbox/src/contract-system.js';

describe('the sandbox contract system', () => {
	it('signs so that the trigger believes it, and only with the shared secret', () => {
		const rawBody = JSON.stringify(amendedEvent());
		const headers = signedHeaders('secret', rawBody, 1_790_000_000);
		const verify = (secret: string) =>
			verifyGenericHmac({
				secrets: [secret],
				headers,
				rawBody: Buffer.from(rawBody),
				now: 1_790_000_010_000,
				toleranceSeconds: 300,
			});
		expect(verify('secret')).toMatchObject({ ok: true });
		expect(verify('other')).toMatchObject({ ok: false });
	});
});

describe('the demo', () => {
	const rows = (text: string) => text.split('\n').filter((line) => line.startsWith('| ') && line.includes('@'));
	const emails = (text: string) => rows(text).map((row) => row.split('|')[2]?.trim());

	it('amends the text that was signed', () => {
		expect(amendedEvent().before.text).toBe(signedEvent().after.text);
	});

	it('starts from accounts that all people of the agreement have already', () => {
		const { applications } = people();
		expect(applications['slack']?.accounts).toEqual(expect.arrayContaining(emails(signedEvent().after.text)));
	});

	it('lets one consultant leave, one join and one be promoted', () => {
		const before = emails(signedEvent().after.text);
		const after = emails(amendedEvent().after.text);
		expect(before.filter((email) => !after.includes(email))).toHaveLength(1);
		expect(after.filter((email) => !before.includes(email))).toHaveLength(1);
		expect(rows(amendedEvent().after.text).filter((row) => row.includes('| Administrator |'))).toHaveLength(1);
	});

	it('holds employees of the customer whom the contract does not name', () => {
		const text = readFileSync(path.join(__dirname, '../../sandbox/demo/agreement-amended.md'), 'utf8');
		const strangers = people().applications['slack']?.accounts.filter((email) => !text.includes(email)) ?? [];
		expect(strangers.filter((email) => email.endsWith('@meridian-freight.example')).length).toBeGreaterThan(2);
	});
});
