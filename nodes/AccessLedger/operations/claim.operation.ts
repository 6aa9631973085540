import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DomainError, type Action } from '../../../core/model';
import type { ClaimedAction } from '../../../core/ports';
import type { LedgerApi } from '../../../core/store';
import { actionItem } from '../../runtime/action-item';
import { distinct, readLedgerItem, toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { requiredText } from '../../runtime/parameters';

const show = { operation: ['claim'] };

export const description: INodeProperties[] = [
	{
		displayName:
			'For applications that other nodes write to. What leaves by Claimed is yours until the lease ends: do it, then say by Record Result what came of it.',
		name: 'claimNotice',
		type: 'notice',
		default: '',
		displayOptions: { show },
	},
	{
		displayName: 'Application',
		name: 'application',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. github',
		displayOptions: { show },
		description: 'Name of the application in the policy',
	},
	{
		displayName: 'Actions',
		name: 'scope',
		type: 'options',
		options: [
			{
				name: 'All Due',
				value: 'due',
				description: 'Everything of the application that is due, also from earlier runs',
			},
			{ name: 'Of the Items', value: 'items', description: 'The actions that the items name' },
		],
		default: 'items',
		displayOptions: { show },
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
				displayName: 'Lease (Seconds)',
				name: 'leaseSeconds',
				type: 'number',
				typeOptions: { minValue: 60, maxValue: 86400 },
				default: 900,
				description: 'How long the claimed actions belong to this run. Results that come later are refused.',
			},
			{
				displayName: 'Limit',
				name: 'limit',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 50,
				description: 'Max number of results to return',
			},
		],
	},
];

/** Refused, Claimed. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const application = requiredText(node, 'application', 'Application', 0);
	const { leaseSeconds = 900, limit = 50 } = node.getNodeParameter('options', 0, {}) as {
		leaseSeconds?: number;
		limit?: number;
	};
	const ids = node.getInputData().map((item, index) => readLedgerItem(item, ledger.id, index).actionId);
	const asked = node.getNodeParameter('scope', 0) === 'due' ? undefined : distinct(ids);
	if (asked?.length === 0) throw withoutAction();
	const { leaseId, claimed, refused } = await ledger.claim({
		application,
		...(asked ? { actionIds: asked } : {}),
		claimedBy: `execution:${node.getExecutionId()}`,
		leaseSeconds,
		limit,
	});
	const actions = await actionsById(
		ledger,
		[...claimed, ...refused].map(({ id }) => id),
	);
	const item = (id: string, more: object): INodeExecutionData => {
		const action = actions.get(id);
		const copy = action ? actionItem(ledger.id, action) : { ledger: ledger.id, actionId: id };
		return { json: { ...copy, ...toJson(more) }, pairedItem: { item: Math.max(0, ids.indexOf(id)) } };
	};
	const until = new Date(Date.now() + leaseSeconds * 1_000).toISOString();
	return [
		refused.map(({ id, reason }) => item(id, { error: { code: 'LEDGER_REFUSED', message: reason } })),
		claimed.map((action) => item(action.id, { leaseId, leaseUntil: until, ...toDo(action) })),
	];
}

/** What whoever carries it out has to know besides. */
function toDo({ content, account }: ClaimedAction): object {
	const { match, attributes, disabled, transferTo } = content;
	return { match, attributes, disabled, transferTo, account };
}

async function actionsById(ledger: LedgerApi, ids: readonly string[]): Promise<Map<string, Action>> {
	const actions = ids.length === 0 ? [] : await ledger.readActions({ actionIds: ids });
	return new Map(actions.map((action) => [action.id, action]));
}

function withoutAction(): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		'Parameter "Actions": none of the items names an action of the ledger.',
		'Connect Access Policy, the gate or Get Due before this node, or choose "All Due".',
	);
}
