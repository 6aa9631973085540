import { DomainError, contentHash } from '../../model';
import type { Random } from '../../ports';
import type { ScimClient } from '../client';
import { AccountMatcher } from '../match';
import { foldCase } from '../resource';
import { BulkWrites } from './bulk-writes';
import { checkGuard, DEFAULT_GUARD, type GuardOptions, type GuardVerdict } from './guard';
import {
	readJournal,
	type AfterRecord,
	type JournalRecord,
	type JournalView,
	type JournaledAction,
	type ScimJournal,
	type UnclearCreation,
} from './journal';
import { JournalWriter } from './journal-writer';
import { learnedRecord } from './learned';
import { countOutcomes, type ActionReport, type ScimApplyReport } from './report';
import { recoverOpen } from './recover';
import { runPhases } from './phases';
import { memoryOf, type PlanMemory, type ScimPlan } from './types';
import type { Verification } from './write-user';

export interface ApplyScimOptions {
	client: ScimClient;
	journal?: ScimJournal;
	/** What one run may take away at most; {@link DEFAULT_GUARD} where absent. */
	guard?: GuardOptions;
	/** Sends nothing, journals nothing: hash and guard are those of the real run. */
	dryRun?: boolean;
	/** `read` (the default): every write is read back. `answer`: only where the answer doesn't show what was wanted. */
	verification?: Verification;
	/**
	 * `auto` (the default): five changes of accounts or more share bulk requests (RFC 7644 §3.7) where the application says
	 * that it takes them. Deactivations and groups never do. `off`: each change is a request of its own.
	 */
	bulk?: 'auto' | 'off';
	/** Where the plan gives initial passwords. */
	random?: Random;
	onProgress?: (progress: ScimProgress) => void;
}

export interface ScimProgress {
	phase: 'recover' | 'disable' | 'accounts' | 'managers' | 'groups';
	done: number;
	total: number;
}

/**
 * Carries out a plan: what takes access away first, then accounts, then managers, then groups. The state before each
 * change is safe in the journal before its request leaves. A run that was killed goes on with the same journal: what it
 * had begun is looked up, what was applied isn't sent again.
 *
 * A failing action stops no other. The report says what became of each.
 *
 * @throws DomainError INPUT_INVALID (a plan that isn't from `planScim`), SCIM_FAILED (journal can't be written)
 */
export async function applyScim(plan: ScimPlan, options: ApplyScimOptions): Promise<ScimApplyReport> {
	const memory = memoryOf(plan);
	if (memory === undefined) {
		throw new DomainError(
			'INPUT_INVALID',
			'This plan was not made by this process, or is a copy of one.',
			'Plan again, then apply: planning reads the state that the changes begin from.',
		);
	}
	const guard = checkGuard(plan.population, options.guard ?? DEFAULT_GUARD);
	if (options.dryRun === true || guard.tripped) return withoutWrites(plan, guard, options.dryRun === true);
	const client = options.client.tracked();
	const writer = new JournalWriter(options.journal);
	const matcher = new AccountMatcher({ strict: true });
	const earlier = (await options.journal?.read()) ?? [];
	const recovered = await recover(client, matcher, writer, memory, { earlier, options, plan });
	const run = await begin(plan, client, writer, earlier.length + recovered.applied + recovered.notApplied);
	const bulk = new BulkWrites(client, writer, options);
	const results = await runPhases({ plan, memory, client, matcher, writer, bulk, run, options });
	const counts = countOutcomes(results);
	const outcome = counts.failed > 0 ? 'failed' : 'done';
	await writer.settled();
	if (run !== undefined) {
		const learned = learnedRecord(client, run);
		await writer.append([...(learned === undefined ? [] : [learned]), { type: 'end', run, outcome }]);
	}
	return {
		...frame(plan, guard),
		dryRun: false,
		outcome,
		results,
		counts,
		requests: client.traffic,
		...(bulk.traffic === undefined ? {} : { bulk: bulk.traffic }),
		recovered,
	};
}

function withoutWrites(plan: ScimPlan, guard: GuardVerdict, dryRun: boolean): ScimApplyReport {
	const results: ActionReport[] = [];
	return {
		...frame(plan, guard),
		dryRun,
		outcome: guard.tripped ? 'stopped' : 'dry_run',
		results,
		counts: countOutcomes(results),
		requests: { reads: 0, writes: 0 },
		recovered: { applied: 0, notApplied: 0 },
	};
}

function frame(
	plan: ScimPlan,
	guard: GuardVerdict,
): Pick<ScimApplyReport, 'hash' | 'application' | 'guard' | 'minimum' | 'findings'> {
	const { hash, application, minimum, findings } = plan;
	return { hash, application, guard, minimum, findings };
}

/**
 * What a killed run left open. Actions that the plan still wants were not applied: the plan read the state since. Only a
 * creation may have been, where the application shows accounts later: it is looked up once more before it is sent again.
 */
async function recover(
	client: ScimClient,
	matcher: AccountMatcher,
	writer: JournalWriter,
	memory: PlanMemory,
	{ earlier, options, plan }: { earlier: readonly JournalRecord[]; options: ApplyScimOptions; plan: ScimPlan },
): Promise<ScimApplyReport['recovered']> {
	const view = readJournal(earlier);
	const open = view.open.filter(({ mode }) => mode === 'apply');
	const planned = new Set(plan.actions.filter(({ kind }) => kind === 'create_user').map(subjectOf));
	const unclear = view.unclear.filter(({ run }) => applicationOf(view, run) === plan.application);
	for (const { before, after, since } of unclear)
		memory.unclear.set(subjectOf(before), { since, remoteId: after?.remoteId });
	const [begun, asked] = sortOpen({ open, unclear, planned, memory });
	if (begun.length + asked.length === 0) return { applied: 0, notApplied: 0 };
	const settled = begun.map(({ run, before: { action }, since }): AfterRecord => {
		const common = { type: 'after', run, action, recovered: true } as const;
		return since === undefined
			? { ...common, outcome: 'not_applied' }
			: { ...common, outcome: 'failed', unclear: since };
	});
	settled.push(...(await recoverOpen(client, matcher, asked)));
	await writer.append(settled);
	const applied = settled.filter(({ outcome }) => outcome === 'verified');
	for (const { action, remoteId } of applied) {
		memory.done.add(action);
		const subject = [...open, ...unclear].find(({ before }) => before.action === action)?.before.subject;
		if (remoteId !== undefined && subject !== undefined) memory.recovered.set(action, remoteId);
	}
	options.onProgress?.({ phase: 'recover', done: settled.length, total: settled.length });
	return { applied: applied.length, notApplied: settled.length - applied.length };
}

type Begun = JournaledAction & { since?: string };

/** What the plan sees to by itself, and what is to be asked for: unclear creations among them, as far as they are new. */
function sortOpen({
	open,
	unclear,
	planned,
	memory,
}: {
	open: readonly JournaledAction[];
	unclear: readonly UnclearCreation[];
	planned: ReadonlySet<string>;
	memory: PlanMemory;
}): [Begun[], Begun[]] {
	const stillWanted = ({ before }: Begun): boolean =>
		!memory.begun &&
		(memory.before.has(before.action) ||
			memory.desired.has(before.action) ||
			(before.kind === 'create_user' && planned.has(subjectOf(before))));
	const sent = new Map(unclear.map((entry) => [`${entry.run}\n${entry.before.action}`, entry]));
	const all = open.map((entry): Begun => sent.get(`${entry.run}\n${entry.before.action}`) ?? entry);
	const begun = all.filter(stillWanted);
	const late = unclear.filter(({ after, before }) => after !== undefined && !planned.has(subjectOf(before)));
	return [begun, [...all.filter((entry) => !stillWanted(entry)), ...late]];
}

function subjectOf({ subject }: { subject: string }): string {
	return foldCase(subject);
}

function applicationOf({ runs }: JournalView, run: string): string | undefined {
	return runs.find((each) => each.run === run)?.application;
}

/** @param earlier how many records the journal holds: two runs of one plan within a millisecond are two runs */
async function begin(
	plan: ScimPlan,
	client: ScimClient,
	writer: JournalWriter,
	earlier: number,
): Promise<string | undefined> {
	if (plan.actions.length === 0) return undefined;
	const at = new Date(client.clock()).toISOString();
	const run = `run_${contentHash({ hash: plan.hash, at, earlier }).slice(0, 16)}`;
	const { application, hash } = plan;
	await writer.append([{ v: 1, type: 'run', run, mode: 'apply', application, hash, at }]);
	return run;
}
