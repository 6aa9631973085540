import { isUnassigned, isUrn } from './attributes';
import { CORE_RULES, type DiffRules } from './diff-rules';
import { isPrimary, onePrimary, typeOf, valueOf } from './elements';
import { PATCH_SCHEMA, asBoolean, asObject, attribute, foldCase, type ScimObject } from './resource';

export interface PatchOperation {
	op: 'add' | 'replace' | 'remove';
	path: string;
	value?: unknown;
}

export interface PatchRequest {
	schemas: string[];
	Operations: PatchOperation[];
}

/** Complex attributes that are one reference: changed as a whole, since their other parts belong to the value. */
const REFERENCES = new Set(['manager']);

/** What has to change, and what can't be changed or seen. */
export interface Comparison {
	operations: PatchOperation[];
	/** Paths that differ and that the application lets nobody write (any more). */
	readOnly: string[];
	/** Desired paths that the application never shows: whether they hold can't be told. */
	hidden: string[];
}

/**
 * What has to change so that `current` shows `desired`: one operation for each attribute that differs, none where nothing
 * does. Compares by meaning: attribute names and `userName` without case, booleans also as texts, complex attributes by
 * the desired sub-attributes only, multi-valued ones by value and type. What the server added stays untouched; what its
 * schemas call read-only, or never return, gets no operation.
 *
 * @param desired normalised attributes (`normaliseAttributes`); `null`, `''` and `[]` mean "no value".
 */
export function differences(desired: ScimObject, current: ScimObject, rules: DiffRules = CORE_RULES): PatchOperation[] {
	return compareStates(desired, current, rules).operations;
}

/** {@link differences}, with the attributes that were left out of it. */
export function compareStates(desired: ScimObject, current: ScimObject, rules: DiffRules = CORE_RULES): Comparison {
	const result: Comparison = { operations: [], readOnly: [], hidden: [] };
	for (const operation of allDifferences(desired, current, rules)) {
		const access = rules.access(operation.path, current);
		if (access === 'writable') result.operations.push(operation);
		else if (access === 'hidden') result.hidden.push(operation.path);
		else result.readOnly.push(operation.path);
	}
	// An inactive account takes changes only together with its reactivation, in this order (LaunchDarkly).
	result.operations.sort((left, right) => Number(right.path === 'active') - Number(left.path === 'active'));
	return result;
}

function allDifferences(desired: ScimObject, current: ScimObject, rules: DiffRules): PatchOperation[] {
	return Object.entries(desired).flatMap(([name, value]) => {
		const extension = isUrn(name) ? asObject(value) : undefined;
		if (extension === undefined) return compareAttribute(rules, name, name, value, attribute(current, name));
		const present = asObject(attribute(current, name)) ?? {};
		return Object.entries(extension).flatMap(([inner, wanted]) =>
			compareAttribute(rules, `${name}:${inner}`, inner, wanted, attribute(present, inner)),
		);
	});
}

/** The request that carries operations (RFC 7644 §3.5.2). */
export function patchRequest(operations: readonly PatchOperation[]): PatchRequest {
	return { schemas: [PATCH_SCHEMA], Operations: [...operations] };
}

function compareAttribute(
	rules: DiffRules,
	path: string,
	name: string,
	desired: unknown,
	current: unknown,
): PatchOperation[] {
	if (isUnassigned(desired)) return isUnassigned(current) ? [] : [{ op: 'remove', path }];
	if (Array.isArray(desired)) return compareList(rules, path, name, desired, current);
	const complex = asObject(desired);
	if (complex !== undefined) return compareComplex(rules, path, name, complex, current);
	// Servers leave `active` out where it is true; a mapping may give the value of a reference alone.
	if (name === 'active' && current === undefined && asBoolean(desired) === true) return [];
	const shown = asObject(current);
	const comparable = shown === undefined ? current : referenceOf(name, shown);
	return sameScalar(rules, path, desired, comparable) ? [] : [{ op: 'replace', path, value: desired }];
}

function compareComplex(
	rules: DiffRules,
	path: string,
	name: string,
	desired: ScimObject,
	current: unknown,
): PatchOperation[] {
	if (REFERENCES.has(foldCase(name))) return compareReference(rules, path, name, desired, current);
	const present = asObject(current);
	if (present === undefined) {
		const filled = Object.entries(desired).filter(([, value]) => !isUnassigned(value));
		return filled.length === 0 ? [] : [{ op: 'replace', path, value: Object.fromEntries(filled) }];
	}
	return Object.entries(desired).flatMap(([sub, value]) =>
		compareAttribute(rules, `${path}.${sub}`, sub, value, attribute(present, sub)),
	);
}

/**
 * A reference is its `value`: `displayName` is the server's (RFC 7643 §4.3), `$ref` follows from the value. Servers also
 * show the bare id, or the address alone.
 */
function compareReference(
	rules: DiffRules,
	path: string,
	name: string,
	desired: ScimObject,
	current: unknown,
): PatchOperation[] {
	const wanted = referenceOf(name, desired);
	const shown = asObject(current);
	const present = shown === undefined ? current : referenceOf(name, shown);
	if (isUnassigned(wanted)) return isUnassigned(present) ? [] : [{ op: 'remove', path }];
	return sameScalar(rules, path, wanted, present) ? [] : [{ op: 'replace', path, value: desired }];
}

function referenceOf(name: string, object: ScimObject): unknown {
	const value = attribute(object, 'value');
	if (!isUnassigned(value) || !REFERENCES.has(foldCase(name))) return value;
	const address = attribute(object, '$ref');
	if (typeof address !== 'string') return undefined;
	const last = address.split('/').at(-1) ?? '';
	try {
		return decodeURIComponent(last);
	} catch {
		return last;
	}
}

/**
 * Multi-valued attributes are written as a whole, the desired elements merged into those present: every server takes
 * that form, and elements which are none of our business survive it.
 */
function compareList(
	rules: DiffRules,
	path: string,
	name: string,
	list: readonly unknown[],
	current: unknown,
): PatchOperation[] {
	const desired = rules.multiValued ? list : list.filter((each) => each === (list.find(isPrimary) ?? list[0]));
	const present: unknown[] = Array.isArray(current) ? current : isUnassigned(current) ? [] : [current];
	const merged = rules.multiValued ? [...present] : [];
	const taken = new Set<number>();
	let changed = false;
	let primary: number | undefined;
	for (const element of desired) {
		const index = counterpart(rules, name, element, desired, present, taken);
		const place = rules.multiValued ? (index ?? merged.length) : merged.length;
		if (isPrimary(element)) primary = place;
		if (index !== undefined) taken.add(index);
		if (index !== undefined && sameElement(rules, name, element, present[index])) continue;
		changed = true;
		merged[place] = index === undefined ? element : mergeElement(rules, name, element, present[index]);
	}
	if (!changed) return [];
	return [{ op: 'replace', path, value: onePrimary(merged, primary) }];
}

/** The element present that a desired one stands for: same value, else same type, else the primary, else the only one. */
function counterpart(
	rules: DiffRules,
	name: string,
	element: unknown,
	desired: readonly unknown[],
	present: readonly unknown[],
	taken: ReadonlySet<number>,
): number | undefined {
	const free = present.map((_, index) => index).filter((index) => !taken.has(index));
	const sameValue = free.filter((index) => sameScalar(rules, name, valueOf(element), valueOf(present[index])));
	const byType = sameValue.find((index) => typeOf(present[index]) === typeOf(element)) ?? sameValue[0];
	if (byType !== undefined) return byType;
	const object = asObject(element);
	if (object === undefined) return undefined;
	const type = typeOf(element);
	if (type !== undefined) {
		const unique = desired.filter((other) => typeOf(other) === type).length === 1;
		const candidates = free.filter((index) => typeOf(present[index]) === type);
		return unique && candidates.length === 1 ? candidates[0] : undefined;
	}
	if (isPrimary(element)) {
		const primary = free.find((index) => isPrimary(present[index]));
		if (primary !== undefined) return primary;
	}
	return desired.length === 1 && present.length === 1 ? free[0] : undefined;
}

function sameElement(rules: DiffRules, name: string, desired: unknown, current: unknown): boolean {
	const object = asObject(desired);
	if (object === undefined) return sameScalar(rules, name, desired, valueOf(current));
	const shown = asObject(current);
	if (shown === undefined) return false;
	return Object.entries(object).every(([sub, value]) => {
		const present = attribute(shown, sub);
		if (isUnassigned(value)) return isUnassigned(present);
		// "Not primary" is what a server shows by leaving it out (RFC 7643 §2.4).
		if (present === undefined && asBoolean(value) === false) return true;
		return sameScalar(rules, sub === 'value' ? name : `${name}.${sub}`, value, present);
	});
}

/** Keeps the other parts of an element, unless its value changed: `display` and `$ref` would belong to the old one. */
function mergeElement(rules: DiffRules, name: string, desired: unknown, current: unknown): unknown {
	const object = asObject(desired);
	const shown = asObject(current);
	if (object === undefined || shown === undefined) return desired;
	const [wanted, present] = [valueOf(desired), valueOf(current)];
	if ((wanted !== undefined || present !== undefined) && !sameScalar(rules, name, wanted, present)) return object;
	const own = new Set(Object.keys(object).map(foldCase));
	const kept = Object.entries(shown).filter(([sub]) => !own.has(foldCase(sub)));
	return { ...Object.fromEntries(kept), ...object };
}

function sameScalar(rules: DiffRules, path: string, left: unknown, right: unknown): boolean {
	if (left === right) return left !== undefined;
	if (typeof left === 'boolean' || typeof right === 'boolean') {
		const truth = asBoolean(left);
		return truth !== undefined && truth === asBoolean(right);
	}
	if (typeof left === 'number' || typeof right === 'number') return String(left) === String(right);
	if (typeof left !== 'string' || typeof right !== 'string') return false;
	return rules.sameText(path, left, right);
}
