import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { toNodeError } from '../runtime/errors';
import * as applyAmendment from './operations/applyAmendment.operation';
import * as compareVersions from './operations/compareVersions.operation';
import * as extractTerms from './operations/extractTerms.operation';
import * as readTrackedChanges from './operations/readTrackedChanges.operation';

const OPERATIONS = { applyAmendment, compareVersions, extractTerms, readTrackedChanges };

export class ContractDiff implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Contract Diff',
		name: 'contractDiff',
		icon: { light: 'file:contractDiff.svg', dark: 'file:contractDiff.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ applyAmendment: "Apply Amendment", compareVersions: "Compare Versions", extractTerms: "Extract Terms", readTrackedChanges: "Read Tracked Changes" })[$parameter["operation"]] }}',
		description: 'Says clause by clause and row by row what a contract amendment changed',
		defaults: { name: 'Contract Diff' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		outputNames: ['Changes'],
		credentials: [{ name: 'accessLedgerApi', displayName: 'Access Ledger (Optional)', required: false }],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Apply Amendment',
						value: 'applyAmendment',
						description: 'Carry out the instructions of amendments on an agreement and say what became of each',
						action: 'Apply amendments to an agreement',
					},
					{
						name: 'Compare Versions',
						value: 'compareVersions',
						description: 'Compare two versions of a contract at clause, row and term level',
						action: 'Compare two versions of a contract',
					},
					{
						name: 'Extract Terms',
						value: 'extractTerms',
						description: 'Read the terms that a policy names from a contract, each with its quote',
						action: 'Extract terms from a contract',
					},
					{
						name: 'Read Tracked Changes',
						value: 'readTrackedChanges',
						description: 'List the tracked changes of a Word file with author and date',
						action: 'Read tracked changes of a word file',
					},
				],
				default: 'compareVersions',
			},
			...applyAmendment.description,
			...compareVersions.description,
			...extractTerms.description,
			...readTrackedChanges.description,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0, 'compareVersions') as keyof typeof OPERATIONS;
		try {
			return [await OPERATIONS[operation].execute(this)];
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
