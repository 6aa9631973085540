import type { CompiledPolicy } from './compile';
import { isCalendarDate } from './day-end';
import type { PolicyScalar } from './schema';

const MAX_VALUE = 1000;
const DECIMAL = /^-?\d{1,15}(?:\.\d{1,15})?$/;
const INVISIBLE = /[\p{Cc}\p{Cf}]/u;

export type ReadValue = { value: PolicyScalar } | { problem: string };

/**
 * Reads a text as the value of an attribute: trimmed, NFC, through the alias table, as the declared type.
 * Attributes that the policy doesn't declare are text.
 */
export function readAttribute(compiled: CompiledPolicy, name: string, raw: PolicyScalar): ReadValue {
	const text = typeof raw === 'string' ? raw.trim().normalize('NFC') : raw;
	if (typeof text === 'string' && text.length > MAX_VALUE) return { problem: `is longer than ${MAX_VALUE} characters` };
	if (typeof text === 'string' && INVISIBLE.test(text)) return { problem: 'holds control or invisible characters' };
	const value = compiled.aliases.get(name)?.get(String(text)) ?? text;
	const type = compiled.attributeTypes.get(name);
	if (type === 'number' && typeof value === 'string') {
		return DECIMAL.test(value) ? { value: Number(value) } : { problem: 'is not a number' };
	}
	if (type === 'boolean' && typeof value === 'string') {
		const lower = value.toLowerCase();
		return lower === 'true' || lower === 'false'
			? { value: lower === 'true' }
			: { problem: 'is neither true nor false' };
	}
	if (type === 'date' && !(typeof value === 'string' && isCalendarDate(value))) {
		return { problem: 'is not a date written YYYY-MM-DD' };
	}
	return { value };
}
