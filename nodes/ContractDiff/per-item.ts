import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorItem, toNodeError } from '../runtime/errors';
import { NeedsHuman } from './documents';

/** Runs the work item by item. What only a person can read becomes an item that says so; errors stop or become items. */
export async function perItem(
	node: IExecuteFunctions,
	work: (item: INodeExecutionData, index: number) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	for (const [index, item] of node.getInputData().entries()) {
		try {
			output.push(...(await work(item, index)));
		} catch (error) {
			if (error instanceof NeedsHuman) output.push(humanItem(error, index));
			else if (node.continueOnFail()) output.push(errorItem(error, index));
			else throw toNodeError(node.getNode(), error, index);
		}
	}
	return output;
}

function humanItem({ label, reason }: NeedsHuman, index: number): INodeExecutionData {
	return {
		json: {
			type: 'needsHuman',
			summary: `${label} needs a person: ${reason}`,
			needsHuman: { document: label, reason },
		},
		pairedItem: { item: index },
	};
}
