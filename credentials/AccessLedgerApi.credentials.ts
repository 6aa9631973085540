import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class AccessLedgerApi implements ICredentialType {
	name = 'accessLedgerApi';

	displayName = 'Access Ledger API';

	icon: Icon = { light: 'file:ledger.svg', dark: 'file:ledger.dark.svg' };

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-contract-provisioning';

	properties: INodeProperties[] = [
		{
			displayName:
				'Without this credential the nodes share one ledger file under the n8n user folder. Nothing has to be set up.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'File',
			name: 'file',
			type: 'string',
			default: '',
			placeholder: 'e.g. /data/access/ledger.sqlite',
			description: 'Absolute path of the SQLite ledger on a local disk. Leave empty for the default.',
		},
	];
}
