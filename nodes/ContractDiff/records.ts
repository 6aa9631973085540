import { DomainError, type ContractChangeSet } from '../../core/model';
import { runInWorker, type CompareTask, type WorkerLimits } from '../runtime/worker';

interface RecordComparison extends CompareTask {
	records: { before: unknown; after: unknown };
	/** What the option "Keys of Lists" gives: an object, or its JSON. */
	keys: string | object | undefined;
}

/** Fields of two JSON records, and the terms that a policy reads from them. The versions keep the names under which the ledger has them. */
export async function compareRecords(
	{ records, keys, contract, before, after, effective, extractors }: RecordComparison,
	limits: WorkerLimits,
): Promise<ContractChangeSet> {
	const task = { contract, ...records, keys: listKeys(keys), effective, ...(extractors ? { extractors } : {}) };
	const changeSet = await runInWorker('compareRecords', task, limits);
	return {
		...changeSet,
		before: before && { sha256: before.sha256, format: before.format },
		after: { sha256: after.sha256, format: after.format },
	};
}

function listKeys(given: string | object | undefined): Record<string, string> {
	const keys: unknown = typeof given === 'string' ? parsed(given) : (given ?? {});
	const entries: Array<[string, unknown]> =
		typeof keys === 'object' && keys !== null ? Object.entries(keys) : [['', 0]];
	if (entries.every((entry): entry is [string, string] => typeof entry[1] === 'string'))
		return Object.fromEntries(entries);
	throw new DomainError(
		'INPUT_INVALID',
		'Option "Keys of Lists" is no object of texts.',
		'Enter the field that names an entry by the path of its list, e.g. { "people": "email" }.',
	);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
