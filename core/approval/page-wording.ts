import { DateTime } from 'luxon';
import { canonicalJson, type ActionOperation } from '../model';

/** What an action does, in words that need no knowledge of SCIM. */
export const OPERATION_WORDS: Readonly<Record<ActionOperation, string>> = {
	create_account: 'Create (or reactivate) the account',
	update_account: 'Change the account’s details',
	enable_account: 'Enable the account that was made ready',
	disable_account: 'Disable the account',
	revoke_sessions: 'End all open sessions',
	revoke_tokens: 'Revoke all tokens and keys',
	transfer_ownership: 'Hand over what the person owns',
	add_to_group: 'Add to the group',
	remove_from_group: 'Remove from the group',
	assign_role: 'Assign the role',
	remove_role: 'Take away the role',
};

/** e.g. `1 December 2026, 00:00 (Europe/Berlin)`; an instant we can't read is shown as it is. */
export function instantInWords(instant: string, zone = 'utc'): string {
	const time = DateTime.fromISO(instant, { zone, locale: 'en-GB' });
	if (!time.isValid) return instant;
	return `${time.toFormat('d LLLL yyyy, HH:mm')} (${time.zoneName})`;
}

/** e.g. `1 × manager, 2 × group:security`. */
export function needInWords(need: Readonly<Record<string, number>>): string {
	return Object.entries(need)
		.map(([name, votes]) => `${votes} × ${name}`)
		.join(', ');
}

const LONGEST_VALUE = 400;

/** An attribute's value on one line. What is too long to read says how much is missing. */
export function valueInWords(value: unknown): string {
	const text = typeof value === 'string' ? value : canonicalJson(value ?? null);
	return text.length > LONGEST_VALUE
		? `${text.slice(0, LONGEST_VALUE)} … (${text.length - LONGEST_VALUE} more characters)`
		: text;
}

/**
 * Attributes as flat lines, e.g. `name.givenName`. Of `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User` an
 * approver needs no more than `enterprise User`. Lists stay one value.
 */
export function attributesInWords(attributes: Readonly<Record<string, unknown>>): Array<[name: string, value: string]> {
	return Object.entries(attributes).flatMap(([name, value]): Array<[string, string]> => {
		const label = name.startsWith('urn:')
			? name
					.split(':')
					.slice(-3)
					.filter((part) => !/^[\d.]+$/.test(part))
					.join(' ')
			: name;
		const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
		if (!nested) return [[label, valueInWords(value)]];
		return Object.entries(value).map(([member, inner]) => [`${label}.${member}`, valueInWords(inner)]);
	});
}
