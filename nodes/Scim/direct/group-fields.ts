import type { INodeProperties } from 'n8n-workflow';
import { listFields, pastLedgerNotice, scimFilter, simplifyField, writeOptions } from './fields';
import { groupLocator } from './locators';

const show = (...operation: string[]) => ({ resource: ['group'], operation });

const externalId: INodeProperties = {
	displayName: 'externalId',
	name: 'externalId',
	type: 'string',
	default: '',
	description: 'ID of the group in the system that sends it here',
};

export const groupFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['group'] } },
		options: [
			{
				name: 'Add Members',
				value: 'addMembers',
				description: 'Put accounts into a group',
				action: 'Add members to a group',
			},
			{
				name: 'Create',
				value: 'create',
				description: 'Create a group that is not there yet',
				action: 'Create a group',
			},
			{
				name: 'Create or Update',
				value: 'upsert',
				description: 'Create a new record, or update the current one if it already exists (upsert)',
				action: 'Create or update a group',
			},
			{ name: 'Delete', value: 'delete', description: 'Delete a group for good', action: 'Delete a group' },
			{ name: 'Get', value: 'get', description: 'Read one group', action: 'Get a group' },
			{ name: 'Get Many', value: 'getAll', description: 'Read many groups', action: 'Get many groups' },
			{
				name: 'Remove Members',
				value: 'removeMembers',
				description: 'Take accounts out of a group',
				action: 'Remove members from a group',
			},
			{
				name: 'Update',
				value: 'update',
				description: 'Change name or externalId of a group',
				action: 'Update a group',
			},
		],
		default: 'get',
	},
	pastLedgerNotice(show('create', 'upsert', 'update', 'delete', 'addMembers', 'removeMembers')),
	groupLocator(show('get', 'update', 'delete', 'addMembers', 'removeMembers')),
	{
		displayName: 'Name',
		name: 'displayName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Engineering',
		displayOptions: { show: show('create', 'upsert') },
		description: 'The displayName of the group',
	},
	{
		displayName: 'Members',
		name: 'members',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ada@example.com, bob@example.com',
		displayOptions: { show: show('addMembers', 'removeMembers') },
		description: 'Accounts, several separated by commas; an expression may give a list',
	},
	{
		displayName: 'Members Are Given By',
		name: 'membersBy',
		type: 'options',
		options: [
			{ name: 'externalId', value: 'externalId' },
			{ name: 'ID', value: 'id', description: 'ID of the application' },
			{ name: 'userName', value: 'userName' },
		],
		default: 'userName',
		displayOptions: { show: show('addMembers', 'removeMembers') },
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: show('create', 'upsert') },
		options: [
			externalId,
			{
				displayName: 'All Members',
				name: 'members',
				type: 'string',
				default: '',
				placeholder: 'e.g. ada@example.com, bob@example.com',
				description:
					'UserName, externalId or ID of everybody who is to be in the group, separated by commas. Others are taken out; members stay as they are where this field is not added.',
			},
		],
	},
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: show('update') },
		options: [externalId, { displayName: 'Name', name: 'displayName', type: 'string', default: '' }],
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
			{ displayName: 'externalId', name: 'externalId', type: 'string', default: '' },
			{ displayName: 'Name', name: 'displayName', type: 'string', default: '' },
			scimFilter,
		],
	},
	simplifyField(show('get', 'getAll')),
	writeOptions(show('create', 'upsert', 'update', 'delete', 'addMembers', 'removeMembers')),
];
