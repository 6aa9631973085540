import { sourceKey } from '../../../core/ingress';

const key = (address: string | undefined) => sourceKey(address, 'ledger-secret');

describe('the key of a source', () => {
	it('is short, stable, and shows no address', () => {
		expect(key('203.0.113.9')).toMatch(/^[0-9a-f]{16}$/);
		expect(key('203.0.113.9')).toBe(key('203.0.113.9'));
		expect(key('203.0.113.9')).not.toBe(key('203.0.113.10'));
	});

	it('depends on the secret, so that trying all addresses finds nothing', () => {
		expect(sourceKey('203.0.113.9', 'another')).not.toBe(key('203.0.113.9'));
	});

	it('is one for all addresses of an IPv6 network of /64', () => {
		expect(key('2001:db8:0:1::1')).toBe(key('2001:0db8:0000:0001:ffff:ffff:ffff:ffff'));
		expect(key('2001:db8:0:1::1')).not.toBe(key('2001:db8:0:2::1'));
		expect(key('fe80::1%eth0')).toBe(key('fe80::2'));
	});

	it('is one for an IPv4 address in all its forms', () => {
		for (const form of ['::ffff:203.0.113.9', '::ffff:cb00:7109', '0:0:0:0:0:ffff:203.0.113.9']) {
			expect(key(form)).toBe(key('203.0.113.9'));
		}
	});

	it('is one for everything that is no address', () => {
		for (const text of [undefined, '', 'localhost', '1.2.3.4, 5.6.7.8', '::1::'])
			expect(key(text)).toBe(key(undefined));
	});
});
