import type { AttributeValue, LifecycleEventType } from '../model';
import { EMPLOYMENT, MENTIONED_EMAIL, type EmploymentWord, type StatedEvent, type StatedFact } from './types';

/** Whose `until` ends the engagement rather than what the event says of attributes. */
const OPENS: ReadonlySet<LifecycleEventType> = new Set(['hire', 'rehire', 'contractor.start', 'contractor.extend']);

/** Everything that an event says, by name; one event says all of it from the same moment. */
export type SpokenValues = Readonly<Record<string, AttributeValue | null>>;

/** One event's facts in one piece, as the ledger keeps them. */
export interface Statement {
	eventId: string;
	source: string;
	from: string;
	until?: string;
	createdAt: string;
	knownAt: string;
	voidedAt?: string;
	values: SpokenValues;
	local?: StatedEvent['local'];
}

/** What an event says, before the ledger knows when it learnt it. Undefined where it says nothing (a cancellation). */
export function statementOf(event: StatedEvent): Omit<Statement, 'eventId' | 'knownAt'> | undefined {
	const values = new Map<string, AttributeValue | null>(Object.entries(event.attributes));
	const word = employmentWord(event);
	if (word !== undefined) values.set(EMPLOYMENT, word);
	const { email, previousEmail } = event.person;
	if (email !== undefined && event.type !== 'signal' && event.type !== 'cancel' && !values.has('email')) {
		const sets = previousEmail !== undefined || (OPENS.has(event.type) && event.type !== 'contractor.extend');
		values.set(sets ? 'email' : MENTIONED_EMAIL, email);
	}
	if (values.size === 0) return undefined;
	return {
		source: event.source,
		from: event.effectiveAt,
		createdAt: event.createdAt,
		values: Object.fromEntries(values),
		...(event.until !== undefined && { until: event.until }),
		...(event.local !== undefined && { local: event.local }),
	};
}

function employmentWord(event: StatedEvent): EmploymentWord | undefined {
	switch (event.type) {
		case 'hire':
		case 'rehire':
		case 'contractor.start':
			return 'started';
		case 'contractor.extend':
			return 'extended';
		case 'leave':
		case 'contractor.end':
			if (event.inferred) return 'vanished';
			if (event.immediate) return 'left_at_once';
			return event.type === 'leave' ? 'left' : 'ended';
		case 'change':
		case 'cancel':
		case 'correct':
		case 'signal':
			return undefined;
	}
}

/** A statement taken apart into facts. */
export function factsOf(statement: Statement): StatedFact[] {
	const { values, until, local, ...common } = statement;
	const word = values[EMPLOYMENT];
	const attributesEnd = word !== 'started' && word !== 'extended';
	return Object.entries(values).map(([name, value]) => ({
		...common,
		name,
		value,
		...(until !== undefined && (attributesEnd || name === EMPLOYMENT) && { until }),
		...(local !== undefined && { local }),
	}));
}
