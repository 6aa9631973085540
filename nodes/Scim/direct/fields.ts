import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { DomainError } from '../../../core/model';

type Show = { resource: string[]; operation: string[] };

const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to only read and show the plan. Its hash is that of the run itself, unless something changes in between.',
};

const application: INodeProperties = {
	displayName: 'Application',
	name: 'application',
	type: 'string',
	default: '',
	placeholder: 'e.g. slack',
	description: 'Name under which writes are recorded. The host of the base URL where empty.',
};

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Told before anything can be written: no policy asks for it, and the credential has to allow it. */
export function pastLedgerNotice(show: Show): INodeProperties {
	return {
		displayName:
			'Writes past the ledger, with nothing planned or approved. The credential must have <i>Allow Writes Past the Ledger</i> on; each write is recorded as an exception.',
		name: 'pastLedger',
		type: 'notice',
		default: '',
		displayOptions: { show },
	};
}

/** Options of what changes something. */
export function writeOptions(show: Show): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [application, dryRun],
	};
}

/** Simplify, as n8n's own nodes have it. */
export function simplifyField(show: Show): INodeProperties {
	return { ...simplify, displayOptions: { show } };
}

/** Return All and Limit. */
export function listFields(show: Show): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			displayOptions: { show },
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { ...show, returnAll: [false] } },
			description: 'Max number of results to return',
		},
	];
}

/** The SCIM filter somebody writes themselves. */
export const scimFilter: INodeProperties = {
	displayName: 'SCIM Filter',
	name: 'scimFilter',
	type: 'string',
	default: '',
	placeholder: 'e.g. meta.lastModified gt "2026-01-01T00:00:00Z"',
	description: 'Filter of RFC 7644. Sent as it is: what the application makes of it is not checked.',
};

/** Names separated by commas; an expression may give a list as well. */
export function namesOf(value: unknown): string[] {
	const parts: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
	const names = parts.map((part) => String(part).trim()).filter((part) => part !== '');
	return [...new Set(names)];
}

/** Attributes that somebody gives as JSON. */
export function jsonAttributes(value: unknown): Record<string, unknown> {
	if (value === undefined || value === null || value === '') return {};
	if (typeof value === 'object' && !Array.isArray(value)) return { ...value };
	try {
		const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : undefined;
		if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
	} catch {
		// Told below.
	}
	throw new DomainError(
		'INPUT_INVALID',
		'"Further Attributes" is no JSON object.',
		'Write it like {"title": "Engineer", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "R&D"}}.',
	);
}

/** The filled-in fields of a collection. */
export function collection(node: IExecuteFunctions, name: string, index: number): Record<string, unknown> {
	const value: unknown = node.getNodeParameter(name, index, {});
	return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A text parameter that has to hold something. */
export function requiredText(node: IExecuteFunctions, name: string, label: string, index: number): string {
	const value: unknown = node.getNodeParameter(name, index, '');
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text === 'string' && text.trim() !== '') return text.trim();
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is empty.`, `Enter a value for "${label}".`);
}
