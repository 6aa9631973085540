import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { AuditVerdict, RecordInput, StoredRecord } from '../audit';
import type { Action, ContractDocument } from '../model';
import { DomainError } from '../model';
import type { ActionLedger, ActionResult, ClaimRequest, ClaimResult, Clock, JournalEntry, Random } from '../ports';
import * as actions from './actions';
import * as approvals from './approvals';
import * as contracts from './contracts';
import * as events from './events';
import * as log from './log';
import { MIGRATIONS } from './migrations';
import * as plans from './plans';
import * as policies from './policies';
import * as results from './results';
import type { LedgerTables } from './schema';
import { sqliteDialect } from './sqlite';
import { LedgerTransaction } from './transaction';
import * as votes from './votes';

export interface LedgerOptions {
	/** Path of the SQLite file, or `:memory:`. */
	file: string;
	clock: Clock;
	random: Random;
}

/**
 * The one place that decides. Every method that changes something is one transaction together with its audit records;
 * nobody outside this room knows SQL.
 */
export class Ledger implements ActionLedger {
	readonly #db: Kysely<LedgerTables>;
	readonly #clock: Clock;
	readonly #random: Random;

	private constructor(
		db: Kysely<LedgerTables>,
		readonly id: string,
		/** Secret of this ledger under which senders and the like are pseudonymised. */
		readonly pseudonymKey: string,
		options: LedgerOptions,
	) {
		this.#db = db;
		this.#clock = options.clock;
		this.#random = options.random;
	}

	/** Opens the ledger, creating and migrating it as needed. Throws `LEDGER_UNAVAILABLE` where the file can't be used. */
	static async open(options: LedgerOptions): Promise<Ledger> {
		let db: Kysely<LedgerTables>;
		try {
			db = new Kysely<LedgerTables>({ dialect: sqliteDialect(options.file) });
			await migrate(db);
		} catch (error) {
			throw unavailable(options.file, error);
		}
		// The ledger's own name: items carry it, and a node on another ledger refuses them.
		const id = await madeOnce(db, 'ledger_id', `ldg_${options.random(8).toString('hex')}`);
		const pseudonymKey = await madeOnce(db, 'pseudonym_key', options.random(32).toString('hex'));
		return new Ledger(db, id, pseudonymKey, options);
	}

	async close(): Promise<void> {
		await this.#db.destroy();
	}

	// Events
	receiveEvent = (event: events.ReceivedEvent) => this.#write((tx) => events.receiveEvent(tx, event));
	recordRefusal = (refusal: events.Refusal) => this.#write((tx) => events.recordRefusal(tx, refusal));
	finishEvent = (eventId: string) => this.#write((tx) => events.finishEvent(tx, eventId));
	readEvent = (id: string) => contracts.readEvent(this.#db, id);

	// Contracts and policies
	readDocument = (hash: string): Promise<ContractDocument | undefined> => contracts.readDocument(this.#db, hash);
	latestVersion = (contractId: string, exceptEvent?: string) =>
		contracts.latestVersion(this.#db, contractId, exceptEvent);
	latestSeen = (contractId: string, beforeEvent?: string) => contracts.latestSeen(this.#db, contractId, beforeEvent);
	keepPolicy = (policy: Parameters<typeof policies.keepPolicy>[1]) =>
		this.#write((tx) => policies.keepPolicy(tx, policy));
	readPolicy = (by: { hash: string } | { name: string }) => policies.readPolicy(this.#db, by);

	// Plans and actions
	planningState = (scope: Parameters<typeof plans.planningState>[1]) =>
		this.#read((tx) => plans.planningState(tx.db, scope));
	savePlan = (plan: plans.PlanToSave) => this.#write((tx) => plans.savePlan(tx, plan));
	readActions = (scope: { actionIds?: readonly string[]; planIds?: readonly string[] }): Promise<Action[]> =>
		actions.readActions(this.#db, scope);
	plansOfExecution = (executionId: string) => actions.plansOfExecution(this.#db, executionId);

	claim = (request: ClaimRequest): Promise<ClaimResult> =>
		this.#write(async (tx) => {
			await approvals.expireApprovals(tx);
			return await actions.claimActions(tx, request);
		});
	journalBefore = (leaseId: string, entries: readonly JournalEntry[]): Promise<void> =>
		this.#write((tx) => results.journalBefore(tx, leaseId, entries));
	complete = (leaseId: string, outcome: readonly ActionResult[]): Promise<void> =>
		this.#write((tx) => results.completeActions(tx, leaseId, outcome));
	release = (leaseId: string): Promise<void> => this.#write((tx) => results.releaseLease(tx, leaseId));

	// Approvals
	actionsToAsk = (scope: Parameters<typeof approvals.actionsToAsk>[1]) =>
		this.#write(async (tx) => {
			await approvals.expireApprovals(tx);
			return await approvals.actionsToAsk(tx.db, scope);
		});
	createBundle = (bundle: approvals.BundleToCreate) => this.#write((tx) => approvals.createBundle(tx, bundle));
	bundleOfExecution = (executionId: string) =>
		this.#write(async (tx) => {
			await approvals.expireApprovals(tx);
			return await approvals.bundleOfExecution(tx.db, executionId);
		});
	approverView = (tokenHash: string) => approvals.approverView(this.#db, tokenHash);
	castVotes = (vote: Parameters<typeof votes.castVotes>[1]) =>
		this.#write(async (tx) => {
			await approvals.expireApprovals(tx);
			return await votes.castVotes(tx, vote);
		});
	collectBundle = (id: string) => this.#write((tx) => approvals.collectBundle(tx, id));

	// Audit
	append = (record: RecordInput) =>
		this.#write((tx) => {
			tx.audit(record);
			return Promise.resolve();
		});
	appendAll = (records: readonly RecordInput[]) =>
		this.#write((tx) => {
			for (const record of records) tx.audit(record);
			return Promise.resolve();
		});
	verifyLog = (noted?: { records: number; head: string }): Promise<AuditVerdict> =>
		log.verifyLog(this.#db, this.id, noted);
	readLog = (range: { after: number; limit: number }): Promise<StoredRecord[]> => log.readLog(this.#db, range);

	/** One transaction; audit records are sealed as its last step. Errors roll everything back. */
	async #write<T>(work: (tx: LedgerTransaction) => Promise<T>): Promise<T> {
		return await this.#db.transaction().execute(async (db) => {
			const now = new Date(this.#clock()).toISOString();
			const tx = new LedgerTransaction(db, this.id, now, this.#random, this.pseudonymKey);
			const result = await work(tx);
			await tx.sealAudit();
			return result;
		});
	}

	/** Several reads that must see the same state. */
	#read<T>(work: (tx: LedgerTransaction) => Promise<T>): Promise<T> {
		return this.#write(work);
	}
}

/** What can be asked of a ledger, wherever it lives: n8n's nodes talk to one in a thread of its own. */
export type LedgerApi = { [Name in keyof Ledger]: Ledger[Name] };

async function migrate(db: Kysely<LedgerTables>): Promise<void> {
	const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) } });
	const { error } = await migrator.migrateToLatest();
	if (error !== undefined) throw error instanceof Error ? error : new Error(JSON.stringify(error));
}

/** A value of the ledger that is made when it is first opened and never changes. */
async function madeOnce(db: Kysely<LedgerTables>, key: string, value: string): Promise<string> {
	await db
		.insertInto('meta')
		.values({ key, value })
		.onConflict((conflict) => conflict.column('key').doNothing())
		.execute();
	const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirstOrThrow();
	return row.value;
}

function unavailable(file: string, error: unknown): DomainError {
	const why = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
	return new DomainError(
		'LEDGER_UNAVAILABLE',
		`The ledger file "${file}" cannot be opened: ${why}.`,
		'Check that the folder exists, is writable by the n8n process and is on a local disk, then run again.',
	);
}
