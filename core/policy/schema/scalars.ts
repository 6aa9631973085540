import { Duration, IANAZone } from 'luxon';
import { z } from 'zod';

import { parseAddress } from '../address';
import { isCalendarDate } from '../day-end';

/** Separates the known names in the message of an unknown key; names never hold it. */
export const KNOWN_NAMES_SEPARATOR = '\n';

/** An object without room for unknown keys. Its error carries the known ones, so that the nearest can be named. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape) {
	const known = Object.keys(shape).join(KNOWN_NAMES_SEPARATOR);
	return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined) });
}

const MAX_TEXT = 1000;
/** A CEL expression longer than this is a program, not a condition. */
const MAX_CEL = 4000;
const GROUP = 'group:';

export const text = z.string().min(1).max(MAX_TEXT);
export const scalar = z.union([z.string().max(MAX_TEXT), z.number(), z.boolean()]);
export type PolicyScalar = z.infer<typeof scalar>;
export const celText = z.string().min(1).max(MAX_CEL);

/** Name of a source of attributes: `hris`, `vms`, `contract`, `signal`, or what a customer calls a feed. */
export const authority = z
	.string()
	.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, ".", "_" or "-"');

/** Id of a rule, contract rule or approval. No slash: `<contract id>/<rule id>` names a source. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, ".", "_" or "-"');

export const address = z
	.string()
	.max(320)
	.refine((value) => parseAddress(value) !== undefined, 'must be an e-mail address')
	.meta({ format: 'email' });

function isOwner(value: string): boolean {
	return value.startsWith(GROUP) ? value.length > GROUP.length : parseAddress(value) !== undefined;
}

/** Address, or `group:NAME`. */
export const owner = z.string().max(320).refine(isOwner, 'must be an e-mail address or "group:NAME"');

/** `manager`, `owner`, `group:NAME` or an address. */
export const approver = z
	.string()
	.max(320)
	.refine(
		(value) => value === 'manager' || value === 'owner' || isOwner(value),
		'must be "manager", "owner", "group:NAME" or an e-mail address',
	);

function isPositiveDuration(value: string): boolean {
	const duration = Duration.fromISO(value);
	return duration.isValid && duration.toMillis() > 0;
}

export const duration = z
	.string()
	.max(40)
	.refine(isPositiveDuration, 'must be an ISO-8601 duration such as P3D or PT15M')
	.meta({ format: 'duration' });

export const zone = z
	.string()
	.max(100)
	.refine((value) => IANAZone.isValidZone(value), 'must be an IANA time zone such as Europe/Berlin');

export const calendarDate = z
	.string()
	.refine(isCalendarDate, 'must be a date written YYYY-MM-DD')
	.meta({ format: 'date' });
export const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day written HH:MM');
export const termRef = z.string().regex(/^terms\.[A-Za-z_][A-Za-z0-9_-]{0,99}$/, 'must be "terms.NAME"');
export const rowRef = z
	.string()
	.regex(/^row\.[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'must be "row.COLUMN", column in camelCase');
