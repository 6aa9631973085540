import { z } from 'zod';

import { when } from './condition';
import {
	acceptance,
	batch,
	breakGlass,
	calendar,
	enforcement,
	exceptions,
	groupMembers,
	guards,
	joiner,
	leaver,
	overlap,
	requestable,
	risk,
	separation,
	sla,
	status,
} from './governance';
import type { Overlap } from './governance';
import {
	approver,
	authority,
	celText,
	duration,
	id,
	owner,
	rowRef,
	scalar,
	strict,
	termRef,
	text,
	zone,
} from './scalars';

const MAX_LIST = 5000;

const attributeName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'must be letters, digits and "_"');
const applicationName = z
	.string()
	.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, ".", "_" or "-"');
const roleName = z.string().regex(/^[^/*{}\s]{1,200}$/, 'must not hold "/", "*", braces or spaces');
const entitlementName = z.string().regex(/^[^/*{}]{1,100}\/[^{}]{1,200}$/, 'must be "APPLICATION/NAME"');
const names = z.array(text).max(MAX_LIST);

const attribute = strict({
	type: z.enum(['text', 'number', 'date', 'boolean', 'list']).exactOptional(),
	from: z.array(authority).max(50).exactOptional(),
	aliases: z.record(z.string(), scalar).exactOptional(),
	values: z.array(scalar).min(1).max(MAX_LIST).exactOptional(),
	requiredFor: z.union([text, names]).exactOptional(),
	owner: owner.exactOptional(),
});

const application = strict({
	connector: z.enum(['scim', 'manual', 'n8n']),
	owner: owner.exactOptional(),
	attributes: z.record(z.string(), z.json()).exactOptional(),
	onCollision: z.enum(['review', 'suffix']).exactOptional(),
	sla: duration.exactOptional(),
	enforcement: enforcement.exactOptional(),
	accept: z.array(acceptance).max(MAX_LIST).exactOptional(),
});

const entitlement = strict({
	app: text,
	account: z.literal(true).exactOptional(),
	group: text.exactOptional(),
	role: text.exactOptional(),
	privileged: z.boolean().exactOptional(),
	owner: owner.exactOptional(),
	maxDuration: duration.exactOptional(),
	requestable: requestable.exactOptional(),
});

const role = strict({
	includes: names.exactOptional(),
	grant: names.exactOptional(),
	exclude: names.exactOptional(),
	owner: owner.exactOptional(),
});

const rule = strict({
	id,
	when: when.exactOptional(),
	if: celText.exactOptional(),
	grant: names.min(1),
	status: status.exactOptional(),
	owner: owner.exactOptional(),
});

const term = strict({
	type: z.enum(['number', 'date', 'text', 'table', 'list', 'duration', 'money', 'percent', 'boolean', 'people']),
	clause: text.exactOptional(),
	definition: text.exactOptional(),
	schedule: text.exactOptional(),
	key: text.exactOptional(),
	columns: z.array(text).min(1).max(100).exactOptional(),
	near: text.exactOptional(),
	which: z.enum(['first', 'last', 'only']).exactOptional(),
	day: z.enum(['end', 'start', 'notice', 'next']).exactOptional(),
});

const contractRule = strict({
	id,
	when: when.exactOptional(),
	if: celText.exactOptional(),
	subjects: termRef,
	grant: names.min(1),
	until: termRef.exactOptional(),
	seats: strict({ limit: termRef, order: z.array(rowRef).min(1).max(10).exactOptional() }).exactOptional(),
	status: status.exactOptional(),
	owner: owner.exactOptional(),
});

const approval = strict({
	id,
	when: when.exactOptional(),
	approvers: z.array(approver).min(1).max(50),
	need: z.record(z.string(), z.number().int().min(1).max(50)).exactOptional(),
	proof: z.enum(['none', 'code']).exactOptional(),
	expires: duration.exactOptional(),
	remind: z.array(duration).max(20).exactOptional(),
	escalate: strict({ after: duration, to: approver }).exactOptional(),
});

/** The policy document (design: "The policy document"). Names and cross references are checked by lint. */
export const policySchema = strict({
	policy: text.describe('Name of the policy.'),
	zone: zone.describe('IANA zone in which days begin and end.'),
	calendar: calendar.exactOptional(),
	groups: z.record(applicationName, groupMembers).exactOptional(),
	attributes: z.record(attributeName, attribute).exactOptional(),
	applications: z.record(applicationName, application),
	entitlements: z.record(entitlementName, entitlement),
	roles: z.record(roleName, role).exactOptional(),
	rules: z
		.array(rule)
		.max(MAX_LIST * 4)
		.exactOptional(),
	terms: z.record(attributeName, term).exactOptional(),
	contracts: z.array(contractRule).max(MAX_LIST).exactOptional(),
	separationOfDuties: z.array(separation).max(MAX_LIST).exactOptional(),
	approvals: z.array(approval).max(MAX_LIST).exactOptional(),
	joiner: joiner.exactOptional(),
	overlap: overlap.exactOptional(),
	leaver: leaver.exactOptional(),
	sla: sla.exactOptional(),
	guards: guards.exactOptional(),
	risk: risk.exactOptional(),
	breakGlass: breakGlass.exactOptional(),
	exceptions: exceptions.exactOptional(),
	batch: batch.exactOptional(),
});

export type PolicyDocument = z.infer<typeof policySchema>;
export type ContractRule = NonNullable<PolicyDocument['contracts']>[number];
export type BirthrightRule = NonNullable<PolicyDocument['rules']>[number];
export type ApprovalRule = NonNullable<PolicyDocument['approvals']>[number];
export type EntitlementDeclaration = PolicyDocument['entitlements'][string];
export type AttributeDeclaration = NonNullable<PolicyDocument['attributes']>[string];
export type ApplicationDeclaration = PolicyDocument['applications'][string];

/** Overlap windows as a list, however they are written. */
export function overlapsOf(policy: PolicyDocument): readonly Overlap[] {
	if (policy.overlap === undefined) return [];
	return Array.isArray(policy.overlap) ? policy.overlap : [policy.overlap];
}
