import { sendEvent } from '../../sandbox/src/contract-system.js';
import { amendedEvent, signedEvent } from '../../sandbox/src/demo.js';
import { startEnvironment, type Environment } from '../../sandbox/src/environment.js';
import { nodeOutput } from '../../sandbox/src/n8n-api.js';
import { approvalLinks, auditLogOf, collectOutcome, holdingsOf } from '../../sandbox/src/outcome.js';
import { DecisionPage } from './decision-form';

jest.setTimeout(180_000);

const LEAVES = 'dermot.keane@acme-consulting.example';
const JOINS = 'ines.carvalho@acme-consulting.example';
const IS_PROMOTED = 'elif.yildiz@acme-consulting.example';
const CUSTOMER = '@meridian-freight.example';

type Holdings = Awaited<ReturnType<typeof holdingsOf>>;

/** One story, told in order: each sentence starts from where the one before it ended. */
describe('a contract amendment in a real n8n', () => {
	let environment: Environment;
	let stop = () => Promise.resolve();
	let seeded: Holdings;
	let seedingWrites: string[];
	let executionId = '';
	let link = '';

	const held = () => holdingsOf(environment.applications);
	const writes = async () =>
		(await Promise.all(Object.values(environment.applications).map((application) => application.writes()))).flat();
	const executions = () => environment.session.executions(environment.workflow.id);
	const settled = async (count: number) => {
		const all = await environment.session.settledExecutions(environment.workflow.id, { count });
		const last = all.at(-1);
		if (last === undefined) throw new Error('There is no execution.');
		return last;
	};

	beforeAll(async () => {
		environment = await startEnvironment({ name: 'e2e-amendment', write: () => undefined });
		({ stop } = environment);
		seeded = await held();
		seedingWrites = await writes();
	});

	afterAll(async () => {
		await stop();
	});

	it('knows all our nodes after an installation by n8n’s own steps', async () => {
		const known = (await environment.session.nodeTypes()).map(({ name }) => name);
		const used = environment.workflow.nodes.map(({ type }) => type);
		expect(used.some((type) => type.startsWith('n8n-nodes-contract-provisioning.'))).toBe(true);
		expect(used.filter((type) => !known.includes(type))).toEqual([]);
	});

	it('answers a forged signature with 401 and starts nothing', async () => {
		const forge = () => sendEvent(environment.webhookUrl, 'not the shared secret', signedEvent());
		const answers = [await forge(), await forge(), await forge()];
		expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
		expect(await executions()).toEqual([]);
	});

	it('answers an event whose signature is an hour old with 401 and starts nothing', async () => {
		const now = Date.now() - 3_600_000;
		const answer = await sendEvent(environment.webhookUrl, environment.secret, signedEvent(), { now });
		expect(answer.status).toBe(401);
		expect(await executions()).toEqual([]);
	});

	it('records refusals once a sender and minute, without what was sent', async () => {
		const refused = (await auditLogOf(environment)).records.filter(({ type }) => type === 'event.refused');
		const minutes = new Set(refused.map(({ recordedAt }) => recordedAt.slice(0, 'yyyy-mm-ddThh:mm'.length)));
		expect(refused.length).toBeGreaterThan(0);
		expect(refused).toHaveLength(minutes.size);
		expect(JSON.stringify(refused)).not.toContain('127.0.0.1');
		expect(JSON.stringify(refused)).not.toContain('MSA-2026-014');
	});

	it('finds the accounts of the signed agreement and writes to none of them', async () => {
		expect((await environment.sendEvent(signedEvent())).status).toBe(202);
		expect((await settled(1)).status).toBe('success');
		expect(await writes()).toEqual(seedingWrites);
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
		expect(slack?.groups['project-atlas']).not.toContain(LEAVES);
		expect(github?.groups['engineering']).not.toContain(LEAVES);
	});

	it('needs no more than one write for each of the eight changes', async () => {
		const since = (await writes()).length - seedingWrites.length;
		expect(since).toBeGreaterThan(0);
		expect(since).toBeLessThanOrEqual(8);
	});

	it('touches nobody whom the contract does not name', async () => {
		const customers = (holdings: Holdings) =>
			Object.entries(holdings).map(([application, { accounts, groups }]) => [
				application,
				Object.entries(accounts).filter(([email]) => email.endsWith(CUSTOMER)),
				Object.entries(groups).map(([name, members]) => [name, members.filter((email) => email.endsWith(CUSTOMER))]),
			]);
		expect(customers(await held())).toEqual(customers(seeded));
	});

	it('lets the privileged role wait for a decision and makes a link for who decides', async () => {
		expect((await held())['github']?.groups['org-admins']).not.toContain(IS_PROMOTED);
		const links = approvalLinks(await environment.session.execution(executionId));
		expect(links.map(({ approver }) => approver)).toEqual(['ciso@meridian-freight.example']);
		link = links[0]?.url ?? '';
	});

	it('reports what it did: all of it verified, waiting or scheduled, in an intact log', async () => {
		const execution = await environment.session.execution(executionId);
		const outcome = await collectOutcome(environment, {
			execution,
			event: amendedEvent(),
			before: seeded,
			sentAt: Date.parse(execution.startedAt) - 1_000,
		});
		const states = outcome.actions.map(({ state }) => state).sort();
		expect(states).toEqual([...Array.from({ length: 8 }, () => 'verified'), 'waits for approval']);
		expect(outcome.scheduled.map(({ application }) => application)).toEqual(['github', 'slack']);
		expect(outcome.approvals).toHaveLength(1);
		expect(outcome.audit.intact).toBe(true);
		expect(outcome.changes.map(({ op }) => op)).toEqual(
			expect.arrayContaining(['modified', 'added', 'removed', 'renumbered']),
		);
	});

	it('shows the exact change when the link is opened, and decides nothing by that', async () => {
		const page = await DecisionPage.open(link);
		await DecisionPage.open(link);
		expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
		expect(page.html).toContain('org-admins');
		expect(page.html).toContain('Elif Yildiz');
		expect(page.questions).toHaveLength(1);
		expect((await environment.session.execution(executionId)).status).toBe('waiting');
		expect((await held())['github']?.groups['org-admins']).not.toContain(IS_PROMOTED);
	});

	it('does not decide by a link whose token was changed', async () => {
		const page = await DecisionPage.open(link);
		const url = new URL(link);
		url.searchParams.set('approval', 'A'.repeat(43));
		const answer = await page.decide('approve', { at: url.href });
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect((await environment.session.execution(executionId)).status).toBe('waiting');
	});

	it('answers the same event with "duplicate" when it is sent again, and changes nothing', async () => {
		const before = await writes();
		const answer = await environment.sendEvent(amendedEvent());
		expect(answer.status).toBe(200);
		expect(JSON.parse(answer.body)).toMatchObject({ status: 'duplicate' });
		expect(await executions()).toHaveLength(2);
		expect(await writes()).toEqual(before);
	});

	it('grants the privileged role when the approval is posted', async () => {
		const before = await writes();
		const page = await DecisionPage.open(link);
		expect((await page.decide('approve', { comment: 'Checked with the supplier.' })).status).toBe(200);
		const execution = await environment.session.endedExecution(executionId);
		expect(execution.status).toBe('success');
		expect(nodeOutput(execution, 'Wait for Decision', 0)).toEqual([]);
		expect((await held())['github']?.groups['org-admins']).toContain(IS_PROMOTED);
		expect(await writes()).toHaveLength(before.length + 1);
	});

	it('does not take the decision a second time', async () => {
		const before = await writes();
		const answer = await fetch(link, { method: 'POST', body: new URLSearchParams({ decision: 'approve' }) });
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect(await writes()).toEqual(before);
	});

	it('is still a duplicate after all of it was done, and leaves a log that verifies', async () => {
		const before = await writes();
		const answer = await environment.sendEvent(amendedEvent());
		expect(JSON.parse(answer.body)).toMatchObject({ status: 'duplicate' });
		expect(await executions()).toHaveLength(2);
		expect(await writes()).toEqual(before);
		const log = await auditLogOf(environment);
		expect(log.ok).toBe(true);
		expect(log.records.map(({ type }) => type)).toEqual(
			expect.arrayContaining(['approval.requested', 'approval.voted', 'action.verified']),
		);
	});
});
