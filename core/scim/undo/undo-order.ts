import { DomainError } from '../../model';
import type { ScimClient } from '../client';
import type { JournaledAction } from '../desired';
import type { JournalView } from '../desired/journal';
import type { ScimObject } from '../resource';
import { backoff } from '../retry';

/**
 * Changes of one kind to different entries go back side by side. Of the same entry, a later change goes before an earlier
 * one; renames keep their order among each other, since a name may have changed hands.
 */
export function batches(entries: readonly JournaledAction[]): JournaledAction[][] {
	const result: JournaledAction[][] = [];
	let subjects = new Set<string>();
	let kind = '';
	for (const entry of entries) {
		const { before, run } = entry;
		const label = `${run}\n${before.kind}`;
		if (label !== kind || before.kind === 'rename_user' || subjects.has(before.subject)) {
			result.push([]);
			subjects = new Set();
			kind = label;
		}
		subjects.add(before.subject);
		result.at(-1)?.push(entry);
	}
	return result;
}

/** Also a failed change may have been carried out in part, as its state after shows. */
export function hasEffect(after: JournaledAction['after']): boolean {
	if (after === undefined || after.outcome === 'not_applied') return false;
	if (after.outcome !== 'failed') return true;
	return (
		after.after !== undefined || after.untold === true || (after.added?.length ?? 0) + (after.removed?.length ?? 0) > 0
	);
}

/** What an action left, as far as the journal knows it: where nobody saw that, what it was to leave. */
export function leftBy({
	before,
	after,
}: Pick<JournaledAction, 'before'> & { after: JournaledAction['after'] }): ScimObject | undefined {
	return after?.after ?? (after?.untold === true ? before.desired : undefined);
}

/** What nobody knows the outcome of: actions of a killed run, and creations without a clear answer. */
export function unsettled({ open, unclear }: JournalView): JournaledAction[] {
	const byKey = new Map([...open, ...unclear].map((entry) => [`${entry.run}\n${entry.before.action}`, entry]));
	return [...byKey.values()].filter(({ mode }) => mode === 'apply');
}

/** The error for a journal that holds nothing: most likely another file was meant. */
export function emptyJournal(): DomainError {
	return new DomainError('INPUT_INVALID', 'The journal holds no run.', 'Name the journal that `scim apply` wrote.');
}

/** Decides again where there seems to be nothing to do and reads are known to lag behind: they may show what was before. */
export async function decidePatiently<Decision>(
	client: ScimClient,
	decide: () => Promise<Decision | undefined>,
	hasWork: (decision: Decision) => boolean,
): Promise<Decision | undefined> {
	const { readsBehind } = client.capabilities;
	for (let reads = 1; ; reads++) {
		const decision = await decide();
		if (decision === undefined || hasWork(decision) || readsBehind < 2 || reads > readsBehind) return decision;
		await client.sleep(backoff(reads));
	}
}
