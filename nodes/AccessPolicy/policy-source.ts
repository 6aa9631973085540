import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { DomainError } from '../../core/model';
import type { LedgerApi } from '../../core/store';
import { textParameter } from '../runtime/parameters';

export const policyFields: INodeProperties[] = [
	{
		displayName: 'Policy Source',
		name: 'policySource',
		type: 'options',
		options: [
			{ name: 'Define Below', value: 'define', description: 'Type the policy document, or take it from an expression' },
			{ name: 'From File', value: 'file', description: 'Read a binary file of the first item' },
			{ name: 'From Ledger', value: 'ledger', description: 'Use the version in force under a name' },
		],
		default: 'define',
	},
	{
		displayName: 'Policy',
		name: 'policy',
		type: 'string',
		typeOptions: { rows: 12 },
		default: '',
		required: true,
		placeholder: 'e.g. policy: acme-access',
		description: 'Policy document as YAML or JSON. Each version is kept in the ledger under its hash.',
		displayOptions: { show: { policySource: ['define'] } },
	},
	{
		displayName: 'Input Binary Field',
		name: 'policyFile',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input field containing the file with the policy document',
		displayOptions: { show: { policySource: ['file'] } },
	},
	{
		displayName: 'Policy Name',
		name: 'policyName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. acme-access',
		displayOptions: { show: { policySource: ['ledger'] } },
		description: 'Name as in the first line of the document',
	},
];

/** Text of the policy this node is set to. */
export async function policyText(node: IExecuteFunctions, ledger: LedgerApi): Promise<string> {
	if (node.getNodeParameter('policySource', 0) === 'define') {
		const text = textParameter(node, 'policy');
		if (text.trim() !== '') return text;
		throw new DomainError(
			'POLICY_INVALID',
			'Parameter "Policy" is empty.',
			'Enter the policy document, or choose one from the ledger.',
		);
	}
	if (node.getNodeParameter('policySource', 0) === 'file') {
		const field = textParameter(node, 'policyFile', 0, 'data');
		return (await node.helpers.getBinaryDataBuffer(0, field)).toString('utf8');
	}
	const name = textParameter(node, 'policyName');
	const version = await ledger.readPolicy({ name });
	if (version) return version.source;
	throw new DomainError(
		'POLICY_INVALID',
		`The ledger has no policy named "${name}".`,
		'Check the name, or publish the policy once with "Define Below".',
	);
}
