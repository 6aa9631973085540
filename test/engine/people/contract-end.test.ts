import { contractEnded, contractThatEnds } from '../../../sandbox/src/demo-people.js';
import { day, startScene, type Scene } from './scene';

const ANOUK = 'anouk.dewit@northline.example';
const PIETER = 'pieter.bakker@northline.example';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(async () => {
	await scene.stop();
});

const morning = () =>
	scene.run('contract-end', { node: 'Every Morning', items: [{ timestamp: new Date().toISOString() }] });

describe('the workflow "Contract end"', () => {
	it('gives notice thirty days before, in one list', async () => {
		const run = await scene.run('contract-end');
		expect(run.error).toBeUndefined();
		const [list, ...others] = run.items('Send Notice to the Owner');
		expect(others).toEqual([]);
		const notices = list?.['notices'] as Array<{ contract: string; person: string; access: string; ends: string }>;
		expect([...new Set(notices.map(({ contract }) => contract))]).toEqual(['SOW-2026-031']);
		const days = notices.map(({ ends }) => Math.floor((Date.parse(ends) - Date.now()) / 86_400_000));
		expect([...new Set(days)]).toEqual([30]);
		expect([...new Set(notices.map(({ person }) => person))].sort()).toEqual(['Anouk de Wit', 'Pieter Bakker']);
		expect(notices.map(({ access }) => access)).toEqual(
			expect.arrayContaining(['slack/member', 'slack/project:atlas', 'github/member', 'github/engineering']),
		);
	});

	it('takes what only the contract gave when it is ended, in both applications', async () => {
		const run = await scene.run('contract-end');
		expect(run.items('Sample: GitHub', 1).length).toBeGreaterThan(0);
		const [slack, github] = [await scene.slack.holdings(), await scene.github.holdings()];
		expect(slack.accounts[ANOUK]).toEqual({ active: false });
		expect(slack.accounts[PIETER]).toEqual({ active: false });
		expect(github.accounts[ANOUK]).toEqual({ active: false });
		expect(github.groups['engineering']).not.toContain(ANOUK);
		expect(slack.groups['project-atlas']).not.toContain(PIETER);
		const { ok, types } = await scene.log();
		expect(ok).toBe(true);
		expect(types).toEqual(expect.arrayContaining(['event.received', 'contract.compared', 'action.verified']));
	});

	it('leaves what somebody also earns by a rule', async () => {
		const end = new Date(Date.now() + 60 * 86_400_000).toLocaleString('en-GB', {
			day: 'numeric',
			month: 'long',
			year: 'numeric',
			timeZone: 'UTC',
		});
		await scene.send('contract-end', { id: 'signed', ...contractThatEnds({ end }) });
		expect((await scene.github.holdings()).groups['engineering']).toContain(ANOUK);
		const hire = {
			id: 'hired',
			type: 'hire',
			effectiveAt: day(-1),
			person: { hrId: '99', email: ANOUK },
			attributes: { firstName: 'Anouk', lastName: 'de Wit', department: 'Engineering', employmentType: 'full-time' },
		};
		expect((await scene.send('joiner', hire)).run?.error).toBeUndefined();
		const { run } = await scene.send('contract-end', contractEnded({ now: new Date().toISOString() }));
		expect(run?.error).toBeUndefined();
		const [slack, github] = [await scene.slack.holdings(), await scene.github.holdings()];
		expect(slack.accounts[ANOUK]).toEqual({ active: true });
		expect(github.groups['engineering']).toContain(ANOUK);
		expect(slack.groups['project-atlas']).not.toContain(ANOUK);
		expect(slack.accounts[PIETER]).toEqual({ active: false });
	});

	it('says nothing on other mornings, and leases nothing by looking', async () => {
		const end = new Date(Date.now() + 20 * 86_400_000).toLocaleString('en-GB', {
			day: 'numeric',
			month: 'long',
			year: 'numeric',
			timeZone: 'UTC',
		});
		await scene.send('contract-end', { id: 'signed', ...contractThatEnds({ end }) });
		for (let look = 0; look < 2; look++) {
			const run = await morning();
			expect(run.items('What Ends Soon').length).toBeGreaterThan(0);
			expect(run.nodesRun).not.toContain('Send Notice to the Owner');
		}
	});
});
