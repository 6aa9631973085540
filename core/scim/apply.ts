import type { ClaimResult, ClaimedAction, JournalEntry } from '../ports';
import { carryOut } from './account-action';
import { ambiguous } from './account-keys';
import type { ApplyOptions, ApplyProgress, ApplyReport } from './apply-report';
import {
	SCIM_OPERATIONS,
	actionsOf,
	isLeaving,
	markCollisions,
	sortByPerson,
	wantedBy,
	type Person,
	type Work,
} from './people';
import { BulkParty, wasHeldBack } from './bulk-sharing';
import type { ScimClient } from './client';
import { mapBounded } from './concurrency';
import { rulesOf } from './diff-rules';
import { asDomainError } from './errors';
import { GroupWork } from './group-work';
import { AccountMatcher } from './match';
import { accountConflict } from './precondition';
import { RoleWork } from './role-work';
import { Results, forLedger } from './results';
import { withoutSecrets } from './resource';

export type { ApplyOptions, ApplyProgress, ApplyReport } from './apply-report';

/** Share of the lease after which no new write begins: the answers and the result have to arrive within it. */
const USABLE_LEASE = 0.9;

/**
 * Claims the actions of one application and carries them out: reads everything, journals the state before, then writes
 * (disables first, then accounts, their roles, then groups), reads back each write, and records all results at once. What
 * already is as wanted costs no write. A failing action stops no other. Where the application takes bulk and it pays, the
 * first writes of accounts share requests; everything around them stays the same (`BulkParty`).
 *
 * @throws whatever the ledger throws; before the journal is written, nothing was sent that changes anything. Results of
 * what was carried out are recorded also where the run breaks off.
 */
export async function applyActions(options: ApplyOptions): Promise<ApplyReport> {
	const claimedAt = options.client.clock();
	const { application } = options;
	const claim = await options.ledger.claim({ ...options.claim, application, operations: SCIM_OPERATIONS });
	const deadline = claimedAt + options.claim.leaseSeconds * 1000 * USABLE_LEASE;
	return new ApplyRun(options, claim, deadline).execute();
}

class ApplyRun {
	readonly #client: ScimClient;
	readonly #matcher = new AccountMatcher();
	readonly #results = new Results();
	readonly #work: Work;
	readonly #groups: GroupWork;
	readonly #roles: RoleWork;

	constructor(
		readonly options: ApplyOptions,
		readonly claim: ClaimResult,
		readonly deadline: number,
	) {
		this.#client = options.client.tracked();
		this.#work = sortByPerson(claim.claimed, options.application);
		this.#groups = new GroupWork(this.#client, this.#results);
		this.#roles = new RoleWork(this.#client, this.#results);
	}

	async execute(): Promise<ApplyReport> {
		for (const [action, reason] of this.#work.refused) this.#results.fail(action, reason);
		await this.#readAll();
		await this.#journal();
		try {
			await this.#write();
		} finally {
			await this.#complete();
		}
		return this.#report();
	}

	async #readAll(): Promise<void> {
		const { people } = this.#work;
		this.#roles.refuse(people);
		await this.#each('read', people, async (person) => {
			if (person.failure === undefined) await this.#find(person);
		});
		markCollisions(people);
		for (const person of people) this.#failUnmatched(person);
		const open = people.flatMap(({ groupActions }) => groupActions).filter((action) => !this.#results.has(action));
		await this.#groups.read(open);
	}

	async #find(person: Person): Promise<void> {
		const client = this.#client.tracked();
		try {
			const found = await this.#matcher.match(client, person.keys);
			if (found !== undefined) person.resource = found.resource;
			await this.#roles.complete(client, person);
		} catch (error) {
			person.failure = asDomainError(error);
		}
		person.searches = client.traffic.reads;
	}

	#failUnmatched(person: Person): void {
		if (person.failure === undefined) return;
		for (const action of actionsOf(person)) {
			this.#results.fail(action, person.failure, { reads: takeSearches(person), writes: 0 });
		}
	}

	/** Before images of everything that may be written, in one call and before the first write. */
	async #journal(): Promise<void> {
		const entries: JournalEntry[] = [];
		for (const person of this.#work.people) {
			for (const action of actionsOf(person)) {
				if (!this.#results.has(action)) entries.push({ actionId: action.id, before: this.#before(action, person) });
			}
		}
		if (entries.length > 0) await this.options.ledger.journalBefore(this.claim.leaseId, entries);
	}

	#before(action: ClaimedAction, person: Person): unknown {
		const { resource } = person;
		if (person.roleActions.includes(action)) return this.#roles.before(action, resource);
		if (person.groupActions.includes(action)) return this.#groups.before(action, resource?.id);
		return resource === undefined ? null : withoutSecrets(resource);
	}

	async #write(): Promise<void> {
		const people = this.#work.people.filter(({ failure }) => failure === undefined);
		const leaving = people.filter((person) => isLeaving(person));
		const staying = people.filter((person) => person.accountActions.length > 0 && !isLeaving(person));
		const writeAccount = (client: ScimClient, person: Person) => this.#writeAccount(client, person);
		await this.#writePeople('disable', leaving, writeAccount);
		await this.#writePeople('accounts', staying, writeAccount);
		await this.#writePeople('roles', this.#roles.plan(people), async (client, person) => {
			if (!this.#leaseEnds()) await this.#roles.write(client, person);
		});
		const groups = this.#groups.plan(people);
		await this.#each('groups', groups, async (group) => {
			if (!this.#leaseEnds()) await this.#groups.write(group);
		});
	}

	/** Person by person; in bulk requests where the application takes them and it pays. */
	async #writePeople(
		phase: ApplyProgress['phase'],
		people: readonly Person[],
		work: (client: ScimClient, person: Person) => Promise<void>,
	): Promise<void> {
		if (!BulkParty.pays(this.#client, people.length))
			return this.#each(phase, people, (person) => work(this.#client, person));
		const party = new BulkParty(this.#client, people.length, () => this.#leaseEnds());
		await this.#each(phase, people, (person) => party.join((client) => work(client, person)), people.length);
	}

	/** The account actions of one person, one after the other: each builds on what the last one left. */
	async #writeAccount(view: ScimClient, person: Person): Promise<void> {
		for (const action of person.accountActions) {
			if (this.#leaseEnds()) return;
			const client = view.tracked();
			const conflict = accountConflict(action, wantedBy(action), person.resource, rulesOf(client));
			if (conflict !== undefined) {
				this.#results.fail(action, conflict, { reads: takeSearches(person), writes: 0 });
				continue;
			}
			try {
				const { random } = this.options;
				const alongside = this.#roles.withCreation(person);
				const outcome = await carryOut(client, action, { person, matcher: this.#matcher, random, alongside });
				if (wasHeldBack(outcome.error)) return;
				if (outcome.alongside === true && alongside !== undefined) person.carried = alongside.actions;
				if (outcome.resource !== undefined) person.resource = outcome.resource;
				if (outcome.outcome === 'failed') person.failure = outcome.error ?? ambiguous('the outcome is unknown');
				const { reads, writes } = client.traffic;
				this.#results.settle(action, { ...outcome, reads: reads + takeSearches(person), writes });
			} catch (error) {
				const failure = asDomainError(error);
				if (wasHeldBack(failure)) return;
				person.failure = failure;
				this.#results.fail(action, failure, client.traffic);
			}
		}
	}

	async #complete(): Promise<void> {
		const results = this.#results.list(this.claim.claimed);
		if (results.length > 0) await this.options.ledger.complete(this.claim.leaseId, results.map(forLedger));
	}

	#report(): ApplyReport {
		const elsewhere = new Set(this.#work.elsewhere);
		const open = this.claim.claimed.filter((action) => !this.#results.has(action) && !elsewhere.has(action));
		return {
			leaseId: this.claim.leaseId,
			results: this.#results.list(this.claim.claimed),
			refused: this.claim.refused,
			unfinished: open.map(({ id }) => id),
			elsewhere: [...this.#work.elsewhere.map(({ id }) => id), ...(this.claim.passedOver ?? [])],
			requests: this.#client.traffic,
			profile: this.#client.profile,
		};
	}

	/** Somebody else may claim what we hold once the lease is over: two writers at once is what leases prevent. */
	#leaseEnds(): boolean {
		return this.#client.clock() >= this.deadline;
	}

	async #each<Item>(
		phase: ApplyProgress['phase'],
		items: readonly Item[],
		work: (item: Item) => Promise<void>,
		width = this.#client.limits.concurrency,
	): Promise<void> {
		let done = 0;
		await mapBounded(items, width, async (item) => {
			await work(item);
			this.options.onProgress?.({ phase, done: ++done, total: items.length });
		});
	}
}

/** The search for an account counts once, for the first action of the person that has a result. */
function takeSearches(person: Person): number {
	const { searches } = person;
	person.searches = 0;
	return searches;
}
