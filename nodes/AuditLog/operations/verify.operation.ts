import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DomainError } from '../../../core/model';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';

const show = { operation: ['verify'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Fail When Broken',
		name: 'failWhenBroken',
		type: 'boolean',
		default: true,
		displayOptions: { show },
		description: 'Whether to stop the workflow with an error when the log was tampered with',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Expected Head',
				name: 'head',
				type: 'string',
				default: '',
				description:
					'Head of the log as noted earlier elsewhere. With it, a log that was cut off at its end is found too.',
			},
			{
				displayName: 'Expected Records',
				name: 'records',
				type: 'number',
				default: 0,
				description: 'Number of records that belonged to the expected head',
			},
		],
	},
];

/** Verifies once, however many items come in. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const ledger = await ledgerOf(node);
	const { head, records } = node.getNodeParameter('options', 0, {}) as { head?: string; records?: number };
	const verdict = await ledger.verifyLog(head && records ? { head, records } : undefined);
	if (!verdict.ok && node.getNodeParameter('failWhenBroken', 0, true) === true) {
		const first = verdict.problems[0];
		throw new DomainError(
			'AUDIT_BROKEN',
			`The audit log does not verify: record ${first?.seq ?? 0}: ${first?.what ?? 'unknown problem'}.`,
			'Stop provisioning, keep a copy of the ledger file and find out who could write to it.',
		);
	}
	return [
		{
			json: toJson({ ledger: ledger.id, ...verdict }),
			pairedItem: node.getInputData().map((_, item) => ({ item })),
		},
	];
}
