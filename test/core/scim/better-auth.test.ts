import {
	AccountMatcher,
	MemberVisibility,
	bearerAuth,
	changeMembers,
	createAccount,
	deactivateAccount,
	deleteAccount,
	findGroup,
	listAll,
	normaliseAttributes,
	offboard,
	patchAccount,
	type ScimResource,
} from '../../../core/scim';
import { BETTER_AUTH_TOKEN, startBetterAuth } from '../../support/better-auth-server';
import { connectBetterAuth } from './support/better-auth';
import { connect, type TestClient } from './support/client';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let connection: TestClient;
beforeAll(async () => {
	connection = await connectBetterAuth();
});
afterAll(() => connection.close());

const attributesOf = (name: string, title = 'Engineer'): Record<string, unknown> =>
	normaliseAttributes({
		userName: `${name}@x.example`,
		'name.givenName': name,
		'name.familyName': 'Test',
		title,
		emails: [{ value: `${name}@x.example`, type: 'work', primary: true }],
		[`${ENTERPRISE}:department`]: 'Sales',
	});
const find = async (name: string): Promise<ScimResource | undefined> =>
	(await new AccountMatcher().match(connection.client, { userName: `${name}@x.example`, externalId: `p-${name}` }))
		?.resource;

async function give(name: string, title?: string): Promise<ScimResource> {
	const existing = await find(name);
	const outcome = await createAccount(connection.client, new AccountMatcher(), {
		keys: { userName: `${name}@x.example`, externalId: `p-${name}` },
		externalId: `p-${name}`,
		attributes: attributesOf(name, title),
		...(existing === undefined ? {} : { existing }),
	});
	expect(outcome).toMatchObject({ outcome: 'verified' });
	if (outcome.resource === undefined) throw new Error('no account');
	return outcome.resource;
}

describe('@better-auth/scim', () => {
	test('create, match, change, rename, deactivate, reactivate, and nothing twice', async () => {
		const created = await give('ann');
		expect((await find('ann'))?.id).toBe(created.id);
		const writes = connection.client.traffic.writes;
		await give('ann');
		expect(connection.client.traffic.writes).toBe(writes);

		const changed = await give('ann', 'Head');
		expect(changed['title']).toBe('Head');
		const renamed = await patchAccount(connection.client, changed, { userName: 'anna@x.example' });
		expect(renamed).toMatchObject({ outcome: 'verified', resource: { id: created.id, userName: 'anna@x.example' } });
		const left = await deactivateAccount(connection.client, renamed.resource);
		expect(left).toMatchObject({ outcome: 'verified', resource: { active: false } });
		const before = connection.client.traffic.writes;
		const back = await patchAccount(connection.client, created, attributesOf('ann'));
		expect(back.outcome).toBe('verified');
		expect(connection.client.traffic.writes - before).toBeLessThanOrEqual(1);
	});

	test('memberships are given and taken, and a leaver ends with a proof', async () => {
		const [ann, bob] = [await give('mia'), await give('bob')];
		await connection.client.post(['Groups'], {
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
			displayName: 'staff',
		});
		const visibility = new MemberVisibility();
		const add = [ann, bob].map(({ id: memberId }) => ({ kind: 'add' as const, memberId }));
		const given = await changeMembers(connection.client, await findGroup(connection.client, 'staff'), add, visibility);
		expect([...given.values()].map(({ outcome }) => outcome)).toEqual(['verified', 'verified']);
		const again = await changeMembers(connection.client, await findGroup(connection.client, 'staff'), add, visibility);
		expect([...again.values()].map(({ writes }) => writes)).toEqual([0, 0]);

		const report = await offboard(connection.client, bob, { delete: true });
		expect(report).toMatchObject({ done: true, proof: { gone: true } });
		expect([...(await findGroup(connection.client, 'staff')).members]).toEqual([ann.id]);
		expect(await deleteAccount(connection.client, bob.id)).toMatchObject({ gone: true });
	});

	test('pages over hundreds', async () => {
		for (let from = 0; from < 220; from += 20) {
			await Promise.all(
				Array.from({ length: 20 }, (_, index) =>
					connection.client.post(['Users'], {
						schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
						userName: `page${from + index}@x.example`,
						emails: [{ value: `page${from + index}@x.example`, primary: true }],
					}),
				),
			);
		}
		const listing = await listAll(connection.client, 'Users');
		expect(listing.complete).toBe(true);
		expect(listing.resources.filter(({ userName }) => String(userName).startsWith('page'))).toHaveLength(220);
	}, 60_000);
});

test('its rate limit, told by X-Retry-After alone, is waited for', async () => {
	const limited = await startBetterAuth('limited');
	const waits: number[] = [];
	const { client, close } = connect(limited.baseUrl, {
		auth: bearerAuth(BETTER_AUTH_TOKEN),
		clock: Date.now,
		sleep: (milliseconds) => {
			waits.push(milliseconds);
			return new Promise((resolve) => setTimeout(resolve, milliseconds));
		},
	});
	for (let index = 0; index < 15; index++) expect((await client.get(['Users'])).status).toBe(200);
	expect(waits.length).toBeGreaterThan(0);
	expect(Math.min(...waits)).toBeGreaterThanOrEqual(1000); // the header's whole seconds, not our own backoff
	close();
	limited.close();
}, 60_000);
