import '../support/environment';
import { PollContext } from 'n8n-core';
import type { IDataObject, INode, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { prepare } from '../support/executions';

/** Polls one of our trigger nodes once, as n8n does on its schedule (or, by hand, in the editor). */
export async function pollNode(
	type: string,
	parameters: IDataObject,
	options: { file: string; byHand?: boolean; credentials?: Record<string, Record<string, string>> },
): Promise<IDataObject[]> {
	const node: INode = {
		id: 'node',
		name: 'Node',
		type: `n8n-nodes-contract-provisioning.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
	};
	const credentials = { accessLedgerApi: { file: options.file }, ...options.credentials };
	const { workflow, additionalData } = await prepare({ workflow: { nodes: [node], connections: {} }, credentials });
	const ready = workflow.getNode('Node');
	if (!ready) throw new Error('The node is gone.');
	const context = new PollContext(
		workflow,
		ready,
		additionalData,
		options.byHand === true ? 'manual' : 'trigger',
		'init',
	);
	const nodeType = workflow.nodeTypes.getByNameAndVersion(ready.type, 1);
	if (!nodeType.poll) throw new Error(`Node type ${type} does not poll.`);
	const outputs = await nodeType.poll.call(context as unknown as IPollFunctions);
	return (outputs ?? []).flat().map((item: INodeExecutionData) => item.json);
}
