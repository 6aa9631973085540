import { ENTERPRISE_USER_SCHEMA, USER_SCHEMA, asObject, foldCase, type ScimObject } from './resource';

/** Attributes that a client can't set (RFC 7643 §3.1, §4.1.2), or that we set by other ways. */
const NOT_OURS = new Set(['schemas', 'id', 'meta', 'groups']);

/** True for names that begin with a schema URN (RFC 7643 §3.3). */
export function isUrn(name: string): boolean {
	return foldCase(name).startsWith('urn:');
}

/**
 * Mapped attributes in one form: sub-attributes nested, extensions as objects below their URN, `manager` as an object,
 * without what a client can't set and without `undefined`. Takes `name.givenName` and `urn:…:User:department` as keys, too.
 * `null` and empty texts stay: they mean "no value".
 */
export function normaliseAttributes(attributes: ScimObject): Record<string, unknown> {
	const result = new Map<string, unknown>();
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || NOT_OURS.has(foldCase(name))) continue;
		const [parent, child] = splitName(name, value);
		if (child === undefined) result.set(parent, merge(result.get(parent), value));
		else result.set(parent, merge(result.get(parent), { [child]: value }));
	}
	for (const [name, value] of result) {
		const extension = asObject(value);
		if (foldCase(name) === foldCase(ENTERPRISE_USER_SCHEMA) && extension)
			result.set(name, withManagerObject(extension));
	}
	return Object.fromEntries(result);
}

/** The body that creates an account: core schema, the extensions in use, only attributes that have a value. */
export function newUser(attributes: ScimObject): Record<string, unknown> {
	const filled = Object.entries(attributes).flatMap(([name, value]) => {
		const kept = withoutEmpty(value);
		return kept === undefined ? [] : [[name, kept] as const];
	});
	const extensions = filled.map(([name]) => name).filter(isUrn);
	return { schemas: [USER_SCHEMA, ...extensions], ...Object.fromEntries(filled) };
}

/** No value in SCIM's sense (RFC 7643 §2.5): `null`, an empty array; an empty text means the same in a mapping. */
export function isUnassigned(value: unknown): boolean {
	return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function splitName(name: string, value: unknown): [string, string?] {
	if (isUrn(name)) {
		const cut = name.lastIndexOf(':');
		// A URN with an object below it is a schema; with anything else, its last part is an attribute.
		return asObject(value) === undefined || foldCase(name.slice(cut)) === ':manager'
			? [name.slice(0, cut), name.slice(cut + 1)]
			: [name];
	}
	const dot = name.indexOf('.');
	return dot > 0 && dot < name.length - 1 ? [name.slice(0, dot), name.slice(dot + 1)] : [name];
}

function merge(existing: unknown, value: unknown): unknown {
	const left = asObject(existing);
	const right = asObject(value);
	return left !== undefined && right !== undefined ? { ...left, ...right } : value;
}

/** RFC 7643 §4.3: `manager` is complex, its `value` is the manager's id. */
function withManagerObject(extension: ScimObject): ScimObject {
	const entries = Object.entries(extension).map(([name, value]) =>
		foldCase(name) === 'manager' && typeof value === 'string' && value !== '' ? [name, { value }] : [name, value],
	);
	return Object.fromEntries(entries) as ScimObject;
}

function withoutEmpty(value: unknown): unknown {
	if (isUnassigned(value)) return undefined;
	if (Array.isArray(value)) return value;
	const object = asObject(value);
	if (object === undefined) return value;
	const kept = Object.entries(object).filter(([, inner]) => !isUnassigned(inner));
	return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
