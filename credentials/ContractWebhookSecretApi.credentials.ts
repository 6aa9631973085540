import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class ContractWebhookSecretApi implements ICredentialType {
	name = 'contractWebhookSecretApi';

	displayName = 'Contract Webhook Secret API';

	icon: Icon = { light: 'file:secret.svg', dark: 'file:secret.dark.svg' };

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-contract-provisioning';

	properties: INodeProperties[] = [
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Shared with the sending system, which signs every event with it. At least 16 characters.',
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Accepted beside the secret while you change it. Clear it when the sender uses the new one.',
		},
	];
}
