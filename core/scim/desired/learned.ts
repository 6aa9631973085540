import type { ScimClient } from '../client';
import type { Capabilities, CapabilityName } from '../profiles';
import type { JournalRecord, LearnedRecord } from './journal';

/** What a run learned of its application; `undefined` where that is nothing. */
export function learnedRecord({ profile }: ScimClient, run: string): LearnedRecord | undefined {
	const names = (Object.keys(profile.basis) as CapabilityName[]).filter(
		(name) => profile.basis[name]?.from === 'learned',
	);
	if (names.length === 0) return undefined;
	const found: Partial<Capabilities> = Object.fromEntries(names.map((name) => [name, profile.capabilities[name]]));
	const because = Object.fromEntries(names.map((name) => [name, profile.basis[name]?.because ?? '']));
	return { type: 'learned', run, found, because };
}

/**
 * Lets a client know what earlier runs with a journal learned of the same application, so that nothing is tried again that
 * was found not to work.
 *
 * @param application what the runs were for, e.g. the base URL
 */
export function recallLearned(client: ScimClient, records: readonly JournalRecord[], application: string): void {
	const runs = new Set(
		records.flatMap((record) => (record.type === 'run' && record.application === application ? [record.run] : [])),
	);
	const last = records.findLast((record) => record.type === 'learned' && runs.has(record.run));
	if (last?.type !== 'learned') return;
	for (const [name, value] of Object.entries(last.found)) {
		if (Object.hasOwn(client.capabilities, name))
			client.learn({ [name]: value }, last.because[name as CapabilityName] ?? 'learned by an earlier run');
	}
}
