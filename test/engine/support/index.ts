import './environment';
import { timingSafeEqual } from 'node:crypto';
import type { INode, INodeExecutionData, IRunExecutionData, WorkflowExecuteMode } from 'n8n-workflow';
import type { EngineRun } from './engine-run';
import {
	exchange,
	type EngineRequest,
	type EngineResponse,
	type WebhookRequest,
	type WebhookResponse,
} from './exchange';
import { continueExecution, prepare, startExecution, storedExecution, type EngineOptions } from './executions';
import { nodeWebhooks, runWebhook, runWebhookMethod, type WebhookOutcome } from './webhooks';

export { userFolder } from './environment';
export type { CredentialsByType } from './credentials';
export type { EngineRun } from './engine-run';
export type { EngineRequest, EngineResponse, WebhookRequest, WebhookResponse } from './exchange';
export type { EngineOptions, WorkflowJson } from './executions';

export interface RunOptions extends EngineOptions {
	/** Name of the node to start at; n8n's own choice when absent. */
	startNode?: string;
	/** What the start node gives out when it is a trigger that was not called (`manual` mode calls Manual Trigger). */
	items?: INodeExecutionData[];
	mode?: WorkflowExecuteMode;
}

/** Runs a whole workflow on n8n's engine until it ends or waits. */
export async function runWorkflow(options: RunOptions): Promise<EngineRun> {
	const { workflow } = await prepare(options);
	const node = options.startNode === undefined ? workflow.getStartNode() : workflow.getNode(options.startNode);
	if (!node) throw new Error(`The workflow has no start node${options.startNode ? ` "${options.startNode}"` : ''}.`);
	const byHand = options.items === undefined && (options.pinData !== undefined || node.type.endsWith('.manualTrigger'));
	const mode = options.mode ?? (byHand ? 'manual' : 'trigger');
	return await startExecution(options, { node, mode, input: [options.items ?? [{ json: {} }]] });
}

export interface WebhookResult {
	response: EngineResponse;
	/** True when this very request started or resumed the execution. */
	resumed: boolean;
	/** The execution after it, where this request moved it. */
	run?: EngineRun;
}

export interface ResumeRequest extends EngineRequest {
	run: EngineRun;
	/** Added to the URL's query; values replace those of the URL, `undefined` removes them. */
	query?: Readonly<Record<string, string | undefined>>;
}

/**
 * Sends a request to the waiting node of an execution, as n8n's `/webhook-waiting` does: signature first, then the
 * node's `webhook()`, and on with the execution if that returns data. `url` defaults to the resume URL.
 */
export async function resumeWebhook({ run, query = {}, ...request }: ResumeRequest): Promise<WebhookResult> {
	const url = new URL(request.url ?? run.resumeUrl);
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined) url.searchParams.delete(name);
		else url.searchParams.set(name, value);
	}
	let resumedRun: EngineRun | undefined;
	const response = await exchange(
		async (req, res) => {
			resumedRun = await resume(run.executionId, req, res);
		},
		{ ...request, url: url.href },
	);
	return { response, resumed: resumedRun !== undefined, ...(resumedRun && { run: resumedRun }) };
}

async function resume(executionId: string, req: WebhookRequest, res: WebhookResponse): Promise<EngineRun | undefined> {
	const refuse = (status: number, message: string): undefined =>
		void res.status(status).json({ code: status, message });
	const execution = storedExecution(executionId);
	if (!execution) return refuse(404, `The execution "${executionId}" does not exist.`);
	if (execution.status === 'running') return refuse(409, `The execution "${executionId}" is running already.`);
	const data = JSON.parse(execution.data) as IRunExecutionData;
	if (!signatureMatches(req, data.resumeToken)) return void res.status(401).json({ error: 'Invalid token' });
	if (data.resultData.error) return refuse(409, `The execution "${executionId}" has finished with error.`);
	if (execution.status !== 'waiting') return refuse(409, `The execution "${executionId} has finished already.`);

	const waiting = takeWaitingNode(data);
	const { workflow, additionalData } = await prepare(execution.options);
	additionalData.executionId = executionId;
	const node = workflow.getNode(waiting);
	const webhook =
		node &&
		nodeWebhooks(workflow, node, additionalData, true).find(
			(candidate) => candidate.httpMethod === req.method && candidate.path === '',
		);
	if (!node || !webhook)
		return refuse(404, 'The workflow does not contain a waiting webhook with a matching path/method.');

	const { mode } = execution;
	const outcome = await runWebhook({ workflow, node, webhook, additionalData, mode, data, req, res });
	outcome.answer();
	return outcome.workflowData && (await continueExecution(executionId, withResult(data, outcome)));
}

function signatureMatches(req: WebhookRequest, expected: string | undefined): boolean {
	const given = new URL(req.url ?? '/', 'http://localhost').searchParams.get('signature') ?? '';
	if (expected === undefined || given.length !== expected.length) return false;
	return timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

/** Marks the waiting node as done: it will not run again, its run so far is replaced. Returns its name. */
function takeWaitingNode(data: IRunExecutionData): string {
	const entry = data.executionData?.nodeExecutionStack[0];
	const name = data.resultData.lastNodeExecuted;
	if (!entry || name === undefined) throw new Error('The execution waits for no node.');
	entry.node.disabled = true;
	delete data.waitTill;
	data.resultData.runData[name]?.pop();
	return name;
}

/** The node's data replaces its input, which then leaves it through all its outputs. */
function withResult(data: IRunExecutionData, outcome: WebhookOutcome): IRunExecutionData {
	const entry = data.executionData?.nodeExecutionStack[0];
	if (entry) {
		entry.data.main = outcome.workflowData ?? [];
		entry.metadata = { ...entry.metadata, forwardAllOutputs: true };
	}
	return Object.assign(data, outcome.merge);
}

/**
 * Lets the time that a waiting execution set itself run out, as n8n's wait tracker does: `execute()` does not run
 * again, and the node's *input* leaves through output 0.
 */
export async function timeout(run: EngineRun): Promise<EngineRun> {
	const execution = storedExecution(run.executionId);
	const next = execution && (await continueExecution(run.executionId, JSON.parse(execution.data) as IRunExecutionData));
	if (!next) throw new Error(`Execution ${run.executionId} does not wait.`);
	return next;
}

export interface TriggerRequest extends EngineOptions, EngineRequest {
	/** Name of the trigger node. */
	node: string;
	/** Query added to the webhook's URL. */
	query?: Readonly<Record<string, string>>;
}

/** Calls the production webhook of a trigger node and runs the workflow if it returns data. */
export async function callWebhook(options: TriggerRequest): Promise<WebhookResult> {
	const { workflow, additionalData } = await prepare(options);
	const node = triggerNode(workflow.getNode(options.node), options.node);
	const method = options.method ?? 'POST';
	const webhook = nodeWebhooks(workflow, node, additionalData, false).find(({ httpMethod }) => httpMethod === method);
	if (!webhook) throw new Error(`Node "${node.name}" has no webhook for ${method}.`);
	let run: EngineRun | undefined;
	const response = await exchange(
		async (req, res) => {
			const call = { workflow, node, webhook, additionalData, mode: 'webhook' as const, data: null, req, res };
			const { workflowData: input, merge, answer } = await runWebhook(call);
			answer();
			if (input) run = await startExecution(options, { node, mode: 'webhook', input, ...(merge && { merge }) });
		},
		{
			method,
			url: `/webhook/${webhook.path}?${new URLSearchParams(options.query).toString()}`,
			...(options.headers && { headers: options.headers }),
			...(options.body !== undefined && { body: options.body }),
			...(options.form && { form: options.form }),
		},
	);
	return { response, resumed: run !== undefined, ...(run && { run }) };
}

function triggerNode(node: INode | null, name: string): INode {
	if (!node) throw new Error(`The workflow has no node "${name}".`);
	return node;
}

/** Publishes a trigger's webhooks as n8n does: `create` only where `checkExists` answers false. */
export async function publishWebhooks(options: EngineOptions & { node: string }): Promise<void> {
	const { workflow, additionalData } = await prepare(options);
	const node = triggerNode(workflow.getNode(options.node), options.node);
	for (const webhook of nodeWebhooks(workflow, node, additionalData, false)) {
		const exists = await runWebhookMethod('checkExists', { workflow, webhook });
		if (exists !== true) await runWebhookMethod('create', { workflow, webhook });
	}
}
