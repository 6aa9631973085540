import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';
import { runWorkflow, type EngineRun, type RunOptions } from '../support';

/** A ledger file of its own. */
export function ledgerFile(): string {
	return join(mkdtempSync(join(tmpdir(), 'node-')), 'ledger.sqlite');
}

/** Runs one of our nodes on the given items, on n8n's engine. */
export async function runNode(
	type: string,
	parameters: IDataObject,
	items: IDataObject[],
	more: Partial<RunOptions> & { node?: Partial<INode>; file?: string } = {},
): Promise<EngineRun> {
	const { node, file = ledgerFile(), credentials, ...options } = more;
	const plain = { typeVersion: 1, position: [0, 0] as [number, number] };
	return await runWorkflow({
		...options,
		credentials: { accessLedgerApi: { file }, ...credentials },
		workflow: {
			nodes: [
				{ ...plain, id: 'start', name: 'Start', type: 'n8n-nodes-base.noOp', parameters: {} },
				{
					...plain,
					id: 'node',
					name: 'Node',
					type: `n8n-nodes-contract-provisioning.${type}`,
					parameters: parameters as INode['parameters'],
					...node,
				},
			],
			connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		},
		startNode: 'Start',
		items: items.map((json) => ({ json })),
	});
}
