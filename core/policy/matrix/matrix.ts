import { DomainError } from '../../model';
import type { CompiledPolicy } from '../compile';
import { evaluatorOf } from '../evaluator';
import { dimensionValues, keyOfValue } from './dimensions';
import { CellMaker } from './cells';
import type { AccessMatrix, MatrixOptions, MatrixPerson, MatrixRow } from './types';

const MOST_ROWS = 50_000;
const MOST_DIMENSIONS = 6;
const SEPARATOR = '\u0000';

type Values = readonly (string | undefined)[];

interface Population {
	/** People by their combination. */
	counts: Map<string, { values: Values; people: number }>;
	unreached: AccessMatrix['unreached'][number][];
	seen: Map<string, Set<string>>;
}

const keyOf = (values: Values) => values.map((value) => value ?? '').join(SEPARATOR);

function valuesOf(person: MatrixPerson, dimensions: readonly string[]): Values {
	return dimensions.map((name) =>
		Object.hasOwn(person.attributes, name) ? keyOfValue(person.attributes[name]) : undefined,
	);
}

function survey(compiled: CompiledPolicy, { dimensions, people }: MatrixOptions): Population | undefined {
	if (people === undefined) return undefined;
	const population: Population = { counts: new Map(), unreached: [], seen: new Map() };
	const evaluator = evaluatorOf(compiled);
	for (const person of people) {
		const values = valuesOf(person, dimensions);
		const key = keyOf(values);
		const known = population.counts.get(key);
		if (known === undefined) population.counts.set(key, { values, people: 1 });
		else known.people += 1;
		if (evaluator.entitlements(person.attributes).length > 0) continue;
		population.unreached.push({ person: person.name ?? person.id, values });
	}
	for (const { values } of population.counts.values()) {
		dimensions.forEach((name, index) => {
			const value = values[index];
			const seen = population.seen.get(name) ?? new Set();
			population.seen.set(name, seen);
			if (value !== undefined) seen.add(value);
		});
	}
	return population;
}

function combinations(lists: readonly (readonly string[])[], most: number): Values[] {
	const count = lists.reduce((product, list) => product * list.length, 1);
	if (count > most) {
		throw new DomainError(
			'INPUT_TOO_LARGE',
			`The matrix would have ${count} rows, more than ${most}.`,
			'Name fewer dimensions, or ask only for the combinations that people have.',
		);
	}
	return lists.reduce<string[][]>((rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])), [[]]);
}

/** Combinations as people expect them: by value, those with an unknown value last. */
function compareValues(a: Values, b: Values): number {
	for (let index = 0; index < a.length; index += 1) {
		const [left, right] = [a[index], b[index]];
		if (left === right) continue;
		if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
		return left < right ? -1 : 1;
	}
	return 0;
}

function rowValues(compiled: CompiledPolicy, options: MatrixOptions, population: Population | undefined): Values[] {
	const most = options.maxRows ?? MOST_ROWS;
	const held = [...(population?.counts.values() ?? [])].map(({ values }) => values);
	if (options.combinations === 'people') return held.sort(compareValues).slice(0, most + 1);
	const lists = options.dimensions.map((name) => dimensionValues(compiled.policy, name, population?.seen.get(name)));
	const rows = combinations(lists, most);
	const known = new Set(rows.map(keyOf));
	return [...rows, ...held.filter((values) => !known.has(keyOf(values)))].sort(compareValues);
}

function checkDimensions(dimensions: readonly string[]): void {
	const problem =
		dimensions.length === 0
			? 'names no dimension'
			: dimensions.length > MOST_DIMENSIONS
				? `names ${dimensions.length} dimensions, more than ${MOST_DIMENSIONS}`
				: new Set(dimensions).size < dimensions.length
					? 'names a dimension twice'
					: undefined;
	if (problem === undefined) return;
	throw new DomainError('INPUT_INVALID', `The matrix ${problem}.`, 'Name one to six different attributes of people.');
}

/**
 * Every combination of what people can be, with what the rules give it: the values that the policy declares, those its
 * rules name, and those people have. What a rule asks besides the dimensions stands beside the cell.
 *
 * @throws DomainError INPUT_INVALID, INPUT_TOO_LARGE
 */
export function accessMatrix(compiled: CompiledPolicy, options: MatrixOptions): AccessMatrix {
	checkDimensions(options.dimensions);
	const population = survey(compiled, options);
	const maker = new CellMaker(compiled, options.dimensions);
	const all = rowValues(compiled, options, population);
	if (all.length > (options.maxRows ?? MOST_ROWS)) {
		throw new DomainError(
			'INPUT_TOO_LARGE',
			`The matrix would have more than ${options.maxRows ?? MOST_ROWS} rows.`,
			'Name fewer dimensions.',
		);
	}
	const rows = all.map((values): MatrixRow => {
		const cells = maker.cellsOf(values);
		if (population === undefined) return { values, cells };
		return { values, cells, people: population.counts.get(keyOf(values))?.people ?? 0 };
	});
	const earned = new Set(rows.flatMap(({ cells }) => cells.map(({ entitlement }) => entitlement)));
	return {
		policy: compiled.policy.policy,
		hash: compiled.hash,
		dimensions: options.dimensions,
		entitlements: [...earned].sort(),
		rows,
		unreached: population?.unreached ?? [],
		nobody: rows.filter(({ people, cells }) => people === 0 && cells.length > 0).length,
	};
}
