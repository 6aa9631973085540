import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DomainError } from '../../../core/model';
import { importCatalogue } from '../../../core/scim';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { textParameter } from '../../runtime/parameters';
import { DEFAULT_CONCURRENCY } from '../concurrency';
import { connect } from '../connection';

const show = { resource: ['access'], operation: ['importCatalogue'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Attribute Mapping to Check',
				name: 'mapping',
				type: 'json',
				default: '{}',
				description:
					'The attributes of the application as in the policy, as one JSON object. They are checked against its schemas.',
			},
			{
				displayName: 'Put Output File in Field',
				name: 'binaryPropertyName',
				type: 'string',
				default: 'data',
				hint: 'The name of the output binary field to put the file in',
				description: 'The policy fragment is a YAML file in this field of the summary',
			},
		],
	},
];

/** Entries, Summary: what the application has to give, and the beginning of a policy for it. Only reads. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const application = textParameter(node, 'application').trim();
	if (application === '')
		throw new DomainError(
			'INPUT_INVALID',
			'Parameter "Application" is empty.',
			'Enter the name it gets in the policy.',
		);
	const options = node.getNodeParameter('options', 0, {}) as { mapping?: unknown; binaryPropertyName?: string };
	const authentication = node.getNodeParameter('authentication', 0);
	const connection = await connect(node, { authentication, limits: { concurrency: DEFAULT_CONCURRENCY }, ledger });
	try {
		const mapping = mappingOf(options.mapping);
		const catalogue = await importCatalogue(connection.client, {
			application,
			...(mapping !== undefined && { mapping }),
			onProgress: ({ phase, done }) => node.sendMessageToUI(`${application}: ${phase} ${done}`),
		});
		const { entries, policy, ...summary } = catalogue;
		const head = { ledger: ledger.id, application };
		const pairedItem = node.getInputData().map((_, item) => ({ item }));
		const file = await node.helpers.prepareBinaryData(
			Buffer.from(policy, 'utf8'),
			`${application}.policy.yaml`,
			'application/yaml',
		);
		node.addExecutionHints({
			message: `${application}: ${entries.length} group(s), role(s) and licence(s), ${catalogue.accounts.total} account(s).${catalogue.complete ? '' : ` Not everything could be read: ${catalogue.reasons.join(' ')}`}`,
			type: catalogue.complete ? 'info' : 'warning',
			location: 'outputPane',
		});
		return [
			entries.map((entry) => ({ json: toJson({ ...head, ...entry }), pairedItem })),
			[
				{
					json: toJson({ ...head, ...summary, policy }),
					binary: { [options.binaryPropertyName?.trim() || 'data']: file },
					pairedItem,
				},
			],
		];
	} finally {
		await connection.close();
	}
}

function mappingOf(value: unknown): unknown {
	if (value === undefined || value === '') return undefined;
	if (typeof value !== 'string') return value;
	try {
		const parsed: unknown = JSON.parse(value);
		return typeof parsed === 'object' && parsed !== null && Object.keys(parsed).length === 0 ? undefined : parsed;
	} catch {
		throw new DomainError(
			'INPUT_INVALID',
			'"Attribute Mapping to Check" is no JSON.',
			'Write it like {"userName": "{email}"}.',
		);
	}
}
