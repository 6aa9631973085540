import type { NodeParameterValueType } from 'n8n-workflow';
import { DomainError } from '../../core/model';

interface NodeWithParameters {
	getNodeParameter(name: string, itemIndex: number, fallback?: unknown): NodeParameterValueType | object;
}

/** A parameter that must be a text; an expression can give anything. */
export function textParameter(node: NodeWithParameters, name: string, itemIndex = 0, fallback = ''): string {
	const value = node.getNodeParameter(name, itemIndex, fallback);
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new DomainError(
		'INPUT_INVALID',
		`Parameter "${name}" is not a text (item ${itemIndex}).`,
		'Check the expression: it has to give a text.',
	);
}

/** A parameter that must hold something; `label` is what people see. */
export function requiredText(node: NodeWithParameters, name: string, label: string, itemIndex: number): string {
	const text = textParameter(node, name, itemIndex).trim();
	if (text !== '') return text;
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is empty.`, `Enter a value for "${label}".`);
}
