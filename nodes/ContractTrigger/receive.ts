import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	parseContractEvent,
	sourceKey,
	verifyGenericHmac,
	verifyStandardWebhook,
	type Verification,
} from '../../core/ingress';
import { isDomainError } from '../../core/model';
import type { LedgerApi } from '../../core/store';
import { contractEventItem, toReceivedEvent, type ContractEventPayload } from '../runtime/contract-event';
import { ledgerOf } from '../runtime/ledger';

/** A shorter secret could be found by trying; none at all is left then, and every event is refused. */
const MIN_SECRET_CHARACTERS = 16;
/** Two whole contracts and room for their wrapping; n8n's own limit (16 MB by default) stands in front. */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** Verify first, store second, answer third: the workflow starts only for an event that the ledger holds and leased to us. */
export async function receiveContractEvent(node: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await receive(node);
	} catch (error) {
		// Nothing may be thrown from here: n8n would start an execution that ends in an error.
		const down = isDomainError(error) && error.code.startsWith('LEDGER_');
		return answer(node, down ? 503 : 500, problem(down ? 'ledger_unavailable' : 'not_stored'));
	}
}

async function receive(node: IWebhookFunctions): Promise<IWebhookResponseData> {
	const inbox = `contract:${pathOf(node)}`;
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
	if (rawBody.length > MAX_BODY_BYTES) return answer(node, 413, { error: 'too_large', maxBytes: MAX_BODY_BYTES });
	try {
		const id = verification.id === undefined ? {} : { id: verification.id };
		return await accept(node, ledger, inbox, { rawBody, ...id });
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

async function accept(
	node: IWebhookFunctions,
	ledger: LedgerApi,
	inbox: string,
	body: { rawBody: Buffer; id?: string },
): Promise<IWebhookResponseData> {
	const parsed = parseJson(body.rawBody);
	const event = parseContractEvent(body.id === undefined ? parsed : withId(parsed, body.id));
	const { leaseSeconds = 600 } = node.getNodeParameter('options', {}) as { leaseSeconds?: number };
	const received = toReceivedEvent(event, inbox, leaseSeconds);
	const receipt = await ledger.receiveEvent(received);
	switch (receipt.status) {
		case 'duplicate':
			return answer(node, 200, { status: 'duplicate', eventId: receipt.eventId });
		case 'in_progress':
			return answer(node, 202, { status: 'in_progress', eventId: receipt.eventId });
		case 'conflict':
			return answer(node, 409, {
				error: 'conflict',
				eventId: receipt.eventId,
				message: 'An event with this id and other content was received before. Send a change as a new event.',
			});
		case 'accepted':
			node.getResponseObject().status(202).json({ status: 'accepted', eventId: receipt.eventId });
			return {
				noWebhookResponse: true,
				workflowData: [
					[{ json: contractEventItem(ledger.id, receipt.eventId, received.payload as ContractEventPayload) }],
				],
			};
	}
}

async function refuseInvalid(
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

function parseJson(rawBody: Buffer): unknown {
	try {
		return JSON.parse(rawBody.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}

/** Under Standard Webhooks the signed header is the event's identity. */
function withId(body: unknown, id: string): unknown {
	return typeof body === 'object' && body !== null ? { ...body, id } : body;
}

function problem(code: string, error?: unknown): Record<string, string> {
	return isDomainError(error)
		? { error: code, message: error.message, remedy: error.remedy }
		: { error: code, message: 'The event could not be stored. Send it again later.' };
}

function answer(node: IWebhookFunctions, status: number, body: object): IWebhookResponseData {
	node.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true };
}
