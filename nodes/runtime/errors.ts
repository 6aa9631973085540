import { NodeOperationError, type INode, type INodeExecutionData, type JsonObject } from 'n8n-workflow';
import { isDomainError } from '../../core/model';

/** The one place where errors of the domain become n8n's: what happened in the message, how to mend it below. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	const place = itemIndex === undefined ? {} : { itemIndex };
	if (isDomainError(error)) {
		const suffix = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
		return new NodeOperationError(node, `${error.message}${suffix}`, { description: error.remedy, ...place });
	}
	const cause = error instanceof Error ? error : new Error(String(error));
	return new NodeOperationError(node, cause, place);
}

/** An error as an item, for the harmless output: nothing is lost, and the reason travels on. */
export function errorItem(error: unknown, itemIndex: number, json: JsonObject = {}): INodeExecutionData {
	const reason = isDomainError(error)
		? { code: error.code, message: error.message, remedy: error.remedy }
		: {
				code: 'UNEXPECTED',
				message: error instanceof Error ? error.message : String(error),
				remedy: 'See the n8n log.',
			};
	return { json: { ...json, error: reason }, pairedItem: { item: itemIndex } };
}
