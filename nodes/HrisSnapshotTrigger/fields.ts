import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

/** n8n's own generic credentials, for feeds that want to know who asks. */
export const CREDENTIALS: INodeCredentialDescription[] = [
	{ name: 'accessLedgerApi', displayName: 'Access Ledger (Optional)', required: false },
	...['httpBasicAuth', 'httpBearerAuth', 'httpHeaderAuth'].map((name) => ({
		name,
		required: true,
		displayOptions: { show: { authentication: [name] } },
	})),
];

const rest = { from: ['rest'] };
const url = { from: ['rest', 'csvUrl'] };

export const feedFields: INodeProperties[] = [
	{
		displayName:
			'Each poll is compared with the last snapshot in the ledger. An empty, cut or suddenly shrunken feed is not believed: nothing is concluded from it until somebody says that it is right.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Feed Name',
		name: 'feed',
		type: 'string',
		default: 'hris',
		required: true,
		placeholder: 'e.g. hris',
		description: 'Name under which the last snapshot is kept. Two nodes with one name share a snapshot.',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'options',
		options: [
			{ name: 'CSV Address', value: 'csvUrl', description: 'A CSV file behind an address' },
			{ name: 'CSV Text', value: 'csvText', description: 'CSV from an expression or typed in' },
			{ name: 'REST', value: 'rest', description: 'A JSON interface, page by page' },
		],
		default: 'rest',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://hr.example.com/api/employees',
		displayOptions: { show: url },
	},
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		options: [
			{ name: 'Basic Auth', value: 'httpBasicAuth' },
			{ name: 'Bearer Auth', value: 'httpBearerAuth' },
			{ name: 'Header Auth', value: 'httpHeaderAuth' },
			{ name: 'None', value: 'none' },
		],
		default: 'none',
		displayOptions: { show: url },
	},
	{
		displayName: 'CSV',
		name: 'csv',
		type: 'string',
		typeOptions: { rows: 8 },
		default: '',
		required: true,
		displayOptions: { show: { from: ['csvText'] } },
		description: 'With a header line. Commas, semicolons, tabs and bars are recognised.',
	},
	{
		displayName: 'Rows Path',
		name: 'rowsPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. data.employees',
		displayOptions: { show: rest },
		description: 'Where the list of rows is in the answer. Leave empty where the answer is the list.',
	},
	{
		displayName: 'Pagination',
		name: 'pagination',
		type: 'options',
		options: [
			{ name: 'Next Link', value: 'nextLink', description: 'The answer, or its Link header, names the next page' },
			{ name: 'None', value: 'none' },
			{ name: 'Page Number', value: 'pageNumber', description: 'Pages are counted, until one is empty' },
		],
		default: 'none',
		displayOptions: { show: rest },
	},
	{
		displayName: 'Next Link Path',
		name: 'nextPath',
		type: 'string',
		default: 'next',
		displayOptions: { show: { ...rest, pagination: ['nextLink'] } },
		description: 'Where the address of the next page is in the answer. Where nothing is there, the Link header counts.',
	},
	{
		displayName: 'Page Parameter',
		name: 'pageParameter',
		type: 'string',
		default: 'page',
		displayOptions: { show: { ...rest, pagination: ['pageNumber'] } },
	},
	{
		displayName: 'First Page',
		name: 'firstPage',
		type: 'number',
		default: 1,
		displayOptions: { show: { ...rest, pagination: ['pageNumber'] } },
	},
	{
		displayName: 'Key Column',
		name: 'keyColumn',
		type: 'string',
		default: 'hrId',
		required: true,
		placeholder: 'e.g. Employee Number',
		description: 'Column that tells the rows apart and never changes for a person',
	},
];

export const readingFields: INodeProperties[] = [
	{
		displayName: 'Policy Name',
		name: 'policyName',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme-access',
		description:
			'Policy in the ledger that says how attributes are read, and how far a feed may shrink. Where empty, the zone of the workflow counts.',
	},
	{
		displayName: 'First Poll',
		name: 'firstPoll',
		type: 'options',
		options: [
			{ name: 'Emit Every Row', value: 'emit', description: 'Everybody in the feed becomes a hire' },
			{ name: 'Only Remember', value: 'remember', description: 'Nothing is emitted; from then on, what changes' },
		],
		default: 'remember',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Columns',
				name: 'columns',
				type: 'json',
				default: '{}',
				description:
					'Names of attributes and keys by column, e.g. {"Abteilung": "department", "Personalnummer": "hrId"}. Others keep their own names.',
			},
			{
				displayName: 'Fewest Rows (Percent)',
				name: 'minFeedPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 50,
				description: 'Share of the last snapshot below which a feed is not believed. In place of what the policy says.',
			},
			{
				displayName: 'Lease (Seconds)',
				name: 'leaseSeconds',
				type: 'number',
				typeOptions: { minValue: 30, maxValue: 86400 },
				default: 600,
				description: 'How long an event is worked on before Get Due hands it out again',
			},
			{
				displayName: 'Most Pages',
				name: 'maxPages',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 10000 },
				default: 500,
				description: 'A feed with more pages counts as cut',
			},
			{
				displayName: 'Source',
				name: 'source',
				type: 'string',
				default: 'hris',
				description: 'Authority of the feed, as the policy calls it',
			},
			{
				displayName: 'Total Path',
				name: 'totalPath',
				type: 'string',
				default: '',
				placeholder: 'e.g. meta.total',
				description: 'Where the answer says how many rows there are. Fewer rows than that count as cut.',
			},
			{
				displayName: 'Vanished Rows',
				name: 'vanished',
				type: 'options',
				options: [
					{
						name: 'Have Left',
						value: 'leave',
						description: 'Who is not in the feed any more has left; guards count it as inferred',
					},
					{ name: 'Say Nothing', value: 'ignore', description: 'For feeds that do not hold everybody' },
				],
				default: 'leave',
			},
		],
	},
];
