import { sendEvent } from '../../sandbox/src/contract-system.js';
import { amendedEvent, signedEvent } from '../../sandbox/src/demo.js';
import { startEnvironment, type Environment } from '../../sandbox/src/environment.js';
import { approvalLinks, collectOutcome, holdingsOf } from '../../sandbox/src/outcome.js';
import { DecisionPage } from './decision-form';

jest.setTimeout(180_000);

const LEAVES = 'dermot.keane@acme-consulting.example';
const JOINS = 'ines.carvalho@acme-consulting.example';
const IS_PROMOTED = 'elif.yildiz@acme-consulting.example';

type Holdings = Awaited<ReturnType<typeof holdingsOf>>;

/** One story, told in order: each sentence starts from where the one before it ended. */
describe('a contract amendment in a real n8n', () => {
	let environment: Environment;
	let seeded: Holdings;
	let executionId = '';
	let link = '';

	const held = () => holdingsOf(environment.applications);
	const writes = async () =>
		(await Promise.all(Object.values(environment.applications).map((application) => application.writes()))).flat();
	const settled = async (count: number) => {
		const executions = await environment.session.settledExecutions(environment.workflow.id, { count });
		const last = executions.at(-1);
		if (last === undefined) throw new Error('There is no execution.');
		return last;
	};

	beforeAll(async () => {
		environment = await startEnvironment({ name: 'e2e-amendment', write: () => undefined });
		seeded = await held();
	});

	afterAll(async () => {
		await environment.stop();
	});

	it('knows all our nodes after an installation by n8n’s own steps', async () => {
		const known = (await environment.session.nodeTypes()).map(({ name }) => name);
		const used = environment.workflow.nodes.map(({ type }) => type);
		expect(used.some((type) => type.startsWith('n8n-nodes-contract-provisioning.'))).toBe(true);
		expect(used.filter((type) => !known.includes(type))).toEqual([]);
	});

	it('answers a forged signature with 401 and starts nothing', async () => {
		const answer = await sendEvent(environment.webhookUrl, 'not the shared secret', signedEvent());
		expect(answer.status).toBe(401);
		expect(await environment.session.executions(environment.workflow.id)).toEqual([]);
	});

	it('finds the accounts of the signed agreement and leaves them as they are', async () => {
		expect((await environment.sendEvent(signedEvent())).status).toBe(202);
		expect((await settled(1)).status).toBe('success');
		expect(await held()).toEqual(seeded);
	});

	it('takes access from who leaves and gives it to who joins, in both applications', async () => {
		expect((await environment.sendEvent(amendedEvent())).status).toBe(202);
		const execution = await settled(2);
		executionId = execution.id;
		expect(execution.status).toBe('waiting');
		const { slack, github } = await held();
		expect(slack?.accounts[LEAVES]).toEqual({ active: false });
		expect(github?.accounts[LEAVES]).toEqual({ active: false });
		expect(slack?.accounts[JOINS]).toEqual({ active: true });
		expect(github?.accounts[JOINS]).toEqual({ active: true });
		expect(slack?.groups['project-atlas']).toContain(JOINS);
		expect(github?.groups['engineering']).toContain(JOINS);
		expect(github?.groups['engineering']).not.toContain(LEAVES);
	});

	it('touches nobody whom the contract does not name', async () => {
		const strangers = (holdings: Holdings) =>
			Object.fromEntries(
				Object.entries(holdings).map(([application, { accounts, groups }]) => [
					application,
					{
						accounts: Object.entries(accounts).filter(([email]) => email.endsWith('@meridian-freight.example')),
						groups: Object.entries(groups).map(([name, members]) => [
							name,
							members.filter((email) => email.endsWith('@meridian-freight.example')),
						]),
					},
				]),
			);
		expect(strangers(await held())).toEqual(strangers(seeded));
	});

	it('lets the privileged role wait for a decision', async () => {
		expect((await held())['github']?.groups['org-admins']).not.toContain(IS_PROMOTED);
		const links = approvalLinks(await environment.session.execution(executionId));
		expect(links.length).toBeGreaterThan(0);
		link = links[0]?.url ?? '';
	});

	it('reports what it did, each action verified or waiting, in an intact log', async () => {
		const execution = await environment.session.execution(executionId);
		const outcome = await collectOutcome(environment, {
			execution,
			event: amendedEvent(),
			before: seeded,
			sentAt: Date.parse(execution.startedAt) - 1_000,
		});
		expect(new Set(outcome.actions.map(({ state }) => state))).toEqual(new Set(['verified', 'waits for approval']));
		expect(outcome.approvals).toHaveLength(1);
		expect(outcome.audit.intact).toBe(true);
		expect(outcome.changes.length).toBeGreaterThan(3);
	});

	it('decides nothing when the link is only opened', async () => {
		const page = await DecisionPage.open(link);
		await DecisionPage.open(link);
		expect(page.html).toContain('org-admins');
		expect(page.questions).toHaveLength(1);
		expect((await held())['github']?.groups['org-admins']).not.toContain(IS_PROMOTED);
	});

	it('changes nothing when the same event is sent again', async () => {
		const before = await writes();
		const answer = await environment.sendEvent(amendedEvent());
		expect([200, 202]).toContain(answer.status);
		expect(answer.body).not.toContain('accepted');
		expect(await environment.session.executions(environment.workflow.id)).toHaveLength(2);
		expect(await writes()).toEqual(before);
	});

	it('grants the privileged role when the approval is posted', async () => {
		const page = await DecisionPage.open(link);
		expect((await page.decide('approve')).status).toBe(200);
		expect((await settled(2)).status).toBe('success');
		expect((await held())['github']?.groups['org-admins']).toContain(IS_PROMOTED);
	});

	it('does not take the decision a second time', async () => {
		const before = await writes();
		const answer = await fetch(link, { method: 'POST', body: new URLSearchParams({ decision: 'approve' }) });
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect(await writes()).toEqual(before);
	});
});
