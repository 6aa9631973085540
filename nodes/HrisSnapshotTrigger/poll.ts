import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import {
	compareSnapshots,
	lifecycleEventOfRow,
	snapshotHash,
	SnapshotReader,
	type KeyedRow,
	type ParsedLifecycleEvent,
	type RowChange,
	type RowProblem,
	type SnapshotRow,
} from '../../core/ingress';
import { isDomainError } from '../../core/model';
import { checkFeed } from '../../core/plan';
import type { Feed, FeedRow, LedgerApi } from '../../core/store';
import { toJson } from '../runtime/items';
import { ledgerOf } from '../runtime/ledger';
import { lifecycleItems } from '../runtime/lifecycle-item';
import { attributeReading, type AttributeReading } from '../runtime/policy-view';
import { feedSettings, readFeedRows, type FeedSettings } from './feed';

/** Rows worked through before others get their turn on the event loop. */
const SLICE = 1_000;
const PREVIEW_ROWS = 5;

/** One poll: read, doubt, compare, take over with all its events, emit. */
export async function pollSnapshot(node: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = feedSettings(node);
	const ledger = await ledgerOf(node);
	const reading = await attributeReading(ledger, settings.policyName, node.getTimezone());
	const { rows, truncated } = await readFeedRows(node, settings.options);
	const snapshot = await keyed(rows, settings.keyColumn);
	// "Fetch test event" in the editor shows what the rows look like, and takes nothing over.
	if (node.getMode() === 'manual') return preview(settings, reading, snapshot);
	const before = await ledger.readFeed(settings.feed);
	const stopped = await guarded(ledger, { settings, reading, before, snapshot, truncated });
	if (stopped) return stopped.length === 0 ? null : [stopped];
	const items = await takeOver(ledger, { settings, reading, before, snapshot });
	return items.length === 0 ? null : [items];
}

async function keyed(rows: readonly unknown[], keyColumn: string): Promise<SnapshotReader> {
	const reader = new SnapshotReader(keyColumn);
	for (const [at, row] of rows.entries()) {
		reader.add(typeof row === 'object' && row !== null && !Array.isArray(row) ? (row as SnapshotRow) : {});
		if (at % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
	}
	return reader;
}

interface Compared {
	settings: FeedSettings;
	reading: AttributeReading;
	before: Feed | undefined;
	snapshot: SnapshotReader;
}

/** Items where the feed is not to be believed: one the first time, none while it stays so. */
async function guarded(
	ledger: LedgerApi,
	{ settings, reading, before, snapshot, truncated }: Compared & { truncated: boolean },
): Promise<INodeExecutionData[] | undefined> {
	const { feed, options } = settings;
	const accepted = before?.acceptedRows;
	// Somebody has said that the feed may be as small as that.
	if (accepted !== undefined && snapshot.count >= accepted && !truncated) return undefined;
	const minFeedPercent = options.minFeedPercent ?? reading.minFeedPercent;
	const guards = minFeedPercent === undefined ? {} : { guards: { minFeedPercent } };
	const trip = checkFeed(
		{ policy: guards },
		{
			feed,
			// Rows without a usable key say nothing of anybody.
			rows: snapshot.rows.length + snapshot.unclear.size,
			truncated,
			...(before === undefined ? {} : { previousRows: before.rows.length }),
		},
	);
	if (!trip) return undefined;
	const halt = await ledger.haltFeed({
		feed,
		hash: `${snapshotHash(snapshot.rows)}${truncated ? ':cut' : ''}`,
		reason: trip.message,
		before: before?.rows.length ?? 0,
		after: snapshot.count,
	});
	if (!halt.fresh) return [];
	const { guard, message, remedy, count, limit } = trip;
	const json = toJson({
		ledger: ledger.id,
		type: 'finding',
		code: 'FEED_SHRANK',
		level: 'hold',
		haltId: halt.id,
		feed,
		guard,
		message,
		remedy,
		rows: count,
		limit,
	});
	return [{ json }];
}

async function takeOver(ledger: LedgerApi, compared: Compared): Promise<INodeExecutionData[]> {
	const { settings, reading, before, snapshot } = compared;
	const first = before === undefined;
	const silent = first && !settings.emitFirst;
	const difference = compareSnapshots(before?.rows ?? [], snapshot.rows, snapshot.unclear);
	const events: ParsedLifecycleEvent[] = [];
	const problems: Problem[] = snapshot.problems.map((problem) => ({
		item: rowFinding(settings, problem),
		hash: problem.hash,
	}));
	const taken: FeedRow[] = [];
	const vanished: string[] = [];
	const number = (before?.number ?? 0) + 1;
	/** True where the row may be taken over: it gave its events, or none were wanted. */
	const spoken = (change: RowChange, { key, row, hash }: KeyedRow, previous?: SnapshotRow): boolean => {
		if (silent) return true;
		try {
			const event = eventOf(settings, reading, { change, row, number, ...(previous ? { previous } : {}) });
			if (event) events.push(event);
			return true;
		} catch (error) {
			if (!isDomainError(error)) throw error;
			problems.push({ item: unreadableRow(settings, key, error.message, error.remedy), hash });
			return false;
		}
	};
	const pace = pacer();
	for (const row of difference.added) {
		if (spoken('new', row)) taken.push({ ...row, introduced: !silent });
		await pace();
	}
	for (const { before: old, after } of difference.changed) {
		// Of a row that was only remembered, nothing has been said so far: now all of it is.
		if (spoken('changed', after, old.introduced ? old.row : undefined)) taken.push({ ...after, introduced: true });
		await pace();
	}
	for (const row of difference.vanished) {
		if (settings.options.vanished === 'ignore' || spoken('vanished', row)) vanished.push(row.key);
		await pace();
	}
	const changed = taken.length > 0 || vanished.length > 0;
	// A feed that is whole again ends the halt of the one that was not, though nothing in it has changed.
	if (!changed && !first && before.halted !== true) return items(await untold(ledger, settings, problems));
	const receipts = await ledger.receiveSnapshot({
		snapshot: {
			feed: settings.feed,
			after: before?.number ?? 0,
			hash: snapshotHash(snapshot.rows),
			rowCount: snapshot.count,
			changed: taken,
			vanished,
		},
		events,
		intake: { policyView: reading.view, leaseSeconds: settings.options.leaseSeconds ?? 600 },
	});
	const byId = new Map(events.map((event) => [`${event.source}\n${event.id}`, event]));
	const received = receipts.flatMap((receipt) =>
		lifecycleItems(ledger.id, receipt, byId.get(`${receipt.source}\n${receipt.externalId}`)),
	);
	return items([...received, ...(await untold(ledger, settings, problems))]);
}

function eventOf(
	{ feed, keyColumn, columns, options }: FeedSettings,
	{ view }: AttributeReading,
	row: { change: RowChange; row: SnapshotRow; previous?: SnapshotRow; number: number },
): ParsedLifecycleEvent | undefined {
	return lifecycleEventOfRow(row.row, {
		change: row.change,
		snapshot: `${feed}:${row.number}`,
		keyColumn,
		columns,
		source: options.source?.trim() === undefined || options.source.trim() === '' ? 'hris' : options.source.trim(),
		zone: view.zone,
		receivedAt: new Date().toISOString(),
		...(row.previous ? { previous: row.previous } : {}),
	});
}

interface Problem {
	item: IDataObject;
	/** Of the row as it is: a row that changed is told of again. */
	hash: string;
}

/** A row that stays wrong is told of once, not with every poll. */
async function untold(ledger: LedgerApi, { feed }: FeedSettings, problems: readonly Problem[]): Promise<IDataObject[]> {
	if (problems.length === 0) return [];
	const task = ({ item, hash }: Problem) => `row:${feed}:${item['code'] as string}:${hash}`;
	const fresh = new Set(await ledger.tellOnce(problems.map(task)));
	return problems.filter((problem) => fresh.has(task(problem))).map(({ item }) => item);
}

/** Lets n8n breathe: parsing a hundred thousand rows takes seconds. */
function pacer(): () => Promise<void> {
	let count = 0;
	return async () => {
		count += 1;
		if (count % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
	};
}

function rowFinding({ feed, keyColumn }: FeedSettings, { code, rowNumber }: RowProblem): IDataObject {
	const message =
		code === 'KEY_MISSING'
			? `Row ${rowNumber} of feed ${feed} has no usable value in column "${keyColumn}".`
			: `Row ${rowNumber} of feed ${feed} has the key of another row and other content.`;
	const remedy = 'Correct the row in the HR system. Until then nothing is concluded from it.';
	return { type: 'finding', code, level: 'warning', feed, message, remedy };
}

function unreadableRow({ feed }: FeedSettings, key: string, message: string, remedy: string): IDataObject {
	return { type: 'finding', code: 'ROW_UNREADABLE', level: 'warning', feed, key, message, remedy };
}

function items(jsons: readonly IDataObject[]): INodeExecutionData[] {
	return jsons.map((json) => ({ json }));
}

function preview(settings: FeedSettings, reading: AttributeReading, snapshot: SnapshotReader): INodeExecutionData[][] {
	const shown = snapshot.rows.slice(0, PREVIEW_ROWS).map((row: KeyedRow): IDataObject => {
		try {
			const event = eventOf(settings, reading, { change: 'new', row: row.row, number: 0 });
			return toJson({ preview: true, key: row.key, ...event });
		} catch (error) {
			if (!isDomainError(error)) throw error;
			return unreadableRow(settings, row.key, error.message, error.remedy);
		}
	});
	return [items([...shown, ...snapshot.problems.slice(0, PREVIEW_ROWS).map((each) => rowFinding(settings, each))])];
}
