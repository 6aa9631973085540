import { indexKey } from '../../condition';
import type { Operators, PolicyDocument, PolicyScalar, When } from '../../schema';

/** A limit of `gte` or `lte`: numbers and dates never compare with each other. */
export interface Bound {
	kind: 'number' | 'date';
	value: number | string;
}

/**
 * What one entry of a `when` lets an attribute be. Values are index keys (`2`, `"2"` and `"2.0"` are one). Of a list
 * attribute one element has to fit, and none may be excluded; another condition may be met by another element.
 */
export interface Domain {
	/** Same key, same domain. */
	key: string;
	list: boolean;
	/** False: the attribute has to be unknown. */
	present: boolean;
	/** The value is one of these. */
	anyOf?: readonly string[];
	exclude: readonly string[];
	lower?: Bound;
	upper?: Bound;
	prefix?: string;
	/** Of a list: what other elements have to fit. */
	also?: readonly Domain[];
	/** Why nothing can be meant by it, if nothing can. */
	never?: string;
}

export type AttributeDeclaration = NonNullable<PolicyDocument['attributes']>[string];

const DECIMAL = /^-?\d{1,15}(?:\.\d{1,15})?$/;
const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]{5,18}Z)?$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The limit as evaluation compares it; undefined where it compares with nothing. */
export function boundOf(value: PolicyScalar): Bound | undefined {
	const text = indexKey(value);
	if (typeof value === 'number' || DECIMAL.test(text)) return { kind: 'number', value: Number(text) };
	return ISO_INSTANT.test(text) ? { kind: 'date', value: text } : undefined;
}

/** Negative, zero or positive; undefined where the two are of different kinds. */
export function compareBounds(a: Bound, b: Bound): number | undefined {
	if (a.kind !== b.kind) return undefined;
	return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

/** Whether a value lies within the limits of a domain. */
export function withinBounds(key: string, { lower, upper }: Pick<Domain, 'lower' | 'upper'>): boolean {
	if (lower === undefined && upper === undefined) return true;
	const value = boundOf(key);
	if (value === undefined) return false;
	if (lower !== undefined && (compareBounds(value, lower) ?? -1) < 0) return false;
	return upper === undefined || (compareBounds(value, upper) ?? 1) <= 0;
}

/** Whether a domain of a single-valued attribute takes this value. */
export function takes(domain: Domain, key: string): boolean {
	if (!domain.present || domain.never !== undefined) return false;
	if (domain.exclude.includes(key) || !withinBounds(key, domain)) return false;
	if (domain.prefix !== undefined && !key.startsWith(domain.prefix)) return false;
	return domain.anyOf?.includes(key) ?? true;
}

const MOST_SHOWN = 5;

function shown(values: readonly string[]): string {
	return `${values.slice(0, MOST_SHOWN).join(' or ')}${values.length > MOST_SHOWN ? ' or …' : ''}`;
}

const unique = (values: readonly string[]) => [...new Set(values)].sort();
const keysOf = (value: PolicyScalar | readonly PolicyScalar[]) =>
	unique((Array.isArray(value) ? (value as readonly PolicyScalar[]) : [value as PolicyScalar]).map(indexKey));

function limitText(bound: Bound | undefined): string {
	return bound === undefined ? '' : `${bound.kind}:${bound.value}`;
}

/** Brings a domain into one form and finds out whether anything is left in it. */
export function settle(draft: Omit<Domain, 'key'>): Domain {
	const domain = { ...draft };
	if (domain.never === undefined && domain.present) simplify(domain);
	return { ...domain, key: keyOf(domain) };
}

function keyOf({ never, present, list, anyOf, exclude, lower, upper, prefix, also }: Omit<Domain, 'key'>): string {
	if (never !== undefined) return 'never';
	if (!present) return 'absent';
	const more = (also ?? []).map(({ key }) => key);
	return JSON.stringify([list, anyOf ?? '', exclude, limitText(lower), limitText(upper), prefix ?? '', more]);
}

function simplify(domain: Omit<Domain, 'key'>): void {
	const { lower, upper } = domain;
	const order = lower !== undefined && upper !== undefined ? compareBounds(lower, upper) : -1;
	if (order === undefined) domain.never = 'its limits are a number and a date, and no value is both';
	else if (order > 0) domain.never = `nothing is at least ${lower?.value ?? ''} and at most ${upper?.value ?? ''}`;
	if (order === 0 && lower?.kind === 'number') domain.anyOf ??= [String(lower.value)];
	const { anyOf } = domain;
	if (anyOf === undefined || domain.never !== undefined) return;
	const left = anyOf.filter((value) => takes({ ...domain, key: '' }, value));
	if (left.length === 0) domain.never = `no value is ${shown(anyOf)} and passes its other operators`;
	// What is listed says it all: the other operators only took values away. Of a list they still bar other elements.
	domain.anyOf = left;
	if (!domain.list) domain.exclude = [];
	delete domain.lower;
	delete domain.upper;
	delete domain.prefix;
}

function operatorsOf(value: When[string]): Operators {
	if (Array.isArray(value)) return { in: value };
	return typeof value === 'object' ? value : { eq: value };
}

/** Reads one entry of a `when`, as it is written. */
export function domainOf(value: When[string], list = false): Domain {
	const { eq, not, gte, lte, prefix, exists, in: among } = operatorsOf(value);
	const asksForValue = [eq, not, gte, lte, prefix, among].some((each) => each !== undefined);
	const draft: Omit<Domain, 'key'> = { list, present: exists !== false, exclude: [] };
	if (exists === false && asksForValue) draft.never = 'it asks for a value and for none';
	if (among !== undefined) draft.anyOf = keysOf(among);
	if (eq !== undefined) {
		const value = indexKey(eq);
		if (draft.anyOf?.includes(value) === false) draft.never ??= `${value} is not ${shown(draft.anyOf)}`;
		draft.anyOf = [value];
	}
	if (not !== undefined) draft.exclude = keysOf(not);
	for (const [side, limit] of [['lower', gte] as const, ['upper', lte] as const]) {
		if (limit === undefined) continue;
		const bound = boundOf(limit);
		if (bound === undefined) draft.never ??= `${limit} is neither a number nor a date, so nothing compares with it`;
		else draft[side] = bound;
	}
	if (prefix !== undefined) draft.prefix = prefix.normalize('NFC');
	return settle(draft);
}

function fitsType(key: string, type: AttributeDeclaration['type']): boolean {
	if (type === 'number') return DECIMAL.test(key);
	if (type === 'date') return ISO_DATE.test(key);
	return type !== 'boolean' || key === 'true' || key === 'false';
}

/** The values that a declared attribute can take; undefined where any will do. */
export function knownValues(declaration: AttributeDeclaration | undefined): string[] | undefined {
	if (declaration?.values !== undefined) return unique(declaration.values.map(indexKey));
	return declaration?.type === 'boolean' ? ['false', 'true'] : undefined;
}

/** Narrows a domain to what the attribute, as declared, can be. */
export function withinDeclaration(domain: Domain, declaration: AttributeDeclaration | undefined): Domain {
	if (declaration === undefined || !domain.present || domain.never !== undefined) return domain;
	const known = knownValues(declaration);
	const asksNothing = domain.lower === undefined && domain.upper === undefined && domain.prefix === undefined;
	// A list that only has to hold none of some values may hold values that nobody knows yet.
	if (domain.list && domain.anyOf === undefined && asksNothing) return domain;
	const candidates = domain.anyOf ?? known;
	if (candidates === undefined) return domain;
	const left = candidates.filter(
		(value) => fitsType(value, declaration.type) && (known?.includes(value) ?? true) && takes(domain, value),
	);
	if (left.length > 0) return settle({ ...domain, anyOf: left });
	return settle({ ...domain, never: emptyBecause(domain, declaration, candidates) });
}

function emptyBecause(domain: Domain, { type, values }: AttributeDeclaration, candidates: readonly string[]): string {
	if (domain.anyOf === undefined) return 'no known value passes its operators';
	const wanted = shown(domain.anyOf);
	if (!candidates.some((value) => fitsType(value, type))) return `${wanted} is no ${type ?? 'text'}`;
	return values === undefined ? `no ${type ?? 'value'} is ${wanted}` : `${wanted} is not among the known values`;
}
