import {
	MemoryJournal,
	applyScim,
	planScim,
	readJournal,
	undoScim,
	type ApplyScimOptions,
	type JournalRecord,
	type PlanOptions,
	type ScimApplyReport,
	type ScimPlan,
} from '../../../../core/scim';
import { failure } from '../support/failure';
import { Stage, without } from '../support/stage';

const stage = Stage.set();

const user = (name: string, extra: Record<string, unknown> = {}): Record<string, unknown> => ({
	externalId: `x-${name}`,
	userName: `${name}@example.com`,
	name: { givenName: name, familyName: 'Test' },
	...extra,
});

const plan = (users: unknown[], groups: unknown[] = [], options: PlanOptions = {}): Promise<ScimPlan> => {
	const { client } = stage.connection;
	return planScim(client, client.profile, { users, groups }, { application: 'app', ...options });
};

const apply = (planned: ScimPlan, options: Partial<ApplyScimOptions> = {}): Promise<ScimApplyReport> =>
	applyScim(planned, { client: stage.connection.client, ...options });

const kinds = ({ actions }: ScimPlan): string[] => actions.map(({ kind, subject }) => `${kind} ${subject}`);

/** A journal that dies after so many appends, as a killed process does: what it was told later never was. */
class DyingJournal extends MemoryJournal {
	constructor(public left: number) {
		super();
	}

	override async append(records: readonly JournalRecord[]): Promise<void> {
		if (this.left-- <= 0) throw new Error('killed');
		await super.append(records);
	}
}

describe('planning', () => {
	it('names each change with what is there and what will be', async () => {
		stage.server.addUser(user('ada', { title: 'Analyst' }), 'u1');
		stage.server.addUser(user('bob', { active: false }), 'u2');
		stage.server.addUser(user('cleo'), 'u3');
		stage.server.addUser(user('dan'), 'u4');
		const planned = await plan([
			user('ada', { title: 'Engineer' }),
			user('bob'),
			user('cleo', { active: false }),
			user('dan', { userName: 'daniel@example.com' }),
			user('eve'),
		]);
		expect(kinds(planned)).toEqual([
			'update_user ada@example.com',
			'reactivate_user bob@example.com',
			'deactivate_user cleo@example.com',
			'rename_user daniel@example.com',
			'create_user eve@example.com',
		]);
		expect(planned.actions[0]?.changes).toEqual([{ path: 'title', before: 'Analyst', after: 'Engineer' }]);
		expect(stage.proxy.writes()).toEqual([]);
	});

	it('leaves it at who is active where the file does not say, if asked', async () => {
		stage.server.addUser(user('ada', { active: false }), 'u1');
		const wanted = [user('ada', { title: 'Engineer' }), user('bob')];
		const planned = await plan(wanted, [], { keepActive: true });
		expect(kinds(planned)).toEqual(['update_user ada@example.com', 'create_user bob@example.com']);
		expect((await apply(planned)).outcome).toBe('done');
		expect(['ada', 'bob'].map((name) => stage.server.user(`${name}@example.com`)?.['active'])).toEqual([false, true]);
		expect(kinds(await plan(wanted))).toEqual(['reactivate_user ada@example.com']);
	});

	it('leaves people alone that the file does not name, unless asked', async () => {
		stage.server.addUser(user('ada'), 'u1');
		stage.server.addUser(user('zoe'), 'u2');
		expect(kinds(await plan([user('ada')]))).toEqual([]);
		expect(kinds(await plan([user('ada')], [], { deactivateMissing: true }))).toEqual([
			'deactivate_user zoe@example.com',
		]);
	});

	it('deactivates nobody for being absent where the accounts could not be read to the end', async () => {
		stage.server.addUser(user('ada'), 'u1');
		stage.server.addUser(user('zoe'), 'u2');
		stage.proxy.fault(({ path }) =>
			path.startsWith('/Users?')
				? {
						rewrite: (answer) => ({
							status: answer.status,
							body: JSON.stringify({ ...(JSON.parse(answer.body ?? '{}') as object), totalResults: 5 }),
						}),
					}
				: undefined,
		);
		const planned = await plan([user('ada')], [], { deactivateMissing: true });
		expect(planned.complete).toBe(false);
		expect(kinds(planned)).toEqual([]);
		expect(planned.findings.map(({ code }) => code)).toContain('incomplete_read');
	});

	it('stops where two keys point at two accounts', async () => {
		stage.server.addUser(user('ada', { userName: 'other@example.com' }), 'u1');
		stage.server.addUser({ userName: 'ada@example.com' }, 'u2');
		const planned = await plan([user('ada')]);
		expect(kinds(planned)).toEqual([]);
		expect(planned.findings).toMatchObject([{ severity: 'error', code: 'ambiguous', subject: 'ada@example.com' }]);
	});

	it('lets a name change hands: who takes it waits for who gives it up', async () => {
		stage.server.addUser(user('ada'), 'u1');
		stage.server.addUser(user('bob'), 'u2');
		const report = await apply(
			await plan([user('ada', { userName: 'bob@example.com' }), user('bob', { userName: 'robert@example.com' })]),
		);
		expect(report.outcome).toBe('done');
		expect(stage.server.users.get('u1')?.['userName']).toBe('bob@example.com');
	});

	it('creates groups only if asked', async () => {
		const groups = [{ displayName: 'Readers', members: [{ userName: 'ada@example.com' }] }];
		const refused = await plan([user('ada')], groups);
		expect(kinds(refused)).toEqual(['create_user ada@example.com']);
		expect(refused.findings).toMatchObject([{ code: 'group_missing', subject: 'Readers' }]);
		const report = await apply(await plan([user('ada')], groups, { createGroups: true }));
		expect(report.outcome).toBe('done');
		const [group] = [...stage.server.groups.values()];
		expect(stage.server.membersOf(group?.id ?? '')).toEqual([stage.server.user('ada@example.com')?.id]);
	});

	it('removes nobody from a group while a wanted member could not be told apart', async () => {
		stage.server.addUser(user('ada', { userName: 'other@example.com' }), 'u1');
		stage.server.addUser({ userName: 'ada@example.com' }, 'u2');
		stage.server.addGroup('Readers', ['u1', 'u2']);
		const planned = await plan([user('ada')], [{ displayName: 'Readers', members: ['ada@example.com'] }]);
		expect(kinds(planned)).toEqual([]);
		expect(planned.findings.map(({ code }) => code)).toContain('members_unsure');
	});

	it('has one hash for a dry run and the run', async () => {
		const planned = await plan([user('ada')]);
		const dry = await apply(planned, { dryRun: true });
		expect(dry).toMatchObject({ outcome: 'dry_run', requests: { writes: 0 }, hash: planned.hash });
		expect((await apply(await plan([user('ada')]))).hash).toBe(planned.hash);
	});
});

describe('managers', () => {
	const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

	it('go with the account where they are there already, and follow where the plan creates them', async () => {
		stage.server.addUser(user('boss'), 'b');
		const managed = (name: string, manager: string): Record<string, unknown> =>
			user(name, { [enterprise]: { manager: { value: manager } } });
		const planned = await plan([
			managed('ada', 'x-boss'),
			managed('bob', 'ada@example.com'),
			managed('cleo', 'nobody'),
		]);
		expect(kinds(planned)).toEqual([
			'create_user ada@example.com',
			'create_user bob@example.com',
			'create_user cleo@example.com',
			'set_manager bob@example.com',
		]);
		expect(planned.findings).toMatchObject([{ code: 'manager_unknown', subject: 'cleo@example.com' }]);
		expect((await apply(planned)).requests.writes).toBe(4);
		const managerOf = (name: string): unknown => stage.server.user(`${name}@example.com`)?.[enterprise];
		expect(managerOf('ada')).toMatchObject({ manager: { value: 'b' } });
		expect(managerOf('bob')).toMatchObject({ manager: { value: stage.server.user('ada@example.com')?.id } });
		expect(kinds(await plan([managed('ada', 'x-boss'), managed('bob', 'x-ada')]))).toEqual([]);
	});
});

describe('a plan', () => {
	it('can be neither changed nor copied before it is applied', async () => {
		const planned = await plan([user('ada')]);
		expect(() => Object.assign(planned, { actions: [] })).toThrow(TypeError);
		expect(() => Object.assign(planned.actions[0] ?? {}, { kind: 'deactivate_user' })).toThrow(TypeError);
		expect(await failure(apply({ ...planned }))).toMatchObject({ code: 'INPUT_INVALID' });
	});
});

describe('applying', () => {
	it('stops before the first write where more would be taken than the guard allows', async () => {
		for (const name of ['ada', 'bob', 'cleo', 'dan']) stage.server.addUser(user(name));
		const planned = await plan([user('ada')], [], { deactivateMissing: true });
		const report = await apply(planned, { guard: { percent: 50 } });
		expect(report.outcome).toBe('stopped');
		expect(report.guard.reasons).toEqual(['3 of 4 active accounts would be deactivated.']);
		expect(stage.proxy.writes()).toEqual([]);
		expect((await apply(planned, { guard: { percent: 75 } })).outcome).toBe('done');
	});

	it('knows how many accounts there are where it did not list them', async () => {
		for (const name of ['ada', 'bob', 'cleo', 'dan']) stage.server.addUser(user(name));
		const planned = await plan([user('ada', { active: false })]);
		const trips = async (percent: number): Promise<boolean> =>
			(await apply(planned, { dryRun: true, guard: { percent } })).guard.tripped;
		expect([await trips(24), await trips(25)]).toEqual([true, false]);
	});

	it('takes access away first, then accounts, then managers, then groups', async () => {
		stage.server.addUser(user('zoe'), 'z');
		stage.server.addGroup('Readers', ['z']);
		const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
		await apply(
			await plan(
				[user('ada', { [enterprise]: { manager: { value: 'x-bob' } } }), user('bob'), user('zoe', { active: false })],
				[{ displayName: 'Readers', members: [{ externalId: 'x-ada' }] }],
			),
		);
		const order = stage.proxy.writes().map(({ method, path }) => `${method} ${path.split('/')[1] ?? ''}`);
		expect(order).toEqual(['PATCH Users', 'POST Users', 'POST Users', 'PATCH Users', 'PATCH Groups']);
	});

	it('has the state before in the journal when a write leaves', async () => {
		stage.server.addUser(user('ada', { title: 'Analyst' }), 'u1');
		const journal = new MemoryJournal();
		let seen: readonly JournalRecord[] = [];
		stage.proxy.fault(({ method }) => {
			if (method === 'PATCH') seen = [...journal.records];
			return undefined;
		});
		await apply(await plan([user('ada', { title: 'Engineer' })]), { journal });
		expect(seen).toMatchObject([{ type: 'run' }, { type: 'before', before: { id: 'u1', title: 'Analyst' } }]);
	});

	it('sends nothing where the journal can not be written', async () => {
		const planned = await plan([user('ada')]);
		const error = await failure(apply(planned, { journal: new DyingJournal(1) }));
		expect(error).toMatchObject({ code: 'SCIM_FAILED' });
		expect(stage.proxy.writes()).toEqual([]);
	});

	it('goes on after a kill, looks the unclear ones up, and repeats nothing', async () => {
		const people = Array.from({ length: 6 }, (_, index) => user(`p${index}`));
		// The process dies with its first results in hand: sent, and not journaled.
		const journal = new DyingJournal(3);
		await failure(apply(await plan(people), { journal }));
		const sent = stage.proxy.writes().length;
		expect(sent).toBeGreaterThan(0);
		journal.left = Infinity;
		const report = await apply(await plan(people), { journal });
		expect(report.outcome).toBe('done');
		expect(report.recovered.applied).toBeGreaterThan(0);
		expect(stage.proxy.writes()).toHaveLength(6);
		expect(stage.server.users.size).toBe(6);
		expect(readJournal(journal.records).open).toEqual([]);
		// What was recovered is undone like everything else.
		await undoScim(stage.connection.client, journal);
		expect([...stage.server.users.values()].filter((each) => each['active'] !== false)).toEqual([]);
	});

	it('repeats nothing when the same plan is applied again after a kill', async () => {
		const people = Array.from({ length: 4 }, (_, index) => user(`p${index}`));
		const planned = await plan(people);
		const journal = new DyingJournal(3);
		await failure(apply(planned, { journal }));
		journal.left = Infinity;
		const report = await apply(planned, { journal });
		expect(report.outcome).toBe('done');
		expect(stage.proxy.writes()).toHaveLength(4);
	});

	it('looks a creation up whose answer was lost', async () => {
		stage.proxy.once(({ method }) => method === 'POST', 'reset-after');
		const report = await apply(await plan([user('ada')]));
		expect(report.results).toMatchObject([{ outcome: 'verified', writes: 1 }]);
		expect(stage.server.users.size).toBe(1);
	});

	it('keeps initial passwords out of plan, journal and report', async () => {
		const journal = new MemoryJournal();
		const planned = await plan([user('ada', { password: 'given-Secret-1' }), user('bob')], [], { passwords: true });
		const report = await apply(planned, { journal, random: (bytes) => Buffer.alloc(bytes, 7) });
		expect(report.outcome).toBe('done');
		const bodies = stage.proxy.writes().map(({ body }) => JSON.parse(body) as { password?: string });
		expect(bodies.map(({ password }) => password)).toEqual(
			expect.arrayContaining(['given-Secret-1', expect.stringMatching(/^.{24}$/)]),
		);
		const told = JSON.stringify([planned, report, journal.records]);
		for (const { password } of bodies) expect(told).not.toContain(password);
	});

	it('reads nothing back where the answers show what was wanted, if told so', async () => {
		stage.server.addUser(user('ada', { title: 'Analyst' }), 'u1');
		const report = await apply(await plan([user('ada', { title: 'Engineer' }), user('bob')]), {
			verification: 'answer',
		});
		expect(report.outcome).toBe('done');
		expect(report.requests).toEqual({ reads: 0, writes: 2 });
	});

	it('reports each failure with its remedy and goes on', async () => {
		stage.proxy.fault(({ method, body }) =>
			method === 'POST' && body.includes('ada@')
				? { status: 400, body: JSON.stringify({ scimType: 'invalidValue', detail: 'no' }) }
				: undefined,
		);
		const report = await apply(await plan([user('ada'), user('bob')]));
		expect(report.results).toMatchObject([
			{ subject: 'ada@example.com', outcome: 'failed', remedy: expect.stringContaining('refuses a value') as string },
			{ subject: 'bob@example.com', outcome: 'verified' },
		]);
	});
});

describe('undoing', () => {
	it('leaves alone what somebody changed since, and says what', async () => {
		stage.server.addUser(user('ada', { title: 'Analyst', displayName: 'Ada' }), 'u1');
		const journal = new MemoryJournal();
		await apply(await plan([user('ada', { title: 'Engineer', displayName: 'A. Test' })]), { journal });
		Object.assign(stage.server.users.get('u1') ?? {}, { title: 'Director' });
		const report = await undoScim(stage.connection.client, journal);
		expect(report.results).toMatchObject([{ outcome: 'conflict', conflicts: ['title'] }]);
		expect(stage.server.users.get('u1')).toMatchObject({ title: 'Director', displayName: 'Ada' });
	});

	it('does not deactivate an account that it had only taken over', async () => {
		const planned = await plan([user('ada')]);
		stage.server.addUser(user('ada', { title: 'Analyst' }), 'u1');
		const journal = new MemoryJournal();
		expect((await apply(planned, { journal })).outcome).toBe('done');
		await undoScim(stage.connection.client, journal);
		expect(stage.server.users.get('u1')?.['active']).toBe(true);
	});

	it('takes only those out of a group that it had put in', async () => {
		for (const name of ['ada', 'bob', 'cleo']) stage.server.addUser(user(name), name);
		const group = stage.server.addGroup('Readers', ['ada', 'bob']);
		const journal = new MemoryJournal();
		await apply(await plan([], [{ displayName: 'Readers', members: ['x-ada', 'x-cleo'] }]), { journal });
		expect(stage.server.membersOf(group).sort()).toEqual(['ada', 'cleo']);
		const report = await undoScim(stage.connection.client, journal);
		expect(report.outcome).toBe('done');
		expect(stage.server.membersOf(group).sort()).toEqual(['ada', 'bob']);
		expect((await undoScim(stage.connection.client, journal)).requests).toMatchObject({ writes: 0 });
	});

	it('only reads in a dry run', async () => {
		const journal = new MemoryJournal();
		await apply(await plan([user('ada')]), { journal });
		const records = journal.records.length;
		const writes = stage.proxy.writes().length;
		expect((await undoScim(stage.connection.client, journal, { dryRun: true })).results).toMatchObject([
			{ outcome: 'undone' },
		]);
		expect(stage.proxy.writes()).toHaveLength(writes);
		expect(journal.records).toHaveLength(records);
	});

	it('survives an application that hides externalId', async () => {
		stage.proxy.fault(() => ({ rewrite: without('externalId') }));
		const journal = new MemoryJournal();
		const report = await apply(await plan([{ userName: 'ada@example.com' }]), { journal });
		expect(report.outcome).toBe('done');
		expect((await undoScim(stage.connection.client, journal)).outcome).toBe('done');
	});
});
