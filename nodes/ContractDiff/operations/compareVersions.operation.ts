import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ContractDocument, Effective } from '../../../core/model';
import { DomainError } from '../../../core/model';
import type { LedgerApi } from '../../../core/store';
import { ledgerOf } from '../../runtime/ledger';
import { runInWorker, type WorkerLimits } from '../../runtime/worker';
import { changeItems } from '../change-items';
import { contractOfItem, UNDATED, type ContractOfItem } from '../contract-of-item';
import {
	contractFields,
	documentFields,
	formatOption,
	redlineOption,
	timeoutOption,
	viewOption,
	type DocumentOptions,
} from '../documents';
import { eventOfDocuments, type DocumentsEvent } from '../event-of-documents';
import { perItem } from '../per-item';
import { extractorsOf, policyField } from '../policy-terms';
import { compareRecords } from '../records';
import { attachRedline } from '../redline';

const show = { operation: ['compareVersions'] };
const fromDocuments = { ...show, contractFrom: ['documents'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Contract Comes As',
		name: 'contractFrom',
		type: 'options',
		options: [
			{
				name: 'Contract Event',
				value: 'event',
				description:
					'What Contract Trigger emits, or an item with contract, after.text and, if there is one, before.text',
			},
			{
				name: 'Files, Text or JSON',
				value: 'documents',
				description: 'Each version from a binary file, a text, a JSON record, or the ledger',
			},
		],
		default: 'event',
		displayOptions: { show },
	},
	{
		displayName:
			'Without a version before, the last one from the ledger is used: the last evaluated, else the last seen',
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: { show: { ...show, contractFrom: ['event'] } },
	},
	...contractFields(fromDocuments),
	...documentFields({
		name: 'after',
		label: 'Version After',
		sources: ['binary', 'text', 'json'],
		binary: 'after',
		show: fromDocuments,
	}),
	...documentFields({
		name: 'before',
		label: 'Version Before',
		sources: ['ledger', 'binary', 'text', 'json', 'none'],
		binary: 'before',
		show: fromDocuments,
	}),
	policyField(show),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Include Formatting Changes',
				name: 'includeFormatting',
				type: 'boolean',
				default: false,
				description: 'Whether to also emit changes of layout that leave the meaning as it was',
			},
			{
				displayName: 'Keys of Lists',
				name: 'recordKeys',
				type: 'json',
				default: '{}',
				description:
					'For JSON records: the field that names an entry, by the path of its list, e.g. <code>{ "people": "email" }</code>. Found by itself where there is an ID, key, code or email.',
				displayOptions: { show: { '/contractFrom': ['documents'] } },
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
			redlineOption,
			timeoutOption,
			{ ...viewOption, displayOptions: { show: { '/contractFrom': ['documents'] } } },
			{ ...formatOption('after', 'Version After'), displayOptions: { show: { '/contractFrom': ['documents'] } } },
			{ ...formatOption('before', 'Version Before'), displayOptions: { show: { '/contractFrom': ['documents'] } } },
		],
	},
];

interface Options extends DocumentOptions {
	includeFormatting?: boolean;
	recordKeys?: string | object;
	output?: 'changes' | 'changeSet';
	redline?: boolean;
	timeoutSeconds?: number;
}

export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const ledger = await ledgerOf(node);
	const seen = new Set<string>();
	return await perItem(node, async (item, index) => {
		const options = node.getNodeParameter('options', index, {}) as Options;
		const limits = { timeoutMs: (options.timeoutSeconds ?? 60) * 1_000, maxMemoryMb: 1_024 };
		const source = `workflow:${node.getWorkflow().id ?? 'unsaved'}`;
		const contract =
			node.getNodeParameter('contractFrom', index, 'event') === 'documents'
				? await eventOfDocuments({ node, ledger, index, source, options, limits })
				: await contractOfItem(ledger, item, index, source);
		// Several items of one event (one per change, say) are one comparison.
		if (seen.has(contract.eventId)) return [];
		seen.add(contract.eventId);
		return await compare({ node, ledger, contract, index, options, limits });
	});
}

interface Comparison {
	node: IExecuteFunctions;
	ledger: LedgerApi;
	contract: DocumentsEvent;
	index: number;
	options: Options;
	limits: WorkerLimits;
}

async function compare({ node, ledger, contract, index, options, limits }: Comparison): Promise<INodeExecutionData[]> {
	const { eventId, payload } = contract;
	const [before, after] = await documents(ledger, contract);
	const extractors = extractorsOf(node, index);
	const versions = { contract: payload.contract, before, after, effective: effectiveOf(contract), extractors };
	const compared = contract.records
		? await compareRecords({ ...versions, records: contract.records, keys: options.recordKeys }, limits)
		: await runInWorker('compareVersions', versions, limits);
	const changeSet = { ...compared, warnings: [...compared.warnings, ...(await unknownBefore(ledger, contract))] };
	tellWarnings(node, changeSet.warnings);
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
	const items = changeItems(changeSet, {
		ledgerId: ledger.id,
		eventId,
		itemIndex: index,
		whole: options.output === 'changeSet',
		includeFormatting: options.includeFormatting === true,
	});
	if (options.redline !== true) return items;
	return await attachRedline(node, items, { changeSet, limits, ...(contract.records ? {} : { before, after }) });
}

async function documents(
	ledger: LedgerApi,
	{ eventId, payload, first }: DocumentsEvent,
): Promise<[ContractDocument | null, ContractDocument]> {
	const after = await ledger.readDocument(payload.after.sha256);
	if (!after) throw missing(eventId);
	if (payload.before) return [(await ledger.readDocument(payload.before.sha256)) ?? null, after];
	if (first) return [null, after];
	const evaluated = await ledger.latestVersion(payload.contract.id, eventId);
	return [evaluated?.document ?? (await ledger.latestSeen(payload.contract.id, eventId)) ?? null, after];
}

/** A sender may hold another version than the one that today's access follows from: a person should know. */
async function unknownBefore(ledger: LedgerApi, { eventId, payload }: DocumentsEvent): Promise<string[]> {
	if (!payload.before) return [];
	const evaluated = await ledger.latestVersion(payload.contract.id, eventId);
	if (!evaluated || evaluated.document.sha256 === payload.before.sha256) return [];
	return [
		`The version before is not the one last evaluated (version ${evaluated.version}, known since ${evaluated.knownAt}): ` +
			'the comparison shows what changed for the sender, access follows from what the ledger holds.',
	];
}

const MOST_HINTS = 5;

function tellWarnings(node: IExecuteFunctions, warnings: readonly string[]): void {
	const more = warnings.length - MOST_HINTS;
	const told = [...warnings.slice(0, MOST_HINTS), ...(more > 0 ? [`… and ${more} more warning(s)`] : [])];
	node.addExecutionHints(
		...told.map((message) => ({ message, type: 'warning' as const, location: 'outputPane' as const })),
	);
}

function missing(eventId: string): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`The document of event ${eventId} is not in the ledger.`,
		'Have the contract system send the event again.',
	);
}

function effectiveOf({ payload, receivedAt }: ContractOfItem): Effective {
	const { effectiveAt, occurredAt } = payload;
	// Items made by hand and documents come without a date of their own: what is known is when they came.
	if (effectiveAt === undefined && occurredAt === UNDATED)
		return { knownAt: receivedAt, from: receivedAt, retroactive: false, basis: 'unstated' };
	const from = effectiveAt ?? occurredAt;
	return {
		knownAt: receivedAt,
		from,
		retroactive: from < occurredAt,
		basis: effectiveAt === undefined ? 'event' : 'stated',
	};
}
