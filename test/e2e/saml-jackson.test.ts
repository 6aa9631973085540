import {
	MemoryJournal,
	applyScim,
	bearerAuth,
	discover,
	planScim,
	testConnection,
	undoScim,
	type ScimApplyReport,
	type ScimPlan,
	type UndoReport,
} from '../../core/scim';
import { connect, type TestClient } from '../core/scim/support/client';
import { startJackson, type JacksonServer } from '../support/saml-jackson-server';

jest.setTimeout(300_000);

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
type Json = Record<string, unknown>;

let server: JacksonServer;
let connection: TestClient;
beforeAll(async () => {
	server = await startJackson();
	connection = connect(server.baseUrl, { auth: bearerAuth(server.token) });
});
afterAll(() => {
	connection.close();
	server.close();
});

const person = (name: string, extra: Json = {}): Json => ({
	externalId: `x-${name}`,
	userName: `${name}@x.example`,
	name: { givenName: name, familyName: 'Test' },
	title: 'Engineer',
	emails: [{ value: `${name}@x.example`, type: 'work', primary: true }],
	[ENTERPRISE]: { department: 'Sales' },
	...extra,
});
const members = (...names: string[]): Json[] => names.map((name) => ({ externalId: `x-${name}` }));

const plan = async (state: unknown, journal = new MemoryJournal()): Promise<ScimPlan> => {
	const { client } = connection;
	return planScim(client, client.profile, state, { createGroups: true, earlier: await journal.read() });
};
const apply = async (state: unknown, journal: MemoryJournal): Promise<ScimApplyReport> => {
	const options = { client: connection.client, journal, guard: { percent: 100 } };
	const report = await applyScim(await plan(state, journal), options);
	expect(report.results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
	return report;
};
const undo = (journal: MemoryJournal): Promise<UndoReport> => undoScim(connection.client, journal);

const listed = async (collection: string, name: string, value: string): Promise<Json[]> => {
	const { body } = await connection.client.get([collection], { filter: `${name} eq "${value}"` });
	return (body as { Resources: Json[] }).Resources;
};
const account = async (name: string): Promise<Json> =>
	(await listed('Users', 'userName', `${name}@x.example`))[0] ?? {};
const groupId = async (name: string): Promise<string> => {
	const id = (await listed('Groups', 'displayName', name))[0]?.['id'];
	return typeof id === 'string' ? id : '';
};
const ids = async (...names: string[]): Promise<string[]> =>
	(await Promise.all(names.map(async (name) => String((await account(name))['id'])))).sort();

test('the connection is tested and the interface probed, although it does not describe itself', async () => {
	expect(await testConnection(connection.client)).toMatchObject({ ok: true });
	const wrong = connect(server.baseUrl, { auth: bearerAuth('no-such-token-0123') });
	expect(await testConnection(wrong.client)).toMatchObject({
		ok: false,
		remedy: expect.stringContaining('token') as string,
	});
	wrong.close();
	const { findings, profile } = await discover(connection.client);
	expect(findings.join(' ')).toContain('/Schemas is not readable');
	expect(profile.vendor).toBe('generic');
});

test('accounts are created, matched, changed, renamed, deactivated, reactivated, never twice, and taken back', async () => {
	const journal = new MemoryJournal();
	const people = ['ann', 'bea', 'cid'];
	await apply({ users: people.map((name) => person(name)) }, new MemoryJournal());
	const before = await Promise.all(people.map(account));
	const target = {
		users: [
			person('ann', { title: 'Head', [ENTERPRISE]: { department: 'R&D' } }),
			person('bea', { active: false }),
			person('cid', { userName: 'cyd@x.example' }),
			person('dee', { [ENTERPRISE]: { department: 'Sales', manager: { value: 'x-ann' } } }),
		],
	};
	const report = await apply(target, journal);
	expect(report.counts).toMatchObject({ verified: report.results.length });
	expect(await account('ann')).toMatchObject({ title: 'Head', [ENTERPRISE]: { department: 'R&D' } });
	expect(await account('bea')).toMatchObject({ active: false });
	expect(await account('cid')).toMatchObject({ userName: 'cyd@x.example', id: before[2]?.['id'] });
	expect((await apply(target, new MemoryJournal())).requests.writes).toBe(0);

	expect((await undo(journal)).counts).toMatchObject({ conflict: 0, failed: 0 });
	expect(await Promise.all(people.map(account))).toEqual(before);
	expect(await account('dee')).toMatchObject({ active: false });
	expect((await undo(journal)).requests.writes).toBe(0);
	await apply({ users: [person('dee')] }, new MemoryJournal());
	expect(await account('dee')).toMatchObject({ active: true });
});

describe('members of groups, which it never shows', () => {
	const users = ['ann', 'bea', 'cid'].map((name) => person(name));
	const state = (name: string, ...names: string[]): Json => ({
		users,
		groups: [{ displayName: name, members: members(...names) }],
	});

	test('come and go with a journal, a second run writes nothing, and undo takes out whom it had put in', async () => {
		const journal = new MemoryJournal();
		const created = await apply(state('staff', 'ann', 'bea'), journal);
		expect(created.results.at(-1)).toMatchObject({ kind: 'create_group', outcome: 'applied' });
		const staff = await groupId('staff');
		expect(await server.membersOf(staff)).toEqual(await ids('ann', 'bea'));
		expect((await apply(state('staff', 'ann', 'bea'), journal)).requests.writes).toBe(0);

		const second = await plan(state('staff', 'ann', 'cid'), journal);
		expect(second.counts).toEqual({ remove_members: 1, add_members: 1 });
		expect(second.findings).toMatchObject([{ severity: 'warning', code: 'members_hidden', subject: 'staff' }]);
		await apply(state('staff', 'ann', 'cid'), journal);
		expect(await server.membersOf(staff)).toEqual(await ids('ann', 'cid'));
		expect((await apply(state('staff', 'ann', 'cid'), journal)).requests.writes).toBe(0);

		const undone = await undo(journal);
		expect(undone.results.map(({ kind, outcome }) => [kind, outcome])).toEqual([
			['add_members', 'undone'],
			['remove_members', 'undone'],
			['create_group', 'conflict'],
		]);
		expect(undone.results.at(-1)?.note).toContain('does not show all members of "staff"');
		expect(await server.membersOf(staff)).toEqual([]);
		expect(await groupId('staff')).toBe(staff);
		expect((await undo(journal)).requests.writes).toBe(0);
	});

	test('without a journal nobody is removed, and the plan says so', async () => {
		await apply(state('silent', 'ann', 'bea'), new MemoryJournal());
		const planned = await plan(state('silent', 'ann'));
		expect(planned.counts['remove_members']).toBeUndefined();
		expect(planned.findings).toMatchObject([{ severity: 'warning', code: 'members_hidden', subject: 'silent' }]);
	});

	test('a group that was there before keeps whoever may have been in it before', async () => {
		await apply(state('old', 'ann'), new MemoryJournal());
		const old = await groupId('old');
		const journal = new MemoryJournal();
		await apply(state('old', 'ann', 'bea'), journal);
		const undone = await undo(journal);
		expect(undone.results).toMatchObject([{ kind: 'add_members', outcome: 'conflict', conflicts: ['members'] }]);
		expect(await server.membersOf(old)).toEqual(await ids('ann', 'bea'));
	});

	test('a group is renamed, and has its name again', async () => {
		await apply(state('first', 'ann'), new MemoryJournal());
		const id = await groupId('first');
		const journal = new MemoryJournal();
		await apply({ users: [], groups: [{ id, displayName: 'renamed' }] }, journal);
		expect((await connection.client.get(['Groups', id])).body).toMatchObject({ displayName: 'renamed' });
		expect((await undo(journal)).outcome).toBe('done');
		expect((await connection.client.get(['Groups', id])).body).toMatchObject({ displayName: 'first' });
	});
});

test('pages over thousands although it gives out 50 at once and calls that the total', async () => {
	const crowd = Array.from({ length: 2500 }, (_, index) => person(`page${index}`));
	const journal = new MemoryJournal();
	expect((await apply({ users: crowd }, journal)).requests.writes).toBe(2500);
	const again = await plan({ users: crowd });
	expect([again.actions, again.complete]).toEqual([[], true]);
	expect(again.population.activeAccounts).toBeGreaterThanOrEqual(2500);
	expect((await undo(journal)).counts).toMatchObject({ undone: 2500 });
});

test('groups are found by name where it lists no more than 50 of them', async () => {
	const groups = Array.from({ length: 60 }, (_, index) => ({ displayName: `crowd ${index}`, members: members('ann') }));
	const state = { users: [person('ann')], groups };
	const journal = new MemoryJournal();
	await apply(state, journal);
	expect((await apply(state, journal)).requests.writes).toBe(0);
});
