import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ContractChangeSet, ContractDocument, Effective, TermExtractor } from '../../../core/model';
import { DomainError } from '../../../core/model';
import { parsePolicy, termExtractors } from '../../../core/policy';
import type { LedgerApi } from '../../../core/store';
import { errorItem } from '../../runtime/errors';
import { ledgerOf } from '../../runtime/ledger';
import { runInWorker } from '../../runtime/worker';
import { contractOfItem, type ContractOfItem } from '../contract-of-item';
import { changeItems } from '../change-items';

export const description: INodeProperties[] = [
	{
		displayName:
			'Takes what <b>Contract Trigger</b> emits, or items with <code>contract</code>, <code>after.text</code> and, if there is one, <code>before.text</code>. Without a version before, the last evaluated one from the ledger is used.',
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['compareVersions'] } },
	},
	{
		displayName: 'Policy',
		name: 'policy',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. {{ $("Settings").first().json.policy }}',
		description:
			'Policy document (YAML or JSON) whose <code>terms</code> are read from both versions. Leave empty to compare clauses and rows only.',
		displayOptions: { show: { operation: ['compareVersions'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { operation: ['compareVersions'] } },
		options: [
			{
				displayName: 'Include Formatting Changes',
				name: 'includeFormatting',
				type: 'boolean',
				default: false,
				description: 'Whether to also emit changes of layout that leave the meaning as it was',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{ name: 'One Item per Change', value: 'changes' },
					{ name: 'One Item per Contract', value: 'changeSet', description: 'The whole change set in one item' },
				],
				default: 'changes',
			},
			{
				displayName: 'Timeout (Seconds)',
				name: 'timeoutSeconds',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 600 },
				default: 60,
				description: 'Longest time a comparison may take. It runs beside n8n, which stays responsive meanwhile.',
			},
		],
	},
];

interface Options {
	includeFormatting?: boolean;
	output?: 'changes' | 'changeSet';
	timeoutSeconds?: number;
}

export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const ledger = await ledgerOf(node);
	const items = node.getInputData();
	const output: INodeExecutionData[] = [];
	const seen = new Set<string>();
	for (const [index, item] of items.entries()) {
		try {
			const contract = await contractOfItem(ledger, item, index, `workflow:${node.getWorkflow().id ?? 'unsaved'}`);
			// Several items of one event (one per change, say) are one comparison.
			if (seen.has(contract.eventId)) continue;
			seen.add(contract.eventId);
			output.push(...(await compare(node, ledger, contract, index)));
		} catch (error) {
			if (!node.continueOnFail()) throw error;
			output.push(errorItem(error, index));
		}
	}
	return output;
}

async function compare(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	contract: ContractOfItem,
	index: number,
): Promise<INodeExecutionData[]> {
	const options = node.getNodeParameter('options', index, {}) as Options;
	const { eventId, payload } = contract;
	const [before, after] = await documents(ledger, contract);
	const changeSet: ContractChangeSet = await runInWorker(
		'compareVersions',
		{
			contract: payload.contract,
			before,
			after,
			effective: effectiveOf(contract),
			extractors: extractorsOf(node.getNodeParameter('policy', index, '') as string),
		},
		{ timeoutMs: (options.timeoutSeconds ?? 60) * 1_000, maxMemoryMb: 1_024 },
	);
	await ledger.append({
		type: 'contract.compared',
		actor: { kind: 'node', id: `execution:${node.getExecutionId()}` },
		occurredAt: changeSet.effective.from,
		refs: { event: eventId, contract: payload.contract.id },
		data: {
			before: changeSet.before?.sha256 ?? null,
			after: changeSet.after.sha256,
			changes: changeSet.changes.map((change) => change.id),
		},
	});
	return changeItems(changeSet, {
		ledgerId: ledger.id,
		eventId,
		itemIndex: index,
		whole: options.output === 'changeSet',
		includeFormatting: options.includeFormatting === true,
	});
}

async function documents(
	ledger: LedgerApi,
	{ eventId, payload }: ContractOfItem,
): Promise<[ContractDocument | null, ContractDocument]> {
	const after = await ledger.readDocument(payload.after.sha256);
	if (!after) throw missing(eventId);
	if (payload.before) return [(await ledger.readDocument(payload.before.sha256)) ?? null, after];
	const last = await ledger.latestVersion(payload.contract.id, eventId);
	return [last?.document ?? null, after];
}

function missing(eventId: string): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`The document of event ${eventId} is not in the ledger.`,
		'Have the contract system send the event again.',
	);
}

function effectiveOf({ payload, receivedAt }: ContractOfItem): Effective {
	const from = payload.effectiveAt ?? payload.occurredAt;
	return {
		knownAt: receivedAt,
		from,
		retroactive: from < payload.occurredAt,
		basis: payload.effectiveAt === undefined ? 'event' : 'stated',
	};
}

function extractorsOf(policy: string): Record<string, TermExtractor> {
	return policy.trim() === '' ? {} : termExtractors(parsePolicy(policy).policy);
}
