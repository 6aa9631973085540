import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { toNodeError } from '../runtime/errors';
import { refuseToolUse } from '../runtime/tool-use';
import * as evaluate from './operations/evaluate.operation';
import * as lint from './operations/lint.operation';
import { policyFields } from './policy-source';

const OPERATIONS = { evaluate, lint };

export class AccessPolicy implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Access Policy',
		name: 'accessPolicy',
		icon: { light: 'file:accessPolicy.svg', dark: 'file:accessPolicy.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] === "lint" ? "Lint" : "Evaluate" }}',
		description: 'Works out from contracts and a policy exactly which access has to change, and why',
		defaults: { name: 'Access Policy' },
		inputs: [NodeConnectionTypes.Main],
		// The harmless branch comes first: n8n sends everything there when the node is disabled or continues on an error.
		outputs: `={{ $parameter["operation"] === "lint" ? [{ "type": "main", "displayName": "Findings" }] : [{ "type": "main", "displayName": "Blocked" }, { "type": "main", "displayName": "Ready" }, { "type": "main", "displayName": "Needs Approval" }, { "type": "main", "displayName": "Scheduled" }] }}`,
		credentials: [{ name: 'accessLedgerApi', displayName: 'Access Ledger (Optional)', required: false }],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Evaluate',
						value: 'evaluate',
						description: 'Plan the exact difference between the access that follows from the contract and today’s',
						action: 'Evaluate a policy and plan changes of access',
					},
					{
						name: 'Lint',
						value: 'lint',
						description: 'Check a policy document and list findings with line and column',
						action: 'Lint a policy',
					},
				],
				default: 'evaluate',
			},
			...policyFields,
			...evaluate.description,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0) as keyof typeof OPERATIONS;
		try {
			refuseToolUse(this);
			return await OPERATIONS[operation].execute(this);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
