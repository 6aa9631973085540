import type { AttributeValue } from '../model';
import type { Operators, PolicyScalar, When } from './schema';

export type ConditionSubject = 'person' | 'contract' | 'row' | 'entitlement' | 'action' | 'risk' | 'grant';

/** What a condition asks about; undefined where it is not known. */
export type Lookup = (subject: ConditionSubject, name: string) => AttributeValue | undefined;

/** `missing`: the attribute is not known. It does not hold then, but the difference matters to those who fail closed. */
export type Outcome = 'holds' | 'fails' | 'missing';

/** One entry of a `when`, compiled. */
export interface Condition {
	/** As written, e.g. `contract.kind`. */
	key: string;
	subject: ConditionSubject;
	name: string;
	/** Readable, e.g. `level is at least 2`. */
	text: string;
	/** As written, short forms written out. */
	operators: Operators;
	/** Values that an equality allows, as index keys; absent where the condition is no plain equality. */
	equals?: readonly string[];
	/** True where an absent attribute is an answer rather than a gap (`exists`). */
	absenceDecides: boolean;
	test(value: AttributeValue | undefined): Outcome;
}

const DECIMAL = /^-?\d{1,15}(?:\.\d{1,15})?$/;
const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]{5,18}Z)?$/;

/** A number, also where it is written as a decimal text. */
export function asNumber(value: PolicyScalar): number | undefined {
	if (typeof value === 'number') return value;
	return typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : undefined;
}

/** One text for values that count as equal: `2`, `"2"` and `"2.0"`; `true` and `"true"`. */
export function indexKey(value: PolicyScalar): string {
	const number = asNumber(value);
	return number === undefined ? String(value).trim().normalize('NFC') : String(number);
}

function compare(value: PolicyScalar, bound: PolicyScalar): number | undefined {
	const left = asNumber(value);
	const right = asNumber(bound);
	if (left !== undefined && right !== undefined) return left - right;
	if (typeof value !== 'string' || typeof bound !== 'string') return undefined;
	if (!ISO_INSTANT.test(value) || !ISO_INSTANT.test(bound)) return undefined;
	return value < bound ? -1 : value > bound ? 1 : 0;
}

function list(value: PolicyScalar | readonly PolicyScalar[]): readonly PolicyScalar[] {
	return Array.isArray(value) ? (value as readonly PolicyScalar[]) : [value as PolicyScalar];
}

type Check = (value: PolicyScalar) => boolean;

const among = (values: readonly PolicyScalar[]): Check => {
	const keys = new Set(values.map(indexKey));
	return (value) => keys.has(indexKey(value));
};

/** What one value has to fulfil. */
function requirements({ eq, in: allowed, gte, lte, prefix }: Operators): Check[] {
	const checks: Check[] = [];
	if (eq !== undefined) checks.push(among([eq]));
	if (allowed !== undefined) checks.push(among(allowed));
	if (gte !== undefined) checks.push((value) => (compare(value, gte) ?? -1) >= 0);
	if (lte !== undefined) checks.push((value) => (compare(value, lte) ?? 1) <= 0);
	if (prefix !== undefined) {
		const beginning = prefix.normalize('NFC');
		checks.push((value) => String(value).normalize('NFC').startsWith(beginning));
	}
	return checks;
}

/**
 * The check of a known value. Of a list, one element has to fulfil everything that is required, and none may be one of
 * the values under `not`.
 */
function checkOf(operators: Operators): (value: AttributeValue) => boolean {
	const required = requirements(operators);
	const excluded = operators.not === undefined ? undefined : among(list(operators.not));
	const fulfils: Check = (value) => {
		for (const check of required) if (!check(value)) return false;
		return true;
	};
	return (value) => {
		if (!isList(value)) return fulfils(value) && excluded?.(value) !== true;
		if (required.length > 0 && !value.some(fulfils)) return false;
		return excluded === undefined || !value.some(excluded);
	};
}

function isList(value: AttributeValue): value is readonly string[] {
	return Array.isArray(value);
}

function describe(key: string, operators: Operators): string {
	const parts: string[] = [];
	const values = (each: PolicyScalar | readonly PolicyScalar[]) => list(each).map(String).join(' or ');
	if (operators.eq !== undefined) parts.push(`is ${values(operators.eq)}`);
	if (operators.in !== undefined) parts.push(`is ${values(operators.in)}`);
	if (operators.not !== undefined) parts.push(`is not ${values(operators.not)}`);
	if (operators.gte !== undefined) parts.push(`is at least ${operators.gte}`);
	if (operators.lte !== undefined) parts.push(`is at most ${operators.lte}`);
	if (operators.prefix !== undefined) parts.push(`begins with ${operators.prefix}`);
	if (operators.exists !== undefined) parts.push(operators.exists ? 'is known' : 'is not known');
	return `${key} ${parts.join(' and ')}`;
}

function toOperators(value: When[string]): Operators {
	if (Array.isArray(value)) return { in: value };
	if (typeof value === 'object') return value;
	return { eq: value };
}

/** Compiles one entry of a `when`. */
export function compileCondition(key: string, value: When[string]): Condition {
	const operators = toOperators(value);
	const { exists } = operators;
	const check = checkOf(operators);
	const asksMore = Object.keys(operators).some((name) => name !== 'exists');
	const dot = key.indexOf('.');
	const equals = operators.in ?? (operators.eq === undefined ? undefined : [operators.eq]);
	const condition: Condition = {
		key,
		subject: dot === -1 ? 'person' : (key.slice(0, dot) as ConditionSubject),
		name: key.slice(dot + 1),
		text: describe(key, operators),
		operators,
		absenceDecides: exists !== undefined,
		test(actual) {
			if (actual === undefined) return exists === undefined ? 'missing' : exists || asksMore ? 'fails' : 'holds';
			if (exists === false) return 'fails';
			return check(actual) ? 'holds' : 'fails';
		},
	};
	if (equals !== undefined && exists !== false) condition.equals = equals.map(indexKey);
	return condition;
}

/** Compiles a `when`; entries in the order written. */
export function compileWhen(when: When | undefined): Condition[] {
	return Object.entries(when ?? {}).map(([key, value]) => compileCondition(key, value));
}

/** The first condition that does not hold, with its outcome; undefined where all hold. */
export function firstUnmet(
	conditions: readonly Condition[],
	lookup: Lookup,
): { condition: Condition; outcome: Outcome } | undefined {
	for (const condition of conditions) {
		const outcome = condition.test(lookup(condition.subject, condition.name));
		if (outcome !== 'holds') return { condition, outcome };
	}
	return undefined;
}
