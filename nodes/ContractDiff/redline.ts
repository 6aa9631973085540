import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { InstructionOutcome } from '../../core/contract';
import type { ContractChangeSet, ContractDocument } from '../../core/model';
import { runInWorker, type WorkerLimits } from '../runtime/worker';

export const REDLINE_FIELD = 'redline';

interface RedlineOf {
	changeSet: ContractChangeSet;
	/** Absent where the versions are no texts. */
	before?: ContractDocument | null;
	after?: ContractDocument;
	/** Of amendments: what became of each instruction. */
	instructions?: readonly InstructionOutcome[];
	limits: WorkerLimits;
}

/** Attaches the changes as an HTML page to the first item, with days in the workflow's zone. */
export async function attachRedline(
	node: IExecuteFunctions,
	items: INodeExecutionData[],
	{ changeSet, before, after, instructions, limits }: RedlineOf,
): Promise<INodeExecutionData[]> {
	const [first, ...rest] = items;
	if (!first) return items;
	const html = await runInWorker(
		'renderRedline',
		{
			changeSet,
			zone: node.getTimezone(),
			...(before ? { before } : {}),
			...(after ? { after } : {}),
			...(instructions ? { instructions } : {}),
		},
		limits,
	);
	const page = await node.helpers.prepareBinaryData(
		Buffer.from(html, 'utf8'),
		fileNameOf(changeSet, 'redline.html'),
		'text/html',
	);
	return [{ ...first, binary: { ...first.binary, [REDLINE_FIELD]: page } }, ...rest];
}

/** e.g. `MSA-2026-014-redline.html`: of the contract's id only what every file system takes. */
export function fileNameOf({ contract }: ContractChangeSet, what: string): string {
	const id = contract.id
		.replace(/[^\p{L}\p{N}._-]+/gu, '-')
		.replace(/^[.-]+|[.-]+$/g, '')
		.slice(0, 80);
	return `${id === '' ? 'contract' : id}-${what}`;
}
