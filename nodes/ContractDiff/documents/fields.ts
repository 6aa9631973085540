import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

type Show = Record<string, string[]>;

export type DocumentSource = 'event' | 'binary' | 'text' | 'json' | 'ledger' | 'none';

const SOURCES: Readonly<Record<DocumentSource, INodePropertyOptions>> = {
	binary: {
		name: 'Binary File',
		value: 'binary',
		description: 'A Word, PDF, HTML, Markdown, text or JSON file of the item',
	},
	event: {
		name: 'Contract Event',
		value: 'event',
		description: 'What Contract Trigger emits, or an item with contract and after.text: its version after is read',
	},
	json: { name: 'JSON Record', value: 'json', description: 'A contract that is data: an object of fields and lists' },
	ledger: { name: 'Ledger', value: 'ledger', description: 'The last version that was evaluated under the contract ID' },
	none: { name: 'None', value: 'none', description: 'The contract is seen for the first time' },
	text: { name: 'Text', value: 'text', description: 'Markdown, HTML or plain text' },
};

interface DocumentFieldsInput {
	/** Prefix of the parameters, e.g. `after`. */
	name: string;
	/** e.g. `Version After`. */
	label: string;
	/** The usual one first. */
	sources: [DocumentSource, ...DocumentSource[]];
	/** Usual name of the binary field. */
	binary: string;
	show: Show;
	/** Extra words for the binary field. */
	binaryHint?: string;
}

/** The fields that say where one document comes from. */
export function documentFields({
	name,
	label,
	sources,
	binary,
	show,
	binaryHint,
}: DocumentFieldsInput): INodeProperties[] {
	const from = `${name}From`;
	const usual: DocumentSource = sources[0];
	const when = (source: DocumentSource) => ({ show: { ...show, [from]: [source] } });
	const all: Partial<Record<DocumentSource, INodeProperties>> = {
		binary: {
			displayName: `${label}: Input Binary Field`,
			name: `${name}Binary`,
			type: 'string',
			default: binary,
			required: true,
			hint: binaryHint ?? 'The name of the input binary field that holds the file',
			displayOptions: when('binary'),
		},
		text: {
			displayName: `${label}: Text`,
			name: `${name}Text`,
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. {{ $json.text }}',
			displayOptions: when('text'),
		},
		json: {
			displayName: `${label}: JSON`,
			name: `${name}Json`,
			type: 'json',
			default: '{}',
			required: true,
			displayOptions: when('json'),
		},
	};
	return [
		{
			displayName: label,
			name: from,
			type: 'options',
			options: sources.map((source) => SOURCES[source]),
			default: usual,
			displayOptions: { show },
		},
		...sources.flatMap((source) => all[source] ?? []),
	];
}

/** For the Options collection. */
export const formatOption = (name: string, label: string): INodeProperties => ({
	displayName: `${label}: Format`,
	name: `${name}Format`,
	type: 'options',
	options: [
		{ name: 'Detect', value: 'auto' },
		{ name: 'HTML', value: 'html' },
		{ name: 'JSON', value: 'json' },
		{ name: 'Markdown', value: 'markdown' },
		{ name: 'PDF', value: 'pdf' },
		{ name: 'Plain Text', value: 'text' },
		{ name: 'Word', value: 'docx' },
	],
	default: 'auto',
});

export const viewOption: INodeProperties = {
	displayName: 'Tracked Changes',
	name: 'view',
	type: 'options',
	options: [
		{
			name: 'Accepted',
			value: 'accepted',
			description: 'Read Word files as they are with all tracked changes accepted',
		},
		{ name: 'Rejected', value: 'rejected', description: 'Read Word files as they were before the tracked changes' },
	],
	default: 'accepted',
	description: 'How Word files with tracked changes are read',
};

export const redlineOption: INodeProperties = {
	displayName: 'Redline',
	name: 'redline',
	type: 'boolean',
	default: false,
	description:
		'Whether to attach the changes as an HTML page for people, in the binary field <code>redline</code> of the first item',
};

export const timeoutOption: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeoutSeconds',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 600 },
	default: 60,
	description: 'Longest time the work on one item may take. It runs beside n8n, which stays responsive meanwhile.',
};
