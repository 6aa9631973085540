import { deleteAccount, offboard, readAccount, type LeaverOptions, type LeaverReport } from '../../../core/scim';
import type { Fault, SeenRequest } from '../../support/scim-fault-proxy';
import { Stage } from './support/stage';

const stage = Stage.set();
let id = '';
let group = '';
beforeEach(() => {
	id = stage.server.addUser({ userName: 'lea@x.example' });
	const other = stage.server.addUser({ userName: 'bob@x.example' });
	group = stage.server.addGroup('staff', [id, other]);
	stage.server.addGroup('others', [other]);
});

async function leave(options: LeaverOptions = {}): Promise<LeaverReport> {
	const { client } = stage.connection;
	return offboard(client, await readAccount(client, id), options);
}
const steps = ({ steps: all }: LeaverReport): string[] => all.map(({ step, outcome }) => `${step} ${outcome}`);
const on = (method: string, fault: Fault): void =>
	stage.proxy.fault((request: SeenRequest) => (request.method === method ? fault : undefined));

describe('somebody who leaves', () => {
	test('is inactive first, then without sessions and groups, and not deleted unless the policy says so', async () => {
		let activeAtHook: unknown;
		const report = await leave({
			endSessions: async () => {
				activeAtHook = stage.server.users.get(id)?.['active'];
				return '2 sessions';
			},
			handOverTo: 'person-max',
		});
		expect(steps(report)).toEqual(['deactivate done', 'sessions done', 'groups done', 'hand_over done']);
		expect(activeAtHook).toBe(false);
		expect(stage.server.membersOf(group)).not.toContain(id);
		expect(stage.server.users.has(id)).toBe(true);
		expect(stage.proxy.writes().map(({ method, path }) => `${method} ${path}`)).toEqual([
			`PATCH /Users/${id}`,
			`PATCH /Groups/${group}`,
		]);
	});

	test('is deleted last where the policy says so, with a GET as proof', async () => {
		const report = await leave({ delete: true });
		expect(report).toMatchObject({ done: true, proof: { gone: true } });
		expect(stage.server.users.has(id)).toBe(false);
		expect(stage.proxy.seen.slice(-2).map(({ method }) => method)).toEqual(['DELETE', 'GET']);
	});

	test('loses the groups also where deactivation or the hook fails', async () => {
		stage.proxy.fault(({ method, path }) =>
			method === 'PATCH' && path.startsWith('/Users') ? { status: 403, body: '{}' } : undefined,
		);
		const report = await leave({ endSessions: () => Promise.reject(new Error('down')) });
		expect(steps(report)).toEqual(['deactivate failed', 'sessions failed', 'groups done']);
		expect(report.done).toBe(false);
		expect(stage.server.membersOf(group)).not.toContain(id);
	});

	test('the report says which roles the account still shows, and whose account is gone has none', async () => {
		stage.server.users.set(id, { ...stage.server.users.get(id), id, roles: [{ value: 'r-7', display: 'Auditor' }] });
		expect(await leave()).toMatchObject({ done: true, rolesLeft: ['Auditor'] });
		expect(await leave({ delete: true })).not.toHaveProperty('rolesLeft');
	});

	test('who has no account is done', async () => {
		expect(await offboard(stage.connection.client, undefined, { delete: true })).toMatchObject({ done: true });
		expect(stage.proxy.seen).toEqual([]);
	});

	test('whose deactivation takes the account away (GitLab) is done', async () => {
		stage.proxy.fault(({ method, path }) => {
			if (method !== 'PATCH' || !path.startsWith('/Users')) return undefined;
			stage.server.users.delete(id);
			return { status: 204 };
		});
		expect(await leave({ delete: true })).toMatchObject({ done: true, proof: { gone: true } });
	});

	test.each([
		['irreversible' as const, {}, 'delete skipped'],
		['none' as const, {}, 'delete skipped'],
		['irreversible' as const, { allowIrreversible: true }, 'delete done'],
	])('is not deleted by accident where DELETE is %s', async (userDelete, options, expected) => {
		stage.connection.client.learn({ userDelete }, 'test');
		expect(steps(await leave({ delete: true, ...options })).at(-1)).toBe(expected);
	});
});

describe('a DELETE', () => {
	const remove = (): ReturnType<typeof deleteAccount> => deleteAccount(stage.connection.client, id);

	test.each<[string, () => void]>([
		['200 with a body', () => on('DELETE', { rewrite: () => ({ status: 200, body: '{"id":"x"}' }) })],
		['204', () => undefined],
		['a second time', () => stage.server.users.delete(id)],
		['500 for what is gone', () => (stage.server.users.delete(id), on('DELETE', { status: 500, body: '{}' }))],
		['a lost answer', () => stage.proxy.once(({ method }) => method === 'DELETE', 'reset-after')],
		['a lost request', () => stage.proxy.once(({ method }) => method === 'DELETE', 'reset')],
		['410 on the proof', () => on('GET', { status: 410, body: '{}' })],
	])('with %s ends as done', async (_, arrange) => {
		arrange();
		expect(await remove()).toMatchObject({ gone: true });
	});

	test('that deactivates (Slack) is done where the account is inactive, and only there', async () => {
		stage.connection.client.learn({ userDelete: 'deactivates' }, 'test');
		on('DELETE', { status: 204 });
		expect(await remove()).toMatchObject({ gone: false, inactive: false });
		const user = stage.server.users.get(id);
		if (user !== undefined) user['active'] = false;
		expect(await remove()).toMatchObject({ gone: false, inactive: true });
	});

	test('that is refused is an error', async () => {
		on('DELETE', { status: 403, body: '{}' });
		await expect(remove()).rejects.toMatchObject({ details: { status: 403 } });
	});
});
