import { Kysely } from 'kysely';
import type { AuditVerdict, RecordInput, StoredRecord } from '../audit';
import type { StatedEvent } from '../lifecycle';
import type { Action, ContractDocument } from '../model';
import type { ActionLedger, ActionResult, ClaimRequest, ClaimResult, Clock, JournalEntry, Random } from '../ports';
import * as accountNames from './account-names';
import * as accounts from './accounts';
import * as actions from './actions';
import * as adoption from './adoption';
import * as applicationState from './application-state';
import * as approvals from './approvals';
import * as asked from './asked';
import * as assignments from './assignments';
import * as breakGlass from './break-glass';
import * as contracts from './contracts';
import * as due from './due';
import * as events from './events';
import * as extension from './extend';
import * as feedHalts from './feed-halts';
import * as feeds from './feeds';
import * as guards from './guard-inputs';
import * as halts from './halts';
import * as identities from './identities';
import * as report from './identity-report';
import * as journal from './journal';
import * as log from './log';
import { kept, madeOnce, migrate, unavailable, type LedgerOptions } from './open';
import * as pastWrites from './past-writes';
import * as people from './people';
import * as personFacts from './person-facts';
import * as plans from './plans';
import * as policies from './policies';
import * as policyApproval from './policy-approval';
import * as publications from './publications';
import * as reminders from './reminders';
import * as requests from './requests';
import * as results from './results';
import * as reviews from './reviews';
import { bumpRevision } from './revision';
import type { LedgerTables } from './schema';
import * as scimProfiles from './scim-profiles';
import { sqliteDialect } from './sqlite';
import * as timeline from './timeline';
import { LedgerTransaction } from './transaction';
import * as votes from './votes';

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
		const readOnly = options.readOnly === true;
		let db: Kysely<LedgerTables>;
		try {
			db = new Kysely<LedgerTables>({ dialect: sqliteDialect(options.file, { readOnly }) });
			if (readOnly) return new Ledger(db, await kept(db, 'ledger_id'), await kept(db, 'pseudonym_key'), options);
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

	// People over time
	/** Takes a batch of HR events and signals in, all or nothing; `policyView` may be a whole policy document. */
	receiveLifecycleEvents = (events: readonly StatedEvent[], options: timeline.IntakeOptions) =>
		this.#write((tx) => timeline.receiveLifecycleEvents(tx, events, options));
	/** People over time as known at an instant (now, where none is given). Give ids in pages of some thousands. */
	timelines = (
		identityIds: readonly string[],
		query: Pick<timeline.TimelineQuery, 'policyView'> & { knownAt?: string },
	) => this.#read((tx) => timeline.readTimelines(tx.db, identityIds, { ...query, knownAt: query.knownAt ?? tx.now }));
	readLifecycleEvents = (eventIds: readonly string[]) => timeline.readLifecycleEvents(this.#db, eventIds);
	openFindings = (scope: { identityIds?: readonly string[]; limit?: number } = {}) =>
		timeline.openFindings(this.#db, scope);
	resolveFinding = (resolution: timeline.FindingResolution) =>
		this.#write((tx) => timeline.resolveFinding(tx, resolution));

	// Contracts and policies
	readDocument = (hash: string): Promise<ContractDocument | undefined> => contracts.readDocument(this.#db, hash);
	latestVersion = (contractId: string, exceptEvent?: string) =>
		contracts.latestVersion(this.#db, contractId, exceptEvent);
	latestSeen = (contractId: string, beforeEvent?: string) => contracts.latestSeen(this.#db, contractId, beforeEvent);
	versionsOfContracts = (contractIds: readonly string[]) => contracts.versionsOfContracts(this.#db, contractIds);
	keepPolicy = (policy: Parameters<typeof policies.keepPolicy>[1]) =>
		this.#write((tx) => policies.keepPolicy(tx, policy));
	readPolicy = (by: { hash: string } | { name: string }) => policies.readPolicy(this.#db, by);
	publishPolicy = (policy: publications.PolicyToPublish) => this.#write((tx) => publications.publishPolicy(tx, policy));
	decidePolicy = (decision: publications.PolicyDecision) =>
		this.#write((tx) => publications.decidePolicy(tx, decision));
	/** Asks for a policy version by the gate: the decision comes into force with the deciding vote. */
	askForPolicy = (ask: policyApproval.PolicyToApprove) => this.#write((tx) => policyApproval.askForPolicy(tx, ask));
	policyVersions = (name: string) => publications.publicationsOf(this.#db, name);

	// Plans and actions
	planningState = (scope: Parameters<typeof plans.planningState>[1]) =>
		this.#read((tx) => plans.planningState(tx.db, scope));
	/** The state of any number of people by the same few queries; give them in pages of some thousands. */
	peopleState = (identityIds: readonly string[]) => this.#read((tx) => people.peopleState(tx.db, identityIds));
	peopleIds = (page: { after?: string; limit: number }) => people.peopleIds(this.#db, page);
	personFacts = (identityIds: readonly string[], knownAt: string) =>
		this.#read((tx) => personFacts.readPersonFacts(tx.db, identityIds, knownAt));
	identitiesByKeys = (kind: string, values: readonly string[]) => identities.identitiesByKey(this.#db, kind, values);
	accountsIn = (scope: Parameters<typeof accounts.accountsIn>[1]) => accounts.accountsIn(this.#db, scope);
	namesInUse = (scope: Parameters<typeof accountNames.namesInUse>[1]) => accountNames.namesInUse(this.#db, scope);
	contractsNaming = (identityIds: readonly string[]) => contracts.contractsNaming(this.#db, identityIds);
	peopleOfContract = (contractId: string) => assignments.peopleOfContract(this.#db, contractId);
	identityByKey = (key: { kind: string; value: string }) => report.identityByKey(this.#db, key);
	identityReport = (identityId: string, asOf?: string) =>
		this.#read(async (tx) => (await report.identityReports(tx.db, [identityId], asOf ?? tx.now))[0]);
	/** Reports of any number of people at one moment of knowledge; who is not known has none. */
	identityReports = (identityIds: readonly string[], asOf?: string) =>
		this.#read((tx) => report.identityReports(tx.db, identityIds, asOf ?? tx.now));
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
	/** Results from outside, each under the lease it was claimed with, in one transaction. */
	recordResults = (recorded: readonly results.RecordedResult[]): Promise<void> =>
		this.#write((tx) => results.recordResults(tx, recorded));
	rollbackInputs = (scope: journal.RollbackScope) => this.#read((tx) => journal.rollbackInputs(tx.db, scope));
	release = (leaseId: string): Promise<void> => this.#write((tx) => results.releaseLease(tx, leaseId));

	// What is due, and what people ask for
	dueTasks = (request: due.DueRequest) =>
		this.#write(async (tx) => {
			await approvals.expireApprovals(tx);
			return await due.dueTasks(tx, request);
		});
	addReviews = (needed: readonly reviews.Review[]) =>
		this.#write(async (tx) => {
			await reviews.addReviews(tx, needed);
			await bumpRevision(tx);
		});
	pendingApprovals = (page: { at: string; limit: number }) =>
		this.#read((tx) => reminders.pendingApprovals(tx.db, page));
	tellOnce = (tasks: readonly string[]) => this.#write((tx) => reminders.tellOnce(tx, tasks));
	requestAccess = (request: requests.AccessRequestInput) => this.#write((tx) => requests.requestAccess(tx, request));
	breakGlass = (use: breakGlass.BreakGlassInput) => this.#write((tx) => breakGlass.breakGlass(tx, use));
	reviewBreakGlass = (review: breakGlass.BreakGlassReview) =>
		this.#write((tx) => breakGlass.reviewBreakGlass(tx, review));
	/** Several of the three above in one transaction. */
	recordAsked = (list: readonly asked.AccessAsked[]) => this.#write((tx) => asked.recordAsked(tx, list));
	extend = (input: extension.ExtendInput) => this.#write((tx) => extension.extend(tx, input));
	guardInputs = (window: { since: string }) => this.#read((tx) => guards.guardInputs(tx.db, window));
	resolveHalt = (decision: halts.HaltDecision) => this.#write((tx) => halts.resolveHalt(tx, decision));

	// Feeds
	readFeed = (name: string) => this.#read((tx) => feeds.readFeed(tx.db, name));
	/** Takes a snapshot over together with the events that it brings: both or neither. */
	receiveSnapshot = (taken: {
		snapshot: feeds.Snapshot;
		events: readonly StatedEvent[];
		intake: timeline.IntakeOptions;
	}) =>
		this.#write(async (tx) => {
			await feeds.saveSnapshot(tx, taken.snapshot);
			return await timeline.receiveLifecycleEvents(tx, taken.events, taken.intake);
		});
	haltFeed = (halt: Parameters<typeof feedHalts.haltFeed>[1]) => this.#write((tx) => feedHalts.haltFeed(tx, halt));
	resolveFeedHalt = (decision: Parameters<typeof feedHalts.resolveFeedHalt>[1]) =>
		this.#write((tx) => feedHalts.resolveFeedHalt(tx, decision));

	// Applications: what is known of them, what was found in them, what was written past the ledger
	readScimProfile = (baseUrl: string) => scimProfiles.readScimProfile(this.#db, baseUrl);
	saveScimProfile = (entry: scimProfiles.ScimProfileEntry) =>
		this.#write((tx) => scimProfiles.saveScimProfile(tx, entry));
	accountsPage = (page: Parameters<typeof applicationState.accountsPage>[1]) =>
		applicationState.accountsPage(this.#db, page);
	heldEntitlements = () => applicationState.heldEntitlements(this.#db);
	holdersPage = (page: Parameters<typeof applicationState.holdersPage>[1]) =>
		applicationState.holdersPage(this.#db, page);
	identityHits = (keys: Parameters<typeof applicationState.identityHits>[1]) =>
		applicationState.identityHits(this.#db, keys);
	adoptionsToReview = (scope: Parameters<typeof applicationState.adoptionsToReview>[1]) =>
		applicationState.adoptionsToReview(this.#db, scope);
	saveReconciliation = (done: applicationState.Reconciliation) =>
		this.#write((tx) => applicationState.saveReconciliation(tx, done));
	lastDryRun = (application: string) => applicationState.lastDryRun(this.#db, application);
	stageAdoption = (run: string, found: readonly adoption.FoundAccount[]) =>
		this.#write((tx) => adoption.stageAdoption(tx, run, found));
	adopt = (request: adoption.AdoptionRequest) => this.#write((tx) => adoption.adopt(tx, request));
	journalPastWrites = (writes: readonly pastWrites.PastWrite[], by: { executionId: string }) =>
		this.#write((tx) => pastWrites.journalPastWrites(tx, writes, by));
	readPastWrites = (scope: { run: string }) => pastWrites.readPastWrites(this.#db, scope);
	pastWritesIn = (scope: Parameters<typeof pastWrites.pastWritesIn>[1]) => pastWrites.pastWritesIn(this.#db, scope);

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
