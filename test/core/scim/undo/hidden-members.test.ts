import { MemoryJournal } from '../../../../core/scim';
import { DyingJournal, Runs, group, user } from '../support/desired';
import { failure } from '../support/failure';
import { hideMembers } from '../support/hidden-members';
import { Stage, edit } from '../support/stage';

const stage = Stage.set();

const people = ['ada', 'bob'];
const users = people.map((name) => user(name));
beforeEach(() => {
	for (const name of people) stage.server.addUser(user(name), name);
	stage.server.addUser(user('zoe'), 'zoe');
});

const idOf = (name: string): string =>
	[...stage.server.groups.values()].find(({ displayName }) => displayName === name)?.id ?? '';
/** scimmy lists a member twice who is added twice. */
const membersOf = (name: string): string[] => [...new Set(stage.server.membersOf(idOf(name)))].sort();
/** Somebody puts more people into a group, past us. */
const join = (name: string, ...ids: string[]): void => {
	const stored = stage.server.groups.get(idOf(name)) ?? {};
	const members = [...stage.server.membersOf(idOf(name)), ...ids].map((value) => ({ value }));
	Object.assign(stored, { members });
};
const writes = (): number => stage.proxy.writes().length;

describe('undoing where groups never show their members', () => {
	beforeEach(() => hideMembers(stage));

	it('keeps a created group that others may use, takes ours out, says why, and writes nothing the second time', async () => {
		const runs = new Runs(stage);
		await runs.apply(users, [group('new', 'ada', 'bob')]);
		join('new', 'zoe');
		const dry = await runs.undo({ dryRun: true });
		expect(dry.results).toMatchObject([{ outcome: 'conflict', writes: 0 }]);
		expect(membersOf('new')).toEqual(['ada', 'bob', 'zoe']);

		const undone = await runs.undo();
		expect(undone.outcome).toBe('failed');
		expect(undone.results).toMatchObject([
			{
				kind: 'create_group',
				outcome: 'conflict',
				conflicts: ['members'],
				note: expect.stringContaining('others may use') as string,
			},
		]);
		expect(undone.results[0]?.remedy).toContain('delete the group');
		expect(membersOf('new')).toEqual(['zoe']);

		const sent = writes();
		expect((await runs.undo()).results).toMatchObject([{ outcome: 'conflict' }]);
		expect(writes()).toBe(sent);
	});

	it('keeps a group that was created without members', async () => {
		const runs = new Runs(stage);
		await runs.apply([], [group('new')]);
		join('new', 'zoe');
		expect((await runs.undo()).results).toMatchObject([{ outcome: 'conflict', writes: 0 }]);
		expect(membersOf('new')).toEqual(['zoe']);
	});

	it('leaves whoever may have been a member before, and tells how many', async () => {
		stage.server.addGroup('old', ['ada']);
		const runs = new Runs(stage);
		await runs.apply(users, [group('old', 'ada', 'bob')]);
		const undone = await runs.undo();
		expect(undone.results).toMatchObject([
			{ kind: 'add_members', outcome: 'conflict', conflicts: ['members'], writes: 0 },
		]);
		expect(undone.results[0]?.note).toMatch(/^2 people were sent to "old"/);
		expect(undone.results[0]?.remedy).toContain('Compare the members');
		expect(membersOf('old')).toEqual(['ada', 'bob']);
	});

	it('takes out whom the journal proves to be there because of it: accounts of the same run, and who was taken out before', async () => {
		stage.server.addGroup('old', ['zoe']);
		const runs = new Runs(stage);
		await runs.apply([...users, user('eve')], [group('old', 'eve')]);
		const eve = stage.server.user('eve@example.com')?.id ?? '';
		expect(membersOf('old')).toEqual([eve, 'zoe'].sort());
		await runs.apply(users, [group('old')]);
		await runs.apply(users, [{ displayName: 'old', members: ['x-eve'] }]);
		expect(membersOf('old')).toEqual([eve, 'zoe'].sort());

		const undone = await runs.undo();
		expect(undone.results.map(({ kind, outcome }) => [kind, outcome])).toEqual([
			['add_members', 'undone'],
			['remove_members', 'undone'],
			['add_members', 'undone'],
			['create_user', 'undone'],
		]);
		expect(membersOf('old')).toEqual(['zoe']);
		const sent = writes();
		await runs.undo();
		expect(writes()).toBe(sent);
	});

	it('takes out whom a later run sent to a group that the journal created', async () => {
		const runs = new Runs(stage);
		await runs.apply(users, [group('new', 'ada')]);
		await runs.apply(users, [group('new', 'bob')]);
		join('new', 'zoe');
		const undone = await runs.undo();
		expect(undone.results.map(({ kind, outcome }) => [kind, outcome])).toEqual([
			['add_members', 'undone'],
			['remove_members', 'undone'],
			['create_group', 'conflict'],
		]);
		expect(undone.results[0]?.note).toContain('does not show the members');
		expect(membersOf('new')).toEqual(['zoe']);
	});

	it('says of members that a killed run may have sent that nobody knows', async () => {
		stage.server.addGroup('old');
		const journal = new DyingJournal(2);
		await failure(new Runs(stage, journal).apply(users, [group('old', 'ada')]));
		journal.left = Infinity;
		const undone = await new Runs(stage, journal).undo();
		expect(undone.results).toMatchObject([{ kind: 'add_members', outcome: 'conflict', writes: 0 }]);
		expect(membersOf('old')).toEqual(['ada']);
	});

	it('puts back whom a killed run may have taken out', async () => {
		const runs = new Runs(stage);
		await runs.apply(users, [group('new', 'ada', 'bob')]);
		const journal = new DyingJournal(1);
		await journal.append(runs.journal.records);
		journal.left = 2;
		await failure(new Runs(stage, journal).apply(users, [group('new', 'ada')]));
		expect(membersOf('new')).toEqual(['ada']);
		journal.left = 3; // what became of the removal, the undo itself, and its first step: then it dies, too
		await failure(new Runs(stage, journal).undo());
		expect(membersOf('new')).toEqual(['ada', 'bob']);
		journal.left = Infinity;
		const undone = await new Runs(stage, journal).undo();
		expect(undone.results.map(({ kind, outcome }) => [kind, outcome])).toEqual([
			['remove_members', 'undone'],
			['create_group', 'conflict'],
		]);
		expect(membersOf('new')).toEqual([]);
	});

	it('takes out what a killed run had sent to a group that it had created', async () => {
		const journal = new DyingJournal(2);
		await failure(new Runs(stage, journal).apply(users, [group('new', 'ada')]));
		expect(membersOf('new')).toEqual(['ada']);
		journal.left = Infinity;
		const runs = new Runs(stage, journal);
		expect((await runs.undo()).results).toMatchObject([{ kind: 'create_group', outcome: 'conflict' }]);
		expect(membersOf('new')).toEqual([]);
		const sent = writes();
		await runs.undo();
		expect(writes()).toBe(sent);
	});

	it('reads journals of earlier versions, which do not say of whom they were unsure', async () => {
		stage.server.addGroup('old', ['ada']);
		const runs = new Runs(stage);
		await runs.apply(users, [group('old', 'ada')]);
		const journal = new MemoryJournal();
		await journal.append(
			runs.journal.records.map(
				(record) => (record.type === 'after' ? { ...record, unsure: undefined } : record) as typeof record,
			),
		);
		expect((await new Runs(stage, journal).undo()).results).toMatchObject([{ outcome: 'conflict', writes: 0 }]);
		expect(membersOf('old')).toEqual(['ada']);
	});
});

describe('undoing where nothing shows a member, and the application says that groups show them', () => {
	it('removes a group that was created without members', async () => {
		const runs = new Runs(stage);
		await runs.apply([], [group('new')]);
		expect((await runs.undo()).results).toMatchObject([{ outcome: 'undone' }]);
		expect(stage.server.groups.size).toBe(0);
	});

	it('keeps it where its members were sent and never shown', async () => {
		hideMembers(stage, true);
		const runs = new Runs(stage);
		await runs.apply(users, [group('new', 'ada')]);
		join('new', 'zoe');
		expect((await runs.undo()).results).toMatchObject([{ outcome: 'conflict' }]);
		expect(membersOf('new')).toEqual(['zoe']);
	});
});

describe('undoing where groups show their members', () => {
	it('removes a group that somebody emptied since', async () => {
		const runs = new Runs(stage);
		await runs.apply(users, [group('new', 'ada')]);
		Object.assign(stage.server.groups.get(idOf('new')) ?? {}, { members: [] });
		expect((await runs.undo()).results).toMatchObject([{ outcome: 'undone' }]);
		expect(stage.server.groups.size).toBe(0);
	});

	it('keeps a group that shows no more than a round number of members, and not all of ours', async () => {
		const many = Array.from({ length: 12 }, (_, index) => user(`m${index}`));
		for (const [index, each] of many.entries()) stage.server.addUser(each, `m${index}`);
		const runs = new Runs(stage);
		await runs.apply(many, [group('new', ...many.map((_, index) => `m${index}`))]);
		const cut = edit((each) => {
			if (Array.isArray(each['members'])) each['members'] = (each['members'] as unknown[]).slice(0, 10);
		});
		stage.proxy.fault(({ method, path }) =>
			method === 'GET' && path.startsWith('/Groups') ? { rewrite: cut } : undefined,
		);
		join('new', 'zoe');
		expect((await runs.undo()).results).toMatchObject([{ kind: 'create_group', outcome: 'conflict' }]);
		expect(membersOf('new')).toEqual(['zoe']);
	});

	it('has nothing to do for a member whom somebody took out since', async () => {
		stage.server.addGroup('old');
		const runs = new Runs(stage);
		await runs.apply(users, [group('old', 'ada')]);
		Object.assign(stage.server.groups.get(idOf('old')) ?? {}, { members: [] });
		expect((await runs.undo()).results).toMatchObject([{ outcome: 'nothing', writes: 0 }]);
	});

	it('keeps a group that turned out to exist when it was to be created', async () => {
		const runs = new Runs(stage);
		let late = true;
		stage.proxy.fault(({ method, path }) => {
			if (!late || method !== 'POST' || !path.startsWith('/Groups')) return undefined;
			late = false;
			stage.server.addGroup('new');
			return undefined;
		});
		const report = await runs.apply(users, [group('new', 'ada')]);
		expect(report.results).toMatchObject([{ kind: 'create_group', outcome: 'verified' }]);
		expect((await runs.undo()).results).toMatchObject([{ kind: 'create_group', outcome: 'undone' }]);
		expect(membersOf('new')).toEqual([]);
		expect(stage.server.groups.size).toBe(1);
	});
});
