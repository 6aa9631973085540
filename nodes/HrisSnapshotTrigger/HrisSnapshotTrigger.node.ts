import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { toNodeError } from '../runtime/errors';
import { CREDENTIALS, feedFields, readingFields } from './fields';
import { pollSnapshot } from './poll';

export class HrisSnapshotTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HRIS Snapshot Trigger',
		name: 'hrisSnapshotTrigger',
		icon: { light: 'file:hrisSnapshotTrigger.svg', dark: 'file:hrisSnapshotTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["feed"] }}',
		description: 'Polls a list of people from a REST interface or a CSV file, and starts the workflow for what changed',
		defaults: { name: 'HRIS Snapshot Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: CREDENTIALS,
		properties: [...feedFields, ...readingFields],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			return await pollSnapshot(this);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
