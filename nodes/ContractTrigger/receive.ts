import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { parseContractEvent } from '../../core/ingress';
import { contractEventItem, receivedEventOf, type ContractEventPayload } from '../runtime/contract-event';
import { answer, parseJson, receiveSigned, withId, type SignedBody } from '../runtime/signed-webhook';

/** Two whole contracts and room for their wrapping; n8n's own limit (16 MB by default) stands in front. */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** The workflow starts only for an event that the ledger holds and leased to us. */
export async function receiveContractEvent(node: IWebhookFunctions): Promise<IWebhookResponseData> {
	const settings = { inboxKind: 'contract', maxBodyBytes: MAX_BODY_BYTES };
	return await receiveSigned(node, settings, (body) => accept(node, body));
}

async function accept(
	node: IWebhookFunctions,
	{ ledger, inbox, rawBody, id }: SignedBody,
): Promise<IWebhookResponseData> {
	const event = parseContractEvent(withId(parseJson(rawBody), id));
	const { leaseSeconds = 600 } = node.getNodeParameter('options', {}) as { leaseSeconds?: number };
	const received = await receivedEventOf(ledger, event, inbox, leaseSeconds);
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
