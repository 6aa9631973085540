import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { toNodeError } from '../runtime/errors';
import * as compareVersions from './operations/compareVersions.operation';

export class ContractDiff implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Contract Diff',
		name: 'contractDiff',
		icon: { light: 'file:contractDiff.svg', dark: 'file:contractDiff.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'Compare Versions',
		description: 'Says clause by clause and row by row what a contract amendment changed',
		defaults: { name: 'Contract Diff' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		outputNames: ['Changes'],
		credentials: [{ name: 'accessLedgerApi', required: false }],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Compare Versions',
						value: 'compareVersions',
						description: 'Compare two versions of a contract at clause, row and term level',
						action: 'Compare two versions of a contract',
					},
				],
				default: 'compareVersions',
			},
			...compareVersions.description,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			return [await compareVersions.execute(this)];
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
