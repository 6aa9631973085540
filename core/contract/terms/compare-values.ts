import { columnId, rowId } from '../compare/table';
import type { QualifiedValue } from './qualified';
import { canonicalJson, type TermEffect, type TermPerson, type TermValue } from '../../model';

/** What counts of a value when two are compared: not the way on which a date was found. */
function essence(value: TermValue): unknown {
	if (value.type === 'list') return { type: value.type, value: [...ids(value.value)].sort() };
	if (value.type === 'people') return { type: value.type, value: [...ids(value.value.map(personId))].sort() };
	if (value.type !== 'date') return value;
	const { renewal } = value;
	return { type: value.type, value: value.value, ...(renewal ? { every: renewal.every, notice: renewal.notice } : {}) };
}

export function sameValue(a: TermValue, b: TermValue): boolean {
	return canonicalJson(essence(a)) === canonicalJson(essence(b));
}

function ids(entries: string[]): Set<string> {
	return new Set(entries.map((entry) => entry.toLowerCase().replace(/\s+/g, ' ').trim()));
}

function personId({ name, email }: TermPerson): string {
	return email ?? name ?? '';
}

function bySize(before: number, after: number): TermEffect {
	return after > before ? 'widening' : after < before ? 'narrowing' : 'neutral';
}

/** More entries widen, fewer narrow. Where some come and others go, access may widen, and that is what is said. */
function bySet(before: Set<string>, after: Set<string>): TermEffect {
	const comes = [...after].some((entry) => !before.has(entry));
	const goes = [...before].some((entry) => !after.has(entry));
	return comes ? 'widening' : goes ? 'narrowing' : 'neutral';
}

const ISO = /^P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?(?:T([0-9]+)H)?$/;

/** Fewest and most hours that a duration can last: months have 28 to 31 days, and business days have a weekend between them. */
function hours(value: Extract<TermValue, { type: 'duration' }>): { fewest: number; most: number } {
	const [years, months, days, rest] = [1, 2, 3, 4].map((group) => Number(ISO.exec(value.value)?.[group] ?? 0));
	const whole = (years ?? 0) * 12 + (months ?? 0);
	const day = days ?? 0;
	const longest = value.businessDays ? day * 3 + 7 : day;
	const hour = rest ?? 0;
	return {
		fewest: (Math.floor((whole * 365) / 12) - (whole % 12 === 0 ? 0 : 3) + day) * 24 + hour,
		most: (Math.ceil((whole * 366) / 12) + (whole % 12 === 0 ? 0 : 3) + longest) * 24 + hour,
	};
}

function byDuration(
	before: Extract<TermValue, { type: 'duration' }>,
	after: Extract<TermValue, { type: 'duration' }>,
): TermEffect {
	const [old, now] = [hours(before), hours(after)];
	if (before.businessDays === after.businessDays && sameUnits(before.value, after.value))
		return bySize(old.fewest, now.fewest);
	if (now.most < old.fewest) return 'narrowing';
	// Which of `30 days` and `one month` is longer depends on the month.
	return 'widening';
}

function sameUnits(a: string, b: string): boolean {
	const units = (text: string): string => text.replace(/[0-9]/g, '').replace('Y', 'M').replace('MM', 'M');
	return units(a) === units(b);
}

/** New rows widen, gone ones narrow; where the same rows say something else, access may widen. */
function byRows(
	before: Extract<TermValue, { type: 'table' }>,
	after: Extract<TermValue, { type: 'table' }>,
	key: string | undefined,
): TermEffect {
	const column = (table: typeof before): string | undefined =>
		key === undefined ? undefined : table.columns.find((name) => columnId(name) === columnId(key));
	const [old, now] = [column(before), column(after)];
	if (old === undefined || now === undefined) return bySize(before.rows.length, after.rows.length);
	const keys = (table: typeof before, name: string): Set<string> =>
		new Set(table.rows.map((row) => rowId(row[name] ?? '')));
	const effect = bySet(keys(before, old), keys(after, now));
	return effect === 'neutral' ? 'widening' : effect;
}

/** What it does to access when `before` becomes `after`. What cannot be ranked counts as widening, so that somebody looks. */
export function effectOfValues(before: TermValue, after: TermValue, key?: string): TermEffect {
	if (sameValue(before, after)) return 'neutral';
	if (before.type === 'number' && after.type === 'number') return bySize(before.value, after.value);
	if (before.type === 'percent' && after.type === 'percent') return bySize(before.value, after.value);
	if (before.type === 'boolean' && after.type === 'boolean') return bySize(Number(before.value), Number(after.value));
	if (before.type === 'money' && after.type === 'money')
		return before.currency === after.currency ? bySize(before.value, after.value) : 'neutral';
	if (before.type === 'duration' && after.type === 'duration') return byDuration(before, after);
	if (before.type === 'list' && after.type === 'list') return bySet(ids(before.value), ids(after.value));
	if (before.type === 'people' && after.type === 'people')
		return bySet(ids(before.value.map(personId)), ids(after.value.map(personId)));
	if (before.type === 'table' && after.type === 'table') return byRows(before, after, key);
	if (before.type === 'date' && after.type === 'date') return byDate(before, after);
	return before.type === after.type ? 'neutral' : 'widening';
}

/** A later end widens; of equal ends the one that goes on by itself does. */
function byDate(before: Extract<TermValue, { type: 'date' }>, after: Extract<TermValue, { type: 'date' }>): TermEffect {
	if (before.value !== after.value) return after.value > before.value ? 'widening' : 'narrowing';
	if (!before.renewal || !after.renewal)
		return bySize(Number(before.renewal !== undefined), Number(after.renewal !== undefined));
	const [old, now] = [before.renewal.every, after.renewal.every];
	// Another notice alone moves no end.
	if (old === now) return 'neutral';
	if (old === undefined || now === undefined) return 'widening';
	return byDuration({ type: 'duration', value: old }, { type: 'duration', value: now });
}

/** A value for people, on one line. */
export function valueInWords(value: QualifiedValue): string {
	switch (value.type) {
		case 'table':
			return `${value.rows.length} row${value.rows.length === 1 ? '' : 's'}`;
		case 'list':
			return value.value.join(', ');
		case 'people':
			return value.value
				.map(({ name, email }) =>
					name !== undefined && email !== undefined ? `${name} <${email}>` : (name ?? email ?? ''),
				)
				.join(', ');
		case 'money':
			return `${value.currency} ${value.value}${value.per === undefined ? '' : ` per ${value.per}`}`;
		case 'percent':
			return `${value.value} %`;
		case 'boolean':
			return value.value ? 'yes' : 'no';
		case 'duration':
			return value.businessDays ? `${value.value} (business days)` : value.value;
		case 'number':
		case 'date':
		case 'text':
			return String(value.value);
	}
}
