import { DataQuality, type LifecyclePolicy } from '../lifecycle';
import { contentId, type DataFinding } from '../model';
import { LedgerDirectory } from './lifecycle-directory';
import type { PreparedEvent } from './lifecycle-evidence';
import { KnownEvents } from './lifecycle-known';
import { PendingWrites, type StoredFinding } from './lifecycle-writes';
import { later, type LedgerTransaction } from './transaction';

export interface LifecycleReceipt {
	source: string;
	externalId: string;
	eventId: string;
	status:
		| 'accepted'
		/** Known, and somebody works on it. */
		| 'in_progress'
		| 'duplicate'
		/** The same content came under another id before (`duplicateOf`). */
		| 'duplicate_content'
		/** Its person is not certain: nothing of it holds until that is resolved. */
		| 'held'
		/** The id is known with other content. */
		| 'conflict';
	/** Whom it touches: these have to be evaluated. */
	identityIds: string[];
	findings: StoredFinding[];
	duplicateOf?: string;
	/** It was held before, and this batch made its person certain. */
	released?: true;
}

export interface IntakeOptions {
	policyView: LifecyclePolicy;
	/** How long the caller has for planning before the event is handed out again. */
	leaseSeconds?: number;
}

const DEFAULT_LEASE_SECONDS = 600;

/** What one batch of arriving events knows, has learnt, and will write. */
export class IntakeBatch {
	readonly known: KnownEvents;
	readonly directory: LedgerDirectory;
	readonly writes: PendingWrites;
	readonly quality: DataQuality;
	readonly leaseUntil: string;
	/** Of events that this batch took in, by event. */
	readonly receipts = new Map<string, LifecycleReceipt>();
	/** Events whose group has to be settled. */
	readonly seeds: string[] = [];
	/** People whom this batch touched, with the names of what was said of them. */
	readonly spoken = new Map<string, Set<string>>();
	/** Ids in their sources whose events wait for review → candidates. */
	readonly waiting = new Map<string, string[]>();

	constructor(
		readonly tx: LedgerTransaction,
		readonly policyView: LifecyclePolicy,
		leaseSeconds = DEFAULT_LEASE_SECONDS,
	) {
		this.known = new KnownEvents(tx.db);
		this.directory = new LedgerDirectory(tx.db, tx.now);
		this.writes = new PendingWrites(tx.db, tx.now);
		this.quality = new DataQuality(policyView);
		this.leaseUntil = later(tx.now, leaseSeconds);
	}

	async flush(): Promise<void> {
		await this.directory.flush();
		await this.writes.flush();
	}

	/** Stores the event itself. */
	store(
		prepared: PreparedEvent,
		person: { identityId?: string },
		place: { state: string; leaseUntil: string } = { state: 'processing', leaseUntil: this.leaseUntil },
	): void {
		this.writes.event(prepared, { ...person, ...place });
		this.known.add(prepared, { contentHash: prepared.contentHash, attempts: 1, ...place, ...person });
		const { identityId } = person;
		const data = { eventType: prepared.event.type, contentHash: prepared.contentHash };
		this.audit('event.received', prepared, data, identityId === undefined ? {} : { identity: identityId });
	}

	find(findings: readonly DataFinding[], eventId: string, identityId?: string): StoredFinding[] {
		return findings.map((finding) => {
			const id = contentId('fnd', [eventId, finding.code, finding.field ?? null]);
			const stored = { ...finding, id, eventId, ...(identityId !== undefined && { identityId }) };
			this.writes.finding(stored);
			return stored;
		});
	}

	receipt(
		{ event, eventId }: PreparedEvent,
		status: LifecycleReceipt['status'],
		identityId?: string,
		findings: StoredFinding[] = [],
	): LifecycleReceipt {
		const identityIds = identityId === undefined ? [] : [identityId];
		const receipt = { source: event.source, externalId: event.id, eventId, status, identityIds, findings };
		if (status === 'accepted' || status === 'held') this.receipts.set(eventId, receipt);
		return receipt;
	}

	audit(
		type: string,
		{ event, eventId }: PreparedEvent,
		data: Record<string, string | number | boolean>,
		refs: Record<string, string> = {},
	): void {
		this.tx.audit({
			type,
			actor: { kind: 'system', id: `lifecycle:${event.source}` },
			occurredAt: event.effectiveAt,
			refs: { event: eventId, ...refs },
			data,
		});
	}
}
