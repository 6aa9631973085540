import { readAccount } from './account-keys';
import type { ScimClient } from './client';
import type { ScimResource } from './resource';
import { backoff } from './retry';

/** Reads of an entry that shows exactly what it showed before the write, until it counts as "not carried out". */
const PATIENT_READS = 5;

/**
 * Whether an entry that doesn't show a write yet is read once more. Some applications answer reads from a replica that
 * lags behind: there it shows exactly what was there before. That is waited for longer, until waiting proved useless once;
 * an entry that shows a part of the write is no old one.
 *
 * @param reads times it was read after the write so far
 * @param old whether it shows nothing of the write
 */
export function readsAgain(client: ScimClient, reads: number, old: boolean): boolean {
	if (reads < client.limits.readBackAttempts) return true;
	const { readsBehind } = client.capabilities;
	const patient = Math.max(PATIENT_READS, readsBehind + 2);
	if (!old || (readsBehind < 2 && client.patience === 'useless')) return false;
	if (reads < patient) return true;
	client.patience = 'useless';
	return false;
}

/** Notes that a write was shown by the n-th read only. */
export function noteReads(client: ScimClient, reads: number): void {
	if (reads > client.capabilities.readsBehind)
		client.learn({ readsBehind: reads }, `a write was shown by read ${reads} after it`);
}

/**
 * Reads an account after a write, again after a short while where it isn't yet as wanted.
 *
 * @param isOld whether an account shows nothing of the write; after a creation, one that isn't shown at all
 */
export async function readBack(
	client: ScimClient,
	id: string,
	satisfied: (resource: ScimResource) => boolean,
	isOld: (resource: ScimResource | undefined) => boolean = (resource) => resource === undefined,
): Promise<ScimResource | undefined> {
	for (let reads = 1; ; reads++) {
		const resource = await readAccount(client, id);
		if (resource !== undefined && satisfied(resource)) {
			noteReads(client, reads);
			return resource;
		}
		if (!readsAgain(client, reads, isOld(resource))) return resource;
		await client.sleep(backoff(reads));
	}
}
