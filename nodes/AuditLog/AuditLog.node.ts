import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { toNodeError } from '../runtime/errors';
import { refuseToolUse } from '../runtime/tool-use';
import * as append from './operations/append.operation';
import * as verify from './operations/verify.operation';

const OPERATIONS = { append, verify };

export class AuditLog implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Audit Log',
		name: 'auditLog',
		icon: { light: 'file:auditLog.svg', dark: 'file:auditLog.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] === "verify" ? "Verify" : "Append" }}',
		description: 'Adds records of your own to the tamper-evident audit log, and verifies the whole log',
		defaults: { name: 'Audit Log' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'accessLedgerApi', displayName: 'Access Ledger (Optional)', required: false }],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Append',
						value: 'append',
						description: 'Write one record per item',
						action: 'Append records to the audit log',
					},
					{
						name: 'Verify',
						value: 'verify',
						description: 'Check every record and the chain between them',
						action: 'Verify the audit log',
					},
				],
				default: 'verify',
			},
			...append.description,
			...verify.description,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0) as keyof typeof OPERATIONS;
		try {
			refuseToolUse(this);
			return [await OPERATIONS[operation].execute(this)];
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
