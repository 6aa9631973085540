import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DomainError, isDomainError } from '../../../core/model';
import type { ActionOutcome } from '../../../core/ports';
import type { LedgerApi, RecordedResult } from '../../../core/store';
import { actionItem } from '../../runtime/action-item';
import { errorItem, toNodeError } from '../../runtime/errors';
import { readLedgerItem, toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { requiredText, textParameter } from '../../runtime/parameters';

const show = { operation: ['recordResult'] };
/** A journal entry undoes a change; it is no store for documents. */
const MAX_STATE_CHARACTERS = 64_000;

export const description: INodeProperties[] = [
	{
		displayName:
			'Nodes in between replace the items. Take the IDs from the node that claimed, e.g. <code>{{ $("Claim").item.json.actionId }}</code>.',
		name: 'resultNotice',
		type: 'notice',
		default: '',
		displayOptions: { show },
	},
	{
		displayName: 'Action ID',
		name: 'actionId',
		type: 'string',
		default: '={{ $json.actionId }}',
		required: true,
		displayOptions: { show },
	},
	{
		displayName: 'Lease ID',
		name: 'leaseId',
		type: 'string',
		default: '={{ $json.leaseId }}',
		required: true,
		displayOptions: { show },
		description: 'As Claim gave it. Only what this lease still holds can be closed.',
	},
	{
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		options: [
			{
				name: 'Applied',
				value: 'applied',
				description: 'The application took it; nobody has looked whether it is there',
			},
			{ name: 'Failed', value: 'failed', description: 'It was not done. It is due again later.' },
			{ name: 'Verified', value: 'verified', description: 'It was done and read back from the application' },
		],
		default: 'applied',
		displayOptions: { show },
	},
	{
		displayName: 'Note',
		name: 'note',
		type: 'string',
		default: '',
		displayOptions: { show },
		placeholder: 'e.g. {{ $json.error.message }}',
		description: 'Why it failed, or what was found',
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
				displayName: 'Account ID',
				name: 'remoteId',
				type: 'string',
				default: '',
				description: 'ID of the account in the application, by which it is found next time',
			},
			{
				displayName: 'Account User Name',
				name: 'userName',
				type: 'string',
				default: '',
				description: 'User name of the account in the application',
			},
			{
				displayName: 'State After',
				name: 'after',
				type: 'json',
				default: '{}',
				description: 'What was read back. A rollback checks that it still is so.',
			},
			{
				displayName: 'State Before',
				name: 'before',
				type: 'json',
				default: '{}',
				description: 'What was there before; null where there was no account. A rollback restores it.',
			},
			{
				displayName: 'Writes',
				name: 'writes',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 1,
				description: 'Number of write requests that it took; 0 where everything already was as wanted',
			},
		],
	},
];

interface Options {
	remoteId?: string;
	userName?: string;
	after?: unknown;
	before?: unknown;
	writes?: number;
}

export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const read: Array<{ index: number; result: RecordedResult }> = [];
	const failed = new Map<number, unknown>();
	for (const [index, item] of node.getInputData().entries()) {
		try {
			readLedgerItem(item, ledger.id, index);
			read.push({ index, result: resultOf(node, index) });
		} catch (error) {
			if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, index);
			failed.set(index, error);
		}
	}
	for (const [index, error] of await record(ledger, read)) {
		if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, index);
		failed.set(index, error);
	}
	return [await itemsOf(ledger, read, failed)];
}

/** All in one transaction; where the ledger refuses one of them, each on its own, so that the others are not lost. */
async function record(
	ledger: LedgerApi,
	read: ReadonlyArray<{ index: number; result: RecordedResult }>,
): Promise<Map<number, unknown>> {
	const failed = new Map<number, unknown>();
	try {
		await ledger.recordResults(read.map(({ result }) => result));
		return failed;
	} catch (error) {
		if (!isDomainError(error)) throw error;
	}
	for (const { index, result } of read) {
		try {
			await ledger.recordResults([result]);
		} catch (error) {
			if (!isDomainError(error)) throw error;
			failed.set(index, error);
		}
	}
	return failed;
}

async function itemsOf(
	ledger: LedgerApi,
	read: ReadonlyArray<{ index: number; result: RecordedResult }>,
	failed: ReadonlyMap<number, unknown>,
): Promise<INodeExecutionData[]> {
	const ids = read.map(({ result }) => result.result.actionId);
	const actions = new Map((await ledger.readActions({ actionIds: ids })).map((action) => [action.id, action]));
	const recorded = read.flatMap(({ index, result }): Array<{ index: number; item: INodeExecutionData }> => {
		const action = actions.get(result.result.actionId);
		if (failed.has(index) || !action) return [];
		const json: IDataObject = { ...actionItem(ledger.id, action), outcome: result.result.outcome };
		return [{ index, item: { json, pairedItem: { item: index } } }];
	});
	const errors = [...failed].map(([index, error]) => ({ index, item: errorItem(error, index) }));
	return [...recorded, ...errors].sort((a, b) => a.index - b.index).map(({ item }) => item);
}

function resultOf(node: IExecuteFunctions, index: number): RecordedResult {
	const options = node.getNodeParameter('options', index, {}) as Options;
	const note = textParameter(node, 'note', index).trim();
	const after = stateOf(options.after, 'State After');
	const before = stateOf(options.before, 'State Before');
	const remoteId = options.remoteId?.trim() ?? '';
	return {
		leaseId: requiredText(node, 'leaseId', 'Lease ID', index),
		...(before === undefined ? {} : { before }),
		result: {
			actionId: requiredText(node, 'actionId', 'Action ID', index),
			outcome: outcomeOf(node.getNodeParameter('outcome', index)),
			writes: options.writes ?? 1,
			...(note === '' ? {} : { note: note.slice(0, 2_000) }),
			...(after === undefined ? {} : { after }),
			...(remoteId === '' ? {} : { account: { remoteId, userName: options.userName?.trim() ?? '' } }),
		},
	};
}

function outcomeOf(value: unknown): ActionOutcome {
	if (value === 'applied' || value === 'verified' || value === 'failed') return value;
	throw new DomainError(
		'INPUT_INVALID',
		'Parameter "Outcome" is none of applied, verified and failed.',
		'Check the expression: it has to give one of these words.',
	);
}

/** Undefined where nothing was entered: that nobody looked is something else than that nothing was there. */
function stateOf(value: unknown, label: string): unknown {
	if (value === undefined || value === '' || value === '{}') return undefined;
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	if (text.length > MAX_STATE_CHARACTERS) {
		throw new DomainError(
			'INPUT_TOO_LARGE',
			`Parameter "${label}" is longer than ${MAX_STATE_CHARACTERS} characters.`,
			'Give only the members that the action changes.',
		);
	}
	try {
		return toJson({ value: JSON.parse(text) as unknown })['value'];
	} catch {
		throw new DomainError('INPUT_INVALID', `Parameter "${label}" is not JSON.`, 'Enter JSON, or null.');
	}
}
