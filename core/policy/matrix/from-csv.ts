import { stringify } from 'yaml';

import { DomainError } from '../../model';
import { EntitlementCatalogue } from '../entitlement';
import { suggestName } from '../suggest-name';
import type { BirthrightRule, PolicyDocument, When } from '../schema';
import { blocksOf } from './blocks';
import type { Block } from './blocks';
import { plainCell, readCsv } from './csv';
import type { CsvLimits } from './csv';
import { NOT_KNOWN } from './types';

/** Stands for any value of a dimension. */
export const ANY = '*';

export interface RulesFromMatrixOptions {
	/** Which columns are dimensions; else those before the first entitlement. */
	dimensions?: readonly string[];
	/** To check names by. */
	policy?: PolicyDocument;
	/** Ids are this and a number. */
	idPrefix?: string;
	limits?: Partial<CsvLimits>;
}

export interface MatrixRules {
	rules: BirthrightRule[];
	/** `rules:` as a part of a policy document. */
	yaml: string;
}

interface Column {
	index: number;
	name: string;
}

const COUNTED = new Set(['people', 'rules']);
const YES = new Set(['yes', 'y', 'x', 'true', '1', '✓', '✔']);
const NO = new Set(['', 'no', 'n', 'false', '0', '-', '–']);
/** Values that one condition may list. */
const MOST_LISTED = 1000;

function refuse(row: number, column: number, what: string, remedy: string): never {
	throw new DomainError('INPUT_INVALID', `Row ${row}, column ${column}: ${what}.`, remedy, { row, column });
}

function columnsOf(
	header: readonly string[],
	options: RulesFromMatrixOptions,
): { dimensions: Column[]; grants: Column[] } {
	const columns = header.map((name, index) => ({ name: plainCell(name.trim()), index }));
	const roles = options.policy?.roles ?? {};
	const isGrant = ({ name }: Column) => name.includes('/') || Object.hasOwn(roles, name);
	const firstGrant = columns.findIndex(isGrant);
	const named = options.dimensions;
	const isDimension = ({ name, index }: Column) =>
		named === undefined ? firstGrant !== -1 && index < firstGrant && !COUNTED.has(name) : named.includes(name);
	const seen = new Set<string>();
	for (const { name, index } of columns) {
		if (name === '')
			refuse(1, index + 1, 'the column has no name', 'Write the attribute, the entitlement or the role.');
		if (seen.has(name)) refuse(1, index + 1, `"${name}" is there twice`, 'Keep one of the columns.');
		seen.add(name);
	}
	for (const name of named ?? []) {
		if (!seen.has(name)) refuse(1, 1, `there is no column "${name}"`, suggestName(name, seen, 'column'));
	}
	const dimensions = columns.filter(isDimension);
	const grants = columns.filter((column) => !isDimension(column) && !COUNTED.has(column.name));
	if (dimensions.length === 0)
		refuse(1, 1, 'no column is an attribute', 'Begin with columns such as department or title.');
	if (grants.length === 0) refuse(1, 1, 'no column is an entitlement', 'Add columns named APPLICATION/NAME.');
	for (const column of [...dimensions, ...grants]) checkName(column, dimensions.includes(column), options.policy);
	return { dimensions, grants };
}

function checkName({ name, index }: Column, isDimension: boolean, policy: PolicyDocument | undefined): void {
	if (isDimension) {
		if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name)) {
			refuse(1, index + 1, `"${name}" is no name of an attribute`, 'Use letters, digits and "_".');
		}
		return;
	}
	if (policy === undefined) {
		if (!name.includes('/')) refuse(1, index + 1, `"${name}" is no entitlement`, 'Name it APPLICATION/NAME.');
		return;
	}
	const catalogue = new EntitlementCatalogue(policy);
	if (Object.hasOwn(policy.roles ?? {}, name) || (!name.includes('*') && catalogue.resolve(name) !== undefined)) return;
	const known = [...catalogue.names(), ...Object.keys(policy.roles ?? {})];
	refuse(1, index + 1, `"${name}" is no known entitlement or role`, suggestName(name, known, 'entitlement'));
}

/** Whether a cell grants. Conditions that only the policy can say are refused, never dropped. */
function grants(cell: string, row: number, column: number): boolean {
	const text = plainCell(cell).trim().toLowerCase();
	if (YES.has(text)) return true;
	if (NO.has(text)) return false;
	const shown = cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
	return refuse(
		row,
		column,
		`"${shown}" is neither yes nor empty`,
		'Write yes, or leave it empty; conditions beside the columns belong into the policy.',
	);
}

function readRow(cells: readonly string[], row: number, width: number, dimensions: readonly Column[]): string[] {
	if (cells.length !== width) {
		refuse(
			row,
			Math.min(cells.length, width) + 1,
			`the row has ${cells.length} cells, the first one has ${width}`,
			'Fill or remove cells.',
		);
	}
	return dimensions.map(({ name, index }) => {
		const value = plainCell(cells[index] ?? '').trim();
		if (value !== '') return value;
		return refuse(row, index + 1, `${name} is empty`, `Write a value, "${ANY}" for any, or "${NOT_KNOWN}".`);
	});
}

function whenOf(dimensions: readonly Column[], { lists }: Block): When[] {
	let whens: When[] = [{}];
	dimensions.forEach(({ name }, index) => {
		const values = lists[index] ?? [];
		const [first] = values;
		if (first === undefined || first === ANY) return;
		const parts: When[string][] = [];
		for (let at = 0; at < values.length; at += MOST_LISTED) {
			const part = values.slice(at, at + MOST_LISTED);
			parts.push(first === NOT_KNOWN ? { exists: false } : part.length === 1 ? first : part);
		}
		whens = whens.flatMap((when) => parts.map((part) => ({ ...when, [name]: part })));
	});
	return whens;
}

/** Columns that hold for the same rows, together. */
function groupColumns(marks: ReadonlyMap<Column, readonly number[]>): { rows: readonly number[]; names: string[] }[] {
	const groups = new Map<string, { rows: readonly number[]; names: string[] }>();
	for (const [{ name }, rows] of marks) {
		if (rows.length === 0) continue;
		const key = rows.join(' ');
		const group = groups.get(key);
		if (group === undefined) groups.set(key, { rows, names: [name] });
		else group.names.push(name);
	}
	return [...groups.values()];
}

/**
 * Rules that give exactly what a table says: the first columns are attributes, each further one an entitlement or role,
 * `yes` in a cell grants. Rows and columns that go together become one rule.
 *
 * @throws DomainError INPUT_INVALID naming row and column, INPUT_TOO_LARGE
 */
export function rulesFromMatrix(csv: string, options: RulesFromMatrixOptions = {}): MatrixRules {
	const all = readCsv(csv, options.limits);
	const header = all[0];
	if (header === undefined || all.length < 2) {
		throw new DomainError('INPUT_INVALID', 'The table has no rows.', 'Give a header and at least one row.');
	}
	const columns = columnsOf(header, options);
	const combinations: string[][] = [];
	const seen = new Map<string, number>();
	const marks = new Map(columns.grants.map((column): [Column, number[]] => [column, []]));
	all.slice(1).forEach((cells, at) => {
		const row = at + 2;
		if (cells.every((cell) => cell === '')) return;
		const values = readRow(cells, row, header.length, columns.dimensions);
		const key = values.join('\u0000');
		const earlier = seen.get(key);
		if (earlier !== undefined) refuse(row, 1, `the row repeats row ${earlier}`, 'Keep one of the two.');
		seen.set(key, row);
		for (const [{ index }, rows] of marks) {
			if (grants(cells[index] ?? '', row, index + 1)) rows.push(combinations.length);
		}
		combinations.push(values);
	});
	const rules = groupColumns(marks).flatMap(({ rows, names }) =>
		blocksOf(
			rows.map((row) => combinations[row] ?? []),
			new Set([ANY, NOT_KNOWN]),
		).flatMap((block) => whenOf(columns.dimensions, block).map((when) => ({ when, grant: names }))),
	);
	const numbered = rules.map(({ when, grant }, index): BirthrightRule => {
		const id = `${options.idPrefix ?? 'matrix'}-${index + 1}`;
		return Object.keys(when).length === 0 ? { id, grant } : { id, when, grant };
	});
	return { rules: numbered, yaml: stringify({ rules: numbered }, { lineWidth: 0, aliasDuplicateObjects: false }) };
}
