import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { ledgerOf } from '../../runtime/ledger';
import { decisionItems, NOTHING_TO_WAIT_FOR } from '../decision-items';

const show = { operation: ['waitForDecision'] };

export const description: INodeProperties[] = [
	{
		displayName:
			'Waits for the requests that <b>Request Approval</b> made in this run. Approved actions leave by the second output; whatever was denied, expired or could not be decided leaves by the first.',
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: { show },
	},
];

/** n8n's wait tracker looks once a minute; waiting on past the deadline makes sure that it has really passed. */
const SLACK_MS = 1_000;

export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const bundle = await ledger.bundleOfExecution(node.getExecutionId());
	if (!bundle)
		return [
			node
				.getInputData()
				.map((item, index) => ({ json: { ...item.json, ...NOTHING_TO_WAIT_FOR }, pairedItem: { item: index } })),
			[],
		];
	if (bundle.state !== 'open') return await decisionItems(ledger, bundle.id, node.getExecutionId());
	await node.putExecutionToWait(new Date(Date.parse(bundle.deadline) + SLACK_MS));
	return [node.getInputData(), []];
}
