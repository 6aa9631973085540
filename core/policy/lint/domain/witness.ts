import { DateTime } from 'luxon';

import { takes } from './domain';
import type { Bound, Domain } from './domain';

/** An example attribute value; undefined where the attribute has to be unknown. */
export type Example = string | readonly string[] | undefined;

const MOST_TRIES = 1000;

function* dates(from: string, step: 1 | -1): Generator<string> {
	for (let day = DateTime.fromISO(from, { zone: 'utc' }), tries = 0; tries < MOST_TRIES; tries += 1) {
		const text = day.toISODate();
		if (text === null) return;
		yield text;
		day = day.plus({ days: step });
	}
}

function* numbers(from: number, step: 1 | -1): Generator<string> {
	for (let tries = 0; tries < MOST_TRIES; tries += 1) yield String(from + tries * step);
	// Between two limits close to each other there are only fractions.
	for (let part = 1; part < MOST_TRIES; part += 1) yield String(from + (step * part) / MOST_TRIES);
}

function* near(bound: Bound, step: 1 | -1): Generator<string> {
	if (typeof bound.value === 'number') yield* numbers(bound.value, step);
	else {
		yield bound.value;
		yield* dates(bound.value, step);
	}
}

function* candidates({ anyOf, lower, upper, prefix, exclude }: Domain): Generator<string> {
	if (anyOf !== undefined) yield* anyOf;
	else if (lower !== undefined) yield* near(lower, 1);
	else if (upper !== undefined) yield* near(upper, -1);
	else {
		const start = prefix ?? (exclude.length > 0 ? 'other' : 'any');
		yield start;
		for (let tries = 1; tries < MOST_TRIES; tries += 1) yield `${start}${tries}`;
	}
}

function firstFitting(domain: Domain): string | undefined {
	for (const value of candidates(domain)) if (takes(domain, value)) return value;
	return undefined;
}

/** A value that fits, for people to check by; null where none was found. */
export function exampleOf(domain: Domain): Example | null {
	if (domain.never !== undefined) return null;
	if (!domain.present) return undefined;
	const values = [domain, ...(domain.also ?? [])].map(firstFitting);
	if (values.includes(undefined)) return null;
	const found = [...new Set(values.flatMap((value) => value ?? []))];
	return domain.list ? found : (found[0] ?? null);
}

/** `department: Finance, level: 3, endDate: not known`; `anybody` where nothing is asked. */
export function describeExample(example: ReadonlyMap<string, Example>): string {
	if (example.size === 0) return 'anybody';
	const parts = [...example].sort(([a], [b]) => (a < b ? -1 : 1));
	return parts
		.map(([name, value]) => {
			const shown = value === undefined ? 'not known' : typeof value === 'string' ? value : `[${value.join(', ')}]`;
			return `${name}: ${shown}`;
		})
		.join(', ');
}
