import { isUrn } from './attributes';
import { asObject, attribute, foldCase, type ScimObject } from './resource';

/** A path of the forms `userName`, `name.familyName`, `urn:…:User:department`, `urn:…:User:manager.value`. */
export interface AttributePath {
	/** Schema of an extension; absent in the core schema. */
	urn?: string;
	name: string;
	sub?: string;
}

/** Attribute names hold no colon (RFC 7643 §2.1), so the last one ends the URN; dots before it belong to the URN. */
export function parsePath(path: string): AttributePath {
	const cut = isUrn(path) ? path.lastIndexOf(':') : -1;
	const urn = cut < 0 ? {} : { urn: path.slice(0, cut) };
	const rest = path.slice(cut + 1);
	const dot = rest.indexOf('.');
	return dot < 0 ? { ...urn, name: rest } : { ...urn, name: rest.slice(0, dot), sub: rest.slice(dot + 1) };
}

/** What a resource shows at a path; `undefined` where it shows nothing. */
export function valueAt(resource: ScimObject, path: string): unknown {
	const { urn, name, sub } = parsePath(path);
	const container = urn === undefined ? resource : (asObject(attribute(resource, urn)) ?? {});
	const value = attribute(container, name);
	if (sub === undefined) return value;
	const complex = asObject(value);
	return complex === undefined ? undefined : attribute(complex, sub);
}

/** A copy of the object with an attribute set under the spelling that it has already; `undefined` takes it out. */
export function withAttribute(object: ScimObject, name: string, value: unknown): Record<string, unknown> {
	const folded = foldCase(name);
	const known = Object.keys(object).find((key) => foldCase(key) === folded) ?? name;
	const entries = Object.entries(object).filter(([key]) => foldCase(key) !== folded);
	return Object.fromEntries(value === undefined ? entries : [...entries, [known, value]]);
}

/** A copy of the resource with a value at a path, containers made as needed; `undefined` takes it out. */
export function withValueAt(resource: ScimObject, path: string, value: unknown): Record<string, unknown> {
	const { urn, name, sub } = parsePath(path);
	const container = urn === undefined ? resource : (asObject(attribute(resource, urn)) ?? {});
	const inner = sub === undefined ? value : withAttribute(asObject(attribute(container, name)) ?? {}, sub, value);
	const changed = withAttribute(container, name, inner);
	return urn === undefined ? changed : withAttribute(resource, urn, changed);
}
