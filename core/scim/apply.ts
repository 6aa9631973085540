import { DomainError } from '../model';
import type { ActionLedger, ClaimRequest, ClaimResult, ClaimedAction, JournalEntry, Random } from '../ports';
import { createAccount } from './account-create';
import type { AccountOutcome } from './account-outcome';
import { deactivateAccount, patchAccount } from './account-patch';
import { ambiguous } from './account-keys';
import { attributesOf, isLeaving, markCollisions, sortByPerson, wantedBy, type Person, type Work } from './people';
import type { ScimClient, Traffic } from './client';
import { mapBounded } from './concurrency';
import { rulesOf } from './diff-rules';
import { asDomainError } from './errors';
import { GroupWork } from './group-work';
import { AccountMatcher } from './match';
import { accountConflict } from './precondition';
import type { CapabilityProfile } from './profiles';
import { Results, forLedger, type AppliedAction } from './results';
import { withoutSecrets } from './resource';

export interface ApplyProgress {
	/** Reading everything first, then writing account by account and group by group. */
	phase: 'read' | 'disable' | 'accounts' | 'groups';
	done: number;
	total: number;
}

export interface ApplyOptions {
	ledger: ActionLedger;
	client: ScimClient;
	/** Name of the application in the policy. */
	application: string;
	claim: Omit<ClaimRequest, 'application'>;
	/** For initial passwords, where a mapping or the application asks for them. */
	random?: Random;
	onProgress?: (progress: ApplyProgress) => void;
}

export interface ApplyReport {
	leaseId: string;
	/** One an action, in the order of the claim. */
	results: AppliedAction[];
	/** Asked for and not handed out by the ledger, each with the reason. */
	refused: ClaimResult['refused'];
	/** Claimed and not begun before the lease ran out: the ledger hands them out again. */
	unfinished: string[];
	requests: Traffic;
	/** What is known of the application after the run; store it for the next one. */
	profile: CapabilityProfile;
}

/** Share of the lease after which no new write begins: the answers and the result have to arrive within it. */
const USABLE_LEASE = 0.9;

/**
 * Claims the actions of one application and carries them out: reads everything, journals the state before, then writes
 * (disables first, then accounts, then groups), reads back each write, and records all results at once. What already is
 * as wanted costs no write. A failing action stops no other.
 *
 * @throws whatever the ledger throws; before the journal is written, nothing was sent that changes anything. Results of
 * what was carried out are recorded also where the run breaks off.
 */
export async function applyActions(options: ApplyOptions): Promise<ApplyReport> {
	const claimedAt = options.client.clock();
	const claim = await options.ledger.claim({ ...options.claim, application: options.application });
	const deadline = claimedAt + options.claim.leaseSeconds * 1000 * USABLE_LEASE;
	return new ApplyRun(options, claim, deadline).execute();
}

class ApplyRun {
	readonly #client: ScimClient;
	readonly #matcher = new AccountMatcher();
	readonly #results = new Results();
	readonly #work: Work;
	readonly #groups: GroupWork;

	constructor(
		readonly options: ApplyOptions,
		readonly claim: ClaimResult,
		readonly deadline: number,
	) {
		this.#client = options.client.tracked();
		this.#work = sortByPerson(claim.claimed, options.application);
		this.#groups = new GroupWork(this.#client, this.#results);
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
		} catch (error) {
			person.failure = asDomainError(error);
		}
		person.searches = client.traffic.reads;
	}

	#failUnmatched(person: Person): void {
		if (person.failure === undefined) return;
		for (const action of [...person.accountActions, ...person.groupActions]) {
			this.#results.fail(action, person.failure, { reads: takeSearches(person), writes: 0 });
		}
	}

	/** Before images of everything that may be written, in one call and before the first write. */
	async #journal(): Promise<void> {
		const entries: JournalEntry[] = [];
		for (const person of this.#work.people) {
			const before = person.resource === undefined ? null : withoutSecrets(person.resource);
			for (const action of person.accountActions) {
				if (!this.#results.has(action)) entries.push({ actionId: action.id, before });
			}
			for (const action of person.groupActions) {
				if (this.#results.has(action)) continue;
				entries.push({ actionId: action.id, before: this.#groups.before(action, person.resource?.id) });
			}
		}
		if (entries.length > 0) await this.options.ledger.journalBefore(this.claim.leaseId, entries);
	}

	async #write(): Promise<void> {
		const people = this.#work.people.filter(({ failure }) => failure === undefined);
		const leaving = people.filter((person) => isLeaving(person));
		const staying = people.filter((person) => person.accountActions.length > 0 && !isLeaving(person));
		await this.#each('disable', leaving, (person) => this.#writeAccount(person));
		await this.#each('accounts', staying, (person) => this.#writeAccount(person));
		const groups = this.#groups.plan(people);
		await this.#each('groups', groups, async (group) => {
			if (!this.#leaseEnds()) await this.#groups.write(group);
		});
	}

	/** The account actions of one person, one after the other: each builds on what the last one left. */
	async #writeAccount(person: Person): Promise<void> {
		for (const action of person.accountActions) {
			if (this.#leaseEnds()) return;
			const client = this.#client.tracked();
			const conflict = accountConflict(action, wantedBy(action), person.resource, rulesOf(client));
			if (conflict !== undefined) {
				this.#results.fail(action, conflict, { reads: takeSearches(person), writes: 0 });
				continue;
			}
			try {
				const outcome = await this.#carryOut(client, person, action);
				if (outcome.resource !== undefined) person.resource = outcome.resource;
				if (outcome.outcome === 'failed') person.failure = outcome.error ?? ambiguous('the outcome is unknown');
				const { reads, writes } = client.traffic;
				this.#results.settle(action, { ...outcome, reads: reads + takeSearches(person), writes });
			} catch (error) {
				person.failure = asDomainError(error);
				this.#results.fail(action, error, client.traffic);
			}
		}
	}

	async #carryOut(client: ScimClient, person: Person, action: ClaimedAction): Promise<AccountOutcome> {
		const attributes = attributesOf(action.content);
		const { resource: existing, keys, identityId: externalId } = person;
		switch (action.content.operation) {
			case 'create_account':
				return createAccount(client, this.#matcher, {
					keys,
					attributes,
					externalId,
					...(action.content.disabled === true ? { disabled: true } : {}),
					...(this.options.random === undefined ? {} : { random: this.options.random }),
					...(existing ? { existing } : {}),
				});
			case 'disable_account':
				return deactivateAccount(client, existing);
			case 'enable_account':
				if (existing !== undefined) return patchAccount(client, existing, { active: true });
				throw new DomainError(
					'SCIM_FAILED',
					'There is no account to enable.',
					'Check whether the account that was made ready still exists, and under which name.',
				);
			default:
				if (existing !== undefined) return patchAccount(client, existing, attributes);
				throw new DomainError(
					'SCIM_FAILED',
					'There is no account to update.',
					'Grant the person the account in the policy, or check the keys the account is found by.',
				);
		}
	}

	async #complete(): Promise<void> {
		const results = this.#results.list(this.claim.claimed);
		if (results.length > 0) await this.options.ledger.complete(this.claim.leaseId, results.map(forLedger));
	}

	#report(): ApplyReport {
		return {
			leaseId: this.claim.leaseId,
			results: this.#results.list(this.claim.claimed),
			refused: this.claim.refused,
			unfinished: this.claim.claimed.filter((action) => !this.#results.has(action)).map(({ id }) => id),
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
	): Promise<void> {
		let done = 0;
		await mapBounded(items, this.#client.limits.concurrency, async (item) => {
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
