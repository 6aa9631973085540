import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorItem, toNodeError } from './errors';

/**
 * Errors of single items, where all items are worked on together: the first stops the node, or each becomes an item of
 * its own where the workflow goes on.
 */
export class ItemErrors {
	readonly #failed = new Map<number, unknown>();

	constructor(readonly node: IExecuteFunctions) {}

	fail(index: number, error: unknown): void {
		if (!this.node.continueOnFail()) throw toNodeError(this.node.getNode(), error, index);
		this.#failed.set(index, error);
	}

	/** Runs the work for each entry that has not failed; keeps what it gives by the same indexes. */
	each<Given, Result>(
		given: ReadonlyMap<number, Given>,
		work: (value: Given, index: number) => Result,
	): Map<number, Result> {
		const results = new Map<number, Result>();
		for (const [index, value] of given) {
			try {
				results.set(index, work(value, index));
			} catch (error) {
				this.fail(index, error);
			}
		}
		return results;
	}

	/** Output with one item for each error, in the order of the input. */
	inOrder(output: readonly INodeExecutionData[]): INodeExecutionData[] {
		const failed = [...this.#failed].map(([index, error]) => errorItem(error, index));
		return [...output, ...failed].sort((a, b) => indexOf(a) - indexOf(b));
	}
}

function indexOf({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : 0;
}
