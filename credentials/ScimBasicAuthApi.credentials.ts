import type {
	Icon,
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class ScimBasicAuthApi implements ICredentialType {
	name = 'scimBasicAuthApi';

	displayName = 'SCIM Basic Auth API';

	icon: Icon = { light: 'file:scim.svg', dark: 'file:scim.dark.svg' };

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-contract-provisioning';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.example.com/scim/v2',
			description: 'Address of the SCIM 2.0 service, without /Users',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. provisioning',
			description: 'User name of the account that may manage users and groups',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Allow Writes Past the Ledger',
			name: 'allowPastLedger',
			type: 'boolean',
			default: false,
			description:
				'Whether the operations of User and Group may change accounts and groups that no plan of the ledger asked for. Each such write is journaled and recorded as an exception.',
		},
	];

	/** RFC 7617: both parts as UTF-8, which n8n does for `auth`. */
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { auth: { username: '={{$credentials.user}}', password: '={{$credentials.password}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/Users',
			qs: { count: 1 },
			headers: { Accept: 'application/scim+json', 'User-Agent': 'n8n-nodes-contract-provisioning' },
		},
	};
}
