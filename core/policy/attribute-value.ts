import type { AttributeValue } from '../model';
import type { AttributeType, CompiledPolicy } from './compile';
import { isCalendarDate } from './day-end';
import type { PolicyScalar } from './schema';

const MAX_VALUE = 1000;
/** Entries of a list attribute; a person in more teams than this is a mistake of the feed. */
const MAX_ENTRIES = 200;
const DECIMAL = /^-?\d{1,15}(?:\.\d{1,15})?$/;
const INVISIBLE = /[\p{Cc}\p{Cf}]/u;
/** Plain ASCII without control characters: nothing in it to normalise or refuse. */
const PLAIN = /^[\x20-\x7e]*$/;

export type ReadValue = { value: AttributeValue } | { problem: string };
type ReadScalar = { value: PolicyScalar } | { problem: string };

function readScalar(compiled: CompiledPolicy, name: string, raw: PolicyScalar): ReadScalar {
	if (typeof raw !== 'string') return { value: compiled.aliases.get(name)?.get(String(raw)) ?? raw };
	const plain = PLAIN.test(raw);
	const text = plain ? raw.trim() : raw.trim().normalize('NFC');
	if (text.length > MAX_VALUE) return { problem: `is longer than ${MAX_VALUE} characters` };
	if (!plain && INVISIBLE.test(text)) return { problem: 'holds control or invisible characters' };
	return { value: compiled.aliases.get(name)?.get(text) ?? text };
}

/** Entries of a list as feeds write it: an array, or one text with `,`, `;` or line ends between. */
function readList(compiled: CompiledPolicy, name: string, raw: AttributeValue): ReadValue {
	const entries = typeof raw === 'string' ? raw.split(/[,;\n]/u) : typeof raw === 'object' ? raw : [String(raw)];
	if (entries.length > MAX_ENTRIES) return { problem: `has more than ${MAX_ENTRIES} entries` };
	const values: string[] = [];
	for (const entry of entries) {
		const read = readScalar(compiled, name, entry);
		if ('problem' in read) return read;
		const text = String(read.value);
		if (text !== '' && !values.includes(text)) values.push(text);
	}
	return { value: values };
}

function asType(type: AttributeType | undefined, value: PolicyScalar): ReadScalar {
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

/**
 * Reads what a source says as the value of an attribute: trimmed, NFC, through the alias table, as the declared type.
 * Attributes that the policy doesn't declare are text, or lists where a list came.
 */
export function readAttribute(compiled: CompiledPolicy, name: string, raw: AttributeValue): ReadValue {
	const type = compiled.attributeTypes.get(name);
	if (type === 'list') return readList(compiled, name, raw);
	if (typeof raw === 'object') {
		return type === undefined ? readList(compiled, name, raw) : { problem: `is a list, not one ${type}` };
	}
	const read = readScalar(compiled, name, raw);
	return 'problem' in read ? read : asType(type, read.value);
}
