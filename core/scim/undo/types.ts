import type { Traffic } from '../client';
import type { ScimActionKind } from '../desired/types';

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
