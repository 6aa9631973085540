import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DomainError, type Json } from '../../../core/model';
import { readLedgerItem } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { textParameter } from '../../runtime/parameters';

const show = { operation: ['append'] };
/** A record is evidence, not storage. */
const MAX_DATA_CHARACTERS = 64_000;

export const description: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'string',
		default: 'note.added',
		required: true,
		placeholder: 'e.g. ticket.closed',
		displayOptions: { show },
		description: 'Name of the record: a subject and a verb. It is stored as <code>custom.&lt;type&gt;</code>.',
	},
	{
		displayName: 'Data',
		name: 'data',
		type: 'json',
		default: '={{ JSON.stringify({ ticket: "T-1" }) }}',
		displayOptions: { show },
		description: 'Facts without personal data. They can never be changed or erased.',
	},
	{
		displayName: 'Personal Data',
		name: 'personal',
		type: 'json',
		default: '{}',
		displayOptions: { show },
		description:
			'Kept beside the record under a salted hash, so that it can be erased later and the log still verifies',
	},
];

export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const ledger = await ledgerOf(node);
	const items = node.getInputData();
	const now = new Date().toISOString();
	const records = items.map((item, index) => {
		const ids = readLedgerItem(item, ledger.id, index);
		const personal = readJson(node, 'personal', index);
		return {
			type: `custom.${readType(node, index)}`,
			actor: { kind: 'node' as const, id: `execution:${node.getExecutionId()}` },
			occurredAt: now,
			refs: {
				...(ids.eventId === undefined ? {} : { event: ids.eventId }),
				...(ids.planId === undefined ? {} : { plan: ids.planId }),
				...(ids.actionId === undefined ? {} : { action: ids.actionId }),
			},
			data: readJson(node, 'data', index),
			...(isEmpty(personal) ? {} : { personal }),
		};
	});
	await ledger.appendAll(records);
	return items.map((item, index) => ({ json: item.json, pairedItem: { item: index } }));
}

function readType(node: IExecuteFunctions, index: number): string {
	const type = textParameter(node, 'type', index);
	if (/^[a-z][a-z0-9_.]{0,99}$/.test(type)) return type;
	throw new DomainError(
		'INPUT_INVALID',
		`Parameter "Type" of item ${index} may hold small letters, digits, "_" and "." only, and start with a letter.`,
		'Use a name such as ticket.closed.',
	);
}

function readJson(node: IExecuteFunctions, name: 'data' | 'personal', index: number): Json {
	const value: unknown = node.getNodeParameter(name, index, {});
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	if (text.length > MAX_DATA_CHARACTERS) {
		throw new DomainError(
			'INPUT_TOO_LARGE',
			`Parameter "${name}" of item ${index} is longer than ${MAX_DATA_CHARACTERS} characters.`,
			'Store the document elsewhere and record its hash.',
		);
	}
	try {
		return JSON.parse(text) as Json;
	} catch {
		throw new DomainError('INPUT_INVALID', `Parameter "${name}" of item ${index} is not JSON.`, 'Enter a JSON object.');
	}
}

function isEmpty(value: Json): boolean {
	return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}
