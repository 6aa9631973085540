import { sql, type Kysely } from 'kysely';
import { resolveGroup, statementOf, type Outcome, type StatedEvent, type Statement } from '../lifecycle';
import { canonicalJson } from '../model';
import { inboxOf, lifecycleEventId } from './lifecycle-evidence';
import { statementFromRow } from './lifecycle-rows';
import type { LedgerTables } from './schema';
import { anyOf } from './transaction';

interface Member {
	eventId: string;
	event: StatedEvent;
	identityId: string | undefined;
	/** Waiting for review: it counts as not arrived. */
	held: boolean;
}

export interface SettledGroups {
	/** Statements to add. */
	add: Array<{ identityId: string; statement: Statement; outcome: Outcome }>;
	/** Ids of events whose word no longer counts. */
	voided: string[];
	/** Person by event, for those whose person is that of the event that they refer to. */
	people: Map<string, string>;
}

/** A chain of corrections longer than this is not followed further in one go. */
const MAX_ROUNDS = 50;

/**
 * Brings what is stored of groups of events that cancel or correct each other in line with what counts now. What is voided
 * stays as it is for whoever asks what was known before.
 */
export async function settleGroups(
	db: Kysely<LedgerTables>,
	seeds: readonly string[],
	now: string,
): Promise<SettledGroups> {
	const settled: SettledGroups = { add: [], voided: [], people: new Map() };
	if (seeds.length === 0) return settled;
	const members = await loadMembers(db, seeds);
	const stored = await storedStatements(db, [...members.values()]);
	for (const group of components([...members.values()])) settle(group, stored, now, settled);
	await voidStatements(db, stored, settled.voided, now);
	return settled;
}

async function loadMembers(db: Kysely<LedgerTables>, seeds: readonly string[]): Promise<Map<string, Member>> {
	const members = new Map<string, Member>();
	let wanted = [...new Set(seeds)];
	for (let round = 0; wanted.length > 0 && round < MAX_ROUNDS; round += 1) {
		const rows = await db
			.selectFrom('events')
			.select(['id', 'payload', 'identity_id', 'state'])
			.where('id', 'in', anyOf(wanted))
			.execute();
		const fresh = rows.map((row) => ({
			eventId: row.id,
			event: JSON.parse(row.payload) as StatedEvent,
			identityId: row.identity_id ?? undefined,
			held: row.state === 'received',
		}));
		for (const member of fresh) members.set(member.eventId, member);
		const next = [...(await targetsOf(db, fresh)), ...(await referring(db, fresh))];
		wanted = [...new Set(next)].filter((id) => !members.has(id));
	}
	return members;
}

/** What the members are about, under the id under which it was kept. */
async function targetsOf(db: Kysely<LedgerTables>, members: Member[]): Promise<string[]> {
	const referring = members.filter(({ event }) => event.refersTo !== undefined);
	const keys = referring.map(({ event }) => [event.source, event.refersTo ?? '']);
	const { rows } = await sql<{ source: string; external_id: string; kept_id: string; event_id: string }>`
		select r.source, r.external_id, r.event_id, e.external_id as kept_id from json_each(${JSON.stringify(keys)}) as w
		cross join lifecycle_repeats as r on r.source = w.value ->> 0 and r.external_id = w.value ->> 1
		join events as e on e.id = r.event_id`.execute(db);
	const kept = new Map(rows.map((row) => [`${row.source}|${row.external_id}`, row.kept_id]));
	for (const member of referring) {
		const refersTo = kept.get(`${member.event.source}|${member.event.refersTo ?? ''}`);
		if (refersTo !== undefined) member.event = { ...member.event, refersTo };
	}
	return referring.map(({ event }) => lifecycleEventId(event.source, event.refersTo ?? ''));
}

/** Who is about the members, under any id under which they came. */
async function referring(db: Kysely<LedgerTables>, members: readonly Member[]): Promise<string[]> {
	const repeats = await db
		.selectFrom('lifecycle_repeats')
		.select(['source', 'external_id'])
		.where('event_id', 'in', anyOf(members.map(({ eventId }) => eventId)))
		.execute();
	const keys = [
		...members.map(({ event }) => [event.source, event.id]),
		...repeats.map((row) => [row.source, row.external_id]),
	];
	const { rows } = await sql<{ event_id: string }>`
		select r.event_id from json_each(${JSON.stringify(keys)}) as w
		cross join lifecycle_references as r on r.source = w.value ->> 0 and r.refers_to = w.value ->> 1`.execute(db);
	return rows.map((row) => row.event_id);
}

/** Groups of events that are connected by what they refer to. */
function components(members: readonly Member[]): Member[][] {
	const rootOf = new Map<string, string>();
	const find = (key: string): string => {
		let at = key;
		for (let up = rootOf.get(at); up !== undefined && up !== at; up = rootOf.get(at)) at = up;
		return at;
	};
	const keyOf = (source: string, id: string) => `${inboxOf(source)}|${id}`;
	for (const { event } of members) {
		if (event.refersTo === undefined) continue;
		const [a, b] = [find(keyOf(event.source, event.id)), find(keyOf(event.source, event.refersTo))];
		if (a !== b) rootOf.set(a, b);
	}
	const groups = new Map<string, Member[]>();
	for (const member of members) {
		const root = find(keyOf(member.event.source, member.event.id));
		const group = groups.get(root);
		if (group) group.push(member);
		else groups.set(root, [member]);
	}
	return [...groups.values()];
}

interface StoredStatement {
	identityId: string;
	statement: Statement;
}

async function storedStatements(db: Kysely<LedgerTables>, members: readonly Member[]): Promise<StoredStatement[]> {
	const rows = await db
		.selectFrom('lifecycle_statements')
		.selectAll()
		.where('identity_id', 'in', anyOf([...new Set(members.flatMap(({ identityId }) => identityId ?? []))]))
		.where('event_id', 'in', anyOf(members.map(({ eventId }) => eventId)))
		.where('voided_at', 'is', null)
		.execute();
	return rows.map((row) => ({ identityId: row.identity_id, statement: statementFromRow(row) }));
}

function settle(group: readonly Member[], stored: readonly StoredStatement[], now: string, settled: SettledGroups) {
	const ids = new Map(group.map((member) => [member.eventId, member.identityId]));
	const outcomes = resolveGroup(group.filter(({ held }) => !held));
	const wanted = new Map<string, { identityId: string; statement: Statement; outcome: Outcome }>();
	for (const outcome of outcomes) {
		const identityId = ids.get(outcome.rootId) ?? ids.get(outcome.eventId);
		const spoken = statementOf(outcome.event);
		if (identityId === undefined || spoken === undefined) continue;
		wanted.set(outcome.eventId, {
			identityId,
			statement: { ...spoken, eventId: outcome.eventId, knownAt: now },
			outcome,
		});
	}
	for (const { identityId, statement } of stored) {
		if (!ids.has(statement.eventId)) continue;
		const want = wanted.get(statement.eventId);
		if (want && want.identityId === identityId && sameWord(want.statement, statement)) wanted.delete(statement.eventId);
		else settled.voided.push(statement.eventId);
	}
	settled.add.push(...wanted.values());
	const person = [...ids.values()].find((identityId) => identityId !== undefined);
	for (const [eventId, identityId] of ids) {
		const whose = identityId ?? person;
		if (whose !== undefined) settled.people.set(eventId, whose);
	}
}

function sameWord(a: Statement, b: Statement): boolean {
	const wordOf = ({ knownAt: _knownAt, voidedAt: _voidedAt, ...word }: Statement) => canonicalJson(word);
	return wordOf(a) === wordOf(b);
}

async function voidStatements(
	db: Kysely<LedgerTables>,
	stored: readonly StoredStatement[],
	eventIds: readonly string[],
	now: string,
): Promise<void> {
	if (eventIds.length === 0) return;
	const gone = new Set(eventIds);
	const keys = stored
		.filter(({ statement }) => gone.has(statement.eventId))
		.map(({ identityId, statement }) => [identityId, statement.eventId, statement.knownAt]);
	await sql`update lifecycle_statements set voided_at = ${now}
		where (identity_id, event_id, known_at) in (
			select value ->> 0, value ->> 1, value ->> 2 from json_each(${JSON.stringify(keys)}))`.execute(db);
}
