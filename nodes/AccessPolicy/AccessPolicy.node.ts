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
import * as explain from './operations/explain.operation';
import * as lint from './operations/lint.operation';
import * as publish from './operations/publish.operation';
import * as render from './operations/render.operation';
import * as simulate from './operations/simulate.operation';
import { policyFields } from './policy-source';

const OPERATIONS = { evaluate, explain, lint, publish, render, simulate };

export class AccessPolicy implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Access Policy',
		name: 'accessPolicy',
		icon: { light: 'file:accessPolicy.svg', dark: 'file:accessPolicy.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"].charAt(0).toUpperCase() + $parameter["operation"].slice(1) }}',
		description: 'Works out from people, contracts and a policy exactly which access has to change, and why',
		defaults: { name: 'Access Policy' },
		inputs: [NodeConnectionTypes.Main],
		// The harmless branch comes first: n8n sends everything there when the node is disabled or continues on an error.
		outputs: `={{ $parameter["operation"] === "evaluate" ? [{ "type": "main", "displayName": "Blocked" }, { "type": "main", "displayName": "Ready" }, { "type": "main", "displayName": "Needs Approval" }, { "type": "main", "displayName": "Scheduled" }] : [{ "type": "main", "displayName": { "explain": "Answers", "lint": "Findings", "publish": "Version", "render": "Files", "simulate": "Result" }[$parameter["operation"]] }] }}`,
		credentials: [{ name: 'accessLedgerApi', displayName: 'Access Ledger (Optional)', required: false }],
		properties: [
			// One thing, a policy, and what can be done with it: resources would only add a click.
			// eslint-disable-next-line @n8n/community-nodes/resource-operation-pattern
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Evaluate',
						value: 'evaluate',
						description: 'Plan the exact difference between the access that people should have and today’s',
						action: 'Evaluate a policy and plan changes of access',
					},
					{
						name: 'Explain',
						value: 'explain',
						description: 'Say why somebody has an entitlement, or why not, at any moment',
						action: 'Explain why somebody has access or not',
					},
					{
						name: 'Lint',
						value: 'lint',
						description: 'Check a policy document and list findings with line and column',
						action: 'Lint a policy',
					},
					{
						name: 'Publish',
						value: 'publish',
						description: 'Put a version in force, with author, difference and a second person where wanted',
						action: 'Publish a policy version',
					},
					{
						name: 'Render',
						value: 'render',
						description: 'Write the policy as a document or as a matrix of who gets what',
						action: 'Render a policy for people',
					},
					{
						name: 'Simulate',
						value: 'simulate',
						description: 'Show what a policy would change for everybody, without any effect',
						action: 'Simulate a policy',
					},
				],
				default: 'evaluate',
			},
			...policyFields,
			...evaluate.description,
			...explain.description,
			...publish.description,
			...render.description,
			...simulate.description,
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
