import type { IExecuteFunctions } from 'n8n-workflow';
import { DomainError } from '../../core/model';
import type { LedgerApi } from '../../core/store';
import { requiredText } from '../runtime/parameters';
import { policyHeadOf } from '../runtime/policy-worker';
import type { PolicyHead } from '../runtime/worker';

/** Names separated by commas; an expression may give a list as well. */
export function namesParameter(node: IExecuteFunctions, name: string, label: string, index: number): string[] {
	const value: unknown = node.getNodeParameter(name, index, '');
	const parts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];
	const names = [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
	if (names.length > 0) return names;
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is empty.`, `Enter a value for "${label}".`);
}

export interface PolicyInForce {
	policy: string;
	head: PolicyHead;
}

/**
 * The policy in force under a name.
 *
 * @throws DomainError POLICY_INVALID where the ledger has none
 */
export async function policyNamed(ledger: LedgerApi, name: string): Promise<PolicyInForce> {
	const version = await ledger.readPolicy({ name });
	if (version) return { policy: version.source, head: await policyHeadOf(version.source) };
	throw new DomainError(
		'POLICY_INVALID',
		`Parameter "Policy Name": the ledger has no policy "${name.slice(0, 100)}" in force.`,
		'Check the name, or publish the policy by Access Policy.',
	);
}

/** The policy in force under the name of the parameter; read once a run. */
export async function policyInForce(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	index: number,
	cache: Map<string, PolicyInForce>,
): Promise<PolicyInForce> {
	const name = requiredText(node, 'policyName', 'Policy Name', index);
	const known = cache.get(name);
	if (known) return known;
	const inForce = await policyNamed(ledger, name);
	cache.set(name, inForce);
	return inForce;
}

/** An instant that somebody wrote with its offset; a local time would mean something else on every machine. */
export function instantParameter(written: string): string {
	const milliseconds = /(?:Z|[+-]\d{2}:\d{2})$/.test(written) ? Date.parse(written) : Number.NaN;
	if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString();
	throw new DomainError(
		'INPUT_INVALID',
		'Parameter "Since" is no instant with an offset.',
		'Write it like 2026-11-20T09:00:00+01:00.',
	);
}
