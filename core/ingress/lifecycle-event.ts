import { DomainError, sha256, type LifecycleEvent, type LifecycleEventType, type PersonKeys } from '../model';
import { isDate } from '../time';
import { lifecycleEventShape, type WrittenEvent } from './lifecycle-event-shape';
import { ENDS, EventTimes, isLocal, OPENS, type WrittenLocally } from './lifecycle-event-times';
import { EVENT_MEMBERS, IGNORED_MEMBERS, PERSON_MEMBERS } from './lifecycle-event-words';

/** What parsing knows beyond the model's event; see the lifecycle room. */
export interface ParsedLifecycleEvent extends LifecycleEvent {
	local?: WrittenLocally;
	defaulted?: ReadonlyArray<'createdAt' | 'effectiveAt'>;
	sameEffectiveAt?: true;
	inferred?: true;
}

export interface LifecycleParsing {
	/** Zone of dates and local times where neither the event nor, later, its person has one: the policy's. */
	zone: string;
	/** ISO instant of receipt: the time of recording where the sender gives none. */
	receivedAt: string;
	/** Source of events that name none; by default `vms` for contractor events, `signal` for signals, else `hris`. */
	source?: string;
}

const MAX_REPORTED_PROBLEMS = 10;

/**
 * Reads one HR event as people and systems write it (docs/lifecycle.md). Usual other names of members and types are
 * understood; what is not understood is refused rather than dropped, since a misspelt date would mean "now".
 *
 * A date is the beginning of that day, for a leave or a contractor's end the end of it.
 *
 * @throws DomainError `INPUT_INVALID`, naming every faulty member and what it must be; never the value itself.
 */
export function parseLifecycleEvent(input: unknown, parsing: LifecycleParsing): ParsedLifecycleEvent {
	const problems: string[] = [];
	const parsed = lifecycleEventShape.safeParse(renamed(input, problems));
	if (!parsed.success) problems.push(...parsed.error.issues.flatMap(problemsOf));
	if (!parsed.success || problems.length > 0) throw refusal(problems);
	problems.push(...contradictions(parsed.data));
	if (problems.length > 0) throw refusal(problems);
	return assemble(parsed.data, parsing);
}

/** Brings other names of members to ours. */
function renamed(input: unknown, problems: string[]): unknown {
	if (!isRecord(input)) return input;
	const event = rename(input, EVENT_MEMBERS, '', problems);
	const person = event['person'];
	return isRecord(person) ? { ...event, person: rename(person, PERSON_MEMBERS, 'person.', problems) } : event;
}

type Members = Readonly<Record<string, readonly string[]>>;

const OUR_NAMES: ReadonlyMap<Members, ReadonlyMap<string, string>> = new Map(
	[EVENT_MEMBERS, PERSON_MEMBERS].map((members) => [
		members,
		new Map(Object.entries(members).flatMap(([name, others]) => others.map((other) => [other, name] as const))),
	]),
);

function rename(
	input: Readonly<Record<string, unknown>>,
	members: Members,
	path: string,
	problems: string[],
): Record<string, unknown> {
	const result = new Map<string, unknown>();
	for (const [name, value] of Object.entries(input)) {
		if (value === undefined || (value === null && path === 'person.')) continue;
		if (path === '' && (IGNORED_MEMBERS.has(name) || value === null)) continue;
		const own = Object.hasOwn(members, name) ? name : (OUR_NAMES.get(members)?.get(name) ?? name);
		if (result.has(own)) problems.push(`"${path}${readable(own)}" is given twice, under two names`);
		result.set(own, value);
	}
	return Object.fromEntries(result);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Issue {
	code?: string;
	path: readonly PropertyKey[];
	message: string;
	keys?: string[];
}

function problemsOf(issue: Issue): string[] {
	const path = issue.path.map((segment) => readable(String(segment)));
	if (issue.code !== 'unrecognized_keys') return [`"${path.join('.') || 'body'}" ${issue.message}`];
	const inPerson = path[0] === 'person';
	const known = Object.keys(inPerson ? PERSON_MEMBERS : EVENT_MEMBERS).join(', ');
	const hint = inPerson
		? `keys are ${known}`
		: `members are ${known}; what describes the person belongs into "attributes"`;
	return (issue.keys ?? []).map((key) => `"${[...path, readable(key)].join('.')}" is not known: ${hint}`);
}

/** Names that the sender chose are cut and stripped before anybody reads them. */
function readable(name: string): string {
	const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '?');
	return plain.length > 64 ? `${plain.slice(0, 64)}…` : plain;
}

function refusal(problems: readonly string[]): DomainError {
	const listed = problems.slice(0, MAX_REPORTED_PROBLEMS);
	const more = problems.length > listed.length ? ` … and ${problems.length - listed.length} more` : '';
	return new DomainError(
		'INPUT_INVALID',
		`The lifecycle event cannot be read: ${listed.join('; ')}${more}.`,
		'Correct the members named above in the sending system and send the event again under the same id.',
		{ problems: problems.length },
	);
}

/** What no single member shows. */
function contradictions(event: WrittenEvent): string[] {
	const { type, person = {}, refersTo, attributes = {} } = event;
	const problems: string[] = [];
	const refers = type === 'cancel' || type === 'correct';
	if (refers && refersTo === undefined) problems.push('"refersTo" must be the id of the event that this one is about');
	if (!refers && refersTo !== undefined) problems.push(`"refersTo" belongs to cancel and correct, not to ${type}`);
	if (refersTo !== undefined && refersTo === event.id) problems.push('"refersTo" must be another event');
	const keys = [person.hrId, person.email, person.previousEmail, person.nationalId, person.nationalIdHash];
	if (!refers && keys.every((key) => key === undefined)) {
		problems.push('"person" must have a key: hrId, email, nationalId or previousEmail');
	}
	if (person.nationalId !== undefined && person.nationalIdHash !== undefined) {
		problems.push('"person.nationalId" and "person.nationalIdHash" must not both be given');
	}
	if (type === 'signal' && Object.keys(attributes).length === 0)
		problems.push('"attributes" must say what the signal sets');
	const says = Object.keys(attributes).length > 0 || person.email !== undefined;
	if (type === 'change' && !says) problems.push('"attributes" must say what changes');
	if (event.until?.kind === 'now') problems.push('"until" must be a date, a local time or an instant');
	if (event.immediate === true && !ENDS.has(type) && type !== 'correct') {
		problems.push('"immediate" belongs to a leave or the end of a contractor');
	}
	return problems;
}

function assemble(event: WrittenEvent, parsing: LifecycleParsing): ParsedLifecycleEvent {
	const { type, person = {} } = event;
	const { firstName, lastName, displayName, ...given } = person;
	const names = { firstName, lastName, displayName };
	const attributes = new Map<string, ParsedLifecycleEvent['attributes'][string]>();
	for (const [name, value] of Object.entries(names)) if (value !== undefined) attributes.set(name, value);
	for (const [name, value] of Object.entries(event.attributes ?? {})) attributes.set(name, value);
	const times = new EventTimes(event, attributes, parsing);
	const until = times.until();
	const effective = times.effective();
	// As an attribute, the end of an engagement can be extended and corrected; `until` alone could not.
	const lastDay = OPENS.has(type) && !attributes.has('endDate') ? times.lastDay() : undefined;
	if (lastDay !== undefined) attributes.set('endDate', lastDay);
	const byDay = OPENS.has(type) && isLocal(event.until) && isDate(event.until.text);
	const keepsUntil = until !== undefined && !byDay;
	return {
		id: event.id,
		source: event.source ?? parsing.source ?? defaultSource(type),
		type,
		createdAt: event.createdAt ?? parsing.receivedAt,
		effectiveAt: effective.at,
		person: keysOf(given),
		attributes: Object.fromEntries(attributes),
		...(keepsUntil && { until }),
		...(event.refersTo !== undefined && { refersTo: event.refersTo }),
		...((event.immediate === true || (ENDS.has(type) && event.effectiveAt?.kind === 'now')) && { immediate: true }),
		...(event.inferred === true && { inferred: true as const }),
		...(effective.same && { sameEffectiveAt: true as const }),
		...times.written(effective.local, keepsUntil),
		...times.defaulted(effective.defaulted),
	};
}

function defaultSource(type: LifecycleEventType): string {
	if (type === 'signal') return 'signal';
	return type.startsWith('contractor.') ? 'vms' : 'hris';
}

/** National ids leave this place only as hashes; the ledger keys them with its secret before it keeps them. */
function keysOf({ nationalId, ...keys }: Omit<NonNullable<WrittenEvent['person']>, 'firstName'>): PersonKeys {
	const hash =
		nationalId === undefined ? keys.nationalIdHash : sha256(nationalId.replace(/[\s./-]/g, '').toUpperCase());
	const all = { ...keys, nationalIdHash: hash };
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
