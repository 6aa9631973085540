import type { Capabilities, CapabilityName } from '../profiles';
import { foldCase, type ScimObject, type ScimResource } from '../resource';
import type { ScimActionKind } from './types';

/** `safe`: from a crash of the machine, before `append` resolves. `soon`: with the next records that have to be safe. */
export type Durability = 'safe' | 'soon';

/** What an application looked like before each write and after it: JSON lines in a file, or whatever keeps them, in order. */
export interface ScimJournal {
	append(records: readonly JournalRecord[], durability: Durability): Promise<void>;
	/** All records so far. A last record that a crash cut off is left out. */
	read(): Promise<readonly JournalRecord[]>;
}

export type JournalRecord = RunRecord | BeforeRecord | AfterRecord | LearnedRecord | EndRecord;

export interface RunRecord {
	v: 1;
	type: 'run';
	run: string;
	mode: 'apply' | 'undo';
	application: string;
	/** Of the plan; of an undo, over what it undoes. */
	hash: string;
	at: string;
}

/** Written, and safe, before the first request that changes anything. */
export interface BeforeRecord {
	type: 'before';
	run: string;
	action: string;
	kind: ScimActionKind;
	subject: string;
	remoteId?: string;
	/** `null` where the entry did not exist. */
	before: ScimResource | null;
	/** Attributes the entry is to show afterwards. Never a password. */
	desired?: ScimObject;
	/** Paths that change. */
	paths?: readonly string[];
	/** Ids of members. */
	add?: readonly string[];
	remove?: readonly string[];
	/** Where an undo takes something back: what. */
	undoes?: { run: string; action: string };
}

export type JournaledOutcome = 'verified' | 'applied' | 'failed' | 'not_applied' | 'conflict';

export interface AfterRecord {
	type: 'after';
	run: string;
	action: string;
	outcome: JournaledOutcome;
	remoteId?: string;
	after?: ScimObject;
	/** Members that were really added or removed, by id. */
	added?: readonly string[];
	removed?: readonly string[];
	/** Those of `added` who may have been members before: the application didn't show it. */
	unsure?: readonly string[];
	/** A group to be created turned out to exist: it isn't ours. */
	adopted?: true;
	/** A change was sent and failed, and nobody knows what became of it. */
	untold?: true;
	/** Found out by a later run, because this one ended in between. */
	recovered?: true;
	/** Of a creation that may have been carried out, although no look showed the account: when it was sent last, ISO 8601. */
	unclear?: string;
	note?: string;
}

/** What a run learned of the application, for the next run with this journal. */
export interface LearnedRecord {
	type: 'learned';
	run: string;
	found: Partial<Capabilities>;
	because: Readonly<Partial<Record<CapabilityName, string>>>;
}

export interface EndRecord {
	type: 'end';
	run: string;
	outcome: 'done' | 'failed';
}

/** One action of the journal: what it found and what it left. */
export interface JournaledAction {
	run: string;
	mode: RunRecord['mode'];
	before: BeforeRecord;
	after?: AfterRecord;
}

export interface UnclearCreation extends JournaledAction {
	/** When it was sent last, or its run began, ISO 8601. */
	since: string;
}

export interface JournalView {
	/** In the order in which they began. */
	actions: readonly JournaledAction[];
	/** Began and have no end: their runs were killed. */
	open: readonly JournaledAction[];
	/** Creations of accounts of which nobody knows yet what came of them, open ones included. */
	unclear: readonly UnclearCreation[];
	ended: ReadonlySet<string>;
	runs: readonly RunRecord[];
}

/** Puts records together. An action that was journaled again (an account that turned out to exist) counts as its last word. */
export function readJournal(records: readonly JournalRecord[]): JournalView {
	const runs = new Map<string, RunRecord>();
	const actions = new Map<string, JournaledAction>();
	const ended = new Set<string>();
	for (const record of records) {
		if (record.type === 'run') runs.set(record.run, record);
		else if (record.type === 'end') ended.add(record.run);
		else if (record.type !== 'learned') {
			const key = `${record.run}\n${record.action}`;
			const known = actions.get(key);
			if (record.type === 'before') {
				const mode = runs.get(record.run)?.mode ?? 'apply';
				actions.set(key, { run: record.run, mode, before: record });
			} else if (known !== undefined) known.after = record;
		}
	}
	const all = [...actions.values()];
	const open = all.filter(({ after }) => after === undefined);
	return { actions: all, open, unclear: unclearCreations(all, runs), ended, runs: [...runs.values()] };
}

/** The last word on each account counts; one that a later creation cleared up is left out. */
function unclearCreations(
	actions: readonly JournaledAction[],
	runs: ReadonlyMap<string, RunRecord>,
): UnclearCreation[] {
	const unclear = new Map<string, UnclearCreation>();
	for (const action of actions) {
		const { mode, run, before, after } = action;
		if (mode !== 'apply' || before.kind !== 'create_user') continue;
		const subject = foldCase(before.subject);
		const isOpen = before.before === null && (after === undefined || after.unclear !== undefined);
		if (isOpen) unclear.set(subject, { ...action, since: after?.unclear ?? runs.get(run)?.at ?? '' });
		else if (after?.outcome === 'verified' || after?.outcome === 'applied') unclear.delete(subject);
	}
	return [...unclear.values()];
}

/** Records of the runs for one application; all of them where it isn't named. */
export function recordsFor(records: readonly JournalRecord[], application: string): readonly JournalRecord[] {
	if (application === '') return records;
	const own = new Set(
		records.flatMap((record) => (record.type === 'run' && record.application === application ? [record.run] : [])),
	);
	return records.filter(({ run }) => own.has(run));
}

/** A journal in memory: for tests, and for callers that keep records elsewhere. */
export class MemoryJournal implements ScimJournal {
	readonly records: JournalRecord[] = [];

	async append(records: readonly JournalRecord[]): Promise<void> {
		this.records.push(...records.map((record) => JSON.parse(JSON.stringify(record)) as JournalRecord));
	}

	async read(): Promise<readonly JournalRecord[]> {
		return this.records;
	}
}
