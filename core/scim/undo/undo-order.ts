import type { JournaledAction } from '../desired';

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
	return after.after !== undefined || (after.added?.length ?? 0) + (after.removed?.length ?? 0) > 0;
}
