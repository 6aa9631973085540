import { contentHash, DomainError } from '../model';
import { isDate } from '../time';
import { parseLifecycleEvent, type LifecycleParsing, type ParsedLifecycleEvent } from './lifecycle-event';
import { PERSON_MEMBERS } from './lifecycle-event-words';

/** How a row of a feed became different from the last snapshot. */
export type RowChange = 'new' | 'changed' | 'vanished';

export interface RowReading extends LifecycleParsing {
	change: RowChange;
	/** Id of the snapshot, e.g. its number: the same change in another snapshot is another event. */
	snapshot: string;
	/** Column that says who a row is. */
	keyColumn: string;
	/** Column → our name, e.g. `{ "Abteilung": "department", "Personalnummer": "hrId" }`; others by their own names. */
	columns?: Readonly<Record<string, string>>;
	/** The row in the last snapshot: only what differs from it is said. */
	previous?: Readonly<Record<string, unknown>>;
	source: string;
}

const KEYS: ReadonlySet<string> = new Set(Object.keys(PERSON_MEMBERS));
const KEY_BY_NAME: ReadonlyMap<string, string> = new Map(
	Object.entries(PERSON_MEMBERS).flatMap(([key, others]) =>
		[key, ...others].map((other) => [other.toLowerCase().replace(/[^a-z]/g, ''), key] as const),
	),
);
const CONTRACTOR = 'contractor';

/**
 * One row of a CSV or REST feed as a lifecycle event: a new row is a hire (a contractor's start where `employmentType` says
 * so), a changed row a change of what differs, a vanished row a leave that is inferred. A row says how things are, so a
 * change holds from receipt, unless the row has a column `effectiveAt`.
 *
 * @throws DomainError `INPUT_INVALID`, naming the faulty columns
 */
export function lifecycleEventOfRow(
	row: Readonly<Record<string, unknown>>,
	reading: RowReading,
): ParsedLifecycleEvent | undefined {
	const { change, snapshot, keyColumn, source, previous } = reading;
	const cells = named(row, reading);
	const key = row[keyColumn];
	if (key === undefined || key === null || key === '') {
		throw new DomainError(
			'INPUT_INVALID',
			`A row has nothing in the key column "${keyColumn.slice(0, 60)}".`,
			'Name the column that holds a value in every row, e.g. the employee number.',
		);
	}
	const id = `${source}-${contentHash([snapshot, change, key, change === 'vanished' ? null : row]).slice(0, 32)}`;
	const person = Object.fromEntries([...cells].filter(([name, value]) => KEYS.has(name) && value !== ''));
	// Two systems rarely call it the same; whatever identifies the row identifies the person in its source.
	if (!('hrId' in person) && !('email' in person)) person['hrId'] = key;
	if (change === 'vanished') {
		const keys = pick(person, ['hrId', 'email', 'nationalId', 'nationalIdHash']);
		return parseLifecycleEvent(
			{ id, source, type: 'leave', effectiveAt: 'now', inferred: true, person: keys },
			reading,
		);
	}
	const before = previous && named(previous, reading);
	const attributes = new Map([...cells].filter(([name]) => !KEYS.has(name) && name !== 'effectiveAt'));
	if (before) for (const [name, value] of before) keepWhatDiffers(attributes, name, value);
	addFormerKeys(person, before);
	const names = before ? changedNames(person, before) : person;
	const type = change === 'changed' ? 'change' : openingType(cells);
	const says = attributes.size > 0 || Object.keys(names).some((name) => name !== 'hrId' && name !== 'birthDate');
	if (change === 'changed' && !says) return undefined;
	const effectiveAt = cells.get('effectiveAt') ?? (change === 'new' ? startOf(cells) : undefined);
	return parseLifecycleEvent(
		{
			id,
			source,
			type,
			...(effectiveAt !== undefined && effectiveAt !== '' && { effectiveAt }),
			person,
			attributes: Object.fromEntries(attributes),
		},
		reading,
	);
}

/** Cells by our names; keys by any of their usual names. */
function named(row: Readonly<Record<string, unknown>>, { columns = {} }: RowReading): Map<string, unknown> {
	const cells = new Map<string, unknown>();
	for (const [column, value] of Object.entries(row)) {
		const given = Object.hasOwn(columns, column) ? columns[column] : undefined;
		const plain = KEY_BY_NAME.get(column.toLowerCase().replace(/[^a-z]/g, ''));
		const name = given ?? plain ?? camelCase(column);
		if (name !== '') cells.set(name, typeof value === 'string' ? value.trim() : value);
	}
	return cells;
}

/** `Employment Type` → `employmentType`. */
function camelCase(column: string): string {
	const words = column.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
	return words
		.map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
		.join('');
}

/** What is as before is not said again; what is gone is said to have no value. */
function keepWhatDiffers(attributes: Map<string, unknown>, name: string, before: unknown): void {
	if (KEYS.has(name) || name === 'effectiveAt') return;
	if (!attributes.has(name)) attributes.set(name, null);
	else if (JSON.stringify(attributes.get(name)) === JSON.stringify(before)) attributes.delete(name);
}

/** A changed address is told with the one before it, so that both find the person. */
function addFormerKeys(person: Record<string, unknown>, before: ReadonlyMap<string, unknown> | undefined): void {
	const [former, email] = [before?.get('email'), person['email']];
	if (typeof former !== 'string' || former === '' || typeof email !== 'string') return;
	if (email.toLowerCase() !== former.toLowerCase()) person['previousEmail'] = former;
}

function changedNames(person: Readonly<Record<string, unknown>>, before: ReadonlyMap<string, unknown>) {
	return Object.fromEntries(Object.entries(person).filter(([name, value]) => before.get(name) !== value));
}

function openingType(cells: ReadonlyMap<string, unknown>): 'hire' | 'contractor.start' {
	const type = cells.get('employmentType');
	return typeof type === 'string' && type.toLowerCase() === CONTRACTOR ? 'contractor.start' : 'hire';
}

function startOf(cells: ReadonlyMap<string, unknown>): string | undefined {
	const start = cells.get('startDate');
	return typeof start === 'string' && isDate(start) ? start : undefined;
}

function pick(record: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}
