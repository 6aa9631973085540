import { DomainError, contentHash } from '../../model';
import type { ScimClient, Traffic } from '../client';
import { readJournal, type AfterRecord, type BeforeRecord, type JournaledAction, type ScimJournal } from '../desired';
import { JournalWriter } from '../desired/journal-writer';
import { MemberHistory } from '../desired/member-history';
import { recoverOpen } from '../desired/recover';
import type { ScimActionKind } from '../desired/types';
import { mapBounded } from '../concurrency';
import { asDomainError, statusOf } from '../errors';
import { MemberVisibility } from '../groups';
import { AccountMatcher } from '../match';
import { withoutSecrets } from '../resource';
import { batches, hasEffect } from './undo-order';
import { carryOutGroupUndo, hasGroupWork, planGroupUndo } from './undo-group';
import { carryOutUserUndo, planUserUndo, releaseName } from './undo-user';

export interface UndoResult {
	/** Of the action that is taken back. */
	action: string;
	kind: ScimActionKind;
	subject: string;
	/**
	 * `nothing`: it already is as it was. `conflict`: somebody changed it since, or may have where the application doesn't
	 * show it; those parts were left alone.
	 */
	outcome: 'undone' | 'nothing' | 'conflict' | 'failed';
	/** Attributes left alone. */
	conflicts?: readonly string[];
	reads: number;
	writes: number;
	note?: string;
	remedy?: string;
}

/** What became of taking back one action: what was left alone, and what a person should know of it. */
type Undone = Pick<UndoResult, 'note' | 'remedy'> & { conflicts: readonly string[] };

export interface UndoReport {
	/** Over what was to be taken back. */
	hash: string;
	dryRun: boolean;
	outcome: 'done' | 'failed' | 'dry_run';
	results: readonly UndoResult[];
	counts: { undone: number; nothing: number; conflict: number; failed: number };
	requests: Traffic;
}

export interface UndoOptions {
	/** Reads and decides, writes nothing. */
	dryRun?: boolean;
	onProgress?: (progress: { phase: 'undo'; done: number; total: number }) => void;
}

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
		const open = view.open.filter(({ mode }) => mode === 'apply');
		const found = await recoverOpen(this.client, new AccountMatcher(), open);
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
				const after = entry.after ?? late.get(`${entry.run}\n${entry.before.action}`);
				return after === undefined ? entry : { ...entry, after };
			})
			.filter(({ after }) => hasEffect(after))
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
		const undo = await planUserUndo(client, entry);
		if (undo === undefined) return undefined;
		const { conflicts } = undo;
		if (!undo.deactivate && undo.restore.length === 0) return conflicts.length > 0 ? { conflicts } : undefined;
		if (this.options.dryRun === true) return { conflicts };
		const paths = undo.deactivate ? ['active'] : undo.restore.map(({ path }) => path);
		await this.#before(entry, { remoteId: undo.current.id, before: withoutSecrets(undo.current), paths });
		const after = await carryOutUserUndo(client, undo).catch(async (error: unknown) => {
			if (statusOf(error) !== 409 || !(await releaseName(client, undo, this.#ours))) throw error;
			return carryOutUserUndo(client, undo);
		});
		this.#after(entry, { outcome: outcomeOf(conflicts), remoteId: after.id, after: withoutSecrets(after) });
		return { conflicts };
	}

	async #undoGroup(client: ScimClient, entry: JournaledAction): Promise<Undone | undefined> {
		const shared = { client, visibility: this.#visibility, history: this.#history };
		const undo = await planGroupUndo(shared, entry);
		if (undo === undefined) return undefined;
		const { conflicts, note, remedy } = undo;
		const left = { conflicts, ...(note === undefined ? {} : { note, remedy }) };
		if (!hasGroupWork(undo)) return conflicts.length > 0 ? left : undefined;
		if (this.options.dryRun === true) return left;
		const { id, displayName } = undo.state;
		const state = { remoteId: id, before: { id, displayName }, add: undo.add, remove: undo.remove };
		const before = await this.#before(entry, state);
		const { added, removed, note: sent } = await carryOutGroupUndo(client, undo, this.#visibility);
		this.#history.note(before, this.#after(entry, { outcome: outcomeOf(conflicts), remoteId: id, added, removed }));
		return conflicts.length === 0 && sent !== undefined ? { conflicts, note: sent } : left;
	}

	async #before(
		{ run, before }: JournaledAction,
		state: Pick<BeforeRecord, 'before' | 'remoteId' | 'paths' | 'add' | 'remove'>,
	): Promise<BeforeRecord> {
		const { action, kind, subject } = before;
		const common = { run: this.#run, action: keyOf(run, action), kind, subject, undoes: { run, action } };
		const record: BeforeRecord = { type: 'before', ...common, ...state };
		await this.#writer.append([record]);
		return record;
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

/** The error for a journal that holds nothing: most likely another file was meant. */
export function emptyJournal(): DomainError {
	return new DomainError('INPUT_INVALID', 'The journal holds no run.', 'Name the journal that `scim apply` wrote.');
}
