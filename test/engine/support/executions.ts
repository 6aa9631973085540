import './environment';
import { ExecutionLifecycleHooks, ExternalSecretsProxy, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IExecuteData,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type IPinData,
	type IRun,
	type IRunExecutionData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { EngineCredentials, selectCredentials, type CredentialOptions } from './credentials';
import { EngineRun } from './engine-run';
import { EngineNodeTypes } from './node-types';

/** A workflow as exported from n8n; `id` and `name` may be absent. */
export type WorkflowJson = Pick<IWorkflowBase, 'nodes' | 'connections'> & Partial<IWorkflowBase>;

/** What surrounds a workflow in an n8n instance. */
export interface EngineOptions extends CredentialOptions {
	workflow: WorkflowJson;
	/** Further node types by full name. */
	nodeTypes?: Readonly<Record<string, INodeType>> | undefined;
	/** Like n8n's pinned data: honoured in manual runs only. */
	pinData?: IPinData | undefined;
	/** Instance variables, `$vars`. */
	variables?: Readonly<Record<string, string>> | undefined;
	/** Called each time the execution has begun to wait, e.g. to look at what a node in between saw. */
	onWait?: ((run: EngineRun) => Promise<void> | void) | undefined;
}

/** A row of n8n's execution table: the data as text, since what waits has been through the database. */
export interface StoredExecution {
	id: string;
	mode: WorkflowExecuteMode;
	status: IRun['status'];
	data: string;
	options: EngineOptions;
}

export const BASE_URL = 'http://127.0.0.1:5678';

const executions = new Map<string, StoredExecution>();
let lastExecutionId = 0;

export function storedExecution(id: string): StoredExecution | undefined {
	return executions.get(id);
}

/** A workflow ready to run, built anew from the JSON each time, as n8n does. */
export async function prepare(options: EngineOptions) {
	const json = structuredClone(options.workflow);
	const used = json.nodes.map((node) => node.type);
	const types = await EngineNodeTypes.load(used, options.nodeTypes);
	selectCredentials(json.nodes, types, options);
	const workflow = new Workflow({
		id: json.id ?? 'engine-test',
		name: json.name ?? 'Engine test',
		nodes: json.nodes,
		connections: json.connections,
		active: true,
		nodeTypes: types,
		// Handed over as it is: what nodes keep in their static data lasts until the next execution.
		staticData: (options.workflow.staticData ??= {}),
		settings: json.settings ?? {},
	});
	const additionalData = surroundings(new EngineCredentials(types, options), workflow, options);
	return { workflow, additionalData };
}

function surroundings(credentialsHelper: EngineCredentials, workflow: Workflow, options: EngineOptions) {
	const unavailable = (what: string) => async () => {
		throw new Error(`Engine tests have no ${what}.`);
	};
	return {
		currentNodeExecutionIndex: 0,
		credentialsHelper,
		executeWorkflow: unavailable('sub-workflows'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: unavailable('task runner'),
		externalSecretsProxy: new ExternalSecretsProxy(),
		logAiEvent: () => {},
		variables: { ...options.variables },
		workflowId: workflow.id,
		restApiUrl: `${BASE_URL}/rest`,
		instanceBaseUrl: `${BASE_URL}/`,
		formBaseUrl: `${BASE_URL}/form`,
		formWaitingBaseUrl: `${BASE_URL}/form-waiting`,
		formTestBaseUrl: `${BASE_URL}/form-test`,
		webhookBaseUrl: `${BASE_URL}/webhook`,
		webhookWaitingBaseUrl: `${BASE_URL}/webhook-waiting`,
		webhookTestBaseUrl: `${BASE_URL}/webhook-test`,
		mcpBaseUrl: `${BASE_URL}/mcp`,
		mcpTestBaseUrl: `${BASE_URL}/mcp-test`,
	} as IWorkflowExecuteAdditionalData;
}

/** Starts a new execution at a node with the given input and runs it until it ends or waits. */
export async function startExecution(
	options: EngineOptions,
	start: { node: INode; mode: WorkflowExecuteMode; input: INodeExecutionData[][]; merge?: Partial<IRunExecutionData> },
): Promise<EngineRun> {
	const stack: IExecuteData[] = [{ node: start.node, data: { main: start.input }, source: null }];
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: stack },
		...(start.mode === 'manual' && options.pinData && { resultData: { pinData: options.pinData } }),
	});
	const execution: StoredExecution = {
		id: String(++lastExecutionId),
		mode: start.mode,
		status: 'new',
		data: '',
		options,
	};
	executions.set(execution.id, execution);
	return await process(execution, Object.assign(data, start.merge), false);
}

/**
 * Goes on with an execution that waits. Of several that try at once one succeeds: n8n claims the row by its status,
 * which is what `undefined` means here.
 */
export async function continueExecution(id: string, data: IRunExecutionData): Promise<EngineRun | undefined> {
	const execution = executions.get(id);
	if (execution?.status !== 'waiting') return undefined;
	return await process(execution, data, true);
}

async function process(execution: StoredExecution, data: IRunExecutionData, resumed: boolean): Promise<EngineRun> {
	execution.status = 'running';
	const { workflow, additionalData } = await prepare(execution.options);
	additionalData.executionId = execution.id;
	if (resumed) additionalData.restartExecutionId = execution.id;
	const base = execution.options.workflow as IWorkflowBase;
	additionalData.hooks = new ExecutionLifecycleHooks(execution.mode, execution.id, base);
	const run = await new WorkflowExecute(additionalData, execution.mode, data).processRunExecutionData(workflow);
	execution.status = run.status;
	execution.data = JSON.stringify(run.data);
	const result = new EngineRun(execution.id, run.status, JSON.parse(execution.data) as IRunExecutionData, BASE_URL);
	if (run.status === 'waiting') await execution.options.onWait?.(result);
	return result;
}
