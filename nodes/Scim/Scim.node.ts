import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { toNodeError } from '../runtime/errors';
import { refuseToolUse } from '../runtime/tool-use';
import * as applyActions from './operations/applyActions.operation';
import * as verify from './operations/verify.operation';

const OPERATIONS = { applyActions, verify };

export class Scim implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SCIM',
		name: 'scim',
		icon: { light: 'file:scim.svg', dark: 'file:scim.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ ($parameter["operation"] === "verify" ? "Verify: " : "Apply Actions: ") + $parameter["application"] }}',
		description: 'Carries out planned changes of access in one application by SCIM 2.0 and reads every write back',
		defaults: { name: 'SCIM' },
		inputs: [NodeConnectionTypes.Main],
		// The harmless branch comes first: n8n sends the input there when the node is disabled or continues on an error.
		outputs: `={{ $parameter["operation"] === "verify" ? [{ "type": "main", "displayName": "Still Active" }, { "type": "main", "displayName": "Inactive" }] : [{ "type": "main", "displayName": "Failed" }, { "type": "main", "displayName": "Applied" }, { "type": "main", "displayName": "Others" }] }}`,
		credentials: [
			{
				name: 'scimBearerTokenApi',
				displayName: 'SCIM Application',
				required: true,
				displayOptions: { show: { authentication: ['bearerToken'] } },
			},
			{
				name: 'scimOAuth2Api',
				displayName: 'SCIM Application',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
			{ name: 'accessLedgerApi', displayName: 'Access Ledger (Optional)', required: false },
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				options: [
					{ name: 'Bearer Token', value: 'bearerToken' },
					{ name: 'OAuth2 (Client Credentials)', value: 'oAuth2' },
				],
				default: 'bearerToken',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Apply Actions',
						value: 'applyActions',
						description: 'Carry out the due and approved actions of one application',
						action: 'Apply planned actions in an application',
					},
					{
						name: 'Verify',
						value: 'verify',
						description: 'Look at accounts again, e.g. 15 minutes after somebody left, and flag who can still get in',
						action: 'Verify that accounts are inactive',
					},
				],
				default: 'applyActions',
			},
			...applyActions.description,
			...verify.description,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			refuseToolUse(this);
			const operation = this.getNodeParameter('operation', 0) as keyof typeof OPERATIONS;
			return await OPERATIONS[operation].execute(this);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
