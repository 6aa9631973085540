import type { Term, TermPerson, TermRenewal, TermValue } from '../../model';
import { count } from './count';

/** A term's value on one line; a table by its size. */
export function termInWords(term: Term | undefined): string {
	if (term === undefined) return 'not in this version';
	return term.value === undefined ? 'not read' : valueInWords(term.value);
}

function valueInWords(value: TermValue): string {
	switch (value.type) {
		case 'table':
			return count(value.rows.length, 'row');
		case 'list':
			return value.value.length === 0 ? 'none' : value.value.join(', ');
		case 'people':
			return value.value.length === 0 ? 'nobody' : value.value.map(personInWords).join(', ');
		case 'duration':
			return durationInWords(value.value, value.businessDays === true);
		case 'money':
			return `${value.currency} ${grouped(value.value)}`;
		case 'percent':
			return `${value.value} %`;
		case 'boolean':
			return value.value ? 'yes' : 'no';
		case 'number':
			return String(value.value);
		case 'date':
		case 'text':
			return value.value;
	}
}

function personInWords({ name, email }: TermPerson): string {
	if (name === undefined) return email ?? 'without name';
	return email === undefined ? name : `${name} <${email}>`;
}

/** `1234567.5` as `1,234,567.5`: no locale of the machine has a say. */
function grouped(value: number): string {
	const [whole = '', fraction] = String(value).split('.');
	const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
	return fraction === undefined ? groups : `${groups}.${fraction}`;
}

const UNITS = ['year', 'month', 'week', 'day'];

/** `P1Y6M` as `1 year, 6 months`. What has another form stays as it is. */
export function durationInWords(duration: string, businessDays = false): string {
	const parts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(duration);
	const words = UNITS.flatMap((unit, index) => {
		const number = parts?.[index + 1];
		const name = unit === 'day' && businessDays ? 'business day' : unit;
		return number === undefined ? [] : [count(Number(number), name)];
	});
	return words.length === 0 ? duration : words.join(', ');
}

/** How a contract goes on by itself, e.g. `renews by 1 year; last day for notice 2027-10-02; then until 2028-12-31`. */
export function renewalInWords({ every, notice, noticeBy, next, noticeInBusinessDays }: TermRenewal): string {
	const parts = [
		every === undefined ? 'renews by itself' : `renews by ${durationInWords(every)}`,
		notice === undefined ? '' : `notice ${durationInWords(notice, noticeInBusinessDays === true)}`,
		noticeBy === undefined ? '' : `last day for notice ${noticeBy}`,
		next === undefined ? '' : `then until ${next}`,
	];
	return parts.filter((part) => part !== '').join('; ');
}
