import { parsePath, valueAt, withAttribute, withValueAt } from './attribute-path';
import { isUrn } from './attributes';
import type { PatchOperation } from './diff';
import { looselyEqual, type DiffRules } from './diff-rules';
import type { Capabilities, PatchForm } from './profiles';
import { asObject, attribute, foldCase, textAttribute, type ScimObject } from './resource';

/** Attributes that a client never writes (RFC 7643 §3.1, §4.1.2). */
const SERVERS_OWN = new Set(['meta', 'groups']);
/** Parts of a reference that the server derives from its value. */
const DERIVED = new Set(['displayname', '$ref', 'display']);

/** An operation as it goes over the wire; without a path in the nested form. */
export type WireOperation = Omit<PatchOperation, 'path'> & { path?: string };

/**
 * The same changes without paths to sub-attributes and extensions: one `replace` whose value nests them (RFC 7644
 * §3.5.2.3). Complex attributes go in whole, what is there merged with what changes, since some servers merge and others
 * replace. What goes away is still removed by its path.
 */
export function nestedOperations(operations: readonly PatchOperation[], current: ScimObject): WireOperation[] {
	let value: Record<string, unknown> = {};
	const removals: WireOperation[] = [];
	for (const operation of operations) {
		const { urn, name, sub } = parsePath(operation.path);
		if (operation.op === 'remove') {
			removals.push(operation);
			continue;
		}
		const top = urn ?? name;
		if ((urn !== undefined || sub !== undefined) && attribute(value, top) === undefined) {
			const present = asObject(attribute(current, top));
			if (present !== undefined) value[top] = withoutDerived(present);
		}
		value = withValueAt(value, operation.path, operation.value);
	}
	return [...(Object.keys(value).length === 0 ? [] : [{ op: 'replace' as const, value }]), ...removals];
}

/** A complex attribute or an extension without what the server derives from references. */
function withoutDerived(object: ScimObject): Record<string, unknown> {
	const plain = (value: unknown): unknown => {
		const inner = asObject(value);
		if (inner === undefined || attribute(inner, 'value') === undefined) return value;
		return Object.fromEntries(Object.entries(inner).filter(([key]) => !DERIVED.has(foldCase(key))));
	};
	return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, plain(value)]));
}

/**
 * The whole resource with the changes in it, for PUT: everything that a fresh read shows stays, unknown attributes and
 * extensions too, but for what only the server writes and what is named as litter.
 */
export function putDocument(
	fresh: ScimObject,
	operations: readonly PatchOperation[],
	rules: DiffRules,
	litter: readonly string[] = [],
): Record<string, unknown> {
	let document = Object.fromEntries(
		Object.entries(fresh).filter(([name]) => {
			const folded = foldCase(name);
			if (folded === 'id' || folded === 'schemas') return true;
			return !SERVERS_OWN.has(folded) && !litter.includes(name) && rules.access(name, {}) !== 'read_only';
		}),
	);
	for (const { op, path, value } of operations) {
		document = withValueAt(document, path, op === 'remove' ? undefined : value);
	}
	return withAttribute(document, 'schemas', schemasOf(document, litter));
}

function schemasOf(document: ScimObject, litter: readonly string[]): string[] {
	const stated = attribute(document, 'schemas');
	const shown = (Array.isArray(stated) ? stated : [stated]).filter((each) => typeof each === 'string');
	const known = new Set(shown.map(foldCase));
	const used = Object.keys(document).filter((name) => isUrn(name) && !known.has(foldCase(name)));
	return [...shown.filter((each) => !litter.includes(each)), ...used];
}

/**
 * Keys that a write left at the top of a resource although they are parts of the path that was sent: servers that take
 * `name.familyName` for a name, or cut a URN at its dot. Only what wasn't there before and isn't wanted.
 */
export function litterOf(
	operations: readonly PatchOperation[],
	desired: ScimObject,
	before: ScimObject,
	after: ScimObject,
): string[] {
	const wanted = new Set(Object.keys(desired).map(foldCase));
	const had = new Set(Object.keys(before).map(foldCase));
	return Object.keys(after).filter((key) => {
		const folded = foldCase(key);
		if (wanted.has(folded) || had.has(folded) || folded === 'id' || folded === 'schemas' || folded === 'meta')
			return false;
		return operations.some(({ path }) => isPieceOf(folded, path));
	});
}

function isPieceOf(key: string, path: string): boolean {
	const { urn, name, sub } = parsePath(foldCase(path));
	// A whole attribute at its own place is no litter, whatever it came from.
	if (urn === undefined) return sub !== undefined && key === foldCase(path);
	return key === foldCase(path) || key === name || (isUrn(key) && key !== urn && foldCase(path).startsWith(key));
}

/**
 * Whether a text was written and is shown in a spelling of the application's own. An old text that stayed as it was is no
 * spelling of the new one, until all forms have been tried.
 */
export function onlyRespelt(
	{ path, value }: PatchOperation,
	before: ScimObject,
	resource: ScimObject,
	atLast = false,
): boolean {
	const shown = valueAt(resource, path);
	if (typeof value !== 'string' || typeof shown !== 'string' || !looselyEqual(value, shown)) return false;
	return atLast || shown !== valueAt(before, path);
}

/** The form that is known to work first, then the others; none of them for what nothing could write before. */
export function formsFor(
	{ patch, put, unwritable }: Readonly<Capabilities>,
	operations: readonly PatchOperation[],
): PatchForm[] {
	const known = new Set(unwritable.map(foldCase));
	if (operations.every(({ path }) => known.has(foldCase(path)))) return [patch];
	const forms = ([patch, 'path', 'nested', 'put'] as const).filter((form) => form !== 'put' || put || patch === 'put');
	return [...new Set(forms)];
}

/** Whether a read after a write shows what was there before it, at each of its paths and in version and date. */
export function showsNothingOf(sent: readonly PatchOperation[], before: ScimObject, after: ScimObject): boolean {
	const stamps = (resource: ScimObject): unknown[] => {
		const meta = asObject(attribute(resource, 'meta')) ?? {};
		return [textAttribute(meta, 'version'), textAttribute(meta, 'lastModified')];
	};
	const [earlier, later] = [stamps(before), stamps(after)];
	const moved = earlier.some(
		(stamp, index) => stamp !== undefined && later[index] !== undefined && stamp !== later[index],
	);
	const plain = (value: unknown): string => JSON.stringify(value ?? null);
	return !moved && sent.every(({ path }) => plain(valueAt(before, path)) === plain(valueAt(after, path)));
}
