import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { termInWords } from '../../../core/contract';
import { DomainError, type ContractDocument, type Term } from '../../../core/model';
import { parsePolicy, termExtractors } from '../../../core/policy';
import { readLedgerItem, toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { textParameter } from '../../runtime/parameters';
import { runInWorker, type WorkerLimits } from '../../runtime/worker';
import { contractOfItem } from '../contract-of-item';
import {
	documentFields,
	formatOption,
	givenDocument,
	timeoutOption,
	viewOption,
	type DocumentOptions,
} from '../documents';
import { perItem } from '../per-item';

const show = { operation: ['extractTerms'] };

export const description: INodeProperties[] = [
	...documentFields({
		name: 'contract',
		label: 'Contract',
		sources: ['event', 'binary', 'text', 'json'],
		binary: 'data',
		show,
	}),
	{
		displayName: 'Policy',
		name: 'policy',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. {{ $("Settings").first().json.policy }}',
		description: 'Policy document (YAML or JSON) whose <code>terms</code> are read',
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
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{ name: 'One Item per Contract', value: 'contract', description: 'All terms in one item, by name' },
					{ name: 'One Item per Term', value: 'term' },
				],
				default: 'contract',
			},
			timeoutOption,
			viewOption,
			formatOption('contract', 'Contract'),
		],
	},
];

interface Options extends DocumentOptions {
	output?: 'contract' | 'term';
	timeoutSeconds?: number;
}

export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await perItem(node, async (item, index) => {
		const options = node.getNodeParameter('options', index, {}) as Options;
		const limits = { timeoutMs: (options.timeoutSeconds ?? 60) * 1_000, maxMemoryMb: 1_024 };
		const policy = textParameter(node, 'policy', index);
		if (policy.trim() === '')
			throw new DomainError('POLICY_INVALID', 'Parameter "Policy" is empty.', 'Enter a policy document with "terms".');
		const extractors = termExtractors(parsePolicy(policy).policy);
		const { head, document } = await documentOf(node, item, index, options, limits);
		const terms = await runInWorker('extractTerms', { document, extractors }, limits);
		const all = Object.values(terms);
		const base = { ...head, document: { sha256: document.sha256, format: document.format } };
		const itemOf = (json: object): INodeExecutionData => ({
			json: toJson({ ...base, ...json }),
			pairedItem: { item: index },
		});
		if (options.output === 'term') return all.map((term) => itemOf({ type: 'term', summary: inWords(term), term }));
		return [itemOf({ type: 'terms', summary: all.map(inWords).join('; '), values: valuesOf(all), terms })];
	});
}

interface DocumentOfItem {
	/** What later nodes find the contract by, where the ledger knows it. */
	head: object;
	document: ContractDocument;
}

async function documentOf(
	node: IExecuteFunctions,
	item: INodeExecutionData,
	index: number,
	options: Options,
	limits: WorkerLimits,
): Promise<DocumentOfItem> {
	const given = await givenDocument({ node, index, name: 'contract', label: 'Contract', options, limits });
	if (given) return { head: {}, document: given.document };
	const ledger = await ledgerOf(node);
	readLedgerItem(item, ledger.id, index);
	const event = await contractOfItem(ledger, item, index, `workflow:${node.getWorkflow().id ?? 'unsaved'}`);
	const document = await ledger.readDocument(event.payload.after.sha256);
	if (!document) {
		throw new DomainError(
			'INPUT_INVALID',
			`The document of event ${event.eventId} is not in the ledger.`,
			'Have the contract system send the event again.',
		);
	}
	return { head: { ledger: ledger.id, eventId: event.eventId, contract: event.payload.contract }, document };
}

function inWords(term: Term): string {
	return `${term.name}: ${term.value ? termInWords(term) : (term.problem ?? 'not read')}`;
}

/** Bare values by name for expressions; what could not be read is null, and its term says why. */
function valuesOf(terms: readonly Term[]): Record<string, unknown> {
	return Object.fromEntries(
		terms.map(({ name, value }) => {
			if (!value) return [name, null];
			return [name, value.type === 'table' ? value.rows : 'value' in value ? value.value : value];
		}),
	);
}
