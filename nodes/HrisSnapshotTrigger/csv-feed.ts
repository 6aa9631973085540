import { csvRecords } from '../../core/ingress';
import { DomainError } from '../../core/model';
import type { Page } from './rest-feed';

const MAX_ROWS = 1_000_000;
/** Records read before others get their turn on the event loop. */
const SLICE = 2_000;

/** Rows of a CSV text by its header line. A last line that breaks off counts as cut. */
export async function readCsv(text: string): Promise<Page> {
	const records = csvRecords(text);
	const first = records.next();
	if (first.done === true) return { rows: [], truncated: first.value };
	const header = headerOf(first.value);
	const rows: unknown[] = [];
	let lastWidth = header.length;
	for (;;) {
		const next = records.next();
		if (next.done === true) return { rows, truncated: next.value || lastWidth < header.length };
		const record = next.value;
		lastWidth = record.length;
		rows.push(Object.fromEntries(header.map((name, column) => [name, record[column] ?? ''])));
		if (rows.length > MAX_ROWS) throw tooLong();
		if (rows.length % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
	}
}

function headerOf(record: readonly string[]): string[] {
	const names = record.map((name) => name.trim());
	const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
	if (twice !== undefined) {
		throw new DomainError(
			'INPUT_INVALID',
			`The header line of the CSV has the column "${twice.slice(0, 60)}" twice.`,
			'Give every column a name of its own.',
		);
	}
	return names;
}

function tooLong(): DomainError {
	return new DomainError('INPUT_TOO_LARGE', `The CSV has more than ${MAX_ROWS} rows.`, 'Split it into several feeds.');
}
