import { asBoolean, asObject, attribute, foldCase, type ScimObject } from './resource';
import { isUnassigned } from './attributes';

/** Parts of a reference that the application derives from its value. */
const DERIVED = new Set(['display', 'displayname', '$ref']);

/**
 * Whether two values of an attribute mean the same: no value is no value in every spelling, booleans also as texts, lists
 * in any order, references by their value.
 */
export function sameValue(left: unknown, right: unknown): boolean {
	if (isUnassigned(left) || isUnassigned(right)) return isUnassigned(left) && isUnassigned(right);
	if (Array.isArray(left) || Array.isArray(right)) return sameList(asList(left), asList(right));
	const [leftObject, rightObject] = [asObject(left), asObject(right)];
	if (leftObject !== undefined && rightObject !== undefined) return sameObject(leftObject, rightObject);
	if (leftObject !== undefined) return sameValue(attribute(leftObject, 'value'), right);
	if (rightObject !== undefined) return sameValue(left, attribute(rightObject, 'value'));
	if (typeof left === 'boolean' || typeof right === 'boolean') return asBoolean(left) === asBoolean(right);
	return String(left) === String(right);
}

function asList(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function sameList(left: readonly unknown[], right: readonly unknown[]): boolean {
	if (left.length !== right.length) return false;
	const open = [...right];
	return left.every((element) => {
		const index = open.findIndex((other) => sameValue(element, other));
		if (index >= 0) open.splice(index, 1);
		return index >= 0;
	});
}

function sameObject(left: ScimObject, right: ScimObject): boolean {
	const names = new Set([...Object.keys(left), ...Object.keys(right)].map(foldCase));
	return [...names].every((name) => {
		if (DERIVED.has(name) && names.has('value')) return true;
		const [one, other] = [attribute(left, name), attribute(right, name)];
		// "Not primary" is shown by leaving it out, too (RFC 7643 §2.4).
		if (asBoolean(one) === false || asBoolean(other) === false)
			return (asBoolean(one) ?? false) === (asBoolean(other) ?? false);
		return sameValue(one, other);
	});
}
