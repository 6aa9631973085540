import type {
	Icon,
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { BASE_URL, PAST_LEDGER, READ_ONE_USER } from './scim-fields';

export class ScimOAuth2Api implements ICredentialType {
	name = 'scimOAuth2Api';

	displayName = 'SCIM OAuth2 API';

	icon: Icon = { light: 'file:scim.svg', dark: 'file:scim.dark.svg' };

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-contract-provisioning';

	properties: INodeProperties[] = [
		BASE_URL,
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://login.example.com/oauth2/token',
			description: 'Where the client credentials are exchanged for an access token',
		},
		{ displayName: 'Client ID', name: 'clientId', type: 'string', default: '', required: true },
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: '',
			description: 'Scopes to ask for, separated by spaces. Leave empty where the server needs none.',
		},
		PAST_LEDGER,
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** RFC 6749 §4.4, with the client authenticated by HTTP Basic (§2.3.1). Used by n8n's own requests, e.g. the test. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const text = (name: string) => (typeof credentials[name] === 'string' ? credentials[name] : '');
		const basic = [text('clientId'), text('clientSecret')].map(encodeURIComponent).join(':');
		const scope = text('scope').trim();
		const answer = (await this.helpers.httpRequest({
			method: 'POST',
			url: text('tokenUrl'),
			body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) }),
			headers: { Authorization: `Basic ${Buffer.from(basic).toString('base64')}`, Accept: 'application/json' },
			json: true,
		})) as { access_token?: string };
		return { accessToken: answer.access_token ?? '' };
	}

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
	};

	test: ICredentialTestRequest = READ_ONE_USER;
}
