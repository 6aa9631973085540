import { isDomainError, type DomainError } from '../../model';
import type { BulkParty } from '../bulk-sharing';
import type { ScimClient } from '../client';
import { mapBounded } from '../concurrency';
import { asDomainError } from '../errors';
import { isUnclear, sentAt } from '../lost-answer';
import type { AccountMatcher } from '../match';
import type { ApplyScimOptions, ScimProgress } from './apply';
import type { BulkWrites } from './bulk-writes';
import type { AfterRecord, BeforeRecord } from './journal';
import type { JournalWriter } from './journal-writer';
import { failureParts, type ActionReport } from './report';
import type { PlanMemory, ScimAction, ScimPlan } from './types';

/** What all phases of one run share. */
export interface Running {
	plan: ScimPlan;
	memory: PlanMemory;
	client: ScimClient;
	matcher: AccountMatcher;
	writer: JournalWriter;
	bulk: BulkWrites;
	/** Absent where there is nothing to do. */
	run: string | undefined;
	options: ApplyScimOptions;
}

/** What became of one action, for the report and for the journal. */
export interface Settled {
	outcome: 'verified' | 'applied' | 'failed';
	remoteId?: string;
	after?: AfterRecord['after'];
	added?: readonly string[];
	removed?: readonly string[];
	unsure?: readonly string[];
	adopted?: boolean | undefined;
	note?: string | undefined;
	error?: DomainError | undefined;
}

/**
 * Work on items side by side: states before are safe first, what fails stops no other, what is done is told.
 *
 * @param work sends everything through the client that it is given
 * @param with.party where the first writes of the items share bulk requests
 * @param with.isCautious nothing is journaled as begun that is not begun at once
 */
export async function eachJournaled<Item>(
	{ writer, client, options }: Running,
	phase: ScimProgress['phase'],
	items: readonly Item[],
	before: (item: Item) => readonly BeforeRecord[],
	work: (item: Item, client: ScimClient) => Promise<void>,
	{ party, isCautious = false }: { party?: BulkParty | undefined; isCautious?: boolean } = {},
): Promise<void> {
	if (items.length === 0) return;
	const width = party?.room ?? client.limits.concurrency;
	const ready = writer.ahead(items, before, party === undefined && isCautious ? width : undefined);
	let done = 0;
	let failure: { error: unknown } | undefined;
	await mapBounded(items, width, async (item, index) => {
		const step = async (view: ScimClient): Promise<void> => {
			await ready(index);
			await work(item, view);
		};
		try {
			await (party === undefined ? step(client) : party.join(step));
			options.onProgress?.({ phase, done: ++done, total: items.length });
		} catch (error) {
			// Whoever hears of it hears of a run that is over: what is on its way is waited for.
			failure ??= { error };
		}
	});
	if (failure !== undefined) throw failure.error;
	await writer.settled();
}

/** Settles one action: report, journal, and the plan's memory of what is done. */
export function settle(
	{ client, writer, run, memory }: Running,
	reports: Map<string, ActionReport>,
	{ id, kind, subject }: ScimAction,
	settled: Settled,
	traffic: { reads: number; writes: number },
): void {
	const { outcome, remoteId, after, added, removed, unsure, adopted, note, error } = settled;
	const optional = {
		...(remoteId === undefined ? {} : { remoteId }),
		...(error !== undefined ? failureParts(error) : note === undefined ? {} : { note }),
	};
	reports.set(id, { action: id, kind, subject, outcome, reads: traffic.reads, writes: traffic.writes, ...optional });
	if (outcome !== 'failed') memory.done.add(id);
	if (run === undefined) return;
	// Refused, lost or never read back: what was sent may have been carried out.
	const untold = outcome === 'failed' && after === undefined && traffic.writes > 0 && kind !== 'create_user';
	writer.after({
		type: 'after',
		run,
		action: id,
		outcome,
		...(remoteId === undefined ? {} : { remoteId }),
		...(after === undefined ? {} : { after }),
		...(added === undefined ? {} : { added }),
		...(removed === undefined ? {} : { removed }),
		...(unsure === undefined ? {} : { unsure }),
		...(adopted === true ? { adopted } : {}),
		...(untold ? { untold } : {}),
		...(isUnclear(error) ? { unclear: sentAt(error, client.clock()) } : {}),
		...(error === undefined ? {} : { note: error.message }),
	});
}

/** Runs work; whatever it throws is a failure of this action alone, unless the journal is what failed. */
export async function attempt(writer: JournalWriter, work: () => Promise<Settled>): Promise<Settled> {
	try {
		return await work();
	} catch (error) {
		writer.check();
		return { outcome: 'failed', error: isDomainError(error) ? error : asDomainError(error) };
	}
}
