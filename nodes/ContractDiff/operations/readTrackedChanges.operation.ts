import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { textParameter } from '../../runtime/parameters';
import { runInWorker } from '../../runtime/worker';
import { givenBytes, naming, redlineOption, timeoutOption } from '../documents';
import { perItem } from '../per-item';
import { attachRedline } from '../redline';
import { trackedItems, type Tracked } from '../tracked-items';

const show = { operation: ['readTrackedChanges'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Input Binary Field',
		name: 'fileBinary',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input binary field that holds the Word file (.docx)',
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
				displayName: 'Authors',
				name: 'authors',
				type: 'string',
				default: '',
				placeholder: 'e.g. Ada Lovelace, Legal',
				description: 'Only tracked changes of these authors, separated by commas. All of them when empty.',
			},
			{
				displayName: 'Include Formatting Changes',
				name: 'includeFormatting',
				type: 'boolean',
				default: false,
				description: 'Whether to also emit tracked changes of layout that leave the words as they were',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{ name: 'One Item per Change', value: 'changes' },
					{ name: 'One Item per File', value: 'file', description: 'All tracked changes in one item' },
				],
				default: 'changes',
			},
			redlineOption,
			timeoutOption,
		],
	},
];

interface Options {
	authors?: string;
	includeFormatting?: boolean;
	output?: 'changes' | 'file';
	redline?: boolean;
	timeoutSeconds?: number;
}

/** Kinds that leave the words as they were. */
const LAYOUT: ReadonlySet<string> = new Set<Tracked['kind']>(['formatting', 'numbering']);

export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await perItem(node, async (_item, index) => {
		const options = node.getNodeParameter('options', index, {}) as Options;
		const limits = { timeoutMs: (options.timeoutSeconds ?? 60) * 1_000, maxMemoryMb: 1_024 };
		const field = textParameter(node, 'fileBinary', index).trim();
		const { data, fileName } = await givenBytes(node, index, 'Input Binary Field', field);
		const redline = options.redline === true;
		const contract = { id: fileName ?? field };
		const knownAt = new Date().toISOString();
		const file = await naming('Input Binary Field', () =>
			runInWorker('readTrackedChanges', { data, contract, knownAt, compare: redline }, limits),
		);
		const items = trackedItems({
			tracked: chosen(file.tracked, options),
			warnings: file.warnings,
			file: contract.id,
			itemIndex: index,
			whole: options.output === 'file',
		});
		if (!redline || !file.comparison) return items;
		return await attachRedline(node, items, { ...file.comparison, limits });
	});
}

function chosen(tracked: readonly Tracked[], { authors = '', includeFormatting }: Options): Tracked[] {
	const names = new Set(
		authors
			.split(',')
			.map((name) => name.trim())
			.filter((name) => name !== ''),
	);
	return tracked.filter(
		({ kind, author }) => (includeFormatting === true || !LAYOUT.has(kind)) && (names.size === 0 || names.has(author)),
	);
}
