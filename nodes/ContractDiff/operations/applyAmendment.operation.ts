import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Consolidated } from '../../../core/contract';
import { DomainError, type ContractDocument } from '../../../core/model';
import type { LedgerApi } from '../../../core/store';
import { ledgerOf } from '../../runtime/ledger';
import { textParameter } from '../../runtime/parameters';
import { runInWorker, type WorkerLimits } from '../../runtime/worker';
import { amendmentItems } from '../amendment-items';
import {
	contractFields,
	contractParts,
	documentFields,
	formatOption,
	givenDocument,
	givenFile,
	redlineOption,
	timeoutOption,
	viewOption,
	type DocumentOptions,
	type Given,
} from '../documents';
import { amendedEvent } from '../event-of-documents';
import { extractorsOf, policyField } from '../policy-terms';
import { perItem } from '../per-item';
import { attachRedline, fileNameOf } from '../redline';

const show = { operation: ['applyAmendment'] };

export const description: INodeProperties[] = [
	...contractFields(show),
	...documentFields({
		name: 'base',
		label: 'Agreement',
		sources: ['ledger', 'binary', 'text'],
		binary: 'base',
		show,
	}),
	...documentFields({
		name: 'amendment',
		label: 'Amendment',
		sources: ['binary', 'text'],
		binary: 'amendment',
		binaryHint:
			'The name of the input binary field that holds the amendment; of several amendments, separated by commas',
		show,
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
			formatOption('base', 'Agreement'),
			formatOption('amendment', 'Amendment'),
			{
				displayName: 'As Of',
				name: 'asOf',
				type: 'dateTime',
				default: '',
				description:
					'Day that the consolidated text is wanted for. What does not hold yet, or has ended, is kept apart.',
			},
			{
				displayName: 'Consolidated Text',
				name: 'consolidated',
				type: 'boolean',
				default: true,
				description:
					'Whether to attach the agreement with the amendments in it as a Markdown file, in the binary field <code>consolidated</code> of the first item',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{ name: 'One Item per Change', value: 'changes' },
					{
						name: 'One Item per Contract',
						value: 'changeSet',
						description: 'The whole change set and all instructions in one item',
					},
				],
				default: 'changes',
			},
			redlineOption,
			timeoutOption,
			viewOption,
		],
	},
];

interface Options extends DocumentOptions {
	asOf?: string;
	consolidated?: boolean;
	output?: 'changes' | 'changeSet';
	redline?: boolean;
	timeoutSeconds?: number;
}

export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const ledger = await ledgerOf(node);
	return await perItem(node, async (_item, index) => {
		const options = node.getNodeParameter('options', index, {}) as Options;
		const limits = { timeoutMs: (options.timeoutSeconds ?? 60) * 1_000, maxMemoryMb: 1_024 };
		const given = { node, index, options, limits };
		const parts = contractParts(node, index);
		const base = await agreement(ledger, parts.contract.id, { ...given, name: 'base', label: 'Agreement' });
		const amendments = await amendmentFiles({ ...given, name: 'amendment', label: 'Amendment' });
		const extractors = extractorsOf(node, index);
		const { asOf } = options;
		const done = await runInWorker(
			'applyAmendments',
			{
				contract: parts.contract,
				base,
				amendments,
				knownAt: new Date().toISOString(),
				zone: node.getTimezone(),
				extractors,
				...(asOf === undefined || asOf === '' ? {} : { asOf: asOf.slice(0, 10) }),
			},
			limits,
		);
		const event = done.complete
			? await amendedEvent({
					ledger,
					index,
					source: `workflow:${node.getWorkflow().id ?? 'unsaved'}`,
					parts,
					base,
					done,
				})
			: undefined;
		await ledger.append(recordOf(node, base, done, event?.eventId));
		const items = amendmentItems(done, {
			ledgerId: ledger.id,
			...(event ? { eventId: event.eventId } : {}),
			itemIndex: index,
			whole: options.output === 'changeSet',
		});
		return await withFiles(node, items, { base, done, options, limits });
	});
}

/** The agreement that the fields name: a document, or the last version in the ledger. */
async function agreement(ledger: LedgerApi, contractId: string, given: Given): Promise<ContractDocument> {
	const document =
		(await givenDocument(given))?.document ??
		(await ledger.latestVersion(contractId))?.document ??
		(await ledger.latestSeen(contractId));
	if (document) return document;
	throw new DomainError(
		'INPUT_INVALID',
		`Parameter "Agreement": the ledger has no version of contract "${contractId}".`,
		'Check the contract ID, or give the agreement as a file or a text.',
	);
}

/** One amendment as a text, or one or several files in the order of their fields. */
async function amendmentFiles(given: Given): Promise<ContractDocument[]> {
	const { node, index } = given;
	if (node.getNodeParameter('amendmentFrom', index) !== 'binary') {
		const only = await givenDocument(given);
		return only ? [only.document] : [];
	}
	const fields = textParameter(node, 'amendmentBinary', index)
		.split(',')
		.map((field) => field.trim());
	const documents: ContractDocument[] = [];
	for (const field of fields) documents.push((await givenFile(given, field)).document);
	return documents;
}

function recordOf(node: IExecuteFunctions, base: ContractDocument, done: Consolidated, eventId: string | undefined) {
	const { changeSet, document, instructions } = done;
	return {
		type: 'contract.amendment_applied',
		actor: { kind: 'node' as const, id: `execution:${node.getExecutionId()}` },
		occurredAt: changeSet.effective.knownAt,
		refs: { contract: changeSet.contract.id, ...(eventId === undefined ? {} : { event: eventId }) },
		data: {
			before: base.sha256,
			after: document.sha256,
			complete: done.complete,
			instructions: instructions.map(({ status }) => status),
			changes: changeSet.changes.map(({ id }) => id),
		},
	};
}

interface Files {
	base: ContractDocument;
	done: Consolidated;
	options: Options;
	limits: WorkerLimits;
}

/** The consolidated text and the redline, on the first item. */
async function withFiles(
	node: IExecuteFunctions,
	items: INodeExecutionData[],
	{ base, done, options, limits }: Files,
): Promise<INodeExecutionData[]> {
	const { changeSet, document, instructions } = done;
	const [first, ...rest] = items;
	if (!first) return items;
	let head = first;
	if (options.consolidated !== false) {
		const type = document.format === 'markdown' ? 'text/markdown' : 'text/plain';
		const name = fileNameOf(changeSet, document.format === 'markdown' ? 'consolidated.md' : 'consolidated.txt');
		const file = await node.helpers.prepareBinaryData(Buffer.from(document.text, 'utf8'), name, type);
		head = { ...first, binary: { ...first.binary, consolidated: file } };
	}
	if (options.redline !== true) return [head, ...rest];
	return await attachRedline(node, [head, ...rest], { changeSet, before: base, after: document, instructions, limits });
}
