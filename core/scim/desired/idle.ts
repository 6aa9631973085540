import { isUrn } from '../attributes';
import { asObject, attribute, foldCase, isActive, type ScimObject, type ScimResource } from '../resource';

export interface Idle {
	/** Whole days. */
	days: number;
	/** ISO instant it counts from. */
	since: string;
	/** The attribute that says so. */
	by: string;
}

/** Names under which applications show when somebody was there last; SCIM has none of its own. */
const LAST_SEEN = new Set(
	[
		'lastLogin',
		'lastLoginAt',
		'lastLoginTime',
		'lastLoginDate',
		'lastSignIn',
		'lastSignInAt',
		'lastActive',
		'lastActiveAt',
		'lastSeen',
		'lastSeenAt',
	].map(foldCase),
);
const DAY_MS = 86_400_000;

/**
 * Since when an account is idle: a shown last sign-in, else, for an inactive account, its last change. `undefined` where
 * the application shows neither.
 */
export function idleSince(resource: ScimResource, now: number): Idle | undefined {
	const seen = lastSeen(resource);
	if (seen !== undefined) return idle(seen.value, seen.by, now);
	if (isActive(resource) !== false) return undefined;
	const meta = asObject(attribute(resource, 'meta'));
	return meta === undefined ? undefined : idle(attribute(meta, 'lastModified'), 'meta.lastModified', now);
}

function lastSeen(resource: ScimObject): { value: unknown; by: string } | undefined {
	for (const [name, value] of Object.entries(resource)) {
		if (LAST_SEEN.has(foldCase(name))) return { value, by: name };
		const extension = isUrn(name) ? asObject(value) : undefined;
		const inner = extension && Object.keys(extension).find((key) => LAST_SEEN.has(foldCase(key)));
		if (extension !== undefined && inner !== undefined) return { value: extension[inner], by: `${name}:${inner}` };
	}
	return undefined;
}

function idle(value: unknown, by: string, now: number): Idle | undefined {
	const at = typeof value === 'string' && value.length < 64 ? Date.parse(value) : NaN;
	if (Number.isNaN(at) || at > now) return undefined;
	return { days: Math.floor((now - at) / DAY_MS), since: new Date(at).toISOString(), by };
}
