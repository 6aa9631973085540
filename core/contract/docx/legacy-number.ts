import { formatNumber } from './number-format';

/** Formats by the codes that the old attribute uses (MS-DOC 2.9.172 nfc); what is not here is written in digits. */
const FORMATS = new Map([
	['0', 'decimal'],
	['1', 'upperRoman'],
	['2', 'lowerRoman'],
	['3', 'upperLetter'],
	['4', 'lowerLetter'],
	['5', 'ordinal'],
	['6', 'cardinalText'],
	['7', 'ordinalText'],
	['22', 'decimalZero'],
	['23', 'bullet'],
	['255', 'none'],
]);
const LONGEST = 255;
/** One level: `%1:4:0:.` is level 1, number 4, in digits, with a full stop after it. */
const LEVEL = /%([1-9]):([0-9]{1,9}):([0-9]{1,3}):([^%]{0,32})/g;

/**
 * The number that a paragraph had before a tracked change as Word 97 to 2003 kept it (`w:original` of
 * `w:numberingChange`, ISO/IEC 29500-4, 14.3.4): `%1:4:0:.%2:1:4:)` reads `4.a)`. Without any level it is the number
 * itself. Undefined where nothing is kept.
 */
export function legacyNumber(original: string | undefined): string | undefined {
	if (original === undefined) return undefined;
	const kept = original.slice(0, LONGEST);
	const levels = [...kept.matchAll(LEVEL)];
	if (levels.length === 0) return kept.trim();
	const before = kept.slice(0, levels[0]?.index ?? 0);
	const parts = levels.map(([, , value = '0', code = '0', after = '']) => {
		const format = FORMATS.get(code) ?? 'decimal';
		return (format === 'bullet' ? '•' : formatNumber(Number(value), format)) + after;
	});
	return `${before}${parts.join('')}`.trim();
}
