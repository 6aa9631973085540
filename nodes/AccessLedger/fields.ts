import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

type Show = NonNullable<IDisplayOptions['show']>;

/** Who it is about. */
export function personFields(show: Show): INodeProperties[] {
	return [
		{
			displayName: 'Look Up Person By',
			name: 'lookUpBy',
			type: 'options',
			options: [
				{ name: 'Email', value: 'email' },
				{ name: 'HR ID', value: 'hrId', description: 'ID of the HR system' },
				{ name: 'Identity ID', value: 'identityId', description: 'ID of the ledger, as items carry it' },
			],
			default: 'identityId',
			displayOptions: { show },
		},
		{
			displayName: 'Person',
			name: 'person',
			type: 'string',
			default: '={{ $json.identityId }}',
			required: true,
			placeholder: 'e.g. ada@example.com',
			displayOptions: { show },
			description: 'Whose access it is about',
		},
	];
}

export function policyField(show: Show): INodeProperties {
	return {
		displayName: 'Policy Name',
		name: 'policyName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. acme-access',
		displayOptions: { show },
		description:
			'Name as in the first line of the policy document. The version in force decides what is allowed, and for how long.',
	};
}

export function entitlementsField(show: Show): INodeProperties {
	return {
		displayName: 'Entitlements',
		name: 'entitlements',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. github/admin',
		displayOptions: { show },
		description: 'Names as in the policy, several separated by commas',
	};
}

/** Who says so, and why. */
export function saidBy(show: Show, name: string, displayName: string, description: string): INodeProperties[] {
	return [
		{
			displayName,
			name,
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ada@example.com',
			displayOptions: { show },
			description,
		},
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. On call until Friday, ticket OPS-123',
			displayOptions: { show },
			description: 'Kept with the record. It can be erased with the person.',
		},
	];
}

export function untilField(show: Show, required: boolean): INodeProperties {
	return {
		displayName: 'Until',
		name: 'until',
		type: 'string',
		default: '',
		required,
		placeholder: 'e.g. 2026-12-31',
		displayOptions: { show },
		description: required
			? 'A date (its last day), an instant with offset, or a duration from now such as P7D'
			: 'A date (its last day), an instant with offset, or a duration from now such as P7D. Leave empty for the longest that the policy allows.',
	};
}
