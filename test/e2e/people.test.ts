import { startEnvironment, type Environment } from '../../sandbox/src/environment.js';
import { executionError, nodeOutput } from '../../sandbox/src/n8n-api.js';
import { auditLogOf, holdingsOf } from '../../sandbox/src/outcome.js';
import { DecisionPage } from './decision-form';

jest.setTimeout(180_000);

const MANUAL = 'When clicking ‘Execute workflow’';
const COMPANY = 'meridian-freight.example';

/** The example workflows with n8n's own nodes around ours, each imported as it is and run by its manual trigger. */
describe('the example workflows in a real n8n', () => {
	let environment: Environment;
	let stop = () => Promise.resolve();

	beforeAll(async () => {
		environment = await startEnvironment({ name: 'e2e-people', write: () => undefined });
		({ stop } = environment);
	});

	afterAll(async () => {
		await stop();
	});

	const importAndRun = async (file: string) => {
		const workflow = await environment.importExample(`${file}.json`);
		const execution = await environment.session.runManually(workflow, MANUAL);
		expect(executionError(execution)).toBeUndefined();
		return { workflow, execution };
	};
	const run = async (file: string) => (await importAndRun(file)).execution;
	let moved: Awaited<ReturnType<typeof importAndRun>>;
	const held = async () => {
		const { slack, github } = await holdingsOf(environment.applications);
		if (!slack || !github) throw new Error('An application is missing.');
		return { slack, github };
	};

	it('joiner: gives accounts, and what was approved', async () => {
		const execution = await run('joiner');
		expect(execution.status).toBe('waiting');
		expect((await held()).slack.accounts[`lena.vogt@${COMPANY}`]).toEqual({ active: true });
		expect(nodeOutput(execution, 'Scheduled for Later').length).toBeGreaterThan(5);
		const [link] = nodeOutput(execution, 'Send Links');
		expect((await (await DecisionPage.open(String(link?.['link']))).decide('approve')).status).toBe(200);
		expect((await environment.session.endedExecution(execution.id)).status).toBe('success');
		expect((await held()).slack.groups['engineering']).toContain('cem.aydin@freelance.example');
	});

	it('mover with overlap: says what stays until when', async () => {
		const { execution } = (moved = await importAndRun('mover-with-overlap'));
		expect(execution.status).toBe('success');
		expect(nodeOutput(execution, 'Tell Person and Manager')).toMatchObject([{ access: 'slack/sales' }]);
		const { slack, github } = await held();
		expect(slack.groups['sales']).toContain(`mira.hansen@${COMPANY}`);
		expect(github.groups['engineering']).toContain(`mira.hansen@${COMPANY}`);
	});

	it('mover with overlap: extends by the form of the link, for who may submit it', async () => {
		const { workflow, execution } = moved;
		await environment.session.publish(workflow);
		const [told] = nodeOutput(execution, 'Tell Person and Manager');
		const query = new URL(String(told?.['extend'])).searchParams;
		const values = [query.get('Person'), query.get('Entitlements'), 'P21D', `boss@${COMPANY}`, 'Hand-over'];
		const submit = (headers: Record<string, string>) => {
			const body = new FormData();
			for (const [index, value] of values.entries()) body.set(`field-${index}`, value ?? '');
			return fetch(`${environment.n8n.url}/form/extend-access`, { method: 'POST', headers, body });
		};
		expect((await submit({})).status).toBe(401);
		const { user, password } = environment.forms;
		const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
		expect((await submit({ authorization })).status).toBe(200);
		const last = (await environment.session.settledExecutions(workflow.id, { count: 2 })).at(-1);
		const extended = await environment.session.execution(last?.id ?? '');
		expect(executionError(extended)).toBeUndefined();
		expect(nodeOutput(extended, 'Extend Access')).toMatchObject([{ type: 'extension', entitlement: 'slack/sales' }]);
	});

	it('leaver with verification: shuts people out before it waits', async () => {
		const execution = await run('leaver-with-verification');
		expect(execution.status).toBe('waiting');
		expect(nodeOutput(execution, 'Send ERP Task')).toHaveLength(2);
		const { slack, github } = await held();
		expect(slack.accounts[`timo.falk@${COMPANY}`]).toEqual({ active: false });
		expect(github.accounts[`timo.falk@${COMPANY}`]).toEqual({ active: false });
		expect(slack.accounts[`carla.weiss@${COMPANY}`]).toEqual({ active: false });
	});

	it('contract end: gives notice, and ends what only the contract gave', async () => {
		const execution = await run('contract-end');
		expect(execution.status).toBe('success');
		expect(nodeOutput(execution, 'Send Notice to the Owner')).toHaveLength(1);
		expect((await held()).slack.accounts['anouk.dewit@northline.example']).toEqual({ active: false });
	});

	it('amendment reversed: takes back what only the amendment gave', async () => {
		expect((await run('amendment-reversed')).status).toBe('success');
		const { slack, github } = await held();
		expect(slack.accounts['sofia.lamas@lumen-analytics.example']).toEqual({ active: true });
		expect(github.groups['engineering']).not.toContain('sofia.lamas@lumen-analytics.example');
		expect(slack.accounts['tomas.rey@lumen-analytics.example']).toEqual({ active: false });
	});

	it('heartbeat: runs over all of that, and leaves a log that verifies', async () => {
		expect((await run('heartbeat')).status).toBe('success');
		expect((await auditLogOf(environment)).ok).toBe(true);
	});

	it('take over an application: makes what people had grants with an owner, and touches nothing', async () => {
		const before = (await held()).slack;
		const execution = await run('take-over-an-application');
		expect(execution.status).toBe('success');
		const orphans = nodeOutput(execution, 'Whose Is It').filter((each) => each['kind'] === 'orphan');
		expect(orphans.map((each) => String(each['subject']))).toContain(`nele.petersen@${COMPANY}`);
		expect(nodeOutput(execution, 'Into the Policy')).toMatchObject([{ complete: true }]);
		expect((await held()).slack).toEqual(before);
	});
});
