import type { AttributeValue } from '../model';
import { isDate } from '../time';
import type { TimelineRules } from './types';

const DECIMAL = /^-?\d{1,15}(?:\.\d{1,15})?$/;

/**
 * A value as the policy declares it: trimmed, NFC, through the alias table, as the declared type. Undefined where it cannot
 * be read as that type: a value that nobody understands is no value.
 */
export function readValue(
	rules: Pick<TimelineRules, 'aliases' | 'types'>,
	name: string,
	raw: AttributeValue,
): AttributeValue | undefined {
	const aliases = rules.aliases.get(name);
	const type = rules.types.get(name);
	if (typeof raw === 'object') {
		const items = raw.map((item) => String(alias(aliases, item)));
		return type === undefined || type === 'list' ? items : items.length === 1 ? typed(type, items[0] ?? '') : undefined;
	}
	const value = alias(aliases, raw);
	return type === undefined ? value : typed(type, value);
}

function alias(aliases: ReadonlyMap<string, AttributeValue> | undefined, raw: string | number | boolean) {
	const value = typeof raw === 'string' ? raw.trim().normalize('NFC') : raw;
	return aliases?.get(String(value)) ?? value;
}

function typed(type: string, value: AttributeValue): AttributeValue | undefined {
	switch (type) {
		case 'number':
			return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : numeric(value);
		case 'boolean':
			return typeof value === 'string' ? truth(value.toLowerCase()) : typeof value === 'boolean' ? value : undefined;
		case 'date':
			return typeof value === 'string' && isDate(value) ? value : undefined;
		case 'list':
			return typeof value === 'object' ? value : value === '' ? [] : [String(value)];
		default:
			return value;
	}
}

function numeric(value: AttributeValue): number | undefined {
	return typeof value === 'number' ? value : undefined;
}

function truth(text: string): boolean | undefined {
	return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** Whether two values are the same; lists by their elements. */
export function sameValue(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
	if (a === b) return true;
	if (typeof a !== 'object' || typeof b !== 'object') return false;
	return a.length === b.length && a.every((item, index) => item === b[index]);
}
