import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';

/** What every credential of a SCIM application has, whatever it proves itself by. */
export const BASE_URL: INodeProperties = {
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://api.example.com/scim/v2',
	description: 'Address of the SCIM 2.0 service, without /Users',
};

export const PAST_LEDGER: INodeProperties = {
	displayName: 'Allow Writes Past the Ledger',
	name: 'allowPastLedger',
	type: 'boolean',
	default: false,
	description:
		'Whether the operations of User and Group may change accounts and groups that no plan of the ledger asked for. Each such write is journaled and recorded as an exception.',
};

/** Not every server has /ServiceProviderConfig, every one has users; the credential must be good for these. */
export const READ_ONE_USER: ICredentialTestRequest = {
	request: {
		baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
		url: '/Users',
		qs: { count: 1 },
		headers: { Accept: 'application/scim+json', 'User-Agent': 'n8n-nodes-contract-provisioning' },
	},
};
