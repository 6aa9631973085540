import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { DomainError } from '../../../core/model';
import { textParameter } from '../../runtime/parameters';

type Show = Record<string, string[]>;

/** The fields that say which contract a document belongs to, and what policies may match on. */
export const contractFields = (show: Show): INodeProperties[] => [
	{
		displayName: 'Contract ID',
		name: 'contractId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. MSA-2026-014',
		description: 'Under which the ledger knows the contract. Versions with the same ID are versions of one contract.',
		displayOptions: { show },
	},
	{
		displayName: 'Contract Details',
		name: 'contractDetails',
		type: 'collection',
		placeholder: 'Add detail',
		default: {},
		description: 'What is known of the contract besides its text; policies match on these',
		displayOptions: { show },
		options: [
			{
				displayName: 'Attributes',
				name: 'attributes',
				type: 'json',
				default: '{}',
				description: 'Further flat attributes, e.g. <code>{ "project": "atlas" }</code>',
			},
			{
				displayName: 'Effective At',
				name: 'effectiveAt',
				type: 'dateTime',
				default: '',
				description: 'From when the new version holds, if that is known',
			},
			{ displayName: 'Kind', name: 'kind', type: 'string', default: '', placeholder: 'e.g. services' },
			{ displayName: 'Status', name: 'status', type: 'string', default: '', placeholder: 'e.g. active' },
			{
				displayName: 'Title',
				name: 'title',
				type: 'string',
				default: '',
				placeholder: 'e.g. Master Services Agreement',
			},
		],
	},
];

interface Details {
	attributes?: string | object;
	effectiveAt?: string;
	kind?: string;
	status?: string;
	title?: string;
}

/** The fields as members of a contract event; empty ones are left out. What is wrong with them the event's schema says. */
export function contractParts(
	node: IExecuteFunctions,
	index: number,
): { contract: { id: string } & Record<string, unknown>; effectiveAt?: string } {
	const id = textParameter(node, 'contractId', index).trim();
	if (id === '') {
		throw new DomainError(
			'INPUT_INVALID',
			'Parameter "Contract ID" is empty.',
			'Enter the ID under which the ledger knows the contract.',
		);
	}
	const { attributes, effectiveAt, ...texts } = node.getNodeParameter('contractDetails', index, {}) as Details;
	const given = Object.entries(texts).filter(([, value]) => value !== '');
	return {
		contract: {
			id,
			...Object.fromEntries(given),
			...(attributes === undefined ? {} : { attributes: asObject(attributes) }),
		},
		...(effectiveAt === undefined || effectiveAt === '' ? {} : { effectiveAt: asInstant(effectiveAt) }),
	};
}

function asObject(value: string | object): unknown {
	if (typeof value === 'object') return value;
	try {
		return JSON.parse(value);
	} catch {
		throw new DomainError(
			'INPUT_INVALID',
			'Parameter "Attributes" is no JSON.',
			'Enter an object such as { "project": "atlas" }.',
		);
	}
}

/** n8n gives a chosen date without a zone, in the workflow's time; expressions give what they like. */
function asInstant(value: string): string {
	return /(?:Z|[+-]\d{2}:?\d{2})$/.test(value) ? value : new Date(value).toISOString();
}
