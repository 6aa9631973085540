import { z } from 'zod';

import { when } from './condition';
import { address, approver, calendarDate, duration, id, owner, strict, text, timeOfDay } from './scalars';

const MAX_LIST = 5000;
const names = z.array(text).min(1).max(MAX_LIST);
const percent = z.number().min(0).max(100);
const count = z.number().int().min(0);
const points = z.number().int().min(0).max(100);

/** Life cycle of one rule. `proposed` gives nothing; `deprecated` gives nothing new. */
export const status = z.enum(['proposed', 'active', 'deprecated']);

/** How far the policy reaches into an application: report only, ask its owner for every change, or act. */
export const enforcement = z.enum(['record', 'approve', 'enforce']);

/** E-mail address or HR id: who an exemption is for. */
const person = z.string().min(1).max(320);

/** A finding of the linter that somebody answers for, for a while: it does not stand against enforcing the application. */
export const acceptance = strict({
	finding: z.string().regex(/^[A-Z][A-Z_]{1,60}$/, 'must be the code of a finding, e.g. OPEN_ENDED'),
	about: text.exactOptional(),
	until: calendarDate,
	owner,
	reason: text,
});

const exemption = strict({ person, until: calendarDate, owner, reason: text });

/** `any` with `with`: one of each side. `all`: the whole list together (and one of `with`, where given). */
export const separation = strict({
	id,
	any: names.exactOptional(),
	all: names.exactOptional(),
	with: names.exactOptional(),
	action: z.enum(['block', 'approve', 'record']),
	compensating: text.exactOptional(),
	exempt: z.array(exemption).max(MAX_LIST).exactOptional(),
}).refine(
	({ any, all, with: other }) => (any === undefined ? all !== undefined : all === undefined && other !== undefined),
	'must have "any" and "with", or "all"',
);

const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

export const calendar = strict({
	days: z.array(weekday).min(1),
	from: timeOfDay,
	to: timeOfDay,
	holidays: z.array(calendarDate).exactOptional(),
});

export const joiner = strict({ preProvision: duration, applications: names.exactOptional() });

const oneOverlap = strict({
	id: id.exactOptional(),
	on: z.union([text, names]),
	keep: names,
	for: duration,
});

export const overlap = z.union([oneOverlap, z.array(oneOverlap).min(1).max(MAX_LIST)]);

export const risk = strict({
	weights: strict({
		privileged: points.exactOptional(),
		separation: points.exactOptional(),
		widening: points.exactOptional(),
		off_peer_group: points.exactOptional(),
		new_identity: points.exactOptional(),
		off_hours: points.exactOptional(),
		backdated: points.exactOptional(),
	}).exactOptional(),
	peers: strict({
		by: names,
		minGroup: z.number().int().min(1).exactOptional(),
		rareBelowPercent: percent.exactOptional(),
	}).exactOptional(),
});

export const breakGlass = strict({
	grant: names,
	by: when,
	for: duration,
	review: strict({ approvers: z.array(approver).min(1).max(50), within: duration }),
});

export const requestable = strict({ by: when.exactOptional(), for: duration.exactOptional() });

export const exceptions = strict({ maxDuration: duration, owners: z.array(owner).min(1).max(50).exactOptional() });

const batchWindow = z.union([z.literal('realtime'), strict({ from: timeOfDay, to: timeOfDay })]);

export const batch = strict({
	grant: batchWindow.exactOptional(),
	revoke: batchWindow.exactOptional(),
	update: batchWindow.exactOptional(),
	disable: batchWindow.exactOptional(),
});

export const leaver = strict({
	order: z
		.array(z.enum(['disable', 'sessions', 'tokens', 'groups', 'ownership']))
		.min(1)
		.exactOptional(),
	transferTo: approver.exactOptional(),
});

export const sla = strict({
	leaver: duration.exactOptional(),
	joiner: duration.exactOptional(),
	mover: duration.exactOptional(),
	contract: duration.exactOptional(),
});

const limits = strict({
	maxInferredRevokesPercent: percent.exactOptional(),
	maxInferredRevokes: count.exactOptional(),
});

export const guards = strict({
	window: duration.exactOptional(),
	maxInferredRevokesPercent: percent.exactOptional(),
	percentFrom: count.exactOptional(),
	maxInferredRevokes: count.exactOptional(),
	maxLeavers: count.exactOptional(),
	perApplication: limits.exactOptional(),
	perEntitlement: limits.exactOptional(),
	minFeedPercent: percent.exactOptional(),
});

export const groupMembers = z.array(address).max(MAX_LIST);

export type Overlap = z.infer<typeof oneOverlap>;
export type Separation = z.infer<typeof separation>;
export type RuleStatus = z.infer<typeof status>;
export type Enforcement = z.infer<typeof enforcement>;
