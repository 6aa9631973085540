import { csvText } from './csv';
import { NOT_KNOWN } from './types';
import type { AccessMatrix, MatrixCell } from './types';

/** What a cell says: `yes`, or what it depends on. */
export function cellText(cell: MatrixCell | undefined): string {
	if (cell === undefined) return '';
	if (cell.certain) return 'yes';
	const open = cell.reasons.some(({ also }) => also.length === 0);
	const ways = [...new Set(cell.reasons.map(({ also }) => also.join(' and ')))].sort();
	const asked = open ? 'yes' : `if ${ways.join(', or ')}`;
	return cell.unless.length === 0 ? asked : `${asked}, unless ${cell.unless.join(' or ')} holds`;
}

/**
 * The matrix as CSV: a column for each dimension, the number of people where they are known, then one for each
 * entitlement. `rulesFromMatrix` reads it back.
 */
export function matrixCsv(matrix: AccessMatrix): string {
	const withPeople = matrix.rows.some(({ people }) => people !== undefined);
	const header = [...matrix.dimensions, ...(withPeople ? ['people'] : []), ...matrix.entitlements];
	const rows = matrix.rows.map(({ values, cells, people }) => {
		const byName = new Map(cells.map((cell) => [cell.entitlement, cell]));
		return [
			...values.map((value) => value ?? NOT_KNOWN),
			...(withPeople ? [String(people ?? 0)] : []),
			...matrix.entitlements.map((name) => cellText(byName.get(name))),
		];
	});
	return csvText([header, ...rows]);
}
