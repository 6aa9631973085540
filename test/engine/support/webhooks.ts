import './environment';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	NodeHelpers,
	resolveWebhookDescriptionField,
	type IHookFunctions,
	type INode,
	type INodeExecutionData,
	type IRunExecutionData,
	type IWebhookData,
	type IWebhookDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { parseBody, type WebhookRequest, type WebhookResponse } from './exchange';

/** The webhooks a node has, one entry a method. `restart` picks those that resume, otherwise those that start. */
export function nodeWebhooks(
	workflow: Workflow,
	node: INode,
	additionalData: IWorkflowExecuteAdditionalData,
	restart: boolean,
): IWebhookData[] {
	if (node.disabled === true) return [];
	const { webhooks = [] } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion).description;
	return webhooks.flatMap((description) => {
		const read = (field: keyof IWebhookDescription & string, fallback: unknown) =>
			describedValue(workflow, node, description, field, 'internal', fallback);
		if ((read('restartWebhook', false) === true) !== restart) return [];
		const ownPath = String(read('path', ''))
			.trim()
			.replace(/^\/|\/$/g, '');
		const path = NodeHelpers.getNodeWebhookPath(
			workflow.id,
			node,
			ownPath,
			read('isFullPath', false) === true,
			restart,
		);
		return String(read('httpMethod', 'GET'))
			.split(',')
			.map((method) => ({
				httpMethod: method.trim() as IWebhookData['httpMethod'],
				node: node.name,
				path,
				webhookDescription: description,
				workflowId: workflow.id,
				workflowExecuteAdditionalData: additionalData,
				...(node.webhookId !== undefined && { webhookId: node.webhookId }),
			}));
	});
}

/** A member of a webhook description: a value, a function or an expression. */
function describedValue(
	workflow: Workflow,
	node: INode,
	description: IWebhookDescription,
	field: keyof IWebhookDescription & string,
	mode: WorkflowExecuteMode,
	fallback: unknown,
): unknown {
	const native = resolveWebhookDescriptionField(node, description, field);
	if (native.resolved) return native.value;
	const value = description[field];
	return workflow.expression.getSimpleParameterValue(node, value, mode, {}, undefined, fallback as string);
}

export interface WebhookCall {
	workflow: Workflow;
	node: INode;
	webhook: IWebhookData;
	additionalData: IWorkflowExecuteAdditionalData;
	mode: WorkflowExecuteMode;
	/** Of the waiting execution; `null` for a trigger. */
	data: IRunExecutionData | null;
	req: WebhookRequest;
	res: WebhookResponse;
}

/** What n8n goes on with after a node's `webhook()`. */
export interface WebhookOutcome {
	/** What enters the execution; `undefined` leaves it as it is. */
	workflowData?: INodeExecutionData[][];
	/** n8n's trace of an error thrown by `webhook()`: the execution goes on with it. */
	merge?: Partial<IRunExecutionData>;
	/** Sends n8n's own answer where the node left that to n8n. */
	answer: () => void;
}

/** Calls a node's `webhook()` as n8n's webhook helpers do, errors included. */
export async function runWebhook(call: WebhookCall): Promise<WebhookOutcome> {
	const { workflow, node, webhook, additionalData, mode, data, req, res } = call;
	// Assigned as a whole: without Express's types n8n's own declarations of the two have none to check against.
	Object.assign(additionalData, { httpRequest: req, httpResponse: res });
	if (!(await parseBody(req, node.typeVersion))) {
		return { answer: () => res.status(422).json({ message: 'Failed to parse request body' }) };
	}
	const read = (field: keyof IWebhookDescription & string, fallback: unknown) =>
		describedValue(workflow, node, webhook.webhookDescription, field, mode, fallback);
	const status = Number(read('responseCode', 200));
	let result: IWebhookResponseData;
	try {
		const nodeType = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const context = new WebhookContext(workflow, node, additionalData, mode, webhook, [], data);
		if (!nodeType.webhook) throw new Error(`Node "${node.name}" has no webhook().`);
		result = await nodeType.webhook.call(context as unknown as IWebhookFunctions);
	} catch (error) {
		return thrown(error, node, res);
	}
	const answerBody =
		result.webhookResponse === undefined ? defaultAnswer(result, read) : (result.webhookResponse as unknown);
	return {
		...(result.workflowData && { workflowData: result.workflowData }),
		answer: () => {
			if (result.noWebhookResponse !== true) return answer(res, status, answerBody);
			if (!res.headersSent) throw new Error(`Node "${node.name}" promised to answer the request itself and has not.`);
		},
	};
}

/** n8n answers 500 and lets the execution go on, with one empty item on the first output. */
function thrown(error: unknown, node: INode, res: WebhookResponse): WebhookOutcome {
	const { message, stack } = error as Error;
	const traced = { ...(error as object), message, stack };
	const resultData = { runData: {}, lastNodeExecuted: node.name, error: traced } as unknown;
	return {
		workflowData: [[{ json: {} }]],
		merge: { resultData: resultData as IRunExecutionData['resultData'] },
		answer: () => {
			if (!res.headersSent)
				answer(res, 500, { code: 0, message: 'Workflow Webhook Error: Workflow could not be started!' });
		},
	};
}

function defaultAnswer(
	result: IWebhookResponseData,
	read: (field: 'responseData', fallback: unknown) => unknown,
): unknown {
	if (result.workflowData === undefined) return { message: 'Webhook call received' };
	const described = read('responseData', undefined);
	return described === 'noData' ? undefined : (described ?? { message: 'Workflow was started' });
}

function answer(res: WebhookResponse, status: number, body: unknown): void {
	res.status(status);
	if (typeof body === 'string') res.send(body);
	else res.json(body);
}

/** Runs one of a trigger's `webhookMethods` as n8n does when a workflow is published or taken back. */
export async function runWebhookMethod(
	method: 'checkExists' | 'create' | 'delete',
	{ workflow, webhook }: Pick<WebhookCall, 'workflow' | 'webhook'>,
): Promise<boolean | undefined> {
	const node = workflow.getNode(webhook.node);
	if (!node) return undefined;
	const nodeType = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const implementation = nodeType.webhookMethods?.[webhook.webhookDescription.name]?.[method];
	const { workflowExecuteAdditionalData: additionalData } = webhook;
	const context = new HookContext(workflow, node, additionalData, 'trigger', 'activate', webhook);
	return await implementation?.call(context as unknown as IHookFunctions);
}
