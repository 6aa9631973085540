import { amendmentReversed, contractAndAmendment } from '../../../sandbox/src/demo-people.js';
import { day, startScene, summaries, type Scene } from './scene';

const SOFIA = 'sofia.lamas@lumen-analytics.example';
const TOMAS = 'tomas.rey@lumen-analytics.example';
const RAFAEL = 'rafael.ortiz@lumen-analytics.example';
const WORKFLOW = 'amendment-reversed';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(async () => {
	await scene.stop();
});

/** The contract is signed and amended, as its system says. Returns the plan of the amendment. */
async function amend(): Promise<string> {
	const [signed, amended] = contractAndAmendment();
	await scene.send(WORKFLOW, { id: 'signed', ...signed });
	const { run } = await scene.send(WORKFLOW, { id: 'amended', ...amended });
	return run?.items('Evaluate Access', 1)[0]?.['planId'] as string;
}

async function expectAmendmentGone() {
	const [slack, github] = [await scene.slack.holdings(), await scene.github.holdings()];
	expect(github.accounts[SOFIA]).toEqual({ active: false });
	expect(github.groups['engineering']).not.toContain(SOFIA);
	expect(slack.accounts[SOFIA]).toEqual({ active: true });
	expect(slack.groups['project-atlas']).toContain(SOFIA);
	expect(slack.accounts[TOMAS]).toEqual({ active: false });
	expect(slack.groups['project-atlas']).not.toContain(TOMAS);
	expect(github.groups['engineering']).toContain(RAFAEL);
}

describe('the workflow "Amendment reversed"', () => {
	it('takes away only what the amendment gave', async () => {
		const run = await scene.run(WORKFLOW);
		expect([run.error, run.status]).toEqual([undefined, 'success']);
		await expectAmendmentGone();
		expect((await scene.log()).ok).toBe(true);
	});

	it('does the same by signed events', async () => {
		await amend();
		expect((await scene.github.holdings()).groups['engineering']).toEqual(expect.arrayContaining([SOFIA, TOMAS]));
		const { run } = await scene.send(WORKFLOW, amendmentReversed({ now: new Date().toISOString() }));
		expect(run?.error).toBeUndefined();
		await expectAmendmentGone();
	});

	it('leaves what somebody has come to earn by a rule as well', async () => {
		await amend();
		const hire = {
			id: 'hired',
			type: 'hire',
			effectiveAt: day(-1),
			person: { hrId: '98', email: TOMAS },
			attributes: { firstName: 'Tomas', lastName: 'Rey', department: 'Engineering', employmentType: 'full-time' },
		};
		await scene.send('joiner', hire);
		const { run } = await scene.send(WORKFLOW, amendmentReversed({ now: new Date().toISOString() }));
		expect(summaries(run?.items('Evaluate Access', 1) ?? []).filter((each) => each.includes('Tomas'))).toEqual([
			'Remove from group project-atlas in slack for Tomas Rey',
		]);
		expect((await scene.github.holdings()).groups['engineering']).toContain(TOMAS);
	});

	it('rolls back what the plan of the amendment did, by the form', async () => {
		const plan = await amend();
		const run = await scene.run(WORKFLOW, { node: 'Roll Back a Plan (Form)', items: [{ Plan: plan }] });
		expect(run.error).toBeUndefined();
		expect(run.items('Plan Rollback', 0)).toEqual([]);
		await expectAmendmentGone();
		const { ok, types } = await scene.log();
		expect(ok).toBe(true);
		expect(types).toContain('plan.created');
		const again = await scene.run(WORKFLOW, { node: 'Roll Back a Plan (Form)', items: [{ Plan: plan }] });
		expect(again.items('Plan Rollback', 1)).toEqual([]);
	});

	it('does not overwrite what somebody else changed since', async () => {
		const plan = await amend();
		const groups = (await scene.github.call('GET', '/Groups')) as {
			Resources: Array<{ id: string; displayName: string }>;
		};
		const engineering = groups.Resources.find(({ displayName }) => displayName === 'engineering');
		const users = (await scene.github.call('GET', '/Users?count=100')) as {
			Resources: Array<{ id: string; userName: string }>;
		};
		const sofia = users.Resources.find(({ userName }) => userName === SOFIA);
		await scene.github.call('PATCH', `/Groups/${engineering?.id}`, {
			schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
			Operations: [{ op: 'remove', path: `members[value eq "${sofia?.id}"]` }],
		});
		const run = await scene.run(WORKFLOW, { node: 'Roll Back a Plan (Form)', items: [{ Plan: plan }] });
		expect(run.error).toBeUndefined();
		expect((await scene.github.holdings()).groups['engineering']).not.toContain(SOFIA);
		expect((await scene.log()).ok).toBe(true);
	});
});
