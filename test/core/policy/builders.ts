import type { ContractHeader, Identity, Term } from '../../../core/model';
import { compilePolicy, evaluate, parsePolicy } from '../../../core/policy';
import type { CompiledPolicy, ContractInput, Evaluation } from '../../../core/policy';

/** A small policy with one contract rule set; tests add to it or replace sections. */
export const BASE = {
	policy: 'test',
	zone: 'Europe/Berlin',
	groups: { security: ['ciso@acme.example', 'sec@acme.example'] } as Record<string, string[]>,
	attributes: {
		department: { type: 'text', aliases: { 'Eng.': 'Engineering' } },
		level: { type: 'number' },
		project: { type: 'text', aliases: { ATL: 'atlas' } },
	} as Record<string, unknown>,
	applications: {
		slack: {
			connector: 'scim',
			owner: 'it@acme.example',
			attributes: { userName: '{email}', displayName: '{firstName} {lastName}' },
		},
		github: { connector: 'scim', owner: 'group:security', attributes: { userName: '{email}' } },
	} as Record<string, unknown>,
	entitlements: {
		'slack/member': { app: 'slack', account: true },
		'slack/project:*': { app: 'slack', group: 'project-{1}' },
		'github/member': { app: 'github', account: true },
		'github/eng': { app: 'github', group: 'engineering' },
		'github/admin': { app: 'github', group: 'org-admins', privileged: true },
	} as Record<string, unknown>,
	roles: {
		consultant: { grant: ['slack/member'], owner: 'it@acme.example' },
		developer: { includes: ['consultant'], grant: ['github/member', 'github/eng'], owner: 'it@acme.example' },
		administrator: { includes: ['developer'], grant: ['github/admin'], owner: 'it@acme.example' },
	} as Record<string, unknown>,
	rules: [] as unknown[],
	terms: {
		seats: { type: 'number', clause: 'Licensed Users' },
		endDate: { type: 'date', clause: 'Term' },
		users: { type: 'table', schedule: 'Authorised Users', key: 'Email' },
	} as Record<string, unknown>,
	contracts: [
		{
			id: 'people',
			when: { 'contract.kind': 'services', 'contract.status': 'active', 'row.access': ['Member', 'Developer'] },
			subjects: 'terms.users',
			grant: ['consultant'],
			until: 'terms.endDate',
			seats: { limit: 'terms.seats' },
		},
		{
			id: 'developers',
			when: { 'contract.kind': 'services', 'contract.status': 'active', 'row.access': 'Developer' },
			subjects: 'terms.users',
			grant: ['developer', 'slack/project:{contract.project}'],
			until: 'terms.endDate',
			seats: { limit: 'terms.seats' },
		},
	] as unknown[],
};

export function policyText(changes: Partial<Record<string, unknown>> = {}): string {
	return JSON.stringify({ ...BASE, ...changes });
}

export function compiled(changes: Partial<Record<string, unknown>> = {}): CompiledPolicy {
	const { policy, hash } = parsePolicy(policyText(changes));
	return compilePolicy(policy, hash);
}

export type Row = Record<string, string>;

export function row(name: string, access = 'Member', more: Row = {}): Row {
	return { Name: `${name} Example`, Email: `${name.toLowerCase()}@partner.example`, Access: access, ...more };
}

export function table(rows: Row[], columns = ['Name', 'Email', 'Access', 'Since', 'Priority', 'Project']): Term {
	return { name: 'users', value: { type: 'table', columns, rows } };
}

export const number = (value: number): Term => ({ name: 'seats', value: { type: 'number', value } });
export const date = (value: string): Term => ({ name: 'endDate', value: { type: 'date', value } });

export function contract(
	rows: Row[],
	terms: Record<string, Term> = {},
	header: Partial<ContractHeader> = {},
): ContractInput {
	return {
		header: { id: 'MSA-1', kind: 'services', status: 'active', attributes: { project: 'ATL' }, ...header },
		terms: { users: table(rows), seats: number(10), endDate: date('2027-12-31'), ...terms },
	};
}

export function person(name: string, attributes: Identity['attributes'] = {}): Identity {
	const email = `${name.toLowerCase()}@acme.example`;
	return { id: `idn_${name.toLowerCase()}`, keys: { email }, attributes: { firstName: name, ...attributes } };
}

export const AS_OF = '2026-11-20T09:00:00.000Z';

export function evaluated(
	policy: CompiledPolicy,
	contracts: ContractInput[],
	identities: Identity[] = [],
	times: { asOf?: string; effectiveFrom?: string } = {},
): Evaluation {
	return evaluate({ compiled: policy, contracts, identities, asOf: AS_OF, effectiveFrom: AS_OF, ...times });
}

/** `ada: slack/member, github/eng`, by e-mail name. */
export function holdings(evaluation: Evaluation): Record<string, string[]> {
	const names = new Map(evaluation.identities.map(({ id, keys }) => [id, (keys.email ?? id).split('@')[0] ?? id]));
	const result: Record<string, string[]> = {};
	for (const { identityId, entitlement } of evaluation.desired) {
		const name = names.get(identityId) ?? identityId;
		result[name] = [...(result[name] ?? []), entitlement];
	}
	return result;
}
