import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { toNodeError } from '../runtime/errors';
import { refuseToolUse } from '../runtime/tool-use';
import * as requestApproval from './operations/requestApproval.operation';
import * as waitForDecision from './operations/waitForDecision.operation';
import { answerApprover } from './webhook';

const WAIT_WEBHOOK = {
	name: 'default',
	responseMode: 'onReceived',
	path: '',
	restartWebhook: true,
	isFullPath: true,
} as const;

export class ApprovalGate implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Approval Gate',
		name: 'approvalGate',
		icon: { light: 'file:approvalGate.svg', dark: 'file:approvalGate.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] === "waitForDecision" ? "Wait for Decision" : "Request Approval" }}',
		description: 'Holds risky changes of access until the right people have approved exactly these changes',
		defaults: { name: 'Approval Gate' },
		inputs: [NodeConnectionTypes.Main],
		// The harmless branch comes first: n8n sends the input there on a time-out, an error or when the node is disabled.
		outputs: `={{ $parameter["operation"] === "waitForDecision" ? [{ "type": "main", "displayName": "Not Approved" }, { "type": "main", "displayName": "Approved" }] : [{ "type": "main", "displayName": "Links" }] }}`,
		credentials: [{ name: 'accessLedgerApi', displayName: 'Access Ledger (Optional)', required: false }],
		webhooks: [
			{ ...WAIT_WEBHOOK, httpMethod: 'GET' },
			{ ...WAIT_WEBHOOK, httpMethod: 'HEAD' },
			{ ...WAIT_WEBHOOK, httpMethod: 'POST' },
		],
		waitingNodeTooltip: 'Waiting for the approvers to decide',
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Request Approval',
						value: 'requestApproval',
						description: 'Create the approval requests and return one link per approver, to send with any channel',
						action: 'Request approval and get one link per approver',
					},
					{
						name: 'Wait for Decision',
						value: 'waitForDecision',
						description: 'Wait until all requests of this run are decided or their deadline has passed',
						action: 'Wait for the decision of the approvers',
					},
				],
				default: 'requestApproval',
			},
			...requestApproval.description,
			...waitForDecision.description,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			refuseToolUse(this);
			return this.getNodeParameter('operation', 0) === 'waitForDecision'
				? await waitForDecision.execute(this)
				: [await requestApproval.execute(this)];
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerApprover(this);
	}
}
