import type { INodeProperties, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { sourceKey, verifyGenericHmac, verifyStandardWebhook, type Verification } from '../../core/ingress';
import { isDomainError } from '../../core/model';
import type { LedgerApi } from '../../core/store';
import { ledgerOf } from './ledger';

/** A shorter secret could be found by trying; none at all is left then, and every event is refused. */
const MIN_SECRET_CHARACTERS = 16;

/** A request whose signature was right. */
export interface SignedBody {
	ledger: LedgerApi;
	inbox: string;
	rawBody: Buffer;
	/** The event's id, where the scheme signs one. */
	id?: string;
}

/**
 * Receives one signed request: verify first, store second, answer third. `accept` sees only bodies whose signature is right,
 * and whatever it throws is answered, never thrown: n8n would start an execution that ends in an error.
 */
export async function receiveSigned(
	node: IWebhookFunctions,
	settings: { inboxKind: string; maxBodyBytes: number },
	accept: (body: SignedBody) => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	try {
		return await receive(node, settings, accept);
	} catch (error) {
		const down = isDomainError(error) && error.code.startsWith('LEDGER_');
		return answer(node, down ? 503 : 500, problem(down ? 'ledger_unavailable' : 'not_stored'));
	}
}

async function receive(
	node: IWebhookFunctions,
	{ inboxKind, maxBodyBytes }: { inboxKind: string; maxBodyBytes: number },
	accept: (body: SignedBody) => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	const inbox = `${inboxKind}:${pathOf(node)}`;
	const ledger = await ledgerOf(node);
	const request = node.getRequestObject();
	await request.readRawBody();
	const { rawBody } = request;
	const verification = await verify(node, rawBody);
	if (!verification.ok) {
		const source = sourceKey(request.ip, ledger.pseudonymKey);
		await ledger.recordRefusal({ source, reason: verification.reason, inbox });
		// One answer for every reason: a forger learns nothing. The reason is in the audit log.
		return answer(node, 401, { error: 'signature_not_accepted' });
	}
	if (rawBody.length > maxBodyBytes) return answer(node, 413, { error: 'too_large', maxBytes: maxBodyBytes });
	try {
		const id = verification.id === undefined ? {} : { id: verification.id };
		return await accept({ ledger, inbox, rawBody, ...id });
	} catch (error) {
		if (isDomainError(error) && error.code === 'INPUT_INVALID') return await refuseInvalid(node, ledger, inbox, error);
		throw error;
	}
}

function pathOf(node: IWebhookFunctions): string {
	const path = node.getNodeParameter('path');
	return typeof path === 'string' ? path : 'unnamed';
}

async function verify(node: IWebhookFunctions, rawBody: Buffer): Promise<Verification> {
	const credential = await node.getCredentials('contractWebhookSecretApi');
	const secrets = [credential['secret'], credential['previousSecret']].filter(
		(secret): secret is string => typeof secret === 'string' && secret.length >= MIN_SECRET_CHARACTERS,
	);
	const options = node.getNodeParameter('options', {}) as {
		toleranceSeconds?: number;
		timestampHeader?: string;
		signatureHeader?: string;
	};
	const request = {
		secrets,
		headers: node.getHeaderData(),
		rawBody,
		now: Date.now(),
		toleranceSeconds: options.toleranceSeconds ?? 300,
	};
	if (node.getNodeParameter('scheme') === 'standardWebhooks') return verifyStandardWebhook(request);
	return verifyGenericHmac({
		...request,
		headerNames: {
			...(options.timestampHeader ? { timestamp: options.timestampHeader } : {}),
			...(options.signatureHeader ? { signature: options.signatureHeader } : {}),
		},
	});
}

/** Rightly signed and wrongly made: recorded without its content, and answered with what to correct. */
export async function refuseInvalid(
	node: IWebhookFunctions,
	ledger: LedgerApi,
	inbox: string,
	error: unknown,
): Promise<IWebhookResponseData> {
	await ledger.append({
		type: 'event.invalid',
		actor: { kind: 'system', id: inbox },
		occurredAt: new Date().toISOString(),
		data: { message: isDomainError(error) ? error.message : 'unreadable' },
	});
	return answer(node, 422, problem('invalid_event', error));
}

/** The body as JSON; `undefined` where it is none, which every parser refuses with its own words. */
export function parseJson(rawBody: Buffer): unknown {
	try {
		return JSON.parse(rawBody.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}

/** Under Standard Webhooks the signed header is the event's identity. */
export function withId(body: unknown, id: string | undefined): unknown {
	return id !== undefined && typeof body === 'object' && body !== null ? { ...body, id } : body;
}

export function problem(code: string, error?: unknown): Record<string, string> {
	return isDomainError(error)
		? { error: code, message: error.message, remedy: error.remedy }
		: { error: code, message: 'The event could not be stored. Send it again later.' };
}

export function answer(node: IWebhookFunctions, status: number, body: object): IWebhookResponseData {
	node.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true };
}

/** Parameters that every trigger with a signed webhook has. */
export const signatureScheme: INodeProperties = {
	displayName: 'Signature Scheme',
	name: 'scheme',
	type: 'options',
	options: [
		{
			name: 'HMAC-SHA256 (X-Webhook-Signature)',
			value: 'hmac',
			description: 'Hex signature over timestamp and body, timestamp in a header of its own',
		},
		{
			name: 'Standard Webhooks',
			value: 'standardWebhooks',
			description: 'Headers webhook-ID, webhook-timestamp and webhook-signature of standardwebhooks.com',
		},
	],
	default: 'hmac',
};

export const signatureOptions: INodeProperties[] = [
	{
		displayName: 'Signature Header',
		name: 'signatureHeader',
		type: 'string',
		default: 'X-Webhook-Signature',
		description: 'Header with sha256= and the hex signature. For scheme HMAC-SHA256 only.',
	},
	{
		displayName: 'Timestamp Header',
		name: 'timestampHeader',
		type: 'string',
		default: 'X-Webhook-Timestamp',
		description: 'Header with the Unix time in seconds. For scheme HMAC-SHA256 only.',
	},
	{
		displayName: 'Tolerance (Seconds)',
		name: 'toleranceSeconds',
		type: 'number',
		typeOptions: { minValue: 10, maxValue: 3600 },
		default: 300,
		description: 'How far the timestamp may be from now before a signed event counts as replayed',
	},
];
