import { decide } from '../amendment/scene';
import { day, startScene, summaries, type Scene } from './scene';

const LENA = 'lena.vogt@meridian-freight.example';
const JONAS = 'jonas.reuter@meridian-freight.example';
const HOUR = 3_600_000;
const CEM = 'cem.aydin@freelance.example';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(async () => {
	await scene.stop();
});

describe('the workflow "Joiner"', () => {
	it('gives who starts today their accounts and groups, and nobody else anything', async () => {
		const run = await scene.run('joiner');
		expect(run.error).toBeUndefined();
		const [slack, github] = [await scene.slack.holdings(), await scene.github.holdings()];
		expect(slack.accounts[LENA]).toEqual({ active: true });
		expect(slack.groups['sales']).toContain(LENA);
		expect(github.accounts[LENA]).toBeUndefined();
		expect(slack.accounts[CEM]).toEqual({ active: true });
		expect(github.groups['engineering']).toContain(CEM);
		expect(github.accounts[CEM]).toEqual({ active: true });
		expect(slack.accounts[JONAS]).toBeUndefined();
	});

	it('plans who starts later: made ready disabled a week before, enabled on the first day', async () => {
		const run = await scene.run('joiner');
		const later = run.items('Scheduled for Later').filter(({ subject }) => subject === 'Jonas Reuter');
		expect(summaries(later)).toEqual([
			'Add to group engineering in github for Jonas Reuter',
			'Add to group engineering in slack for Jonas Reuter',
			'Enable the account in github for Jonas Reuter',
			'Enable the account in slack for Jonas Reuter',
			'Give an account in github for Jonas Reuter',
			'Give an account in slack for Jonas Reuter',
		]);
		const dueAt = (operation: string) =>
			Date.parse(later.find((item) => item['operation'] === operation)?.['dueAt'] as string);
		const week = (dueAt('enable_account') - dueAt('create_account')) / HOUR;
		expect(Math.abs(week - 7 * 24)).toBeLessThanOrEqual(1);
		expect(dueAt('add_to_group')).toBe(dueAt('enable_account'));
		expect(dueAt('create_account')).toBeGreaterThan(Date.now());
	});

	it('asks before an outsider sees an internal channel, and gives it when it is approved', async () => {
		const run = await scene.run('joiner');
		expect(run.status).toBe('waiting');
		expect((await scene.slack.holdings()).groups['engineering']).not.toContain(CEM);
		const { run: after } = await decide(run, 'approve');
		expect(after?.status).toBe('success');
		expect((await scene.slack.holdings()).groups['engineering']).toContain(CEM);
		const { ok, types } = await scene.log();
		expect(ok).toBe(true);
		expect(types).toEqual(
			expect.arrayContaining(['event.received', 'plan.created', 'approval.voted', 'action.verified']),
		);
	});

	it('gives nothing of it when it is denied', async () => {
		const { run } = await decide(await scene.run('joiner'), 'deny');
		expect(run?.items('Not Approved')).toHaveLength(1);
		expect((await scene.slack.holdings()).groups['engineering']).not.toContain(CEM);
	});

	it('takes signed events of the HR system, each once', async () => {
		const event = {
			id: 'wd-1',
			type: 'hire',
			effectiveAt: day(-1),
			person: { hrId: '7', email: LENA },
			attributes: { firstName: 'Lena', lastName: 'Vogt', department: 'Sales' },
		};
		const first = await scene.send('joiner', event);
		expect([first.response.status, first.run?.status]).toEqual([202, 'success']);
		expect((await scene.slack.holdings()).accounts[LENA]).toEqual({ active: true });
		const writes = await scene.slack.writes();
		expect((await scene.send('joiner', event)).run).toBeUndefined();
		expect((await scene.run('joiner')).error).toBeUndefined();
		expect((await scene.slack.writes()).length).toBeGreaterThan(writes.length);
	});

	it('gives a contractor without an end nothing, and says what is missing', async () => {
		const event = {
			id: 'vms-1',
			type: 'contractorStart',
			effectiveAt: day(-1),
			person: { hrId: 'V-9', email: CEM },
			attributes: { firstName: 'Cem', lastName: 'Aydin', department: 'Engineering', employmentType: 'contractor' },
		};
		const { run } = await scene.send('joiner', event);
		expect(run?.items('Evaluate Access', 1)).toEqual([]);
		expect(run?.items('Blocked: Ask the Owner').map(({ reason }) => reason)).toContainEqual(
			expect.stringContaining('endDate'),
		);
		expect((await scene.slack.holdings()).accounts[CEM]).toBeUndefined();
	});

	it('takes no event by which it could not read the days and attributes rightly', async () => {
		const empty = await startScene({ published: false });
		try {
			const event = { id: 'wd-1', type: 'hire', effectiveAt: day(-1), person: { hrId: '7', email: LENA } };
			const { response, run } = await empty.send('joiner', event);
			expect([response.status, run]).toEqual([500, undefined]);
			expect((await empty.run('joiner')).error).toBeUndefined();
			expect((await empty.send('joiner', { ...event, id: 'wd-2' })).response.status).toBe(202);
		} finally {
			await empty.stop();
		}
	});

	it('writes nothing where it is not certain who it is, and asks', async () => {
		const hire = (id: string, more: object) => ({
			id,
			type: 'hire',
			effectiveAt: day(-1),
			person: { hrId: id, email: LENA, ...more },
			attributes: { firstName: 'Lena', lastName: 'Vogt', department: 'Sales' },
		});
		await scene.send('joiner', hire('1', { birthDate: '1990-01-01' }));
		const writes = await scene.slack.writes();
		const { run } = await scene.send('joiner', hire('2', { birthDate: '1991-01-01' }));
		expect(run?.items('Ask HR Who It Is')).toMatchObject([{ status: 'held' }]);
		expect(run?.nodesRun).not.toContain('Evaluate Access');
		expect(await scene.slack.writes()).toEqual(writes);
	});
});
