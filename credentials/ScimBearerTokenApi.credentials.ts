import type {
	Icon,
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class ScimBearerTokenApi implements ICredentialType {
	name = 'scimBearerTokenApi';

	displayName = 'SCIM Bearer Token API';

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
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Bearer token of the application',
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

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	};

	// Not every server has /ServiceProviderConfig, every one has users; the token must be good for these.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/Users',
			qs: { count: 1 },
			headers: { Accept: 'application/scim+json', 'User-Agent': 'n8n-nodes-contract-provisioning' },
		},
	};
}
