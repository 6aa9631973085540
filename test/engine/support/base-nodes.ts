import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

/**
 * Stand-ins for the few nodes of n8n's own package that our workflows use, so that engine tests need no n8n
 * installation. They do what the real ones do with the parameters our workflows set; other types are registered by
 * the test that needs them.
 */
function description(name: string, properties: INodeProperties[], more: Partial<INodeTypeDescription> = {}) {
	return {
		displayName: name,
		name,
		group: ['transform'],
		// Newer than any version of the real node, so that a workflow may name whichever it was made with.
		version: [1, 1.1, 2, 3, 3.1, 3.2, 3.3, 3.4, 3.5],
		description: `Stand-in for n8n-nodes-base.${name}`,
		defaults: { name },
		inputs: ['main'],
		outputs: ['main'],
		properties,
		...more,
	} satisfies INodeTypeDescription;
}

const passOn = async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [this.getInputData()];
};

const manualTrigger: INodeType = {
	description: description('manualTrigger', [], { group: ['trigger'], inputs: [] }),
	async trigger() {
		return { manualTriggerFunction: async () => this.emit([this.helpers.returnJsonArray([{}])]) };
	},
};

/** Has its settings, and never ticks: tests start such workflows by hand. */
const scheduleTrigger: INodeType = {
	description: description('scheduleTrigger', [{ displayName: 'Rule', name: 'rule', type: 'json', default: '{}' }], {
		group: ['trigger'],
		inputs: [],
	}),
	trigger: () => Promise.resolve({}),
};

const noOp: INodeType = { description: description('noOp', []), execute: passOn };

const stickyNote: INodeType = {
	description: description('stickyNote', [{ displayName: 'Content', name: 'content', type: 'string', default: '' }], {
		inputs: [],
		outputs: [],
	}),
	execute: passOn,
};

const stopAndError: INodeType = {
	description: description(
		'stopAndError',
		[
			{ displayName: 'Error Type', name: 'errorType', type: 'options', options: [], default: 'errorMessage' },
			{ displayName: 'Error Message', name: 'errorMessage', type: 'string', default: '' },
			{ displayName: 'Error Object', name: 'errorObject', type: 'json', default: '' },
		],
		{ outputs: [] },
	),
	async execute() {
		const byMessage = this.getNodeParameter('errorType', 0) === 'errorMessage';
		const detail = this.getNodeParameter(byMessage ? 'errorMessage' : 'errorObject', 0);
		throw new NodeOperationError(this.getNode(), typeof detail === 'string' ? detail : JSON.stringify(detail));
	},
};

const set: INodeType = {
	description: description('set', [
		{ displayName: 'Mode', name: 'mode', type: 'options', options: [], default: 'manual' },
		{ displayName: 'JSON', name: 'jsonOutput', type: 'json', default: '{}' },
		{ displayName: 'Fields', name: 'assignments', type: 'assignmentCollection', default: {} },
		{ displayName: 'Include Other', name: 'includeOtherFields', type: 'boolean', default: false },
		{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [] },
	]),
	async execute() {
		return [
			this.getInputData().map((item, index): INodeExecutionData => {
				const json = this.getNodeParameter('includeOtherFields', index) === true ? structuredClone(item.json) : {};
				return { json: Object.assign(json, assignedFields(this, index, json)), pairedItem: { item: index } };
			}),
		];
	},
};

function assignedFields(context: IExecuteFunctions, index: number, json: IDataObject): IDataObject {
	if (context.getNodeParameter('mode', index) === 'raw') {
		const raw = context.getNodeParameter('jsonOutput', index);
		return (typeof raw === 'string' ? JSON.parse(raw) : raw) as IDataObject;
	}
	const { assignments = [] } = context.getNodeParameter('assignments', index) as {
		assignments?: Array<{ name: string; value: unknown; type?: string }>;
	};
	for (const { name, value, type } of assignments) setByPath(json, name.split('.'), converted(value, type));
	return json;
}

function converted(value: unknown, type = 'string'): unknown {
	if (typeof value !== 'string')
		return type === 'string' && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value;
	if (type === 'number') return Number(value);
	if (type === 'boolean') return value === 'true';
	return type === 'object' || type === 'array' ? (JSON.parse(value) as unknown) : value;
}

function setByPath(target: IDataObject, [key = '', ...rest]: string[], value: unknown): void {
	if (rest.length === 0) {
		target[key] = value as IDataObject;
		return;
	}
	const inner = target[key];
	const next = typeof inner === 'object' && inner !== null ? (inner as IDataObject) : {};
	target[key] = next;
	setByPath(next, rest, value);
}

export const BASE_NODES: Readonly<Record<string, INodeType>> = {
	'n8n-nodes-base.manualTrigger': manualTrigger,
	'n8n-nodes-base.noOp': noOp,
	'n8n-nodes-base.scheduleTrigger': scheduleTrigger,
	'n8n-nodes-base.stickyNote': stickyNote,
	'n8n-nodes-base.stopAndError': stopAndError,
	'n8n-nodes-base.set': set,
};
