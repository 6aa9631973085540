import { isUnassigned, isUrn } from './attributes';
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

/** Attributes whose texts compare without regard to case (RFC 7643 §4.1; mail domains are, mail boxes in practice). */
const CASE_INSENSITIVE = new Set(['username', 'emails']);
/** Complex attributes that are one reference: changed as a whole, since their other parts belong to the value. */
const REFERENCES = new Set(['manager']);

/**
 * What has to change so that `current` shows `desired`: one operation for each attribute that differs, none where nothing
 * does. Compares by meaning: attribute names and `userName` without case, booleans also as texts, complex attributes by
 * the desired sub-attributes only, multi-valued ones by value and type. What the server added stays untouched.
 *
 * @param desired normalised attributes (`normaliseAttributes`); `null`, `''` and `[]` mean "no value".
 */
export function differences(desired: ScimObject, current: ScimObject): PatchOperation[] {
	return Object.entries(desired).flatMap(([name, value]) => {
		// Never returned by a server (RFC 7643 §4.1.1), hence never comparable.
		if (foldCase(name) === 'password') return [];
		const extension = isUrn(name) ? asObject(value) : undefined;
		if (extension === undefined) return compareAttribute(name, name, value, attribute(current, name));
		const present = asObject(attribute(current, name)) ?? {};
		return Object.entries(extension).flatMap(([inner, wanted]) =>
			compareAttribute(`${name}:${inner}`, inner, wanted, attribute(present, inner)),
		);
	});
}

/** The request that carries operations (RFC 7644 §3.5.2). */
export function patchRequest(operations: readonly PatchOperation[]): PatchRequest {
	return { schemas: [PATCH_SCHEMA], Operations: [...operations] };
}

function compareAttribute(path: string, name: string, desired: unknown, current: unknown): PatchOperation[] {
	if (isUnassigned(desired)) return isUnassigned(current) ? [] : [{ op: 'remove', path }];
	if (Array.isArray(desired)) return compareList(path, name, desired, current);
	const complex = asObject(desired);
	if (complex !== undefined) return compareComplex(path, name, complex, current);
	// Servers leave `active` out where it is true; a mapping may give the value of a reference alone.
	if (name === 'active' && current === undefined && asBoolean(desired) === true) return [];
	const shown = asObject(current);
	const comparable = shown === undefined ? current : attribute(shown, 'value');
	return sameScalar(name, desired, comparable) ? [] : [{ op: 'replace', path, value: desired }];
}

function compareComplex(path: string, name: string, desired: ScimObject, current: unknown): PatchOperation[] {
	const present = asObject(current);
	if (present === undefined) {
		const filled = Object.entries(desired).filter(([, value]) => !isUnassigned(value));
		return filled.length === 0 ? [] : [{ op: 'replace', path, value: Object.fromEntries(filled) }];
	}
	const inner = Object.entries(desired).flatMap(([sub, value]) =>
		compareAttribute(`${path}.${sub}`, sub, value, attribute(present, sub)),
	);
	if (inner.length === 0 || !REFERENCES.has(foldCase(name))) return inner;
	return [{ op: 'replace', path, value: desired }];
}

/**
 * Multi-valued attributes are written as a whole, the desired elements merged into those present: every server takes
 * that form, and elements which are none of our business survive it.
 */
function compareList(path: string, name: string, desired: readonly unknown[], current: unknown): PatchOperation[] {
	const present: unknown[] = Array.isArray(current) ? current : isUnassigned(current) ? [] : [current];
	const merged = [...present];
	const taken = new Set<number>();
	let changed = false;
	let primary: number | undefined;
	for (const element of desired) {
		const index = counterpart(name, element, desired, present, taken);
		const place = index ?? merged.length;
		if (isPrimary(element)) primary = place;
		if (index !== undefined) taken.add(index);
		if (index !== undefined && sameElement(name, element, present[index])) continue;
		changed = true;
		merged[place] = index === undefined ? element : mergeElement(name, element, present[index]);
	}
	if (!changed) return [];
	return [{ op: 'replace', path, value: onePrimary(merged, primary) }];
}

/** The element present that a desired one stands for: same value, else same type, else the primary, else the only one. */
function counterpart(
	name: string,
	element: unknown,
	desired: readonly unknown[],
	present: readonly unknown[],
	taken: ReadonlySet<number>,
): number | undefined {
	const free = present.map((_, index) => index).filter((index) => !taken.has(index));
	const sameValue = free.filter((index) => sameScalar(name, valueOf(element), valueOf(present[index])));
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

function sameElement(name: string, desired: unknown, current: unknown): boolean {
	const object = asObject(desired);
	if (object === undefined) return sameScalar(name, desired, valueOf(current));
	const shown = asObject(current);
	if (shown === undefined) return false;
	return Object.entries(object).every(([sub, value]) => {
		const present = attribute(shown, sub);
		if (isUnassigned(value)) return isUnassigned(present);
		// "Not primary" is what a server shows by leaving it out (RFC 7643 §2.4).
		if (present === undefined && asBoolean(value) === false) return true;
		return sub === 'value' ? sameScalar(name, value, present) : sameScalar(sub, value, present);
	});
}

/** Keeps the other parts of an element, unless its value changed: `display` and `$ref` would belong to the old one. */
function mergeElement(name: string, desired: unknown, current: unknown): unknown {
	const object = asObject(desired);
	const shown = asObject(current);
	if (object === undefined || shown === undefined) return desired;
	const [wanted, present] = [valueOf(desired), valueOf(current)];
	if ((wanted !== undefined || present !== undefined) && !sameScalar(name, wanted, present)) return object;
	const own = new Set(Object.keys(object).map(foldCase));
	const kept = Object.entries(shown).filter(([sub]) => !own.has(foldCase(sub)));
	return { ...Object.fromEntries(kept), ...object };
}

/** RFC 7643 §2.4: `primary` is true at most once; a desired primary takes it from the others. */
function onePrimary(elements: readonly unknown[], primary: number | undefined): unknown[] {
	return elements.map((element, index) => {
		const object = asObject(element);
		const loses = primary !== undefined && index !== primary && object !== undefined && isPrimary(element);
		return loses ? { ...object, primary: false } : element;
	});
}

function valueOf(element: unknown): unknown {
	const object = asObject(element);
	return object === undefined ? element : attribute(object, 'value');
}

function typeOf(element: unknown): string | undefined {
	const object = asObject(element);
	const type = object && attribute(object, 'type');
	return typeof type === 'string' ? foldCase(type) : undefined;
}

function isPrimary(element: unknown): boolean {
	const object = asObject(element);
	return object !== undefined && asBoolean(attribute(object, 'primary')) === true;
}

function sameScalar(name: string, left: unknown, right: unknown): boolean {
	if (left === right) return left !== undefined;
	if (typeof left === 'boolean' || typeof right === 'boolean') {
		const truth = asBoolean(left);
		return truth !== undefined && truth === asBoolean(right);
	}
	if (typeof left === 'number' || typeof right === 'number') return String(left) === String(right);
	if (typeof left !== 'string' || typeof right !== 'string') return false;
	return CASE_INSENSITIVE.has(foldCase(name)) && foldCase(left) === foldCase(right);
}
