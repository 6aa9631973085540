import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import {
	callWebhook,
	resumeWebhook,
	runWorkflow,
	timeout,
	type EngineRun,
	type WebhookRequest,
	type WebhookResponse,
	type WorkflowJson,
} from './support';

function describeType(more: Partial<INodeTypeDescription>): INodeTypeDescription {
	return {
		displayName: 'Test',
		name: 'test',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Test' },
		inputs: ['main'],
		outputs: ['main', 'main'],
		properties: [],
		...more,
	};
}

/** Waits for a POST with a decision; GET shows a page and leaves the execution waiting. */
const waiting: INodeType = {
	description: describeType({
		webhooks: (['GET', 'POST'] as const).map((httpMethod) => ({
			name: 'default' as const,
			httpMethod,
			path: '',
			isFullPath: true,
			restartWebhook: true,
			responseMode: 'onReceived',
		})),
	}),
	async execute() {
		await this.putExecutionToWait(new Date('2026-11-21T00:00:00Z'));
		return [this.getInputData()];
	},
	async webhook() {
		const request = this.getRequestObject() as unknown as WebhookRequest;
		const response = this.getResponseObject() as unknown as WebhookResponse;
		if (request.method === 'GET') {
			response.setHeader('Content-Security-Policy', "default-src 'none'");
			response.status(200).send('<h1>Decide</h1>');
			return { noWebhookResponse: true };
		}
		const { decision } = this.getBodyData() as { decision?: string };
		if (decision === 'throw') throw new Error('The store is down');
		response.status(200).send('Recorded');
		const items = [{ json: { decision, round: this.getQueryData() } }] as never;
		return { noWebhookResponse: true, workflowData: decision === 'approve' ? [[], items] : [items, []] };
	},
};

/** Starts an execution for a body that says so; answers by itself. */
const receiver: INodeType = {
	description: describeType({
		inputs: [],
		outputs: ['main'],
		group: ['trigger'],
		credentials: [{ name: 'testSecret', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', path: 'events' }],
	}),
	async webhook() {
		const request = this.getRequestObject() as unknown as WebhookRequest;
		const { secret } = await this.getCredentials<{ secret: string }>('testSecret');
		if (this.getHeaderData()['x-secret'] !== secret) {
			(this.getResponseObject() as unknown as WebhookResponse).status(401).json({ refused: true });
			return { noWebhookResponse: true };
		}
		return { workflowData: [[{ json: { raw: request.rawBody.toString() } }]] };
	},
};

const nodeTypes = { 'test.waiting': waiting, 'test.receiver': receiver };
const node = (name: string, type: string, parameters = {}, more = {}) => ({
	id: name,
	name,
	type,
	typeVersion: type.endsWith('.set') ? 3.4 : 1,
	position: [0, 0] as [number, number],
	parameters,
	...more,
});
const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
const field = (name: string, value: string) => ({
	assignments: { assignments: [{ id: name, name, value, type: 'string' }] },
	includeOtherFields: true,
});

function workflowWithGate(more: { disabled?: boolean } = {}): WorkflowJson {
	return {
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			node('Link', 'n8n-nodes-base.set', field('link', '={{ $execution.resumeUrl }}&approval=abc')),
			node('Gate', 'test.waiting', {}, more),
			node('Refused', 'n8n-nodes-base.noOp'),
			node('Granted', 'n8n-nodes-base.set', field('because', '={{ $json.decision }} / {{ $("Link").item.json.link }}')),
			node('Note', 'n8n-nodes-base.stickyNote'),
		],
		connections: {
			Start: { main: [to('Link')] },
			Link: { main: [to('Gate')] },
			Gate: { main: [to('Refused'), to('Granted')] },
		},
		settings: { executionOrder: 'v1' },
	};
}

const waitAtGate = () => runWorkflow({ workflow: workflowWithGate(), nodeTypes });
const decide = (run: EngineRun, decision: string) => resumeWebhook({ run, method: 'POST', form: { decision } });

describe('a workflow that waits', () => {
	it('stops at the waiting node and knows its link beforehand', async () => {
		const seen: string[] = [];
		const run = await runWorkflow({
			workflow: workflowWithGate(),
			nodeTypes,
			onWait: (state) => void seen.push(state.status),
		});
		expect(run.status).toBe('waiting');
		expect(run.waitTill).toBe('2026-11-21T00:00:00.000Z');
		expect(run.nodesRun).toEqual(['Start', 'Link', 'Gate']);
		expect(run.items('Link')).toEqual([{ link: `${run.resumeUrl}&approval=abc` }]);
		expect(seen).toEqual(['waiting']);
	});

	it('shows a page on GET and goes on waiting', async () => {
		const run = await waitAtGate();
		const { response, resumed } = await resumeWebhook({ run });
		expect(response).toMatchObject({ status: 200, body: '<h1>Decide</h1>' });
		expect(response.headers['content-security-policy']).toBe("default-src 'none'");
		expect(resumed).toBe(false);
		expect((await decide(run, 'approve')).resumed).toBe(true);
	});

	it('goes on through the output that webhook() chose, with expressions over earlier nodes', async () => {
		const run = await waitAtGate();
		const url = run.items('Link')[0]?.link as string;
		const { response, run: after } = await resumeWebhook({ run, url, method: 'POST', form: { decision: 'approve' } });
		expect(response.body).toBe('Recorded');
		expect(after?.status).toBe('success');
		expect(after?.nodesRun).toEqual(['Start', 'Link', 'Gate', 'Granted']);
		expect(after?.items('Gate', 1)).toMatchObject([{ decision: 'approve', round: { approval: 'abc' } }]);
	});

	it('goes on through output 0 when denied', async () => {
		const { run } = await decide(await waitAtGate(), 'deny');
		expect(run?.nodesRun).toContain('Refused');
		expect(run?.nodesRun).not.toContain('Granted');
	});

	it('lets its input leave through output 0 on time-out', async () => {
		const run = await waitAtGate();
		const after = await timeout(run);
		expect(after.status).toBe('success');
		expect(after.items('Gate')).toEqual(run.items('Link'));
		expect(after.nodesRun).toContain('Refused');
		await expect(timeout(run)).rejects.toThrow('does not wait');
	});

	it('answers 500 and leaves through output 0 when webhook() throws', async () => {
		const { response, run } = await decide(await waitAtGate(), 'throw');
		expect(response.status).toBe(500);
		expect(response.body).not.toContain('store');
		expect(run?.nodesRun).toContain('Refused');
		expect(run?.nodesRun).not.toContain('Granted');
	});

	it('lets its input leave through output 0 when it is disabled by hand', async () => {
		const run = await runWorkflow({ workflow: workflowWithGate({ disabled: true }), nodeTypes });
		expect(run.status).toBe('success');
		expect(run.nodesRun).toContain('Refused');
	});

	it('resumes once of six posts at the same moment', async () => {
		const run = await waitAtGate();
		const results = await Promise.all(Array.from({ length: 6 }, () => decide(run, 'approve')));
		expect(results.filter(({ resumed }) => resumed)).toHaveLength(1);
	});

	it('refuses a wrong signature, another method and a second resume', async () => {
		const run = await waitAtGate();
		const post = { run, method: 'POST', form: { decision: 'approve' } };
		expect((await resumeWebhook({ ...post, query: { signature: 'f'.repeat(64) } })).response.status).toBe(401);
		expect((await resumeWebhook({ ...post, query: { signature: undefined } })).response.status).toBe(401);
		expect((await resumeWebhook({ run, method: 'PUT' })).response.status).toBe(404);
		expect((await resumeWebhook(post)).resumed).toBe(true);
		expect((await resumeWebhook(post)).response.status).toBe(409);
	});
});

describe('a trigger webhook', () => {
	const workflow: WorkflowJson = {
		nodes: [node('Receiver', 'test.receiver'), node('Then', 'n8n-nodes-base.noOp')],
		connections: { Receiver: { main: [to('Then')] } },
		settings: { executionOrder: 'v1' },
	};
	const call = (secret: string, body: unknown) =>
		callWebhook({
			workflow,
			nodeTypes,
			node: 'Receiver',
			credentials: { testSecret: { secret: 'right' } },
			headers: { 'X-Secret': secret },
			body,
		});

	it('starts an execution with the bytes that were sent', async () => {
		const { response, run } = await call('right', '{"a" : 1}');
		expect(response).toMatchObject({ status: 200, body: '{"message":"Workflow was started"}' });
		expect(run?.items('Then')).toEqual([{ raw: '{"a" : 1}' }]);
	});

	it('starts nothing when it refuses', async () => {
		const { response, resumed } = await call('wrong', {});
		expect(response).toMatchObject({ status: 401, body: '{"refused":true}' });
		expect(resumed).toBe(false);
	});

	it('answers a body that is no JSON without calling the node', async () => {
		expect((await call('right', '{')).response.status).toBe(422);
	});

	it('ends in an error when it throws, as in n8n', async () => {
		const { response, run } = await callWebhook({ workflow, nodeTypes, node: 'Receiver', body: {} });
		expect(response.status).toBe(500);
		expect(run?.status).toBe('error');
	});
});

describe('base nodes', () => {
	it('stop with the given message', async () => {
		const run = await runWorkflow({
			workflow: {
				nodes: [
					node('Start', 'n8n-nodes-base.manualTrigger'),
					node('Stop', 'n8n-nodes-base.stopAndError', { errorMessage: '={{ 1 + 1 }} problems' }),
				],
				connections: { Start: { main: [to('Stop')] } },
			},
		});
		expect(run.status).toBe('error');
		expect(run.error).toBe('2 problems');
	});

	it('give out pinned data in manual runs', async () => {
		const run = await runWorkflow({
			workflow: workflowWithGate(),
			nodeTypes,
			pinData: { Link: [{ json: { link: 'pinned' } }] },
		});
		expect(run.items('Gate')).toEqual([{ link: 'pinned' }]);
	});
});
