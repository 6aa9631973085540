import type { INodeProperties } from 'n8n-workflow';
import { listFields, pastLedgerNotice, scimFilter, simplifyField, writeOptions } from './fields';
import { userLocator } from './locators';

const show = (...operation: string[]) => ({ resource: ['user'], operation });

const ATTRIBUTES: INodeProperties[] = [
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether the account lets its person in',
	},
	{ displayName: 'Display Name', name: 'displayName', type: 'string', default: '' },
	{ displayName: 'Email', name: 'email', type: 'string', placeholder: 'name@email.com', default: '' },
	{
		displayName: 'externalId',
		name: 'externalId',
		type: 'string',
		default: '',
		description: 'ID of the person in the system that sends them here',
	},
	{ displayName: 'First Name', name: 'firstName', type: 'string', default: '' },
	{
		displayName: 'Further Attributes',
		name: 'attributes',
		type: 'json',
		default: '{}',
		description: 'SCIM attributes and extensions as one JSON object. Fields above come before it.',
	},
	{ displayName: 'Last Name', name: 'lastName', type: 'string', default: '' },
	{ displayName: 'Title', name: 'title', type: 'string', default: '' },
];

export const userFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['user'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				description: 'Create an account that is not there yet',
				action: 'Create a user',
			},
			{
				name: 'Create or Update',
				value: 'upsert',
				description: 'Create a new record, or update the current one if it already exists (upsert)',
				action: 'Create or update a user',
			},
			{
				name: 'Deactivate',
				value: 'deactivate',
				description: 'Set active to false and keep the account',
				action: 'Deactivate a user',
			},
			{ name: 'Delete', value: 'delete', description: 'Delete an account for good', action: 'Delete a user' },
			{ name: 'Get', value: 'get', description: 'Read one account', action: 'Get a user' },
			{ name: 'Get Many', value: 'getAll', description: 'Read many accounts', action: 'Get many users' },
			{ name: 'Update', value: 'update', description: 'Change attributes of an account', action: 'Update a user' },
		],
		default: 'get',
	},
	pastLedgerNotice(show('create', 'upsert', 'update', 'deactivate', 'delete')),
	userLocator(show('get', 'update', 'deactivate', 'delete')),
	{
		displayName: 'userName',
		name: 'userName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ada@example.com',
		displayOptions: { show: show('create', 'upsert') },
		description: 'What the person signs in with',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: show('create', 'upsert') },
		options: ATTRIBUTES,
	},
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: show('update') },
		options: [
			...ATTRIBUTES,
			{
				displayName: 'userName',
				name: 'userName',
				type: 'string',
				default: '',
				description: 'What the person signs in with',
			},
		],
	},
	...listFields(show('getAll')),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: show('getAll') },
		options: [
			{
				displayName: 'Active',
				name: 'active',
				type: 'options',
				options: [
					{ name: 'Active Only', value: 'active' },
					{ name: 'Inactive Only', value: 'inactive' },
				],
				default: 'active',
			},
			{ displayName: 'Display Name', name: 'displayName', type: 'string', default: '' },
			{ displayName: 'Email', name: 'email', type: 'string', placeholder: 'name@email.com', default: '' },
			{ displayName: 'externalId', name: 'externalId', type: 'string', default: '' },
			scimFilter,
			{ displayName: 'userName', name: 'userName', type: 'string', default: '' },
		],
	},
	simplifyField(show('get', 'getAll')),
	writeOptions(show('create', 'upsert', 'update', 'deactivate', 'delete')),
];
