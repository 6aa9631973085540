import type { Random } from '../../ports';
import type { LedgerApi } from '../../store';
import { toReceivedEvent } from '../contract-event';
import { pagesOf } from '../population';
import { runDecision, type RunOutcome } from '../run';
import { compiledPolicy, computeHere } from '../tasks';
import { SimulatedApplications } from './applications';
import { voteOn } from './approvers';
import { askForAccess } from './ask';
import { finalState } from './final-state';
import type { PersonRef, ReplayLine } from './lines';
import { readPolicy, type PolicyInForce } from './policy-in-force';
import { Protocol, type EntryHead } from './protocol';
import { shownFinding, type ReplayResult } from './shown';

export interface ReplayOptions {
	ledger: LedgerApi;
	/** Sets the ledger's clock (ISO instant). */
	setClock: (at: string) => void;
	random: Random;
	policy: string;
	/** Text of another policy that a line names. */
	readPolicy: (file: string) => Promise<string>;
	/** Until when time goes on after the last line. */
	asOf?: string;
	/** Only plan: nothing is carried out, so everything stays planned. */
	planOnly?: boolean;
}

const LEASE_SECONDS = 600;
const TICK = 500;
/** A schedule that brings itself forth again for ever is a fault of ours; this many steps are none. */
const MAX_STEPS = 100_000;

/**
 * Feeds simulated events in order of arrival through the same ledger, lifecycle, policy, plan and audit code as nodes use.
 * Applications are simulated: what is due and approved is carried out at once. Same lines, same bytes.
 */
export class Replay {
	readonly #protocol: Protocol;
	readonly #applications: SimulatedApplications;
	#policy: PolicyInForce;
	#now = '';
	#runs = 0;

	constructor(readonly options: ReplayOptions) {
		this.#policy = readPolicy(options.policy);
		this.#applications = new SimulatedApplications(options.ledger);
		this.#protocol = new Protocol(options.ledger);
	}

	async run(lines: readonly ReplayLine[]): Promise<ReplayResult> {
		for (const line of lines) await this.#line(line);
		const { asOf } = this.options;
		if (asOf !== undefined && asOf > this.#now) {
			await this.#goOnTo(asOf);
			await this.#entry({ line: 0, at: asOf, type: 'as-of', status: 'time goes on' });
		}
		return await this.#result();
	}

	async #line(line: ReplayLine): Promise<void> {
		await this.#goOnTo(line.at);
		const head = { line: line.line, at: line.at };
		switch (line.kind) {
			case 'clock':
				return this.#entry({ ...head, type: 'clock', status: 'time goes on' });
			case 'unreadable':
				return this.#entry({
					...head,
					type: 'unreadable',
					status: 'refused',
					problem: line.problem,
					remedy: line.remedy,
				});
			case 'lifecycle':
				return this.#lifecycle(line);
			case 'contract':
				return this.#contract(line);
			case 'policy':
				return this.#newPolicy(line);
			case 'request':
			case 'break_glass':
				return this.#ask(line);
			case 'vote':
				return this.#vote(line);
		}
	}

	async #lifecycle({ event, ...line }: ReplayLine & { kind: 'lifecycle' }): Promise<void> {
		const { ledger } = this.options;
		const receipts = await ledger.receiveLifecycleEvents([event], {
			policyView: this.#policy.document,
			leaseSeconds: LEASE_SECONDS,
		});
		const [receipt] = receipts;
		const accepted = receipts.filter(({ status }) => status === 'accepted');
		const identityIds = [...new Set(accepted.flatMap((each) => each.identityIds))].sort();
		const plan =
			accepted.length === 0
				? undefined
				: await this.#decide(identityIds, {
						eventIds: accepted.map(({ eventId }) => eventId),
						effectiveAt: event.effectiveAt,
					});
		await this.#entry(
			{
				line: line.line,
				at: line.at,
				id: event.id,
				type: event.type,
				status: receipt?.status ?? 'accepted',
				identities: [...new Set(receipts.flatMap((each) => each.identityIds))].sort(),
				findings: receipts.flatMap(({ findings }) => findings.map(shownFinding)),
				...(receipt?.duplicateOf !== undefined && { duplicateOf: receipt.duplicateOf }),
			},
			plan,
		);
	}

	async #contract({ event, ...line }: ReplayLine & { kind: 'contract' }): Promise<void> {
		const { ledger } = this.options;
		const known = event.after === undefined ? await ledger.latestVersion(event.contract.id) : undefined;
		const receipt = await ledger.receiveEvent(
			toReceivedEvent(event, 'contract:replay', LEASE_SECONDS, known?.document),
		);
		const plan =
			receipt.status === 'accepted'
				? await this.#decide([], { eventIds: [], contractEventId: receipt.eventId })
				: undefined;
		await this.#entry(
			{
				line: line.line,
				at: line.at,
				id: event.id,
				type: event.type,
				status: receipt.status,
				contract: event.contract.id,
				...(plan?.decision.superseded.includes(receipt.eventId) === true && {
					supersededVersions: [receipt.eventId],
				}),
			},
			plan,
		);
	}

	/** Another policy touches everybody. */
	async #newPolicy(line: ReplayLine & { kind: 'policy' }): Promise<void> {
		this.#policy = readPolicy(await this.options.readPolicy(line.file));
		const plan = await this.#decide(await this.#everybody(), { eventIds: [] });
		await this.#entry(
			{ line: line.line, at: line.at, type: 'policy', status: 'in force', id: this.#policy.hash },
			plan,
		);
	}

	async #everybody(): Promise<string[]> {
		const ids: string[] = [];
		for await (const page of pagesOf(this.options.ledger)) ids.push(...page);
		return ids;
	}

	async #ask(line: ReplayLine & { kind: 'request' | 'break_glass' }): Promise<void> {
		const head = {
			line: line.line,
			at: line.at,
			type: line.kind === 'request' ? 'access.request' : 'access.breakGlass',
		};
		const identityId = await this.#find(line.person);
		if (identityId === undefined) {
			return this.#entry({ ...head, status: 'refused', problem: 'Nobody is known under this key.' });
		}
		const refused = await askForAccess(this.options.ledger, {
			identityId,
			line,
			compiled: compiledPolicy(this.#policy.source, this.#policy.hash),
			policyHash: this.#policy.hash,
			now: this.#now,
		});
		const plan = refused.length > 0 ? undefined : await this.#decide([identityId], { eventIds: [] });
		const status = refused.length > 0 ? 'refused' : 'recorded';
		await this.#entry({ ...head, status, identities: [identityId], ...(refused.length > 0 && { refused }) }, plan);
	}

	async #find({ email, hrId }: PersonRef): Promise<string | undefined> {
		const [kind, value] = email === undefined ? (['hrId', hrId ?? ''] as const) : (['email', email] as const);
		return (await this.options.ledger.identitiesByKeys(kind, [value])).get(value);
	}

	async #vote(line: ReplayLine & { kind: 'vote' }): Promise<void> {
		const { ledger, random } = this.options;
		const identityId = line.person && (await this.#find(line.person));
		const { openActions } = await ledger.peopleState(await this.#everybody());
		const pending = openActions.filter(
			({ approvalState, content, approval }) =>
				approvalState === 'pending' &&
				(line.person === undefined || content.identityId === identityId) &&
				(line.rule === undefined || approval?.rule === line.rule),
		);
		const decided = await voteOn(ledger, random, { pending, line, now: this.#now });
		const status = decided ? 'decided' : 'nothing waits';
		await this.#entry({ line: line.line, at: line.at, type: `approval.${line.vote}`, status });
	}

	async #decide(
		identityIds: readonly string[],
		follows: { eventIds: readonly string[]; contractEventId?: string; effectiveAt?: string },
	): Promise<RunOutcome> {
		const { guards, zone, risk } = this.#policy.document;
		this.#runs += 1;
		return await runDecision(this.options.ledger, computeHere, {
			policy: this.#policy.source,
			policyHash: this.#policy.hash,
			zone,
			...(guards?.window !== undefined && { guardWindow: guards.window }),
			...(risk?.peers?.by && { peersBy: risk.peers.by }),
			identityIds,
			contractsByPerson: this.#policy.head.contractsByPerson,
			managerAccountsIn: this.#policy.head.managerAccountsIn,
			...follows,
			run: `replay:${this.#runs}`,
			executionId: `replay:${this.#runs}`,
			author: 'replay',
			asOf: this.#now,
		});
	}

	/** Lets time pass: whatever becomes due on the way is done at its own moment. */
	async #goOnTo(at: string): Promise<void> {
		for (let step = 0; step < MAX_STEPS; step++) {
			const due = await this.#nextDue(at);
			if (due === undefined) break;
			this.#setClock(due);
			if (!(await this.#doWhatIsDue())) break;
		}
		this.#setClock(at);
	}

	#setClock(at: string): void {
		if (at <= this.#now) return;
		this.#now = at;
		this.options.setClock(at);
	}

	/** The moment of the next thing to do up to `at`, leases left out. */
	async #nextDue(at: string): Promise<string | undefined> {
		if (this.#now === '') return undefined;
		const kinds = this.options.planOnly === true ? (['review'] as const) : (['review', 'action'] as const);
		const { tasks } = await this.options.ledger.dueTasks({ at, limit: TICK, kinds, leaseSeconds: 0 });
		const moments = tasks.map(({ dueAt }) => dueAt).sort();
		const [first] = moments;
		return first === undefined || first > at ? undefined : first < this.#now ? this.#now : first;
	}

	async #doWhatIsDue(): Promise<boolean> {
		const { ledger } = this.options;
		const { tasks } = await ledger.dueTasks({ at: this.#now, limit: TICK, kinds: ['review'], leaseSeconds: 0 });
		const people = tasks.flatMap((task) => (task.kind === 'review' ? [task.identityId] : []));
		if (people.length > 0) {
			const plan = await this.#decide([...new Set(people)].sort(), { eventIds: [] });
			await this.#entry({ line: 0, at: this.#now, type: 'review', status: 'evaluated', identities: people }, plan);
			return true;
		}
		if (this.options.planOnly === true) return false;
		const done = await this.#carryOut();
		if (done.length > 0) {
			await this.#entry({ line: 0, at: this.#now, type: 'due', status: 'carried out' });
		}
		return done.length > 0;
	}

	/** Carries out what is due at once, and writes down what came of the line. */
	async #entry(head: EntryHead, outcome?: RunOutcome): Promise<void> {
		const applied = this.options.planOnly === true || this.#now === '' ? [] : await this.#carryOut();
		await this.#protocol.write(head, outcome, applied);
	}

	async #carryOut(): Promise<ReturnType<SimulatedApplications['carryOut']>> {
		return await this.#applications.carryOut(Object.keys(this.#policy.document.applications).sort());
	}

	async #result(): Promise<ReplayResult> {
		const { document, hash } = this.#policy;
		return {
			policy: { name: document.policy, hash },
			events: this.#protocol.entries,
			final: await finalState(this.options.ledger, await this.#everybody(), this.#now),
		};
	}
}
