import { timeout, type WorkflowJson } from '../support';
import { decide, ELIF, formOf, onlyLink, open, post, startScene, type Scene } from './scene';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(async () => {
	await scene.stop();
});

const admins = async (at = scene) => (await at.github.holdings()).groups['org-admins'];
const approvalStates = async (runId: string, at = scene) => {
	const planIds = await at.ledger.plansOfExecution(runId);
	const actions = await at.ledger.readActions({ planIds });
	return actions.filter((action) => action.approval).map((action) => [action.approvalState, action.executionState]);
};

describe('the approval gate in the shipped workflow', () => {
	it('waits, and grants the privileged role when it is approved', async () => {
		const run = await scene.amend();
		expect(run.status).toBe('waiting');
		expect(await admins()).not.toContain(ELIF);

		const { response, resumed, run: after } = await decide(run, 'approve');

		expect(response.status).toBe(200);
		expect(response.body).toContain('your decision is recorded');
		expect(resumed).toBe(true);
		expect(after?.status).toBe('success');
		expect(await admins()).toContain(ELIF);
		expect(await approvalStates(run.executionId)).toEqual([['approved', 'verified']]);
	});

	it('grants nothing when it is denied', async () => {
		const run = await scene.amend();
		const { run: after } = await decide(run, 'deny');
		expect(after?.items('Not Approved').map((item) => item['decision'])).toEqual(['denied']);
		expect(await admins()).not.toContain(ELIF);
		expect(await approvalStates(run.executionId)).toEqual([['denied', 'planned']]);
	});

	it('grants nothing when the time runs out, and sends the input to Not Approved', async () => {
		const run = await scene.amend();
		expect(Date.parse(run.waitTill ?? '')).toBeGreaterThan(Date.now());
		const after = await timeout(run);
		expect(after.items('Wait for Decision', 0)).not.toEqual([]);
		expect(after.items('Wait for Decision', 1)).toEqual([]);
		expect(await admins()).not.toContain(ELIF);
	});

	it('decides nothing when the link is only opened, by a browser or a mail scanner', async () => {
		const run = await scene.amend();
		for (const method of ['HEAD', 'GET', 'GET']) {
			const { response, resumed } = await open(run, onlyLink(run), method);
			expect(response.status).toBe(200);
			expect(response.body.includes('Elif Yildiz')).toBe(method === 'GET');
			expect(response.body.includes('org-admins')).toBe(method === 'GET');
			expect(response.headers['content-security-policy']).toContain("default-src 'none'");
			expect(resumed).toBe(false);
		}
		expect(await approvalStates(run.executionId)).toEqual([['pending', 'planned']]);
	});

	it('counts six posts of one link at the same moment once, and goes on once', async () => {
		const run = await scene.amend();
		const form = await formOf(run, 'approve');
		const results = await Promise.all(Array.from({ length: 6 }, () => post(run, form)));
		expect(results.filter(({ run: after }) => after?.status === 'success')).toHaveLength(1);
		const adds = (await scene.github.writes()).filter(
			(write) => write.startsWith('PATCH') && write.includes('/Groups/'),
		);
		expect(await admins()).toContain(ELIF);
		expect(adds.length).toBeLessThanOrEqual(2);
		const log = await scene.ledger.readLog({ after: 0, limit: 1000 });
		expect(log.filter(({ leaf }) => leaf.includes('"type":"approval.voted"'))).toHaveLength(1);
	});

	it('takes a link once: replayed after the decision it changes nothing, whatever it says', async () => {
		const run = await scene.amend();
		const approve = await formOf(run, 'approve');
		await decide(run, 'deny');
		const replay = await post(run, approve);
		expect(replay.resumed).toBe(false);
		expect(await admins()).not.toContain(ELIF);
		expect(await approvalStates(run.executionId)).toEqual([['denied', 'planned']]);
	});

	it.each([
		['n8n’s signature', (url: URL) => url.searchParams.set('signature', '0'.repeat(64))],
		['the token', (url: URL) => url.searchParams.set('approval', 'A'.repeat(43))],
		['the token, left out', (url: URL) => url.searchParams.delete('approval')],
		['the token, given twice', (url: URL) => url.searchParams.append('approval', 'A'.repeat(43))],
	])('leaves the wait untouched when somebody tampers with %s', async (_name, tamper) => {
		const run = await scene.amend();
		const form = await formOf(run, 'approve');
		const url = new URL(onlyLink(run));
		tamper(url);
		const { response, resumed } = await post(run, form, url.href);
		expect(response.status).toBeGreaterThanOrEqual(400);
		expect(resumed).toBe(false);
		expect(await approvalStates(run.executionId)).toEqual([['pending', 'planned']]);
		expect((await decide(run, 'approve')).resumed).toBe(true);
	});

	it('leaves the wait untouched when a form decides nothing or something else', async () => {
		const run = await scene.amend();
		for (const form of [{}, { 'decision.req_other': 'approve' }, { vote: 'approve' }]) {
			const { response, resumed } = await post(run, form);
			expect([response.status >= 400, resumed]).toEqual([true, false]);
		}
		expect(await approvalStates(run.executionId)).toEqual([['pending', 'planned']]);
	});

	it('leaves the wait untouched when the store fails, and takes the decision once it is back', async () => {
		const run = await scene.amend();
		const form = await formOf(run, 'approve');
		const working = scene.options.nodeCredentials['Wait for Decision'];
		scene.options.nodeCredentials['Wait for Decision'] = { accessLedgerApi: { file: '/dev/null/ledger.sqlite' } };
		const failing = await post(run, form);
		expect([failing.response.status, failing.resumed]).toEqual([503, false]);
		expect(failing.response.body).not.toContain('/dev/null');

		if (working) scene.options.nodeCredentials['Wait for Decision'] = working;
		else delete scene.options.nodeCredentials['Wait for Decision'];
		expect((await post(run, form)).run?.status).toBe('success');
		expect(await admins()).toContain(ELIF);
	});
});

describe('a canvas wired by somebody who wants the gate to be open', () => {
	/** Runs the amendment on a changed workflow and returns who is administrator afterwards. */
	async function adminsAfter(change: (workflow: WorkflowJson) => void, then?: (at: Scene) => Promise<unknown>) {
		const hostile = await startScene(change);
		try {
			const run = await hostile.amend();
			if (run.status === 'waiting') await (then ? then(hostile) : timeout(run));
			return await admins(hostile);
		} finally {
			await hostile.stop();
		}
	}

	const link = (node: string) => ({ node, type: 'main' as const, index: 0 });

	it('grants nothing when "Not Approved" leads to the application', async () => {
		const result = await adminsAfter((workflow) => {
			const outputs = workflow.connections['Wait for Decision']?.['main'];
			outputs?.[0]?.push(link('Apply to GitHub'));
		});
		expect(result).not.toContain(ELIF);
	});

	it('grants nothing when the gate is left out', async () => {
		const result = await adminsAfter((workflow) => {
			const outputs = workflow.connections['Evaluate Access']?.['main'];
			if (outputs) outputs[2] = [link('Apply to GitHub')];
		});
		expect(result).not.toContain(ELIF);
	});

	it.each(['Wait for Decision', 'Request Approval', 'Evaluate Access', 'Compare Versions'])(
		'grants nothing when "%s" is disabled',
		async (name) => {
			const result = await adminsAfter((workflow) => {
				for (const node of workflow.nodes) if (node.name === name) node.disabled = true;
			});
			expect(result).not.toContain(ELIF);
		},
	);

	it('grants nothing more when items are edited between the nodes', async () => {
		const result = await adminsAfter((workflow) => {
			// Everything that comes to GitHub claims to be approved, for the administrators' group.
			workflow.nodes.push({
				id: 'edit',
				name: 'Edit',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				position: [0, 0],
				parameters: {
					mode: 'manual',
					includeOtherFields: true,
					assignments: {
						assignments: [
							{ id: '1', name: 'target', value: 'org-admins', type: 'string' },
							{ id: '2', name: 'approval.state', value: 'approved', type: 'string' },
						],
					},
					options: {},
				},
			});
			const outputs = workflow.connections['Evaluate Access']?.['main'];
			if (outputs) {
				outputs[1] = [link('Edit')];
				outputs[2] = [link('Edit')];
			}
			workflow.connections['Edit'] = { main: [[link('Apply to GitHub')]] };
		});
		expect(result).not.toContain(ELIF);
	});
});
