import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

/**
 * Stand-ins for the nodes of n8n's own package that route items in the example workflows about people, so that engine
 * tests need no n8n installation. The end-to-end test runs the same workflows with the real ones.
 */
function description(name: string, properties: INodeProperties[], more: Partial<INodeTypeDescription> = {}) {
	return {
		displayName: name,
		name,
		group: ['transform'],
		version: [1, 1.1, 2, 2.2, 3, 3.2],
		description: `Stand-in for n8n-nodes-base.${name}`,
		defaults: { name },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			...properties,
			{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [] },
		],
		...more,
	} satisfies INodeTypeDescription;
}

const conditions: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'filter',
	default: {},
	typeOptions: { filter: { caseSensitive: true, typeValidation: 'strict', version: 2 } },
};

function holds(context: IExecuteFunctions, parameter: string, index: number): boolean {
	return context.getNodeParameter(parameter, index, false, { extractValue: true }) === true;
}

const filter: INodeType = {
	description: description('filter', [conditions]),
	async execute() {
		return [
			this.getInputData()
				.map((item, index) => ({ ...item, pairedItem: { item: index } }))
				.filter((_, index) => holds(this, 'conditions', index)),
		];
	},
};

/** By rules, with the fallback as an output of its own behind them. */
const switchNode: INodeType = {
	description: description(
		'switch',
		[
			{ displayName: 'Mode', name: 'mode', type: 'options', options: [], default: 'rules' },
			{
				displayName: 'Rules',
				name: 'rules',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				options: [{ name: 'values', displayName: 'Rule', values: [conditions] }],
			},
		],
		{
			outputs:
				'={{ [...Array(($parameter.rules?.values ?? []).length + 1).keys()].map((index) => ({ type: "main", displayName: String(index) })) }}',
		},
	),
	async execute() {
		const rules = this.getNodeParameter('rules.values', 0, []) as unknown[];
		const outputs: INodeExecutionData[][] = [...rules, 'fallback'].map(() => []);
		for (const [index, item] of this.getInputData().entries()) {
			const met = rules.findIndex((_, rule) => holds(this, `rules.values[${rule}].conditions`, index));
			outputs[met < 0 ? rules.length : met]?.push({ ...item, pairedItem: { item: index } });
		}
		return outputs;
	},
};

const splitOut: INodeType = {
	description: description('splitOut', [
		{ displayName: 'Fields To Split Out', name: 'fieldToSplitOut', type: 'string', default: '' },
	]),
	async execute() {
		return [
			this.getInputData().flatMap(({ json }, index) => {
				const list = json[this.getNodeParameter('fieldToSplitOut', index) as string];
				return (list as IDataObject[]).map((each) => ({ json: each, pairedItem: { item: index } }));
			}),
		];
	},
};

const aggregate: INodeType = {
	description: description('aggregate', [
		{ displayName: 'Aggregate', name: 'aggregate', type: 'options', options: [], default: 'aggregateIndividualFields' },
		{ displayName: 'Into', name: 'destinationFieldName', type: 'string', default: 'data' },
	]),
	async execute() {
		const into = this.getNodeParameter('destinationFieldName', 0) as string;
		return [[{ json: { [into]: this.getInputData().map(({ json }) => json) } }]];
	},
};

const MINUTE_MS = 60_000;
/** n8n's own node only sleeps through short waits; longer ones are written down and the run is put away. */
const SHORT_MS = 65_000;

const wait: INodeType = {
	description: description('wait', [
		{ displayName: 'Amount', name: 'amount', type: 'number', default: 5 },
		{ displayName: 'Unit', name: 'unit', type: 'options', options: [], default: 'seconds' },
	]),
	async execute() {
		if (this.getNodeParameter('unit', 0) !== 'minutes') throw new Error('The stand-in waits minutes only.');
		const ms = (this.getNodeParameter('amount', 0) as number) * MINUTE_MS;
		if (ms < SHORT_MS) await sleep(ms);
		else await this.putExecutionToWait(new Date(Date.now() + ms));
		return [this.getInputData()];
	},
};

/** Has its fields; tests start such workflows with what somebody entered. */
const formTrigger: INodeType = {
	description: description(
		'formTrigger',
		['authentication', 'formTitle', 'formDescription'].map((name) => ({
			displayName: name,
			name,
			type: 'string' as const,
			default: '',
		})),
		{ group: ['trigger'], inputs: [] },
	),
	trigger: () => Promise.resolve({}),
};

export const FLOW_NODES: Readonly<Record<string, INodeType>> = {
	'n8n-nodes-base.aggregate': aggregate,
	'n8n-nodes-base.filter': filter,
	'n8n-nodes-base.formTrigger': formTrigger,
	'n8n-nodes-base.splitOut': splitOut,
	'n8n-nodes-base.switch': switchNode,
	'n8n-nodes-base.wait': wait,
};
