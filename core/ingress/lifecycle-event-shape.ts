import { z } from 'zod';
import { isDate, isLocalTime, isZone, parseInstant } from '../time';
import { eventTypeOf, LIFECYCLE_EVENT_TYPES } from './lifecycle-event-words';

const MAX_TEXT = 1000;
const MAX_ITEMS = 200;
const MAX_ATTRIBUTES = 200;
/** Reserved: what the ledger itself says of a person. */
const RESERVED = 'employment';

const PRINTABLE = /^[\p{L}\p{N}\p{M}\p{P}\p{S} \u200c\u200d]+$/u;
const UNSTORABLE = /[\0\p{Cs}]/u;
const ATTRIBUTE_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;
// Addresses are keys: ASCII only, since two that look the same to a reader must not be two people.
const ADDRESS =
	/^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,62}$/;
const MAX_ADDRESS = 254;
const NOW = new Set(['now', 'immediately', 'immediate', 'at once', 'today at once']);

function line(maximum: number) {
	const rule = `must be 1 to ${maximum} printable characters without control characters or spaces at its ends`;
	return z
		.string({ error: rule })
		.min(1, rule)
		.max(maximum, rule)
		.refine((value) => PRINTABLE.test(value) && value.trim() === value, rule);
}

/** Ids come as numbers as often as texts. */
function idLine(maximum: number) {
	return z.preprocess((value) => (Number.isSafeInteger(value) ? String(value) : value), line(maximum));
}

const INSTANT_RULE = 'must be an ISO 8601 instant with an offset, e.g. 2026-12-01T09:00:00Z';
const instant = z
	.string({ error: INSTANT_RULE })
	.refine((value) => parseInstant(value) !== undefined, INSTANT_RULE)
	.transform((value) => parseInstant(value) ?? value);

/** How a moment is written: at once, as an instant, or in local time. */
export type WrittenMoment = { kind: 'now' } | { kind: 'instant'; at: string } | { kind: 'local'; text: string };

const MOMENT_RULE =
	'must be a date (2026-12-01), a local time (2026-12-01T09:00), an instant with an offset (2026-12-01T09:00:00Z) or "now"';
export const moment = z
	.string({ error: MOMENT_RULE })
	.max(40, MOMENT_RULE)
	.refine((value) => readMoment(value) !== undefined, MOMENT_RULE)
	.transform((value): WrittenMoment => readMoment(value) ?? { kind: 'now' });

function readMoment(text: string): WrittenMoment | undefined {
	if (NOW.has(text.toLowerCase())) return { kind: 'now' };
	if (isDate(text) || isLocalTime(text)) return { kind: 'local', text };
	const at = parseInstant(text);
	return at === undefined ? undefined : { kind: 'instant', at };
}

const EMAIL_RULE = 'must be one e-mail address, ASCII, e.g. ada@example.com';
const email = z
	.string({ error: EMAIL_RULE })
	.max(MAX_ADDRESS, EMAIL_RULE)
	.transform((value) => value.trim().toLowerCase())
	.refine((value) => ADDRESS.test(value), EMAIL_RULE);

const DATE_RULE = 'must be a date that exists, written YYYY-MM-DD';
const date = z.string({ error: DATE_RULE }).refine(isDate, DATE_RULE);

const VALUE_RULE = `must be a text of at most ${MAX_TEXT} characters, a number, true/false, null or a list of up to ${MAX_ITEMS} texts`;
const text = z
	.string()
	.max(MAX_TEXT)
	.refine((value) => !UNSTORABLE.test(value));
const value = z.union([text, z.number(), z.boolean(), z.null(), z.array(text).max(MAX_ITEMS)], { error: VALUE_RULE });

/** Attributes that are calendar dates whatever a policy declares: employment follows from them. */
const DATE_ATTRIBUTES: ReadonlySet<string> = new Set(['startDate', 'endDate']);
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})T00:00(?::00(?:\.0{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?$/;

export const attributes = z
	.record(z.string(), value, { error: 'must be a flat object' })
	.superRefine((record, context) => {
		const names = Object.keys(record);
		if (names.length > MAX_ATTRIBUTES) {
			context.addIssue({ code: 'custom', message: `must have at most ${MAX_ATTRIBUTES} members` });
		}
		for (const name of names.slice(0, MAX_ATTRIBUTES)) {
			const problem = attributeProblem(name, record[name]);
			if (problem !== undefined) context.addIssue({ code: 'custom', message: problem, path: [name] });
		}
	})
	.transform((record) => Object.fromEntries(Object.entries(record).map(([name, each]) => [name, tidy(name, each)])));

function attributeProblem(name: string, given: unknown): string | undefined {
	if (!ATTRIBUTE_NAME.test(name)) return 'must have a name of letters, digits and "_" that does not start with a digit';
	if (name === RESERVED) return 'is reserved: say hire, leave and the like by the type of the event';
	if (name === 'zone' && typeof given === 'string' && !isZone(given))
		return 'must be an IANA time zone, e.g. Europe/Berlin';
	const tidied = tidy(name, given as string | null);
	if (DATE_ATTRIBUTES.has(name) && tidied !== null && !(typeof tidied === 'string' && isDate(tidied))) return DATE_RULE;
	return undefined;
}

/** An empty text says that there is no value; a date may come with the midnight that spreadsheets add. */
function tidy<T>(name: string, given: T): T | string | null {
	if (typeof given !== 'string') return given;
	const trimmed = given.trim();
	if (trimmed === '') return null;
	const midnight = DATE_ATTRIBUTES.has(name) ? MIDNIGHT.exec(trimmed)?.[1] : undefined;
	return midnight ?? trimmed;
}

const person = z.strictObject(
	{
		hrId: idLine(200).optional(),
		email: email.optional(),
		previousEmail: email.optional(),
		previousHrId: idLine(200).optional(),
		nationalId: idLine(100).optional(),
		nationalIdHash: line(200).optional(),
		birthDate: date.optional(),
		firstName: line(200).optional(),
		lastName: line(200).optional(),
		displayName: line(300).optional(),
	},
	{ error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'must be an object, e.g. {"hrId": "1042"}') },
);

const TYPE_RULE = `must be one of ${LIFECYCLE_EVENT_TYPES.join(', ')}, or a usual word for one of them`;

export const lifecycleEventShape = z.strictObject(
	{
		id: idLine(200),
		source: z
			.string()
			.regex(/^[a-z][a-z0-9_-]{0,49}$/, 'must be 1 to 50 letters, digits, "_" or "-" in lower case, e.g. hris')
			.refine((name) => name !== 'contract', 'must not be "contract": what contracts say comes from contracts')
			.optional(),
		type: z
			.string({ error: TYPE_RULE })
			.max(60, TYPE_RULE)
			.refine((word) => eventTypeOf(word) !== undefined, TYPE_RULE)
			.transform((word) => eventTypeOf(word) ?? 'change'),
		createdAt: instant.optional(),
		effectiveAt: moment.optional(),
		until: moment.optional(),
		zone: z.string().refine(isZone, 'must be an IANA time zone, e.g. Europe/Berlin').optional(),
		person: person.optional(),
		attributes: attributes.optional(),
		refersTo: idLine(200).optional(),
		immediate: z.boolean({ error: 'must be true or false' }).optional(),
		inferred: z.boolean({ error: 'must be true or false' }).optional(),
	},
	{ error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'must be a JSON object') },
);

export type WrittenEvent = z.output<typeof lifecycleEventShape>;
