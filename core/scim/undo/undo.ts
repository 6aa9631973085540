import { contentHash } from '../../model';
import type { ScimClient } from '../client';
import { readJournal, type AfterRecord, type BeforeRecord, type JournaledAction, type ScimJournal } from '../desired';
import { JournalWriter } from '../desired/journal-writer';
import { MemberHistory } from '../desired/member-history';
import { recoverOpen } from '../desired/recover';
import { mapBounded } from '../concurrency';
import { asDomainError, statusOf } from '../errors';
import { MemberVisibility } from '../groups';
import { AccountMatcher } from '../match';
import { isActive, withoutSecrets, type ScimResource } from '../resource';
import type { UndoOptions, UndoReport, UndoResult } from './types';
import { batches, decidePatiently, hasEffect, unsettled } from './undo-order';
import { carryOutGroupUndo, hasGroupWork, planGroupUndo } from './undo-group';
import { UNSEEN, carryOutUserUndo, changedBy, hasUserWork, planUserUndo, releaseName } from './undo-user';

type StateBefore = Pick<BeforeRecord, 'before' | 'remoteId' | 'paths' | 'desired' | 'add' | 'remove'>;

/** What became of taking back one action: what was left alone, and what a person should know of it. */
type Undone = Pick<UndoResult, 'note' | 'remedy'> & { conflicts: readonly string[] };

/**
 * Takes back what a journal says was applied, last first. Each attribute is compared before it is put back: what somebody
 * changed since is a conflict, and stays. Created accounts are deactivated, created groups removed while only ours are in
 * them, memberships inverted. Where groups don't show their members, only those go who are there because of the journal. The undo is journaled itself, in the same journal: a second one finds nothing to do.
 *
 * @throws DomainError SCIM_FAILED where the journal can't be written
 */
export async function undoScim(
	client: ScimClient,
	journal: ScimJournal,
	options: UndoOptions = {},
): Promise<UndoReport> {
	return new Undo(client.tracked(), journal, options).execute();
}

class Undo {
	readonly #writer: JournalWriter;
	readonly #visibility = new MemberVisibility();
	readonly #results: UndoResult[] = [];
	/** Ids of the accounts that the journal is about. */
	readonly #ours = new Set<string>();
	#history = new MemberHistory([]);
	#run = '';

	constructor(
		readonly client: ScimClient,
		readonly journal: ScimJournal,
		readonly options: UndoOptions,
	) {
		this.#writer = new JournalWriter(options.dryRun === true ? undefined : journal);
	}

	async execute(): Promise<UndoReport> {
		const applied = await this.#applied();
		for (const { before, after } of applied) this.#ours.add(after?.remoteId ?? before.remoteId ?? '');
		const hash = contentHash(applied.map(({ run, before }) => [run, before.action]));
		await this.#begin(hash, applied.length);
		let done = 0;
		for (const batch of batches(applied)) {
			const results = await mapBounded(batch, this.client.limits.concurrency, async (entry) => {
				const result = await this.#undo(entry);
				this.options.onProgress?.({ phase: 'undo', done: ++done, total: applied.length });
				return result;
			});
			this.#results.push(...results);
		}
		const counts = { undone: 0, nothing: 0, conflict: 0, failed: 0 };
		for (const { outcome } of this.#results) counts[outcome]++;
		const outcome = counts.failed + counts.conflict > 0 ? 'failed' : 'done';
		await this.#writer.settled();
		if (this.#run !== '') await this.#writer.append([{ type: 'end', run: this.#run, outcome }]);
		const dryRun = this.options.dryRun === true;
		return {
			hash,
			dryRun,
			outcome: dryRun ? 'dry_run' : outcome,
			results: this.#results,
			counts,
			requests: this.client.traffic,
		};
	}

	/** What was applied and not taken back yet, last first. What a killed run left open is looked up before. */
	async #applied(): Promise<JournaledAction[]> {
		const records = await this.journal.read();
		const view = readJournal(records);
		const found = await recoverOpen(this.client, new AccountMatcher(), unsettled(view));
		await this.#writer.append(found);
		this.#history = new MemberHistory([...records, ...found]);
		const late = new Map(found.map((record) => [`${record.run}\n${record.action}`, record]));
		const undone = new Set(
			view.actions.flatMap(({ mode, before, after }) => {
				const finished = after?.outcome === 'verified' || after?.outcome === 'applied';
				return mode === 'undo' && finished && before.undoes ? [`${before.undoes.run}\n${before.undoes.action}`] : [];
			}),
		);
		return view.actions
			.filter(({ mode, run, before }) => mode === 'apply' && !undone.has(`${run}\n${before.action}`))
			.map((entry) => {
				const after = late.get(`${entry.run}\n${entry.before.action}`) ?? entry.after;
				return after === undefined ? entry : { ...entry, after };
			})
			.filter(({ after }) => hasEffect(after) || (after?.unclear !== undefined && found.includes(after)))
			.reverse();
	}

	async #begin(hash: string, actions: number): Promise<void> {
		if (actions === 0 || this.options.dryRun === true) return;
		const at = new Date(this.client.clock()).toISOString();
		const records = await this.journal.read();
		const application = records.find((record) => record.type === 'run')?.application ?? '';
		this.#run = `undo_${contentHash({ hash, at, earlier: records.length }).slice(0, 16)}`;
		await this.#writer.append([{ v: 1, type: 'run', run: this.#run, mode: 'undo', application, hash, at }]);
	}

	async #undo(entry: JournaledAction): Promise<UndoResult> {
		const client = this.client.tracked();
		const { action, kind, subject } = entry.before;
		const result = (outcome: UndoResult['outcome'], more: Partial<UndoResult> = {}): UndoResult => {
			const { reads, writes } = client.traffic;
			return { action, kind, subject, outcome, reads, writes, ...more };
		};
		try {
			const isGroup = kind.endsWith('_group') || kind.endsWith('_members');
			const done = await (isGroup ? this.#undoGroup(client, entry) : this.#undoUser(client, entry));
			if (done === undefined) return result('nothing');
			const { conflicts, note, remedy } = done;
			if (conflicts.length === 0) return result('undone', note === undefined ? {} : { note });
			return result('conflict', {
				conflicts,
				note: note ?? `Changed by somebody since, and left alone: ${conflicts.join(', ')}.`,
				remedy: remedy ?? 'Decide in the application which value is right.',
			});
		} catch (error) {
			this.#writer.check();
			const { message, remedy } = asDomainError(error);
			this.#after(entry, { outcome: 'failed', note: message });
			return result('failed', { note: message, remedy });
		}
	}

	/** `undefined` where there was nothing to do. */
	async #undoUser(client: ScimClient, entry: JournaledAction): Promise<Undone | undefined> {
		const undo = await decidePatiently(client, () => planUserUndo(client, entry), hasUserWork);
		if (undo === undefined) return undefined;
		const { conflicts, note, remedy, unseen } = undo;
		const left = { conflicts, ...(note === undefined ? {} : { note }), ...(remedy === undefined ? {} : { remedy }) };
		if (!hasUserWork(undo)) return conflicts.length > 0 ? left : this.#asItWas(entry, undo.current);
		if (this.options.dryRun === true) return left;
		const { current } = undo;
		await this.#before(entry, { remoteId: current.id, before: withoutSecrets(current), ...changedBy(undo) });
		const after = await carryOutUserUndo(client, undo).catch(async (error: unknown) => {
			if (statusOf(error) !== 409 || !(await releaseName(client, undo, this.#ours))) throw error;
			return carryOutUserUndo(client, undo);
		});
		this.#after(entry, { outcome: outcomeOf(conflicts), remoteId: after.id, after: withoutSecrets(after) });
		const isUnseen = unseen !== undefined || (undo.deactivate && isActive(after) === undefined);
		return isUnseen && note === undefined ? { conflicts, note: UNSEEN } : left;
	}

	async #undoGroup(client: ScimClient, entry: JournaledAction): Promise<Undone | undefined> {
		const shared = { client, visibility: this.#visibility, history: this.#history };
		const undo = await decidePatiently(client, () => planGroupUndo(shared, entry), hasGroupWork);
		if (undo === undefined) return undefined;
		const { conflicts, note, remedy } = undo;
		const left = { conflicts, ...(note === undefined ? {} : { note, remedy }) };
		if (!hasGroupWork(undo)) return conflicts.length > 0 ? left : this.#asItWas(entry, undo.current);
		if (this.options.dryRun === true) return left;
		const { id, displayName } = undo.state;
		const state = { remoteId: id, before: { id, displayName }, add: undo.add, remove: undo.remove };
		const before = await this.#before(entry, state);
		const { added, removed, note: sent } = await carryOutGroupUndo(client, undo, this.#visibility);
		this.#history.note(before, this.#after(entry, { outcome: outcomeOf(conflicts), remoteId: id, added, removed }));
		return conflicts.length === 0 && sent !== undefined ? { conflicts, note: sent } : left;
	}

	/** That there was nothing to do counts as done: what somebody changes from now on is theirs. */
	#asItWas(entry: JournaledAction, { id }: ScimResource): undefined {
		if (this.#run === '') return;
		this.#writer.note([this.#record(entry, { remoteId: id, before: { id } })]);
		this.#after(entry, { outcome: 'verified', remoteId: id, note: 'it already was as before' });
	}

	async #before(entry: JournaledAction, state: StateBefore): Promise<BeforeRecord> {
		const record = this.#record(entry, state);
		await this.#writer.append([record]);
		return record;
	}

	#record({ run, before }: JournaledAction, state: StateBefore): BeforeRecord {
		const { action, kind, subject } = before;
		const common = { run: this.#run, action: keyOf(run, action), kind, subject, undoes: { run, action } };
		return { type: 'before', ...common, ...state };
	}

	#after({ run, before }: JournaledAction, state: Omit<AfterRecord, 'type' | 'run' | 'action'>): AfterRecord {
		const record: AfterRecord = { type: 'after', run: this.#run, action: keyOf(run, before.action), ...state };
		if (this.#run !== '') this.#writer.after(record);
		return record;
	}
}

/** The same action may have been applied by two runs of one journal. */
function keyOf(run: string, action: string): string {
	return `${run}/${action}`;
}

function outcomeOf(conflicts: readonly string[]): 'verified' | 'conflict' {
	return conflicts.length === 0 ? 'verified' : 'conflict';
}
