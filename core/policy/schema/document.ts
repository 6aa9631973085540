import { z } from 'zod';

import { when } from './condition';
import {
	address,
	approver,
	calendarDate,
	duration,
	id,
	owner,
	rowRef,
	scalar,
	strict,
	termRef,
	text,
	timeOfDay,
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
	type: z.enum(['text', 'number', 'date', 'boolean']).exactOptional(),
	from: z.array(z.enum(['hris', 'vms', 'contract', 'signal'])).exactOptional(),
	aliases: z.record(z.string(), scalar).exactOptional(),
	requiredFor: z.union([text, names]).exactOptional(),
	owner: owner.exactOptional(),
});

const application = strict({
	connector: z.enum(['scim', 'manual', 'n8n']),
	owner: owner.exactOptional(),
	attributes: z.record(z.string(), z.json()).exactOptional(),
	onCollision: z.enum(['review', 'suffix']).exactOptional(),
	sla: duration.exactOptional(),
});

const entitlement = strict({
	app: text,
	account: z.literal(true).exactOptional(),
	group: text.exactOptional(),
	role: text.exactOptional(),
	privileged: z.boolean().exactOptional(),
	owner: owner.exactOptional(),
	maxDuration: duration.exactOptional(),
	requestable: strict({ by: when.exactOptional() }).exactOptional(),
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
	if: text.exactOptional(),
	grant: names.min(1),
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
	subjects: termRef,
	grant: names.min(1),
	until: termRef.exactOptional(),
	seats: strict({ limit: termRef, order: z.array(rowRef).min(1).max(10).exactOptional() }).exactOptional(),
	owner: owner.exactOptional(),
});

const separation = strict({
	id,
	any: names.min(1),
	with: names.min(1),
	action: z.enum(['block', 'approve', 'record']),
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

const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const calendar = strict({
	days: z.array(weekday).min(1),
	from: timeOfDay,
	to: timeOfDay,
	holidays: z.array(calendarDate).exactOptional(),
});

const percent = z.number().min(0).max(100);
const count = z.number().int().min(0);
const guards = strict({
	window: duration.exactOptional(),
	maxInferredRevokesPercent: percent.exactOptional(),
	maxInferredRevokes: count.exactOptional(),
	maxLeavers: count.exactOptional(),
});

const leaver = strict({
	order: z
		.array(z.enum(['disable', 'sessions', 'tokens', 'groups', 'ownership']))
		.min(1)
		.exactOptional(),
	transferTo: approver.exactOptional(),
});

const sla = strict({
	leaver: duration.exactOptional(),
	joiner: duration.exactOptional(),
	mover: duration.exactOptional(),
	contract: duration.exactOptional(),
});

/** The policy document (design: "The policy document"). Names and cross references are checked by lint. */
export const policySchema = strict({
	policy: text.describe('Name of the policy.'),
	zone: zone.describe('IANA zone in which days begin and end.'),
	calendar: calendar.exactOptional(),
	groups: z.record(applicationName, z.array(address).max(MAX_LIST)).exactOptional(),
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
	overlap: strict({ on: text, keep: names.min(1), for: duration }).exactOptional(),
	leaver: leaver.exactOptional(),
	sla: sla.exactOptional(),
	guards: guards.exactOptional(),
});

export type PolicyDocument = z.infer<typeof policySchema>;
export type ContractRule = NonNullable<PolicyDocument['contracts']>[number];
export type BirthrightRule = NonNullable<PolicyDocument['rules']>[number];
export type ApprovalRule = NonNullable<PolicyDocument['approvals']>[number];
export type EntitlementDeclaration = PolicyDocument['entitlements'][string];
