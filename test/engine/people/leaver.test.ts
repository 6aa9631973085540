import { timeout } from '../support';
import { startScene, summaries, type Scene } from './scene';

const TIMO = 'timo.falk@meridian-freight.example';
const CARLA = 'carla.weiss@meridian-freight.example';
const WORKFLOW = 'leaver-with-verification';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(async () => {
	await scene.stop();
});

describe('the workflow "Leaver with verification"', () => {
	it('shuts leavers out of both applications before it waits', async () => {
		const run = await scene.run(WORKFLOW);
		expect([run.error, run.status]).toEqual([undefined, 'waiting']);
		const [slack, github] = [await scene.slack.holdings(), await scene.github.holdings()];
		expect(slack.accounts[TIMO]).toEqual({ active: false });
		expect(github.accounts[TIMO]).toEqual({ active: false });
		expect(slack.accounts[CARLA]).toEqual({ active: false });
		expect(slack.groups['engineering']).not.toContain(TIMO);
		expect(github.groups['engineering']).not.toContain(TIMO);
	});

	it('disables before it takes groups away', async () => {
		const run = await scene.run(WORKFLOW);
		const operations = run.items('Apply to GitHub', 1).map(({ operation }) => operation);
		expect(operations.indexOf('disable_account')).toBe(0);
		expect(operations).toContain('remove_from_group');
	});

	it('needs no approval and leaves nothing to stay', async () => {
		const run = await scene.run(WORKFLOW);
		expect(run.items('Evaluate Access', 0).filter(({ type }) => type !== 'exposure')).toEqual([]);
		expect(run.items('Evaluate Access', 2)).toEqual([]);
		expect(run.items('Evaluate Access', 3)).toEqual([]);
	});

	it('sends people their tasks, and alarms a quarter of an hour later while one is open', async () => {
		const run = await scene.run(WORKFLOW);
		expect(summaries(run.items('Send ERP Task'))).toEqual([
			'Disable the account in erp for Carla Weiss',
			'Remove role Bookkeeper in erp for Carla Weiss',
		]);
		const minutes = (Date.parse(run.waitTill ?? '') - Date.now()) / 60_000;
		expect(Math.round(minutes)).toBe(15);
		const after = await timeout(run);
		expect(after.items('Confirm to HR')).toHaveLength(1);
		expect(after.items('Still There: Alert')).toHaveLength(1);
	});

	it('confirms that everything is gone once the tasks are reported', async () => {
		const run = await scene.run(WORKFLOW);
		for (const task of run.items('Send ERP Task')) {
			const entered = { Action: task['actionId'], Lease: task['leaseId'], Outcome: 'verified', Note: 'Looked' };
			const done = await scene.run(WORKFLOW, { node: 'Task Done (Form)', items: [entered] });
			expect(done.error).toBeUndefined();
		}
		const after = await timeout(run);
		expect(after.items('Confirm to HR')).toHaveLength(2);
		expect(after.items('Still There: Alert')).toEqual([]);
		const { ok, types } = await scene.log();
		expect(ok).toBe(true);
		expect(types.filter((type) => type === 'action.verified').length).toBeGreaterThanOrEqual(6);
	});

	it('alarms where an account was switched on again in the application meanwhile', async () => {
		const run = await scene.run(WORKFLOW);
		for (const task of run.items('Send ERP Task')) {
			const entered = { Action: task['actionId'], Lease: task['leaseId'], Outcome: 'verified', Note: 'Looked' };
			await scene.run(WORKFLOW, { node: 'Task Done (Form)', items: [entered] });
		}
		const users = (await scene.slack.call('GET', '/Users?count=100')) as {
			Resources: Array<{ id: string; userName: string }>;
		};
		const timo = users.Resources.find(({ userName }) => userName === TIMO);
		await scene.slack.call('PATCH', `/Users/${timo?.id}`, {
			schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
			Operations: [{ op: 'replace', path: 'active', value: true }],
		});
		const after = await timeout(run);
		expect(after.items('Verify Slack', 0)).toMatchObject([{ userName: TIMO, verdict: 'still_active' }]);
		expect(after.items('Still There: Alert')).toMatchObject([{ userName: TIMO, verdict: 'still_active' }]);
	});

	it('closes no task for whoever guesses a lease', async () => {
		const run = await scene.run(WORKFLOW);
		const [task] = run.items('Send ERP Task');
		const entered = { Action: task?.['actionId'], Lease: 'lease_guessed', Outcome: 'verified', Note: '' };
		const done = await scene.run(WORKFLOW, { node: 'Task Done (Form)', items: [entered] });
		expect(done.error).toBeDefined();
		expect((await timeout(run)).items('Still There: Alert')).toHaveLength(1);
	});
});
