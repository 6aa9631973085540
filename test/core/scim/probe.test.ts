import { testConnection } from '../../../core/scim';
import { Stage } from './support/stage';

const stage = Stage.set();

describe('testing a connection', () => {
	test('works and tells what the application can do', async () => {
		expect(await testConnection(stage.connection.client)).toMatchObject({
			ok: true,
			features: { patch: true, filter: true },
		});
	});

	test('works without a configuration endpoint', async () => {
		stage.proxy.fault(({ path }) =>
			path.startsWith('/ServiceProviderConfig') ? { status: 404, body: '{}' } : undefined,
		);
		expect(await testConnection(stage.connection.client)).toEqual({ ok: true, message: expect.any(String) as unknown });
	});

	test('a wrong token fails although the configuration is public', async () => {
		stage.proxy.fault(({ path }) => (path.startsWith('/Users') ? { status: 401 } : undefined));
		expect(await testConnection(stage.connection.client)).toMatchObject({
			ok: false,
			remedy: expect.stringContaining('token') as unknown,
		});
	});

	test.each([
		['a web page', { status: 200, body: '<html>' }],
		['JSON that is no SCIM', { status: 200, body: '{"hello":"world"}' }],
		['nothing there', { status: 404, body: 'Not found' }],
	])('%s is told apart with a remedy', async (_, answer) => {
		stage.proxy.fault(() => answer);
		expect(await testConnection(stage.connection.client)).toMatchObject({
			ok: false,
			remedy: expect.stringContaining('base URL') as unknown,
		});
	});
});
