import type {
	Icon,
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { BASE_URL, PAST_LEDGER, READ_ONE_USER } from './scim-fields';

export class ScimBasicAuthApi implements ICredentialType {
	name = 'scimBasicAuthApi';

	displayName = 'SCIM Basic Auth API';

	icon: Icon = { light: 'file:scim.svg', dark: 'file:scim.dark.svg' };

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-contract-provisioning';

	properties: INodeProperties[] = [
		BASE_URL,
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
		PAST_LEDGER,
	];

	/** RFC 7617: both parts as UTF-8, which n8n does for `auth`. */
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { auth: { username: '={{$credentials.user}}', password: '={{$credentials.password}}' } },
	};

	test: ICredentialTestRequest = READ_ONE_USER;
}
