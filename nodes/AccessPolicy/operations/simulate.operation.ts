import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { simulate } from '../../../core/governance';
import { distinct, readLedgerItem, toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { runInWorker } from '../../runtime/worker';
import { policyText } from '../policy-source';
import { computeInWorker, POLICY_LIMITS, policyHeadOf } from '../../runtime/policy-worker';

const show = { operation: ['simulate'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Of',
		name: 'population',
		type: 'options',
		options: [
			{ name: 'Everybody', value: 'everybody', description: 'Everybody whom the ledger knows' },
			{ name: 'People of the Items', value: 'items', description: 'Only the people whom the items name' },
		],
		default: 'everybody',
		displayOptions: { show },
	},
	{
		displayName: 'Listed Actions',
		name: 'maxListed',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10000 },
		default: 200,
		displayOptions: { show },
		description: 'How many of the actions are listed. All of them are counted.',
	},
];

/** One item with the figures and the first actions: what this text would change, were it in force. Nothing is written. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const source = await policyText(node, ledger);
	const head = await policyHeadOf(source);
	const items = node.getInputData();
	for (const [index, item] of items.entries()) readLedgerItem(item, ledger.id, index);
	const named = distinct(
		items.map(({ json }) => (typeof json['identityId'] === 'string' ? json['identityId'] : undefined)),
	);
	const result = await simulate(ledger, computeInWorker, {
		policy: source,
		head,
		asOf: new Date().toISOString(),
		maxListed: node.getNodeParameter('maxListed', 0, 200) as number,
		...(node.getNodeParameter('population', 0) === 'items' && { identityIds: named }),
	});
	const { changedIds: _ids, ...shown } = result;
	const inForce = await ledger.readPolicy({ name: head.name });
	const comparison =
		inForce && inForce.hash !== head.hash
			? await runInWorker('comparePolicies', { before: inForce.source, after: source }, POLICY_LIMITS)
			: undefined;
	const { people, granted, revoked, scheduled, needApproval } = result;
	node.addExecutionHints({
		message: `${people.changed} of ${people.total} people would change: ${granted} granted, ${revoked} revoked, ${scheduled} later, ${needApproval} to approve.${result.guards.map(({ message }) => ` ${message}`).join('')}`,
		type: result.guards.length > 0 ? 'warning' : 'info',
		location: 'outputPane',
	});
	const json = toJson({
		ledger: ledger.id,
		...shown,
		...comparison,
	});
	return [[{ json, pairedItem: items.map((_, item) => ({ item })) }]];
}
