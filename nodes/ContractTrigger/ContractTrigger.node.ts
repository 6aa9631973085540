import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { signatureOptions, signatureScheme } from '../runtime/signed-webhook';
import { receiveContractEvent } from './receive';

export class ContractTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Contract Trigger',
		name: 'contractTrigger',
		icon: { light: 'file:contractTrigger.svg', dark: 'file:contractTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["path"] }}',
		description: 'Starts the workflow when a contract is signed, amended or ended, from a signed webhook',
		defaults: { name: 'Contract Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'contractWebhookSecretApi', displayName: 'Webhook Secret', required: true },
			{ name: 'accessLedgerApi', displayName: 'Access Ledger (Optional)', required: false },
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				isFullPath: true,
				path: '={{$parameter["path"]}}',
			},
		],
		triggerPanel: {
			header: 'Waiting for a signed contract event',
			executionsHelp: {
				inactive:
					'Click <b>Execute step</b>, then have your contract system send a signed event to the test URL. Publish the workflow to receive events all the time at the production URL.',
				active:
					'The workflow is published and receives signed events at its production URL. Click <b>Execute step</b> to try the test URL.',
			},
			activationHint: 'Publish the workflow to receive contract events all the time.',
		},
		properties: [
			{
				displayName:
					'The sender signs <i>timestamp.body</i> with HMAC-SHA256 and sends <code>X-Webhook-Timestamp</code> and <code>X-Webhook-Signature</code>. Unsigned, forged, old and repeated events start nothing.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				default: 'contract-events',
				required: true,
				placeholder: 'e.g. contract-events',
				description: 'Last part of the webhook URL. Each path is an inbox of its own: event IDs are unique within it.',
			},
			signatureScheme,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Lease (Seconds)',
						name: 'leaseSeconds',
						type: 'number',
						typeOptions: { minValue: 30, maxValue: 86400 },
						default: 600,
						description:
							'How long an accepted event is worked on before a re-delivery may start it again. Only a finished event counts as done.',
					},
					...signatureOptions,
				],
			},
		],
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveContractEvent(this);
	}
}
