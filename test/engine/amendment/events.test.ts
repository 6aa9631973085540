import { amendedEvent, DERMOT, INES, signedEvent, startScene, type Scene } from './scene';
import { runWorkflow } from '../support';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(async () => {
	await scene.stop();
});

describe('a contract event in the shipped workflow', () => {
	it('is matched with existing accounts and writes nothing for people who already have what they should', async () => {
		const [slackBefore, githubBefore] = [await scene.slack.writes(), await scene.github.writes()];
		const { run } = await scene.send(signedEvent());
		expect(run?.status).toBe('success');
		expect(await scene.slack.writes()).toEqual(slackBefore);
		expect(await scene.github.writes()).toEqual(githubBefore);
	});

	it('takes access from who leaves and gives it to who joins, in both applications', async () => {
		await scene.amend();
		const [slack, github] = [await scene.slack.holdings(), await scene.github.holdings()];
		for (const holdings of [slack, github]) {
			expect(holdings.accounts[DERMOT]).toEqual({ active: false });
			expect(holdings.accounts[INES]).toEqual({ active: true });
		}
		expect(github.groups['engineering']).toContain(INES);
		expect(github.groups['engineering']).not.toContain(DERMOT);
		expect(slack.groups['project-atlas']).toContain(INES);
		expect(slack.groups['project-atlas']).not.toContain(DERMOT);
	});

	it('changes nothing when it is sent again', async () => {
		await scene.amend();
		const writes = [...(await scene.slack.writes()), ...(await scene.github.writes())];
		const again = await scene.send(amendedEvent());
		expect(again.run).toBeUndefined();
		expect(JSON.parse(again.response.body)).toMatchObject({ status: 'duplicate' });
		expect([...(await scene.slack.writes()), ...(await scene.github.writes())]).toEqual(writes);
	});

	it('plans and writes nothing new when the same change comes as another event', async () => {
		await scene.amend();
		const writes = [...(await scene.slack.writes()), ...(await scene.github.writes())];
		const { run } = await scene.send({ ...amendedEvent(), id: 'evt-sent-by-another-system' });
		expect(run?.items('Evaluate Access', 1)).toEqual([]);
		// The open question is asked again, and is still the same question.
		expect(run?.items('Evaluate Access', 2)).toHaveLength(1);
		expect([...(await scene.slack.writes()), ...(await scene.github.writes())]).toEqual(writes);
	});

	it('is refused with 401 when its signature is forged, starts nothing, and leaves one record a minute', async () => {
		const forged = { 'x-webhook-signature': `sha256=${'0'.repeat(64)}` };
		for (let n = 0; n < 5; n++) {
			const { response, run } = await scene.send(amendedEvent(), forged);
			expect([response.status, run]).toEqual([401, undefined]);
		}
		const log = await scene.ledger.readLog({ after: 0, limit: 100 });
		expect(log.filter(({ leaf }) => leaf.includes('"type":"event.refused"')).length).toBeLessThanOrEqual(2);
		expect(log.every(({ leaf }) => leaf.includes('"type":"event.refused"'))).toBe(true);
	});

	it('is refused with 422 and the names of the faulty members when its body is not one', async () => {
		const { response, run } = await scene.send({ id: 'x', contract: {} });
		expect([response.status, run]).toEqual([422, undefined]);
		expect(response.body).toContain('occurredAt');
	});

	it('is refused with 409 when its id was used for other content', async () => {
		await scene.send(signedEvent());
		const { response, run } = await scene.send({ ...signedEvent(), occurredAt: '2026-02-02T00:00:00Z' });
		expect([response.status, run]).toEqual([409, undefined]);
	});

	it('leads to an audit log that verifies', async () => {
		await scene.amend();
		expect(await scene.ledger.verifyLog()).toMatchObject({ ok: true, problems: [] });
	});

	it('sends failures to the error path and keeps them open when an application is down', async () => {
		await scene.send(signedEvent());
		await scene.github.stop();
		const { run } = await scene.send(amendedEvent());
		expect(run?.items('Apply to GitHub', 0).length).toBeGreaterThan(0);
		expect(run?.nodesRun).toContain('Alert Operations');
		// The other application is not held up.
		expect((await scene.slack.holdings()).accounts[DERMOT]).toEqual({ active: false });
	});

	it('runs from the editor with the sample, without a contract system', async () => {
		const run = await runWorkflow({ ...scene.options, startNode: 'When clicking ‘Execute workflow’' });
		expect(run.error).toBeUndefined();
		expect(run.items('Compare Versions').length).toBeGreaterThan(5);
		expect(run.status).toBe('waiting');
	});
});
