import { applyActions, discover, type ApplyReport } from '../../../core/scim';
import type { ActionContent } from '../../../core/model';
import { Directory, serve, type OddServer } from '../../support/odd-scim';
import { connect, type TestClient } from './support/client';
import { MemoryLedger } from './support/memory-ledger';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const EXTENSION = 'urn:vendor:params:scim:schemas:extension:erp:2.0:User';
const MAIL = 'ann@x.example';
const complex = { name: 'roles', type: 'complex', multiValued: true, subAttributes: [{ name: 'value' }] };

let server: OddServer;
let connection: TestClient;
let ledger: MemoryLedger;
let id: string;

/** A server whose schema of users has this attribute for roles, with one account. */
async function open(attribute: object, account: object, extension = false): Promise<void> {
	const names = ['userName', 'externalId', 'active', 'emails', 'title'].map((name) => ({ name }));
	const schemas = extension
		? [
				{ id: USER, attributes: names },
				{ id: EXTENSION, attributes: [attribute] },
			]
		: [{ id: USER, attributes: [...names, attribute] }];
	const types = {
		Resources: [{ name: 'User', endpoint: '/Users', schema: USER, schemaExtensions: [{ schema: EXTENSION }] }],
	};
	server = await serve(new Directory({ schemas }), (request, next) =>
		request.segments[0] === 'ResourceTypes' ? { status: 200, body: types } : next(request),
	);
	connection = connect(server.baseUrl);
	ledger = new MemoryLedger();
	id = server.directory.add('Users', { userName: MAIL, active: true, ...account });
	await discover(connection.client);
}
afterEach(async () => {
	connection.close();
	await server.close();
});

const want = (operation: ActionContent['operation'], target: string): string =>
	ledger.add({ identityId: 'person-ann', operation, target, match: { userName: MAIL } });
const apply = (): Promise<ApplyReport> => {
	const claim = { claimedBy: 'test', leaseSeconds: 600, limit: 100 };
	return applyActions({ ledger, client: connection.client, application: 'app', claim });
};
const outcomes = ({ results }: ApplyReport): string[] => results.map(({ outcome }) => outcome);
const user = (): Record<string, unknown> => server.directory.users.get(id) ?? {};

test('roles that are bare texts stay bare texts', async () => {
	await open({ name: 'roles', type: 'string', multiValued: true }, { roles: ['Auditor', 'Old'] });
	want('assign_role', 'Create');
	want('remove_role', 'Old');
	expect(outcomes(await apply())).toEqual(['verified', 'verified']);
	expect(user()['roles']).toEqual(['Auditor', 'Create']);
	const before = server.writes().length;
	await apply();
	expect(server.writes()).toHaveLength(before);
});

test('bare texts are seen from what the account shows, where the schema says something else', async () => {
	await open(complex, { roles: ['Auditor'] });
	want('assign_role', 'Create');
	expect(outcomes(await apply())).toEqual(['verified']);
	expect(user()['roles']).toEqual(['Auditor', 'Create']);
});

describe('where an account has one role', () => {
	const one = { name: 'roles', type: 'string', multiValued: false };

	test('it is given and taken, and one takes the place of another where the plan says so', async () => {
		await open(one, {});
		want('assign_role', 'Create');
		expect(outcomes(await apply())).toEqual(['verified']);
		expect(user()['roles']).toBe('Create');
		ledger.open.clear();
		want('remove_role', 'Create');
		want('assign_role', 'Read');
		expect(outcomes(await apply())).toEqual(['verified', 'verified']);
		expect(user()['roles']).toBe('Read');
		ledger.open.clear();
		want('remove_role', 'Read');
		expect(outcomes(await apply())).toEqual(['verified']);
		expect(user()['roles']).toBeUndefined();
	});

	test('another one is never replaced by ours, nor are two of ours sent', async () => {
		await open(one, { roles: 'Auditor' });
		want('assign_role', 'Create');
		const [result] = (await apply()).results;
		expect(result).toMatchObject({ outcome: 'failed', remedy: expect.stringContaining('other role') as string });
		expect(user()['roles']).toBe('Auditor');
		expect(server.writes()).toEqual([]);
	});

	test('of two at once one is given, and the other is told', async () => {
		await open(one, {});
		want('assign_role', 'Create');
		want('assign_role', 'Read');
		expect(outcomes(await apply()).sort()).toEqual(['failed', 'verified']);
		expect(user()['roles']).toBe('Create');
	});
});

test('roles of an extension of users are found in its schema, for new accounts too', async () => {
	await open(complex, { [EXTENSION]: { roles: [{ value: 'Auditor' }], plant: 'Kiel' } }, true);
	want('assign_role', 'Create');
	expect(outcomes(await apply())).toEqual(['verified']);
	expect(user()[EXTENSION]).toEqual({ roles: [{ value: 'Auditor' }, { value: 'Create' }], plant: 'Kiel' });

	ledger.open.clear();
	const match = { userName: 'bob@x.example' };
	ledger.add({ identityId: 'person-bob', operation: 'create_account', match, attributes: { title: 'Clerk' } });
	ledger.add({ identityId: 'person-bob', operation: 'assign_role', match, target: 'Create' });
	const before = server.writes().length;
	expect(outcomes(await apply())).toEqual(['verified', 'verified']);
	expect(server.writes()).toHaveLength(before + 1);
	expect(server.directory.user('bob@x.example')).toMatchObject({
		schemas: [USER, EXTENSION],
		[EXTENSION]: { roles: [{ value: 'Create' }] },
	});
});
