import { createHmac } from 'node:crypto';
import type { PersonEvidence, StatedEvent } from '../lifecycle';
import { canonicalJson, contentId } from '../model';

/** An event with everything that follows from it alone. */
export interface PreparedEvent {
	eventId: string;
	/** As it is kept: national id and birth date only as pseudonyms. */
	event: StatedEvent;
	evidence: PersonEvidence;
	/** Hash of what the sender said, its id apart. */
	contentHash: string;
	/** The hash as an integer, for the index. */
	contentKey: number;
}

const STARTS: ReadonlySet<string> = new Set(['hire', 'rehire', 'contractor.start']);
const MAIN_SOURCE = 'hris';

/** Where lifecycle events stand in the table of events: apart from those of contracts. */
export function inboxOf(source: string): string {
	return `lifecycle:${source}`;
}

export function lifecycleEventId(source: string, externalId: string): string {
	return contentId('evt', [inboxOf(source), externalId]);
}

/**
 * Kind under which a source's own ids are kept: numbers of two systems may be the same and mean different people. Signals
 * number nobody: they know people by the numbers of HR.
 */
export function idKindOf({ source, type }: StatedEvent): string {
	return source === MAIN_SOURCE || type === 'signal' ? 'hrId' : `hrId:${source}`;
}

export function prepareEvent(event: StatedEvent, pseudonymKey: string): PreparedEvent {
	const { id: _id, defaulted = [], ...said } = event;
	const content = Object.entries(said).filter(([name]) => !(defaulted as readonly string[]).includes(name));
	// Keyed: it stands in audit records for good, and what is said of a person could be found by trying.
	const hash = createHmac('sha256', pseudonymKey)
		.update(canonicalJson(Object.fromEntries(content)))
		.digest('hex');
	const pseudonym = (kind: string, value: string) =>
		createHmac('sha256', pseudonymKey).update(`${kind}:${value}`).digest('hex').slice(0, 32);
	const { nationalIdHash, birthDate, ...plain } = event.person;
	const nationalId = nationalIdHash === undefined ? undefined : pseudonym('nationalId', nationalIdHash);
	const birth = birthDate === undefined ? undefined : pseudonym('birthDate', birthDate);
	const name = birthDate === undefined ? undefined : nameOf(event);
	const birthName = name === undefined ? undefined : pseudonym('birthName', `${birthDate ?? ''}|${name}`);
	return {
		eventId: lifecycleEventId(event.source, event.id),
		event: {
			...event,
			person: {
				...plain,
				...(nationalId !== undefined && { nationalIdHash: nationalId }),
				...(birth !== undefined && { birthDate: birth }),
			},
		},
		evidence: {
			idKind: idKindOf(event),
			starts: STARTS.has(event.type),
			...plain,
			...(nationalId !== undefined && { nationalId }),
			...(birth !== undefined && { birthDate: birth }),
			...(birthName !== undefined && { birthName }),
		},
		contentHash: hash,
		contentKey: Number.parseInt(hash.slice(0, 13), 16),
	};
}

/** First and last name without marks and case, so that "Zoë" and "ZOE" are the same evidence. */
function nameOf({ attributes }: StatedEvent): string | undefined {
	const parts = [attributes['firstName'], attributes['lastName']].filter((part) => typeof part === 'string');
	const text = parts.length === 2 ? parts.join(' ') : attributes['displayName'];
	if (typeof text !== 'string') return undefined;
	const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();
	return plain === '' ? undefined : plain;
}

/**
 * Id of somebody we meet for the first time, from the firmest key there is. Keyed with the ledger's secret, since ids stand
 * in audit records for good. People known by their address have the id that a contract would give them.
 */
export function newIdentityId(evidence: PersonEvidence, eventId: string, pseudonymKey: string): string {
	const { idKind, hrId, nationalId, email, previousEmail } = evidence;
	const address = email ?? previousEmail;
	const key =
		hrId !== undefined
			? `identity:${idKind}:${hrId}`
			: nationalId !== undefined
				? `identity:nationalId:${nationalId}`
				: `identity:${address ?? `event:${eventId}`}`;
	return `idn_${createHmac('sha256', pseudonymKey).update(key).digest('hex').slice(0, 24)}`;
}
