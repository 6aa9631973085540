import { romanNumeral } from '../tree/roman';

/** How a number of a list level is written (ISO/IEC 29500-1, 17.18.59). */

/** Beyond this a Roman numeral or a row of letters only grows; Word too writes digits then. */
const MOST_ROMAN = 4_999;
const MOST_REPEATS = 30;

const ONES =
	'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
		' ',
	);
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const IRREGULAR = new Map([
	['one', 'first'],
	['two', 'second'],
	['three', 'third'],
	['five', 'fifth'],
	['eight', 'eighth'],
	['nine', 'ninth'],
	['twelve', 'twelfth'],
]);
const HEBREW = Array.from('אבגדהוזחטיכלמנסעפצקרשת');
const ARABIC_ALPHA = Array.from('أبتثجحخدذرزسشصضطظعغفقكلمنهوي');
const ARABIC_ABJAD = Array.from('أبجدهوزحطيكلمنسعفصقرشتثخذضظغ');
const RUSSIAN = Array.from('абвгдежзиклмнопрстуфхцчшщыэюя');
const LATIN = Array.from('abcdefghijklmnopqrstuvwxyz');
const CHICAGO = ['*', '†', '‡', '§'];

function roman(value: number): string {
	if (value > MOST_ROMAN) return String(value);
	return romanNumeral(value);
}

/** After the last letter each is written twice, then three times: z, aa, bb. */
function repeated(letters: readonly string[], value: number): string {
	const times = Math.ceil(value / letters.length);
	return times > MOST_REPEATS ? String(value) : (letters[(value - 1) % letters.length] ?? '').repeat(times);
}

function cardinal(value: number): string {
	if (value >= 1_000_000) return String(value);
	if (value >= 1_000) return joined(`${cardinal(Math.floor(value / 1_000))} thousand`, value % 1_000, ' ');
	if (value >= 100) return joined(`${cardinal(Math.floor(value / 100))} hundred`, value % 100, ' ');
	if (value >= 20) return joined(TENS[Math.floor(value / 10)] ?? '', value % 10, '-');
	return ONES[value] ?? String(value);
}

function joined(head: string, rest: number, by: string): string {
	return rest === 0 ? head : `${head}${by}${cardinal(rest)}`;
}

function ordinalWords(value: number): string {
	const words = cardinal(value);
	const at = Math.max(words.lastIndexOf(' '), words.lastIndexOf('-')) + 1;
	const last = words.slice(at);
	return words.slice(0, at) + (IRREGULAR.get(last) ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`));
}

function ordinal(value: number): string {
	const teens = Math.floor(value / 10) % 10 === 1;
	return `${value}${teens ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th')}`;
}

function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

const FORMATS = new Map<string, (value: number) => string>([
	['decimal', String],
	['decimalZero', (value) => String(value).padStart(2, '0')],
	['custom 3', (value) => String(value).padStart(3, '0')],
	['custom 4', (value) => String(value).padStart(4, '0')],
	['custom 5', (value) => String(value).padStart(5, '0')],
	['numberInDash', (value) => `- ${value} -`],
	[
		'decimalFullWidth',
		(value) => [...String(value)].map((digit) => String.fromCharCode(0xfee0 + digit.charCodeAt(0))).join(''),
	],
	['decimalEnclosedCircle', (value) => (value <= 20 ? String.fromCharCode(0x245f + value) : String(value))],
	['decimalEnclosedParen', (value) => (value <= 20 ? String.fromCharCode(0x2473 + value) : String(value))],
	['lowerRoman', roman],
	['upperRoman', (value) => roman(value).toUpperCase()],
	['lowerLetter', (value) => repeated(LATIN, value)],
	['upperLetter', (value) => repeated(LATIN, value).toUpperCase()],
	['russianLower', (value) => repeated(RUSSIAN, value)],
	['russianUpper', (value) => repeated(RUSSIAN, value).toUpperCase()],
	['hebrew1', (value) => repeated(HEBREW, value)],
	['arabicAlpha', (value) => repeated(ARABIC_ALPHA, value)],
	['arabicAbjad', (value) => repeated(ARABIC_ABJAD, value)],
	['chicago', (value) => repeated(CHICAGO, value)],
	['hex', (value) => value.toString(16).toUpperCase()],
	['ordinal', ordinal],
	['cardinalText', (value) => capitalised(cardinal(value))],
	['ordinalText', (value) => capitalised(ordinalWords(value))],
	['none', () => ''],
]);

const FROM_ONE = new Set([...FORMATS.keys()].filter((format) => !/^(?:decimal|custom|none|hex)/.test(format)));

/** Whether numbers of this format are written as in Word; others are written as digits. */
export function isKnownFormat(format: string): boolean {
	return FORMATS.has(format) || format === 'bullet';
}

/** `value` in the format; letters and Roman numerals begin at 1, so what is below is written as digits. */
export function formatNumber(value: number, format: string): string {
	if (value < 1 && FROM_ONE.has(format)) return String(value);
	return (FORMATS.get(format) ?? String)(value);
}
