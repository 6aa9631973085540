import { capabilityProfile, discover, vendorProfile } from '../../../core/scim';
import { connect } from './support/client';
import { failure } from './support/failure';
import { Stage } from './support/stage';

const stage = Stage.set();
const json = (body: unknown): { status: number; body: string } => ({ status: 200, body: JSON.stringify(body) });

describe('discovery', () => {
	test('reads configuration, schemas and resource types of a real server', async () => {
		const { profile, schemas, resourceTypes, findings } = await discover(stage.connection.client);
		expect(findings).toEqual([]);
		expect(schemas.attribute('urn:ietf:params:scim:schemas:core:2.0:User', 'name.familyName')?.type).toBe('string');
		expect(
			schemas.attribute('', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department'),
		).toMatchObject({ name: 'department' });
		expect(resourceTypes.map(({ endpoint }) => endpoint).sort()).toEqual(['Groups', 'Users']);
		expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
	});

	test.each([
		['404', { status: 404, body: '{}' }],
		['a web page', { status: 200, body: '<html>' }],
		['an empty answer', { status: 200, body: '' }],
		['a failure', { status: 500, body: 'oops' }],
		['a list', { status: 200, body: '[]' }],
		['odd kinds', json({ patch: [], bulk: 'yes', filter: { maxResults: ['many'] }, Resources: 7, schemas: {} })],
	])('survives %s everywhere, and keeps what is documented', async (_, answer) => {
		stage.proxy.fault(() => answer);
		const before = stage.connection.client.capabilities;
		const { profile } = await discover(stage.connection.client);
		expect(profile.capabilities).toEqual(before);
	});

	test('a refused credential is an error, not a finding', async () => {
		stage.proxy.fault(() => ({ status: 401, body: '{}' }));
		expect(await failure(discover(stage.connection.client))).toMatchObject({ details: { status: 401 } });
	});

	test('finds the other spelling, and remembers it', async () => {
		stage.proxy.fault(({ path }) =>
			path === '/ServiceProviderConfigs'
				? json({ PATCH: { SUPPORTED: 'True' }, bulk: { supported: true, maxOperations: '50', maxPayloadSize: 1000 } })
				: path === '/ServiceProviderConfig'
					? { status: 404, body: '<html>' }
					: undefined,
		);
		const { profile } = await discover(stage.connection.client);
		expect(profile.capabilities).toMatchObject({
			configPath: 'ServiceProviderConfigs',
			bulk: { maxOperations: 50, maxPayloadBytes: 1000 },
		});
		stage.proxy.seen.length = 0;
		await discover(stage.connection.client);
		expect(stage.proxy.seen[0]?.path).toBe('/ServiceProviderConfigs');
	});

	test('reads Entra-like answers: lower case, texts in arrays, whole addresses as endpoints', async () => {
		stage.proxy.fault(({ path }) =>
			path === '/ResourceTypes'
				? json({ resources: [{ Name: 'User', endpoint: ['https://host/scim/users'], schema: ['urn:x:User'] }] })
				: path === '/Schemas'
					? json({ resources: [{ id: 'urn:x:User', attributes: [{ name: 'a', mutability: ['readonly'] }] }] })
					: json({ pagination: { cursor: true, index: false, maxPageSize: 40 }, filter: { supported: true } }),
		);
		const { profile, schemas, resourceTypes } = await discover(stage.connection.client);
		expect(profile.capabilities).toMatchObject({ paging: 'cursor', pageSize: 40 });
		expect(resourceTypes).toEqual([{ name: 'User', endpoint: 'users', schema: 'urn:x:User', extensions: [] }]);
		expect(schemas.attribute('urn:x:User', 'A')?.mutability).toBe('readOnly');
	});

	test('does not overrule what was learned, and a profile serves the next run', async () => {
		stage.connection.client.learn({ patch: 'nested' }, 'evidence');
		stage.proxy.fault(() => json({ patch: { supported: false } }));
		const { profile } = await discover(stage.connection.client);
		expect(profile.capabilities.patch).toBe('nested');
		const cached = JSON.parse(JSON.stringify(profile)) as typeof profile;
		const next = connect(stage.proxy.baseUrl, { profile: cached });
		expect(next.client.capabilities.patch).toBe('nested');
		next.close();
	});

	test('vendors are known by their host', () => {
		const client = connect('https://scim.eu-west-1.amazonaws.com/abc/scim/v2').client;
		expect(client.profile).toEqual(capabilityProfile(vendorProfile('aws-identity-center')));
	});
});
