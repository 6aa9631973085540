import { MemoryJournal, type ScimPlan } from '../../../../core/scim';
import { DyingJournal, Runs, group, user } from '../support/desired';
import { failure } from '../support/failure';
import { hideMembers } from '../support/hidden-members';
import { Stage, edit } from '../support/stage';

const stage = Stage.set();

const people = ['ada', 'bob', 'cleo'];
const users = people.map((name) => user(name));
let staff = '';
beforeEach(() => {
	for (const name of people) stage.server.addUser(user(name), name);
	staff = stage.server.addGroup('staff');
});

/** Somebody changes the group past us. */
const setMembers = (ids: string[]): void => {
	Object.assign(stage.server.groups.get(staff) ?? {}, { members: ids.map((value) => ({ value })) });
};
const members = (): string[] => stage.server.membersOf(staff).sort();
const writes = (): number => stage.proxy.writes().length;
const counts = async (plan: Promise<ScimPlan>): Promise<unknown> => (await plan).counts;

describe('where groups never show their members', () => {
	beforeEach(() => hideMembers(stage));

	it('a second run with the same journal writes nothing; without one it sends them again', async () => {
		const runs = new Runs(stage);
		const first = await runs.apply(users, [group('staff', 'ada', 'bob')]);
		expect(first.results).toMatchObject([{ kind: 'add_members', outcome: 'applied' }]);
		const sent = writes();
		expect((await runs.apply(users, [group('staff', 'ada', 'bob')])).requests.writes).toBe(0);
		expect(writes()).toBe(sent);
		expect(await counts(new Runs(stage).plan(users, [group('staff', 'ada', 'bob')]))).toEqual({ add_members: 1 });
	});

	it('members that the journal sent are taken out when nobody wants them any more, once', async () => {
		const runs = new Runs(stage);
		setMembers(['cleo']);
		await runs.apply(users, [group('staff', 'ada', 'bob')]);
		await runs.apply(users, [group('staff', 'ada')]);
		// Whom others put in nobody sees, and nobody takes out.
		expect(members()).toEqual(['ada', 'cleo']);
		expect((await runs.apply(users, [group('staff', 'ada')])).requests.writes).toBe(0);
		await runs.apply(users, [group('staff', 'ada', 'bob')]);
		expect(members()).toEqual(['ada', 'bob', 'cleo']);
	});

	it('the plan names each such group, and what to do', async () => {
		setMembers(['cleo']);
		const bare = await new Runs(stage).plan(users, [group('staff', 'ada')]);
		expect(bare.findings).toMatchObject([
			{
				severity: 'warning',
				code: 'members_hidden',
				subject: 'staff',
				remedy: expect.stringContaining('--journal') as string,
			},
		]);
		expect(bare.findings[0]?.message).toContain('nobody is removed');
		const runs = new Runs(stage);
		await runs.apply(users, [group('staff', 'ada', 'bob')]);
		const [finding] = (await runs.plan(users, [group('staff', 'ada', 'bob')])).findings;
		expect(finding).toMatchObject({ severity: 'warning', code: 'members_hidden', subject: 'staff' });
		expect(finding?.message).toContain('2 people count as there, because earlier runs of the journal sent them');
	});

	it('what a killed run had begun counts as sent by nobody, and is taken out if nobody wants it', async () => {
		const journal = new DyingJournal(2); // run and before are safe, the result never is
		await failure(new Runs(stage, journal).apply(users, [group('staff', 'ada', 'bob')]));
		journal.left = Infinity;
		expect(members()).toEqual(['ada', 'bob']);
		const runs = new Runs(stage, journal);
		const report = await runs.apply(users, [group('staff', 'ada')]);
		expect(report.recovered).toEqual({ applied: 0, notApplied: 1 });
		expect(report.results.map(({ kind, outcome }) => [kind, outcome])).toEqual([
			['remove_members', 'applied'],
			['add_members', 'applied'],
		]);
		expect(members().filter((id) => id !== 'ada')).toEqual([]);
		expect((await runs.apply(users, [group('staff', 'ada')])).requests.writes).toBe(0);
	});

	it('so do members of a group that a killed run had begun to create', async () => {
		const journal = new DyingJournal(2);
		await failure(new Runs(stage, journal).apply(users, [group('new', 'ada', 'bob')]));
		journal.left = Infinity;
		const runs = new Runs(stage, journal);
		expect(await counts(runs.plan(users, [group('new', 'ada')]))).toEqual({ remove_members: 1, add_members: 1 });
		await runs.apply(users, [group('new', 'ada')]);
		expect((await runs.apply(users, [group('new', 'ada')])).requests.writes).toBe(0);
	});

	it('a removal that a killed run had begun is sent again, and so is a member who may be out', async () => {
		const runs = new Runs(stage);
		await runs.apply(users, [group('staff', 'ada', 'bob')]);
		const journal = new DyingJournal(0);
		await MemoryJournal.prototype.append.call(journal, runs.journal.records);
		journal.left = 2;
		await failure(new Runs(stage, journal).apply(users, [group('staff', 'ada')]));
		journal.left = Infinity;
		const next = new Runs(stage, journal);
		expect(await counts(next.plan(users, [group('staff', 'ada')]))).toEqual({ remove_members: 1 });
		expect(await counts(next.plan(users, [group('staff', 'ada', 'bob')]))).toEqual({ add_members: 1 });
	});

	it('the journal of another application says nothing', async () => {
		const runs = new Runs(stage);
		await runs.apply(users, [group('staff', 'ada')]);
		expect(await counts(runs.plan(users, [group('staff', 'ada')], { application: 'other' }))).toEqual({
			add_members: 1,
		});
	});

	it('what the application shows by now counts for more than the journal', async () => {
		const runs = new Runs(stage);
		await runs.apply(users, [group('staff', 'ada', 'bob')]);
		setMembers(['ada', 'cleo']);
		stage.proxy.fault(() => undefined);
		const planned = await runs.plan(users, [group('staff', 'ada', 'bob')]);
		expect(planned.actions.map(({ kind, members: ids }) => [kind, ids])).toEqual([
			['remove_members', ['cleo']],
			['add_members', ['bob']],
		]);
		expect(planned.findings).toEqual([]);
	});
});

describe('where groups show their members', () => {
	it('a group that somebody emptied since is filled again, whatever the journal says', async () => {
		const runs = new Runs(stage);
		expect((await runs.apply(users, [group('staff', 'ada')])).results).toMatchObject([{ outcome: 'verified' }]);
		setMembers([]);
		const planned = await runs.plan(users, [group('staff', 'ada')]);
		expect(planned.counts).toEqual({ add_members: 1 });
		expect(planned.findings).toEqual([]);
	});
});

it('where members can be asked about, the answer counts for more than the journal', async () => {
	stage.proxy.fault(({ method, path }) =>
		path.startsWith('/Groups') && method !== 'DELETE'
			? {
					rewrite: (answer) => (answer.body ? edit((each) => Reflect.deleteProperty(each, 'members'))(answer) : answer),
				}
			: undefined,
	);
	const runs = new Runs(stage);
	await runs.apply(users, [group('staff', 'ada', 'bob')]);
	expect(members()).toEqual(['ada', 'bob']);
	setMembers(['bob', 'cleo']);
	const planned = await runs.plan(users, [group('staff', 'ada', 'bob')]);
	expect(planned.actions.map(({ kind, members: ids }) => [kind, ids])).toEqual([
		['remove_members', ['cleo']],
		['add_members', ['ada']],
	]);
});
