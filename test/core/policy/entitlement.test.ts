import { matchWildcard, parseAddress } from '../../../core/policy';
import { BASE, compiled } from './builders';

describe('an entitlement', () => {
	it('is found by its own name before any wildcard, and by the longer wildcard before the shorter', () => {
		const entitlements = {
			...BASE.entitlements,
			'slack/project:secret': { app: 'slack', role: 'secret', privileged: true },
			'slack/project:ops-*': { app: 'slack', role: 'ops-{1}' },
		};
		const { entitlements: catalogue } = compiled({ entitlements });
		expect(catalogue.resolve('slack/project:secret')).toMatchObject({ privileged: true, target: 'secret' });
		expect(catalogue.resolve('slack/project:ops-eu')).toMatchObject({
			declaredAs: 'slack/project:ops-*',
			target: 'ops-eu',
		});
		expect(catalogue.resolve('slack/project:atlas')).toMatchObject({
			declaredAs: 'slack/project:*',
			target: 'project-atlas',
		});
	});

	it.each([
		'slack/project:',
		'slack/project: ',
		'slack/project:*',
		'slack/project:a\u0000',
		'slack/project:{1}',
		`slack/project:${'x'.repeat(101)}`,
		'__proto__',
	])('is not found by %j', (name) => {
		expect(compiled().entitlements.resolve(name)).toBeUndefined();
	});

	it('belongs to its own owner, else to the application’s', () => {
		expect(compiled().entitlements.resolve('slack/member')?.owner).toBe('it@acme.example');
	});
});

describe('a wildcard', () => {
	it.each<[string, string, string[] | undefined]>([
		['a:*', 'a:b', ['b']],
		['a:*', 'a:', undefined],
		['a:*:c', 'a:b:c', ['b']],
		['a:*:*', 'a:b:c:d', ['b', 'c:d']],
		['*', 'x', ['x']],
		['a', 'a', []],
		['a', 'b', undefined],
		['a*a', 'a', undefined],
	])('%s against %s', (pattern, name, expected) => {
		expect(matchWildcard(pattern, name)).toEqual(expected);
	});
});

describe('an e-mail address', () => {
	it('is read in lower case, without brackets', () => {
		expect(parseAddress(' <Ada.Lovelace+x@Example.ORG> ')).toBe('ada.lovelace+x@example.org');
	});

	it.each([
		'',
		'a',
		'a@b',
		'a@@b.example',
		'a b@c.example',
		'a@-b.example',
		'a@b..example',
		'.a@b.example',
		'а@b.example',
		`${'a'.repeat(65)}@b.example`,
		'a@b.example\nc@d.example',
	])('is not %j', (text) => {
		expect(parseAddress(text)).toBeUndefined();
	});
});
