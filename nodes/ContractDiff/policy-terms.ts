import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { TermExtractor } from '../../core/model';
import { parsePolicy, termExtractors } from '../../core/policy';
import { textParameter } from '../runtime/parameters';

/** A policy whose terms are read besides. */
export const policyField = (show: Record<string, string[]>): INodeProperties => ({
	displayName: 'Policy',
	name: 'policy',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. {{ $("Settings").first().json.policy }}',
	description:
		'Policy document (YAML or JSON) whose <code>terms</code> are read from both versions. Leave empty to compare clauses and rows only.',
	displayOptions: { show },
});

/** The terms that the policy field names; none where it is empty. */
export function extractorsOf(node: IExecuteFunctions, index: number): Record<string, TermExtractor> {
	const policy = textParameter(node, 'policy', index);
	return policy.trim() === '' ? {} : termExtractors(parsePolicy(policy).policy);
}
