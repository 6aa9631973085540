import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { toNodeError } from '../runtime/errors';
import { textParameter } from '../runtime/parameters';
import { refuseToolUse } from '../runtime/tool-use';
import { groupFields, GROUPS, runDirect, searchGroups, searchUsers, userFields, USERS } from './direct';
import * as applyActions from './operations/applyActions.operation';
import * as importCatalogue from './operations/importCatalogue.operation';
import * as reconcile from './operations/reconcile.operation';
import * as verify from './operations/verify.operation';

const ACCESS = { applyActions, importCatalogue, reconcile, verify };

/** The harmless branch comes first: n8n sends the input there when the node is disabled or continues on an error. */
const named = (...names: string[]) =>
	`[${names.map((name) => `{ "type": "main", "displayName": "${name}" }`).join(', ')}]`;
const isOperation = (name: string) => `$parameter["operation"] === "${name}"`;
const OUTPUTS = [
	`={{ $parameter["resource"] === "user" || $parameter["resource"] === "group" ? ["main"]`,
	`${isOperation('verify')} ? ${named('Still Active', 'Inactive')}`,
	`${isOperation('importCatalogue')} ? ${named('Entries', 'Summary')}`,
	`${isOperation('reconcile')} && $parameter["mode"] === "plan" ? ${named('Findings', 'Summary', 'Ready', 'Needs Approval')}`,
	`${isOperation('reconcile')} ? ${named('Findings', 'Summary')}`,
	`${named('Failed', 'Applied', 'Others')} }}`,
].join(' : ') as `={{${string}}}`;

export class Scim implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SCIM',
		name: 'scim',
		icon: { light: 'file:scim.svg', dark: 'file:scim.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ ($parameter["operation"].charAt(0).toUpperCase() + $parameter["operation"].slice(1).replace(/([A-Z])/g, " $1")).replace("Get All", "Get Many").replace("Upsert", "Create or Update") + ": " + ($parameter["resource"] === "user" || $parameter["resource"] === "group" ? $parameter["resource"] : $parameter["application"]) }}',
		description:
			'Carries out planned changes of access in one application by SCIM 2.0, reads every write back, and compares the application with the ledger',
		defaults: { name: 'SCIM' },
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS,
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
			{
				name: 'scimBasicAuthApi',
				displayName: 'SCIM Application',
				required: true,
				displayOptions: { show: { authentication: ['basicAuth'] } },
			},
			{ name: 'accessLedgerApi', displayName: 'Access Ledger (Optional)', required: false },
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				options: [
					{ name: 'Basic Auth', value: 'basicAuth' },
					{ name: 'Bearer Token', value: 'bearerToken' },
					{ name: 'OAuth2 (Client Credentials)', value: 'oAuth2' },
				],
				default: 'bearerToken',
			},
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Governed Access',
						value: 'access',
						description: 'What the ledger plans, carries out, compares and adopts',
					},
					{ name: 'Group', value: 'group', description: 'Groups of the application, past the ledger' },
					{ name: 'User', value: 'user', description: 'Accounts of the application, past the ledger' },
				],
				default: 'access',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['access'] } },
				options: [
					{
						name: 'Apply Actions',
						value: 'applyActions',
						description: 'Carry out the due and approved actions of one application',
						action: 'Apply planned actions in an application',
					},
					{
						name: 'Import Catalogue',
						value: 'importCatalogue',
						description: 'Read groups, roles, licences and schemas as the beginning of a policy',
						action: 'Import the catalogue of an application',
					},
					{
						name: 'Reconcile',
						value: 'reconcile',
						description: 'Compare all accounts and groups with the ledger; report, plan corrections or adopt',
						action: 'Reconcile an application with the ledger',
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
			...userFields,
			...groupFields,
			...applyActions.description,
			...reconcile.description,
			...verify.description,
			...importCatalogue.description,
		],
	};

	methods = { listSearch: { searchGroups, searchUsers } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			refuseToolUse(this);
			const resource = textParameter(this, 'resource', 0, 'access');
			const operation = textParameter(this, 'operation');
			const direct = resource === 'user' ? USERS : resource === 'group' ? GROUPS : undefined;
			if (direct === undefined) return await ACCESS[operation as keyof typeof ACCESS].execute(this);
			return await runDirect(this, direct[operation]);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
