import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { toNodeError } from '../runtime/errors';
import { refuseToolUse } from '../runtime/tool-use';
import * as breakGlass from './operations/breakGlass.operation';
import * as claim from './operations/claim.operation';
import * as extend from './operations/extend.operation';
import * as getDue from './operations/getDue.operation';
import * as getIdentity from './operations/getIdentity.operation';
import * as planRollback from './operations/planRollback.operation';
import * as recordResult from './operations/recordResult.operation';
import * as requestAccess from './operations/requestAccess.operation';
import * as resolve from './operations/resolve.operation';

const OPERATIONS = {
	breakGlass,
	claim,
	extend,
	getDue,
	getIdentity,
	planRollback,
	recordResult,
	requestAccess,
	resolve,
};

type Operation = keyof typeof OPERATIONS;

export class AccessLedger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Access Ledger',
		name: 'accessLedger',
		icon: { light: 'file:accessLedger.svg', dark: 'file:accessLedger.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ breakGlass: "Break Glass", claim: "Claim", extend: "Extend", getDue: "Get Due", getIdentity: "Get Identity", planRollback: "Plan Rollback", recordResult: "Record Result", requestAccess: "Request Access", resolve: "Resolve" })[$parameter["operation"]] }}',
		description: 'Says what is due and who has what, takes requests for access, and hands out work to other nodes',
		defaults: { name: 'Access Ledger' },
		inputs: [NodeConnectionTypes.Main],
		// The harmless branch comes first: n8n sends the input there when the node is disabled or continues on an error.
		outputs: `={{ $parameter["operation"] === "claim" ? [{ "type": "main", "displayName": "Refused" }, { "type": "main", "displayName": "Claimed" }] : $parameter["operation"] === "planRollback" ? [{ "type": "main", "displayName": "Blocked" }, { "type": "main", "displayName": "Ready" }, { "type": "main", "displayName": "Needs Approval" }] : [{ "type": "main" }] }}`,
		credentials: [{ name: 'accessLedgerApi', displayName: 'Access Ledger (Optional)', required: false }],
		properties: [
			// Each operation is about the ledger as a whole: there are no resources to sort them by.
			// eslint-disable-next-line @n8n/community-nodes/resource-operation-pattern
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Break Glass',
						value: 'breakGlass',
						description: 'Give emergency access for hours, to be looked at afterwards',
						action: 'Give emergency access',
					},
					{
						name: 'Claim',
						value: 'claim',
						description: 'Take over due actions of an application that other nodes write to',
						action: 'Claim actions for other nodes',
					},
					{
						name: 'Extend',
						value: 'extend',
						description: 'Let access go on longer than planned',
						action: 'Extend access',
					},
					{
						name: 'Get Due',
						value: 'getDue',
						description: 'Get what has to be done by now: actions, events, people, reminders',
						action: 'Get what is due',
					},
					{
						name: 'Get Identity',
						value: 'getIdentity',
						description: 'Get who has what, since when and why',
						action: 'Get what a person has',
					},
					{
						name: 'Plan Rollback',
						value: 'planRollback',
						description: 'Plan to take back what was done by a plan, a contract, for a person or since a moment',
						action: 'Plan to take changes back',
					},
					{
						name: 'Record Result',
						value: 'recordResult',
						description: 'Say what came of claimed actions',
						action: 'Record results of claimed actions',
					},
					{
						name: 'Request Access',
						value: 'requestAccess',
						description: 'Ask for access that the policy lets people ask for, or grant an exception',
						action: 'Request access for a person',
					},
					{
						name: 'Resolve',
						value: 'resolve',
						description: 'Decide what waits for a person: a halt, a finding, a match, an emergency',
						action: 'Resolve what waits for a person',
					},
				],
				default: 'getDue',
			},
			...breakGlass.description,
			...claim.description,
			...extend.description,
			...getDue.description,
			...getIdentity.description,
			...planRollback.description,
			...recordResult.description,
			...requestAccess.description,
			...resolve.description,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0) as Operation;
		try {
			// Looking is harmless; everything else changes access or evidence.
			if (operation !== 'getIdentity') refuseToolUse(this);
			return await OPERATIONS[operation].execute(this);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
