import { MemoryJournal, planScim } from '../../../../core/scim';
import { Runs, group, user } from '../support/desired';
import { Stage, edit, without } from '../support/stage';

const stage = Stage.set();
const isActive = (id: string): unknown => stage.server.users.get(id)?.['active'];
const writes = (): number => stage.proxy.writes().length;
const leaver = user('cleo', { active: false });
const worker = user('cleo', { active: true });

describe('where the application never shows whether accounts are active', () => {
	beforeEach(() => {
		stage.server.addUser(user('cleo', { active: true }), 'cleo');
		stage.server.addUser(user('dan', { active: false }), 'dan');
		stage.proxy.fault(({ method, path }) =>
			method === 'GET' && path.startsWith('/Users') ? { rewrite: without('active') } : undefined,
		);
	});

	it('a second run with the same journal writes nothing; without one it sends again', async () => {
		const runs = new Runs(stage);
		expect((await runs.apply([leaver], [])).results).toMatchObject([{ kind: 'deactivate_user', outcome: 'applied' }]);
		expect(isActive('cleo')).toBe(false);
		const sent = writes();
		expect((await runs.apply([leaver], [])).results).toEqual([]);
		expect(writes()).toBe(sent);
		expect((await new Runs(stage).plan([leaver], [])).counts).toEqual({ deactivate_user: 1 });
	});

	it('so it is with accounts that the file does not name', async () => {
		const { client } = stage.connection;
		const runs = new Runs(stage);
		await runs.apply([leaver], []);
		const plan = await runs.plan([], [], { deactivateMissing: true });
		expect(plan.actions).toMatchObject([{ kind: 'deactivate_user', subject: 'dan@example.com' }]);
		const other = new MemoryJournal();
		const bare = { application: 'other', deactivateMissing: true, earlier: await other.read() };
		expect((await planScim(client, client.profile, { users: [], groups: [] }, bare)).actions).toHaveLength(2);
	});

	it('whom the journal disabled is activated again when the file wants it', async () => {
		const runs = new Runs(stage);
		await runs.apply([leaver], []);
		expect((await runs.apply([worker], [])).results).toMatchObject([{ kind: 'reactivate_user' }]);
		expect(isActive('cleo')).toBe(true);
		expect((await runs.plan([worker], [])).findings).toEqual([]);
	});

	it('a file that wants accounts active of which nobody knows gets one finding', async () => {
		const { actions, findings } = await new Runs(stage).plan([worker, user('dan', { active: true })], []);
		expect(actions).toEqual([]);
		expect(findings).toMatchObject([{ severity: 'warning', code: 'active_hidden' }]);
		expect(findings[0]?.message).toContain('cleo@example.com, dan@example.com');
	});

	it('undo says that it left somebody disabled of whom nobody knows whether they were active', async () => {
		const runs = new Runs(stage);
		await runs.apply([leaver], []);
		const undone = await runs.undo();
		expect(undone).toMatchObject({ outcome: 'failed', results: [{ outcome: 'conflict', conflicts: ['active'] }] });
		expect(undone.results[0]?.note).toContain('left disabled');
		expect(isActive('cleo')).toBe(false);
	});

	it('undo activates again whom the journal proves to have been active, and disables those again whom it activated', async () => {
		const runs = new Runs(stage);
		await runs.apply([user('eve')], []);
		const [eve] = [...stage.server.users.values()].filter(({ userName }) => userName === 'eve@example.com');
		await runs.apply([user('eve', { active: false })], []);
		expect(isActive(eve?.id ?? '')).toBe(false);
		const dry = await runs.undo({ dryRun: true });
		expect(dry.counts).toMatchObject({ undone: 2 });
		const sent = writes();
		const undone = await runs.undo();
		expect(undone.results).toMatchObject([
			{ kind: 'deactivate_user', outcome: 'undone' },
			{ kind: 'create_user', outcome: 'undone' },
		]);
		expect(stage.proxy.writes().slice(sent)[0]?.body).toContain('true');
		expect(isActive(eve?.id ?? '')).toBe(false);
		const after = writes();
		expect((await runs.undo()).results).toEqual([]);
		expect(writes()).toBe(after);
		// What the undo disabled is known to be disabled.
		expect((await runs.plan([user('eve', { active: false })], [])).actions).toEqual([]);
	});
});

it('an account that only a read of it alone shows to be inactive is activated', async () => {
	stage.server.addUser(user('dan', { active: false }), 'dan');
	stage.proxy.fault(({ method, path }) =>
		method === 'GET' && !path.startsWith('/Users/') ? { rewrite: without('active') } : undefined,
	);
	await new Runs(stage).apply([user('dan', { active: true })], []);
	expect(isActive('dan')).toBe(true);
});

it('what an undo found as it was before stays with whoever changes it later', async () => {
	for (const name of ['ada', 'bob']) stage.server.addUser(user(name), name);
	const staff = stage.server.addGroup('staff', ['ada']);
	const runs = new Runs(stage);
	const set = (...ids: string[]): void => {
		Object.assign(stage.server.groups.get(staff) ?? {}, { members: ids.map((value) => ({ value })) });
	};
	await runs.apply([], [group('staff', 'ada', 'bob')]);
	await runs.apply([], [group('staff', 'ada')]);
	set('ada', 'bob'); // somebody puts bob back
	expect((await runs.undo()).counts).toMatchObject({ nothing: 1, undone: 1 });
	expect(stage.server.membersOf(staff)).toEqual(['ada']);
	expect((await runs.undo()).results).toEqual([]);
	expect(stage.server.membersOf(staff)).toEqual(['ada']);
});

it('undo looks at a change of an account whose answers were lost for good', async () => {
	stage.server.addUser(user('ada', { title: 'Clerk' }), 'ada');
	let sent = false;
	stage.proxy.fault(({ method, path }) => {
		if (method === 'PATCH') sent = true;
		return sent && method === 'GET' && path === '/Users/ada' ? { status: 403, body: '{}' } : undefined;
	});
	const runs = new Runs(stage);
	expect((await runs.apply([user('ada', { title: 'Boss' })], [])).results).toMatchObject([{ outcome: 'failed' }]);
	stage.proxy.reset();
	expect(stage.server.users.get('ada')?.['title']).toBe('Boss');
	expect(await runs.undo()).toMatchObject({ counts: { undone: 1, conflict: 0 } });
	expect(stage.server.users.get('ada')?.['title']).toBe('Clerk');
});

it('what a listing shows wrongly is journaled as it is before it is changed, and comes back', async () => {
	stage.server.addUser(user('dan', { active: false, title: 'Clerk' }), 'dan');
	stage.proxy.fault(({ method, path }) =>
		method === 'GET' && !path.startsWith('/Users/')
			? { rewrite: edit((account) => Object.assign(account, { active: true })) }
			: undefined,
	);
	const runs = new Runs(stage);
	await runs.apply([user('dan', { active: true, title: 'Boss' })], []);
	expect(stage.server.users.get('dan')).toMatchObject({ active: true, title: 'Boss' });
	expect((await runs.undo()).counts).toMatchObject({ undone: 1, conflict: 0 });
	expect(stage.server.users.get('dan')).toMatchObject({ active: false, title: 'Clerk' });
});
