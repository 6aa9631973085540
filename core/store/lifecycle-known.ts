import { sql, type Kysely } from 'kysely';
import { idKindOf, inboxOf, type PreparedEvent } from './lifecycle-evidence';
import type { LedgerTables } from './schema';
import { anyOf } from './transaction';

/** An event that the ledger has, under its id. */
export interface KnownEvent {
	contentHash: string;
	state: string;
	leaseUntil: string | null;
	attempts: number;
	identityId?: string;
}

/** An event with the same content. */
interface SameContent {
	eventId: string;
	contentHash: string;
	source: string;
	identityId?: string;
	/** It stands, and nothing was said of the person since. */
	isLast: boolean;
}

/** What the ledger has that meets a batch of arriving events: the same ids, the same contents, references to them. */
export class KnownEvents {
	readonly #byId = new Map<string, KnownEvent>();
	readonly #byContent = new Map<string, SameContent[]>();
	readonly #referredTo = new Set<string>();
	/** Last event of a person in this batch. */
	readonly #last = new Map<string, string>();

	constructor(readonly db: Kysely<LedgerTables>) {}

	async load(prepared: readonly PreparedEvent[]): Promise<void> {
		const rows = await this.db
			.selectFrom('events')
			.select(['id', 'content_hash', 'state', 'lease_until', 'attempts', 'identity_id'])
			.where('id', 'in', anyOf(prepared.map(({ eventId }) => eventId)))
			.execute();
		for (const row of rows) {
			this.#byId.set(row.id, {
				contentHash: row.content_hash,
				state: row.state,
				leaseUntil: row.lease_until,
				attempts: row.attempts,
				...(typeof row.identity_id === 'string' && { identityId: row.identity_id }),
			});
		}
		const fresh = prepared.filter(({ eventId }) => !this.#byId.has(eventId));
		await this.#loadContents(fresh);
		await this.#loadReferences(prepared);
	}

	async #loadContents(prepared: readonly PreparedEvent[]): Promise<void> {
		const keys = prepared.map(({ contentKey }) => contentKey);
		const { rows } = await sql<{ id: string; content_hash: string; source: string; identity_id: string | null }>`
			select id, content_hash, source, identity_id from events
			where content_key in (select value from json_each(${JSON.stringify(keys)}))`.execute(this.db);
		if (rows.length === 0) return;
		const statements = await this.db
			.selectFrom('lifecycle_statements')
			.select(['identity_id', 'event_id', 'known_at', 'voided_at'])
			.where('identity_id', 'in', anyOf(rows.flatMap(({ identity_id }) => identity_id ?? [])))
			.execute();
		const newest = new Map<string, string>();
		const standing = new Map<string, string>();
		for (const row of statements) {
			if (row.known_at > (newest.get(row.identity_id) ?? '')) newest.set(row.identity_id, row.known_at);
			if (row.voided_at === null) standing.set(row.event_id, row.known_at);
		}
		for (const row of rows) {
			const knownAt = standing.get(row.id);
			this.#addContent({
				eventId: row.id,
				contentHash: row.content_hash,
				source: row.source,
				isLast: row.identity_id === null || (knownAt !== undefined && knownAt === newest.get(row.identity_id)),
				...(row.identity_id !== null && { identityId: row.identity_id }),
			});
		}
	}

	async #loadReferences(prepared: readonly PreparedEvent[]): Promise<void> {
		const keys = prepared.map(({ event }) => [event.source, event.id]);
		const { rows } = await sql<{ source: string; refers_to: string }>`
			select r.source, r.refers_to from json_each(${JSON.stringify(keys)}) as w
			cross join lifecycle_references as r on r.source = w.value ->> 0 and r.refers_to = w.value ->> 1`.execute(this.db);
		for (const row of rows) this.#referredTo.add(`${inboxOf(row.source)}|${row.refers_to}`);
		for (const { event } of prepared) {
			if (event.refersTo !== undefined) this.#referredTo.add(`${inboxOf(event.source)}|${event.refersTo}`);
		}
	}

	byId(eventId: string): KnownEvent | undefined {
		return this.#byId.get(eventId);
	}

	/** Whether something cancels or corrects the event, or it does that itself. */
	isGrouped({ event }: PreparedEvent): boolean {
		return event.refersTo !== undefined || this.#referredTo.has(`${inboxOf(event.source)}|${event.id}`);
	}

	/**
	 * The event that said the same under another id. Where the sender gives no time of recording, only the last word on a
	 * person that still stands can be repeated: after another one, or taken back, the same words are news.
	 */
	sameContent({ event, contentHash }: PreparedEvent): SameContent | undefined {
		const timeless = event.defaulted !== undefined && event.defaulted.length > 0;
		return this.#byContent
			.get(contentHash)
			?.find((same) => same.source === inboxOf(event.source) && (!timeless || this.#isLast(same)));
	}

	#isLast(same: SameContent): boolean {
		const last = same.identityId === undefined ? undefined : this.#last.get(same.identityId);
		return last === undefined ? same.isLast : last === same.eventId;
	}

	#addContent(same: SameContent): void {
		const list = this.#byContent.get(same.contentHash);
		if (list) list.push(same);
		else this.#byContent.set(same.contentHash, [same]);
	}

	/** An event of this batch was taken in. */
	add({ eventId, event, contentHash }: PreparedEvent, entry: KnownEvent): void {
		this.#byId.set(eventId, entry);
		const { identityId } = entry;
		this.#addContent({
			eventId,
			contentHash,
			source: inboxOf(event.source),
			isLast: true,
			...(identityId !== undefined && { identityId }),
		});
		if (identityId !== undefined) this.#last.set(identityId, eventId);
	}

	/** Ids under which events wait for review, by the id of their person in its source. */
	static idKey(prepared: PreparedEvent): string | undefined {
		const { hrId } = prepared.evidence;
		return hrId === undefined ? undefined : `${idKindOf(prepared.event)}|${hrId}`;
	}
}
