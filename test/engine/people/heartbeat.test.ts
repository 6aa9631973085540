import { settableDate, travel } from './clock';
import { identityOf, startScene, type Scene } from './scene';

const JONAS = 'jonas.reuter@meridian-freight.example';
const MIRA = 'mira.hansen@meridian-freight.example';
const CEM = 'cem.aydin@freelance.example';
const GERD = 'gerd.paulsen@meridian-freight.example';

settableDate();

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(async () => {
	await scene.stop();
});

const beat = async () => {
	const run = await scene.run('heartbeat');
	expect(run.error).toBeUndefined();
	return run;
};
const writes = async () => [...(await scene.slack.writes()), ...(await scene.github.writes())];

/** Somebody of Finance who started yesterday. */
const hire = {
	id: 'hired',
	type: 'hire',
	effectiveAt: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
	person: { hrId: '50', email: GERD },
	attributes: { firstName: 'Gerd', lastName: 'Paulsen', department: 'Finance', employmentType: 'full-time' },
};

describe('the workflow "Heartbeat"', () => {
	it('does nothing at all in an empty ledger', async () => {
		const before = await writes();
		const run = await beat();
		expect(run.items('What Is Due')).toEqual([]);
		expect(await writes()).toEqual(before);
	});

	it('makes a later joiner ready, disabled, and lets them in on the first day', async () => {
		await scene.run('joiner');
		travel({ days: 18 });
		await beat();
		expect((await scene.slack.holdings()).accounts[JONAS]).toEqual({ active: false });
		expect((await scene.slack.holdings()).groups['engineering']).not.toContain(JONAS);
		travel({ days: 7 });
		await beat();
		expect((await scene.slack.holdings()).accounts[JONAS]).toEqual({ active: true });
		expect((await scene.github.holdings()).groups['engineering']).toContain(JONAS);
		expect((await scene.log()).ok).toBe(true);
	});

	it('ends an overlap on its day, and writes nothing on the next beat', async () => {
		await scene.run('mover-with-overlap');
		travel({ days: 13 });
		await beat();
		expect((await scene.slack.holdings()).groups['sales']).toContain(MIRA);
		travel({ days: 2 });
		await beat();
		expect((await scene.slack.holdings()).groups['sales']).not.toContain(MIRA);
		expect((await scene.slack.holdings()).groups['engineering']).toContain(MIRA);
		const before = await writes();
		travel({ minutes: 5 });
		await beat();
		expect(await writes()).toEqual(before);
	});

	it('ends a contractor with the contract’s last day', async () => {
		await scene.run('joiner');
		travel({ days: 122 });
		await beat();
		expect((await scene.slack.holdings()).accounts[CEM]).toEqual({ active: false });
		expect((await scene.github.holdings()).accounts[CEM]).toEqual({ active: false });
	});

	it('goes on with an event whose run was cut off before it was evaluated', async () => {
		await scene.run('joiner');
		await scene.send('joiner', hire, ['Evaluate Access']);
		expect((await scene.slack.holdings()).accounts[GERD]).toBeUndefined();
		travel({ minutes: 20 });
		const run = await beat();
		expect(run.items('What Is Due').map(({ type }) => type)).toContain('event');
		expect((await scene.slack.holdings()).accounts[GERD]).toEqual({ active: true });
	});

	it('carries out what a run planned and did not do', async () => {
		await scene.send('joiner', hire, ['Apply to Slack', 'Apply to GitHub']);
		expect((await scene.slack.holdings()).accounts[GERD]).toBeUndefined();
		await beat();
		expect((await scene.slack.holdings()).accounts[GERD]).toEqual({ active: true });
	});

	it('hands tasks to people, once, and closes them by their report', async () => {
		await scene.send('joiner', hire);
		const tasks = (await beat()).items('Send ERP Task');
		expect(tasks.map(({ operation }) => operation)).toEqual(['create_account', 'assign_role']);
		travel({ minutes: 5 });
		expect((await beat()).items('Send ERP Task')).toEqual([]);
		const entered = tasks.map(({ actionId, leaseId }) => ({
			Action: actionId,
			Lease: leaseId,
			Outcome: 'verified',
			Note: '',
		}));
		const done = await scene.run('heartbeat', { node: 'Task Done (Form)', items: entered });
		expect(done.items('Record Result').map(({ execution }) => execution)).toEqual(['verified', 'verified']);
	});

	it('reminds who has to decide, and says when nobody did, each once', async () => {
		await scene.run('joiner');
		travel({ days: 1, minutes: 5 });
		expect((await beat()).items('Send Reminder')).toMatchObject([{ type: 'approvalReminder' }]);
		travel({ minutes: 5 });
		expect((await beat()).items('Send Reminder')).toEqual([]);
		travel({ days: 3 });
		expect((await beat()).items('Ask Again or Let It Be')).toHaveLength(1);
		travel({ days: 1 });
		expect((await beat()).items('Ask Again or Let It Be')).toEqual([]);
	});

	it('asks for a review when emergency access has ended', async () => {
		await scene.run('mover-with-overlap');
		await scene.ledger.breakGlass({
			identityId: await identityOf(scene, MIRA),
			entitlements: ['github/admin'],
			usedBy: MIRA,
			reason: 'Deployment stuck',
			validUntil: new Date(Date.now() + 4 * 3_600_000).toISOString(),
			reviewers: ['ciso@meridian-freight.example'],
			reviewBy: new Date(Date.now() + 28 * 3_600_000).toISOString(),
		});
		await beat();
		expect((await scene.github.holdings()).groups['org-admins']).toContain(MIRA);
		travel({ minutes: 5 * 60 });
		const run = await beat();
		expect((await scene.github.holdings()).groups['org-admins']).not.toContain(MIRA);
		expect(run.items('Ask the Reviewers')).toMatchObject([{ entitlement: 'github/admin' }]);
	});
});
