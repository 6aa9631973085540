/** A scalar of a record with its type, found in the notation it came in. */
export interface RecordValue {
	type: 'absent' | 'date' | 'instant' | 'money' | 'percent' | 'duration' | 'number' | 'boolean' | 'text';
	/** Equal for values that are the same in another notation. */
	canonical: string;
}

const LONGEST_TYPED = 64;
const MONTHS = new Map<string, string>();
for (const names of [
	'january february march april may june july august september october november december',
	'jan feb mar apr may jun jul aug sep oct nov dec',
	'januar februar märz april mai juni juli august september oktober november dezember',
	'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
]) {
	names.split(' ').forEach((name, index) => MONTHS.set(name, String(index + 1).padStart(2, '0')));
}

const CURRENCIES = new Map<string, string>([
	['$', 'USD'],
	['us$', 'USD'],
	['€', 'EUR'],
	['£', 'GBP'],
	['¥', 'JPY'],
	['euro', 'EUR'],
	['euros', 'EUR'],
	['dollars', 'USD'],
]);
const ISO_CURRENCY =
	/^(?:aed|ars|aud|bgn|brl|cad|chf|clp|cny|cop|czk|dkk|egp|eur|gbp|hkd|huf|idr|ils|inr|isk|jpy|krw|kwd|mad|mxn|myr|ngn|nok|nzd|pen|php|pkr|pln|qar|ron|rsd|rub|sar|sek|sgd|thb|try|twd|uah|usd|vnd|zar)$/;

const UNITS = new Map<string, { size: number; unit: 'month' | 'day' | 'second' }>();
for (const [names, size, unit] of [
	['year years yr yrs jahr jahre jahren an ans année années', 12, 'month'],
	['month months monat monate monaten mois', 1, 'month'],
	['week weeks woche wochen semaine semaines', 7, 'day'],
	['day days tag tage tagen jour jours', 1, 'day'],
	['hour hours h stunde stunden heure heures', 3_600, 'second'],
	['minute minutes min minuten', 60, 'second'],
	['second seconds sec sekunde sekunden seconde secondes', 1, 'second'],
] as const) {
	for (const name of names.split(' ')) UNITS.set(name, { size, unit });
}

function isDay(year: number, month: number, day: number): boolean {
	const days = [
		31,
		year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
		31,
		30,
		31,
		30,
		31,
		31,
		30,
		31,
		30,
		31,
	];
	return day >= 1 && day <= (days[month - 1] ?? 0);
}

function date(year: string, month: string, day: string): string | undefined {
	return isDay(Number(year), Number(month), Number(day))
		? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
		: undefined;
}

/** Dates that can be read in one way only; `03/04/2026` cannot and stays text. */
function readDate(text: string): string | undefined {
	const iso = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text) ?? /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(text);
	if (iso) return date(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '');
	const dotted = /^([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})$/.exec(text);
	if (dotted) return date(dotted[3] ?? '', dotted[2] ?? '', dotted[1] ?? '');
	const named =
		/^([0-9]{1,2})(?:st|nd|rd|th|er|\.)?(?: day)?(?: of)? (\p{L}{3,10})\.?,? ([0-9]{4})$/u.exec(text) ??
		swap(/^(\p{L}{3,10})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ?([0-9]{4})$/u.exec(text));
	const month = MONTHS.get(named?.[2]?.toLowerCase() ?? '');
	return named && month !== undefined ? date(named[3] ?? '', month, named[1] ?? '') : undefined;
}

function swap(match: RegExpExecArray | null): string[] | null {
	return match ? [match[0], match[2] ?? '', match[1] ?? '', match[3] ?? ''] : null;
}

/** An instant in UTC; midnight UTC is the day itself, as systems store days. */
function readInstant(text: string): RecordValue | undefined {
	if (
		!/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[-+][0-9]{2}:?[0-9]{2})$/.test(
			text,
		)
	)
		return undefined;
	const at = Date.parse(text.replace(/([-+][0-9]{2})([0-9]{2})$/, '$1:$2'));
	if (Number.isNaN(at)) return undefined;
	const instant = new Date(at).toISOString();
	return instant.endsWith('T00:00:00.000Z')
		? { type: 'date', canonical: `date:${instant.slice(0, 10)}` }
		: { type: 'instant', canonical: `instant:${instant}` };
}

/** `1,200.50`, `1.200,50`, `1 200,50`, `1'200`, `1200.5` as a plain decimal; leading zeros make it an identifier. */
export function decimal(text: string): string | undefined {
	const match = /^([-+\u2212]?)([0-9]+(?:[., '\u00a0\u202f\u2019][0-9]+)*)$/.exec(text);
	if (!match) return undefined;
	let digits = (match[2] ?? '').replace(/[ '\u00a0\u202f\u2019]/g, '');
	const [comma, dot] = [digits.lastIndexOf(','), digits.lastIndexOf('.')];
	if (comma >= 0 && dot >= 0)
		digits = comma > dot ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', '');
	else if (comma >= 0)
		digits = /^[0-9]{1,3}(?:,[0-9]{3})+$/.test(digits) ? digits.replaceAll(',', '') : digits.replace(',', '.');
	else if (/^[0-9]{1,3}(?:\.[0-9]{3}){2,}$/.test(digits)) digits = digits.replaceAll('.', '');
	if (!/^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(digits)) return undefined;
	const [whole = '0', fraction = ''] = digits.split('.');
	const kept = fraction.replace(/0+$/, '');
	const value = kept === '' ? whole : `${whole}.${kept}`;
	return match[1] === '-' || match[1] === '\u2212' ? (value === '0' ? '0' : `-${value}`) : value;
}

function currency(text: string): string | undefined {
	const name = text.trim().toLowerCase();
	return CURRENCIES.get(name) ?? (ISO_CURRENCY.test(name) ? name.toUpperCase() : undefined);
}

function readMoney(text: string): string | undefined {
	const sign = /^[-+\u2212]/.exec(text)?.[0] ?? '';
	const match =
		/^([^0-9]{1,8}?)\s?([0-9][0-9., '\u00a0\u202f\u2019]*)(?:\s?([^0-9]{1,8}))?$/.exec(text.slice(sign.length)) ??
		/^()([0-9][0-9., '\u00a0\u202f\u2019]*?)\s?([^0-9\s.,]{1,8})$/.exec(text.slice(sign.length));
	if (!match) return undefined;
	const [before, after] = [match[1] ?? '', match[3] ?? ''];
	const unit = currency(before === '' ? after : before);
	if (unit === undefined || (before !== '' && after !== '' && currency(after) !== unit)) return undefined;
	const amount = decimal(sign + (match[2] ?? '').trim());
	return amount === undefined ? undefined : `${unit} ${amount}`;
}

function readPercent(text: string): string | undefined {
	const match = /^([-+]?[0-9][0-9., ]*?)\s?(?:%|percent|per cent|prozent|pour cent|v\.? ?h\.?)$/i.exec(text);
	return match ? decimal(match[1] ?? '') : undefined;
}

const ISO_DURATION =
	/^P(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})S)?)?$/;

/** Months, days and seconds apart: a month has no fixed number of days. */
function readDuration(text: string): string | undefined {
	const iso = text.length > 2 && !text.endsWith('T') ? ISO_DURATION.exec(text) : null;
	if (iso) {
		const part = (index: number): number => Number(iso[index] ?? 0);
		return `${part(1) * 12 + part(2)}/${part(3) * 7 + part(4)}/${part(5) * 3_600 + part(6) * 60 + part(7)}`;
	}
	const match = /^(?:\p{L}+(?:[- ]\p{L}+)? \()?([0-9]{1,6})\)? (?:calendar )?(\p{L}{1,8})$/u.exec(text);
	const unit = UNITS.get(match?.[2]?.toLowerCase() ?? '');
	if (!match || !unit) return undefined;
	const amount = Number(match[1]) * unit.size;
	return `${unit.unit === 'month' ? amount : 0}/${unit.unit === 'day' ? amount : 0}/${unit.unit === 'second' ? amount : 0}`;
}

const TRUTH = new Map([
	['true', 'true'],
	['false', 'false'],
	['yes', 'true'],
	['no', 'false'],
]);

function plainText(text: string): string {
	return text
		.normalize('NFC')
		.replace(/[\u2018\u2019\u201a]/g, "'")
		.replace(/[\u201c\u201d\u201e]/g, '"')
		.replace(/[\u00ad\u200b\ufeff]/g, '')
		.replace(/[\s\u00a0]+/g, ' ')
		.trim();
}

/**
 * Reads a scalar: date, money, percent, duration, number, boolean or text. Two values are the same if their `canonical`
 * is: `"1,200.00"` and `1200`, `"31.12.2027"` and `"2027-12-31"`, `"P1Y"` and `"12 months"`, `null` and a missing field.
 */
export function readValue(raw: unknown): RecordValue {
	if (raw === null || raw === undefined || raw === '') return { type: 'absent', canonical: '' };
	if (typeof raw === 'boolean') return { type: 'boolean', canonical: `boolean:${raw}` };
	if (typeof raw === 'number') return { type: 'number', canonical: `number:${decimal(String(raw)) ?? String(raw)}` };
	const text = plainText(typeof raw === 'string' ? raw : JSON.stringify(raw));
	if (text.length > LONGEST_TYPED) return { type: 'text', canonical: `text:${text}` };
	return readTyped(text) ?? { type: 'text', canonical: `text:${text}` };
}

function readTyped(text: string): RecordValue | undefined {
	const truth = TRUTH.get(text.toLowerCase());
	if (truth !== undefined) return { type: 'boolean', canonical: `boolean:${truth}` };
	if (!/[0-9]/.test(text)) return undefined;
	const instant = readInstant(text);
	if (instant) return instant;
	const readers = [
		['date', readDate],
		['number', decimal],
		['percent', readPercent],
		['money', readMoney],
		['duration', readDuration],
	] as const;
	for (const [type, reader] of readers) {
		const canonical = reader(text);
		if (canonical !== undefined) return { type, canonical: `${type}:${canonical}` };
	}
	return undefined;
}
