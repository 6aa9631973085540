import { DomainError } from '../../core/model';
import {
	basicAuth,
	bearerAuth,
	clientCredentialsAuth,
	createAxiosHttp,
	ScimClient,
	type AxiosHttp,
	type EgressFilter,
	type ScimAuth,
	type ScimLimits,
} from '../../core/scim';
import type { LedgerApi } from '../../core/store';
import { ApplicationKnowledge } from './application-knowledge';

export const USER_AGENT = 'n8n-nodes-contract-provisioning';

/** What a connection takes of the node it is for; also of one whose lists are being filled in the editor. */
export interface ConnectingNode {
	getCredentials(type: string): Promise<object>;
	helpers: { getSecureEgressFilter(): EgressFilter };
}

export interface ConnectOptions {
	/** Value of the parameter "Authentication". */
	authentication: unknown;
	limits: Partial<ScimLimits>;
	/** Where what is known of applications is kept between runs; without it nothing is asked and nothing is kept. */
	ledger?: Pick<LedgerApi, 'readScimProfile' | 'saveScimProfile'>;
}

export interface Connection {
	client: ScimClient;
	http: AxiosHttp;
	auth: ScimAuth;
	baseUrl: string;
	knowledge: ApplicationKnowledge;
	/** Whether the credential lets User and Group change what no plan asked for. */
	allowsPastLedger: boolean;
	/** Keeps what was learned of the application and lets idle connections go. */
	close(): Promise<void>;
}

const NOWHERE: NonNullable<ConnectOptions['ledger']> = {
	readScimProfile: async () => undefined,
	saveScimProfile: async () => undefined,
};

const CREDENTIALS = new Map([
	['oAuth2', 'scimOAuth2Api'],
	['basicAuth', 'scimBasicAuthApi'],
	['bearerToken', 'scimBearerTokenApi'],
]);

/**
 * The SCIM client of this node's credential, over keep-alive connections and behind n8n's own egress filter. It begins with
 * what earlier runs know of the application; an application that nobody knows is asked about itself first.
 */
export async function connect(node: ConnectingNode, options: ConnectOptions): Promise<Connection> {
	const type = CREDENTIALS.get(String(options.authentication)) ?? 'scimBearerTokenApi';
	const credential = (await node.getCredentials(type)) as Record<string, unknown>;
	const text = (name: string) => (typeof credential[name] === 'string' ? credential[name].trim() : '');
	const { concurrency = 8 } = options.limits;
	const http = createAxiosHttp({ egress: node.helpers.getSecureEgressFilter(), concurrency });
	const baseUrl = baseUrlOf(text('baseUrl'));
	const auth = authOf(type, http, text, credential['password']);
	const knowledge = await ApplicationKnowledge.of(options.ledger ?? NOWHERE, baseUrl);
	const client = new ScimClient({
		http,
		baseUrl,
		auth,
		userAgent: USER_AGENT,
		clock: Date.now,
		sleep,
		limits: options.limits,
		...(knowledge.profile && { profile: knowledge.profile }),
	});
	if (options.ledger !== undefined) await knowledge.introduce(client);
	return {
		client,
		http,
		auth,
		baseUrl,
		knowledge,
		allowsPastLedger: credential['allowPastLedger'] === true,
		close: async () => {
			http.close();
			await knowledge.keep(client.profile);
		},
	};
}

function authOf(type: string, http: AxiosHttp, text: (name: string) => string, password: unknown): ScimAuth {
	if (type === 'scimBearerTokenApi') return bearerAuth(text('token'));
	// Blanks at the ends of a password may belong to it.
	if (type === 'scimBasicAuthApi') return basicAuth(text('user'), typeof password === 'string' ? password : '');
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
