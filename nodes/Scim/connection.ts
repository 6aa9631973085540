import type { IExecuteFunctions } from 'n8n-workflow';
import { DomainError } from '../../core/model';
import {
	bearerAuth,
	clientCredentialsAuth,
	createAxiosHttp,
	ScimClient,
	type AxiosHttp,
	type ScimAuth,
} from '../../core/scim';

const USER_AGENT = 'n8n-nodes-contract-provisioning';

export interface Connection {
	client: ScimClient;
	/** Lets idle connections go. */
	close(): void;
}

/** The SCIM client of this node's credential, over keep-alive connections and behind n8n's own egress filter. */
export async function connect(node: IExecuteFunctions, concurrency: number): Promise<Connection> {
	const oAuth2 = node.getNodeParameter('authentication', 0) === 'oAuth2';
	const credential = await node.getCredentials(oAuth2 ? 'scimOAuth2Api' : 'scimBearerTokenApi');
	const text = (name: string) => (typeof credential[name] === 'string' ? credential[name].trim() : '');
	const http = createAxiosHttp({ egress: node.helpers.getSecureEgressFilter(), concurrency });
	const auth = oAuth2 ? oAuth2Of(http, text) : bearerAuth(text('token'));
	const client = new ScimClient({
		http,
		baseUrl: baseUrlOf(text('baseUrl')),
		auth,
		userAgent: USER_AGENT,
		clock: Date.now,
		sleep,
		limits: { concurrency },
	});
	return { client, close: () => http.close() };
}

function oAuth2Of(http: AxiosHttp, text: (name: string) => string): ScimAuth {
	const scope = text('scope');
	return clientCredentialsAuth({
		http,
		tokenUrl: text('tokenUrl'),
		clientId: text('clientId'),
		clientSecret: text('clientSecret'),
		...(scope === '' ? {} : { scope }),
		clock: Date.now,
		sleep,
		userAgent: USER_AGENT,
	});
}

function baseUrlOf(url: string): string {
	if (URL.canParse(url)) return url.replace(/\/+$/, '');
	throw new DomainError(
		'INPUT_INVALID',
		'The base URL of the SCIM credential is not an absolute address.',
		'Enter e.g. https://api.example.com/scim/v2 in the credential.',
	);
}

function sleep(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
