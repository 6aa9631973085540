import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWorkflow, type WorkflowJson } from '../support';
import { amendedEvent, DERMOT, ELIF, signedEvent, startScene, type Scene } from './scene';

const DUE = JSON.parse(
	readFileSync(join(__dirname, '../../../workflows/apply-what-is-due.json'), 'utf8'),
) as WorkflowJson;

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(async () => {
	await scene.stop();
});

const runDue = () =>
	runWorkflow({ ...scene.options, workflow: structuredClone(DUE), startNode: 'When clicking ‘Execute workflow’' });

describe('the workflow "Apply what is due"', () => {
	it('carries out what an interrupted run left behind, and not what waits for approval or is due later', async () => {
		await scene.send(signedEvent());
		for (const node of scene.options.workflow.nodes) if (node.name.startsWith('Apply to')) node.disabled = true;
		await scene.send(amendedEvent());
		expect((await scene.slack.holdings()).accounts[DERMOT]).toEqual({ active: true });

		const run = await runDue();

		expect(run.error).toBeUndefined();
		for (const application of [scene.slack, scene.github]) {
			expect((await application.holdings()).accounts[DERMOT]).toEqual({ active: false });
			expect((await application.holdings()).accounts[ELIF]).toEqual({ active: true });
		}
		expect((await scene.github.holdings()).groups['org-admins']).not.toContain(ELIF);
		expect(run.items('Verify Audit Log')[0]).toMatchObject({ ok: true });
	});

	it('takes access away when the contract has run out', async () => {
		const event = signedEvent();
		const ends = {
			...event,
			after: { ...event.after, text: event.after.text.replace('31 December 2028', yesterday()) },
		};
		await scene.send(signedEvent());
		await scene.send({ ...ends, id: 'evt-shortened', type: 'contract.amended', occurredAt: '2026-02-01T00:00:00Z' });
		await runDue();
		expect((await scene.slack.holdings()).accounts[ELIF]).toEqual({ active: false });
		expect((await scene.github.holdings()).groups['engineering']).not.toContain(ELIF);
	});
});

/** In the words of a contract. */
function yesterday(): string {
	const day = new Date(Date.now() - 48 * 3_600_000);
	return `${day.getUTCDate()} ${day.toLocaleString('en-GB', { month: 'long', timeZone: 'UTC' })} ${day.getUTCFullYear()}`;
}
