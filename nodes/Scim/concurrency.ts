import type { INodeProperties } from 'n8n-workflow';

export const DEFAULT_CONCURRENCY = 8;

export const CONCURRENCY: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: DEFAULT_CONCURRENCY,
	description: 'Requests that may run side by side. Narrowed by itself when the application throttles.',
};
