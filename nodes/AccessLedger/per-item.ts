import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorItem, toNodeError } from '../runtime/errors';

/** Runs the work item by item; what fails stops the node, or becomes an item where the workflow goes on. */
export async function perItem(
	node: IExecuteFunctions,
	work: (index: number) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	for (const index of node.getInputData().keys()) {
		try {
			output.push(...(await work(index)));
		} catch (error) {
			if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, index);
			output.push(errorItem(error, index));
		}
	}
	return [output];
}
