import { z } from 'zod';
import { DomainError, type ContractHeader, type DocumentFormat } from '../model';

export const CONTRACT_EVENT_TYPES = [
	'contract.signed',
	'contract.amended',
	'contract.renewed',
	'contract.suspended',
	'contract.resumed',
	'contract.ended',
	'contract.terminated',
	/** Takes back an earlier amendment, or the newest version where none is named. */
	'contract.reversed',
] as const;

/** Events that need no text: they say something about the contract as it is known. */
const WITHOUT_TEXT: ReadonlySet<string> = new Set([
	'contract.suspended',
	'contract.resumed',
	'contract.ended',
	'contract.terminated',
	'contract.reversed',
]);

export type ContractEventType = (typeof CONTRACT_EVENT_TYPES)[number];

export interface EventDocument {
	format: DocumentFormat;
	text: string;
}

/** What a contract system tells us, checked and in one form. Instants are ISO UTC with milliseconds. */
export interface ContractEventInput {
	/** The sender's id of this event: the same in every re-delivery. */
	id: string;
	type: ContractEventType;
	/** When it happened at the sender. */
	occurredAt: string;
	/** From when it holds; absent where the contract's own words say so. */
	effectiveAt?: string;
	contract: ContractHeader;
	/** The version before; absent for a new contract. */
	before?: EventDocument;
	/** Absent where the event says nothing of the text: the text that the ledger knows then stays. */
	after?: EventDocument;
	/** For `contract.reversed` the amendment that is taken back. */
	amendment?: { id: string; title?: string; number?: string; signedAt?: string };
}

const MAX_DOCUMENT_CHARACTERS = 2_000_000;
const MAX_ATTRIBUTES = 50;
const MAX_REPORTED_PROBLEMS = 10;

// Letters, digits, marks, punctuation, symbols and inner spaces: no control, bidirectional or invisible characters,
// since ids and titles are shown to people who decide by them. The zero-width joiners belong to Persian and Indic words.
const PRINTABLE = /^[\p{L}\p{N}\p{M}\p{P}\p{S} \u200c\u200d]+$/u;
const UNSTORABLE = /[\0\p{Cs}]/u;

function line(maximum: number) {
	const rule = `must be 1 to ${maximum} printable characters without control characters or spaces at its ends`;
	return z
		.string({ error: rule })
		.min(1, rule)
		.max(maximum, rule)
		.refine((value) => PRINTABLE.test(value) && value.trim() === value, rule);
}

const INSTANT_RULE = 'must be an ISO 8601 instant with an offset, e.g. 2026-12-01T00:00:00Z';
const instant = z.iso
	.datetime({ offset: true, error: INSTANT_RULE })
	.refine((value) => !Number.isNaN(Date.parse(value)), INSTANT_RULE)
	.transform((value) => new Date(value).toISOString());

const document = z.object(
	{
		format: z.enum(['markdown', 'text'], { error: 'must be "markdown" or "text"' }),
		text: z
			.string({ error: 'must be the text of the contract' })
			.min(1, 'must not be empty')
			.max(MAX_DOCUMENT_CHARACTERS, `must be at most ${MAX_DOCUMENT_CHARACTERS} characters long`)
			.refine((value) => !UNSTORABLE.test(value), 'must not contain NUL or broken surrogate characters'),
	},
	{ error: 'must be an object with "format" and "text"' },
);

const ATTRIBUTE_VALUE = 'must be a text of at most 1000 characters, a number or true/false';
const attributes = z
	.record(
		z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/),
		z.union(
			[
				z
					.string()
					.max(1000)
					.refine((value) => !UNSTORABLE.test(value)),
				z.number(),
				z.boolean(),
			],
			{ error: ATTRIBUTE_VALUE },
		),
		{
			error: (issue) =>
				issue.code === 'invalid_key'
					? 'must have a name of letters, digits, "_" and "-" that starts with a letter (64 at most)'
					: 'must be a flat object',
		},
	)
	.refine((value) => Object.keys(value).length <= MAX_ATTRIBUTES, `must have at most ${MAX_ATTRIBUTES} members`);

const contract = z.object(
	{
		id: line(200),
		title: line(300).optional(),
		kind: line(100).optional(),
		status: line(100).optional(),
		attributes: attributes.optional(),
	},
	{ error: 'must be an object with at least "id"' },
);

const amendment = z.object(
	{ id: line(200), title: line(300).optional(), number: numberOrText(), signedAt: instant.optional() },
	{ error: 'must be an object with at least "id"' },
);

/** Contract systems number amendments as `1` as often as `"1"`. */
function numberOrText() {
	return z.preprocess((value) => (Number.isSafeInteger(value) ? String(value) : value), line(50).optional());
}

const contractEvent = z
	.object(
		{
			id: line(200),
			type: z.enum(CONTRACT_EVENT_TYPES, { error: `must be one of ${CONTRACT_EVENT_TYPES.join(', ')}` }),
			occurredAt: instant,
			effectiveAt: instant.optional(),
			contract,
			before: document.optional(),
			after: document.optional(),
			amendment: amendment.optional(),
		},
		{ error: 'must be a JSON object' },
	)
	.refine(({ type, after }) => after !== undefined || WITHOUT_TEXT.has(type), {
		path: ['after'],
		error: 'must be an object with "format" and "text"',
	});

/**
 * Reads the parsed JSON body of a contract event whose signature has been verified. Members that we don't know are
 * tolerated and dropped.
 *
 * @throws DomainError `INPUT_INVALID`, naming every faulty member and what it must be; never the value itself.
 */
export function parseContractEvent(body: unknown): ContractEventInput {
	const result = contractEvent.safeParse(body);
	if (result.success) return withoutUndefined(result.data);
	const issues = result.error.issues;
	const listed = issues
		.slice(0, MAX_REPORTED_PROBLEMS)
		.map((issue) => `"${readablePath(issue.path)}" ${issue.message}`);
	const more = issues.length > listed.length ? ` … and ${issues.length - listed.length} more` : '';
	throw new DomainError(
		'INPUT_INVALID',
		`The contract event cannot be read: ${listed.join('; ')}${more}.`,
		'Correct the members named above in the sending system and send the event again under the same id.',
		{ problems: issues.length },
	);
}

/** Paths hold names that the sender chose: they are cut and stripped before anybody reads them. */
function readablePath(path: readonly PropertyKey[]): string {
	const segments = path.map((segment) => {
		const name = String(segment).replace(/[^\x20-\x7e]|["\\]/g, '?');
		return name.length > 64 ? `${name.slice(0, 64)}…` : name;
	});
	return segments.length === 0 ? 'body' : segments.join('.');
}

/** zod types an absent member as `undefined`; ours are absent or there (exactOptionalPropertyTypes). */
function withoutUndefined(event: z.output<typeof contractEvent>): ContractEventInput {
	const { effectiveAt, before, after, amendment: amended, ...rest } = event;
	return {
		...rest,
		contract: dropUndefined(event.contract),
		...(effectiveAt !== undefined && { effectiveAt }),
		...(before !== undefined && { before }),
		...(after !== undefined && { after }),
		...(amended !== undefined && { amendment: dropUndefined(amended) }),
	};
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function dropUndefined<T extends object>(value: T): Defined<T> {
	return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}
