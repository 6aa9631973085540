import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { signatureOptions, signatureScheme } from '../runtime/signed-webhook';
import { receiveHrisEvents } from './receive';

export class HrisTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HRIS Trigger',
		name: 'hrisTrigger',
		icon: { light: 'file:hrisTrigger.svg', dark: 'file:hrisTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["path"] }}',
		description: 'Starts the workflow when somebody joins, moves or leaves, from a signed webhook of an HR system',
		defaults: { name: 'HRIS Trigger' },
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
			header: 'Waiting for a signed HR event',
			executionsHelp: {
				inactive:
					'Click <b>Execute step</b>, then have your HR system send a signed event to the test URL. Publish the workflow to receive events all the time at the production URL.',
				active:
					'The workflow is published and receives signed events at its production URL. Click <b>Execute step</b> to try the test URL.',
			},
			activationHint: 'Publish the workflow to receive HR events all the time.',
		},
		properties: [
			{
				displayName:
					'Every event lands in the ledger once. Unsigned, forged, old and repeated events start nothing; an event whose person is not certain waits for somebody to decide.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				default: 'hr-events',
				required: true,
				placeholder: 'e.g. hr-events',
				description: 'Last part of the webhook URL',
			},
			{
				displayName: 'Provider',
				name: 'provider',
				type: 'options',
				options: [
					{
						name: 'Generic',
						value: 'generic',
						description: 'One event, a list of events, or events in a member of that name',
					},
				],
				default: 'generic',
			},
			signatureScheme,
			{
				displayName: 'Policy Name',
				name: 'policyName',
				type: 'string',
				default: '',
				placeholder: 'e.g. acme-access',
				description:
					'Policy in the ledger that says how attributes are read: zone, aliases, known values. Where empty, the zone of the workflow counts.',
			},
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
						description: 'How long an accepted event is worked on before Get Due hands it out again',
					},
					...signatureOptions,
					{
						displayName: 'Source',
						name: 'source',
						type: 'string',
						default: '',
						placeholder: 'e.g. hris',
						description:
							'Authority of events that name none, as the policy calls it. Where empty: vms for contractors, signal for signals, else hris.',
					},
				],
			},
		],
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveHrisEvents(this);
	}
}
