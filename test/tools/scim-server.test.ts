import { startScimApplication, type ScimApplication } from '../../sandbox/src/scim-server.js';

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The sandbox's SCIM server is real software with rules of its own; these are the ones that our tests rely on. */
describe('the sandbox SCIM application', () => {
	let application: ScimApplication;
	const people = {
		'ann@x.example': { givenName: 'Ann', familyName: 'Lee' },
		'bob@x.example': { givenName: 'Bob', familyName: 'Ray' },
	};
	const patch = (route: string, operation: unknown): Promise<unknown> =>
		application.call('PATCH', route, { schemas: [PATCH], Operations: [operation] });
	const firstId = async (route: string): Promise<string> => {
		const { Resources } = (await application.call('GET', route)) as { Resources: Array<{ id: string }> };
		return Resources[0]?.id ?? 'none';
	};
	const idOf = (email: string) => firstId(`/Users?filter=${encodeURIComponent(`userName eq "${email}"`)}`);
	const groupId = () => firstId('/Groups');

	beforeEach(async () => {
		application = await startScimApplication('test');
		const groups = { engineering: ['ann@x.example'] };
		await application.seed({ accounts: Object.keys(people), inactive: ['bob@x.example'], groups }, people);
	});

	afterEach(async () => {
		await application.stop();
	});

	it('holds what it was filled with', async () => {
		expect(await application.holdings()).toEqual({
			accounts: { 'ann@x.example': { active: true }, 'bob@x.example': { active: false } },
			groups: { engineering: ['ann@x.example'] },
		});
	});

	it('reads back more people than fit on a page', async () => {
		const accounts = Array.from({ length: 130 }, (_, index) => `p${index}@x.example`);
		const names = Object.fromEntries(accounts.map((email) => [email, { givenName: 'P', familyName: email }]));
		await application.seed({ accounts, groups: {} }, names);
		expect(Object.keys((await application.holdings()).accounts)).toHaveLength(132);
	});

	it('adds a member once, however often it is asked, and removes it by a path filter', async () => {
		const bob = await idOf('bob@x.example');
		const group = `/Groups/${await groupId()}`;
		await patch(group, { op: 'add', path: 'members', value: [{ value: bob }] });
		await patch(group, { op: 'add', path: 'members', value: [{ value: bob }] });
		expect((await application.holdings()).groups).toEqual({ engineering: ['ann@x.example', 'bob@x.example'] });
		await patch(group, { op: 'remove', path: `members[value eq "${bob}"]` });
		expect((await application.holdings()).groups).toEqual({ engineering: ['ann@x.example'] });
	});

	it('activates and deactivates an account', async () => {
		await patch(`/Users/${await idOf('bob@x.example')}`, { op: 'replace', path: 'active', value: true });
		expect((await application.holdings()).accounts['bob@x.example']).toEqual({ active: true });
	});

	it('takes a deleted person out of the groups', async () => {
		await application.call('DELETE', `/Users/${await idOf('ann@x.example')}`);
		expect((await application.holdings()).groups).toEqual({ engineering: [] });
	});

	it('refuses a user name that is taken, in any case', async () => {
		const taken = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ANN@x.example' };
		await expect(application.call('POST', '/Users', taken)).rejects.toThrow(/409.*uniqueness/s);
	});

	it('refuses a wrong token and a missing one', async () => {
		const headers = { authorization: 'Bearer wrong' };
		expect((await fetch(`${application.baseUrl}/Users`, { headers })).status).toBe(401);
		expect((await fetch(`${application.baseUrl}/Users`)).status).toBe(401);
	});

	it('counts the requests that change something', async () => {
		const before = (await application.writes()).length;
		await application.holdings();
		await patch(`/Users/${await idOf('bob@x.example')}`, { op: 'replace', path: 'active', value: true });
		const after = await application.writes();
		expect(after.slice(before)).toEqual([expect.stringMatching(/^PATCH \/scim\/v2\/Users\/.+ 200$/)]);
	});
});
