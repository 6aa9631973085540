import type { IExecuteFunctions } from 'n8n-workflow';
import { DomainError } from '../../core/model';

/** What plans, asks for or carries out changes of access is for workflows that people drew, not for an AI agent's choice. */
export function refuseToolUse(node: IExecuteFunctions): void {
	if (!node.isToolExecution()) return;
	throw new DomainError(
		'INPUT_INVALID',
		'This operation changes access or evidence and cannot be used as a tool of an AI agent.',
		'Put the node on the canvas of a workflow instead.',
	);
}
