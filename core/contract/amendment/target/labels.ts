import { romanNumeral, romanValue } from '../../tree/roman';

/** A printed number without its dress: `Section 4.`, `(b)`, `12.0` → `4`, `b`, `12`. */
export function bareLabel(display: string): string {
	const bare = display
		.replace(/^(?:article|section|sec\.?|clause|part|chapter|paragraph|\u00a7+)\s*/i, '')
		.replace(/^\(|[).\s]+$/g, '')
		.replace(/^\(/, '');
	return /^\d+(?:\.0)+$/.test(bare) ? bare.replace(/(?:\.0)+$/, '') : bare;
}

/** Whether an amendment's number part is what the clause prints; `IV` and `4` are the same article. */
export function sameLabel(display: string | undefined, part: string): boolean {
	if (display === undefined) return false;
	const [a, b] = [bareLabel(display), bareLabel(part)];
	if (a === b) return true;
	if (/^[A-Z]+$/i.test(a) && /^[A-Z]+$/i.test(b))
		return a.length === b.length && a.toLowerCase() === b.toLowerCase() && !/^[A-Z]$/.test(a + b);
	return isArticle(display) && articleValue(a) === articleValue(b) && articleValue(a) > 0;
}

function isArticle(display: string): boolean {
	return /^(?:article|part|chapter)\b/i.test(display);
}

function articleValue(label: string): number {
	return /^\d+$/.test(label) ? Number(label) : romanValue(label.toLowerCase());
}

/** Place of a label among its kind: `b` → 2, `iv` → 4, `12.3` → 3; letters that are numerals too have two. */
export function labelValues(part: string): number[] {
	const bare = bareLabel(part);
	const digits = /(\d+)$/.exec(bare)?.[1];
	if (digits !== undefined) return [Number(digits)];
	const lower = bare.toLowerCase();
	const values: number[] = [];
	if (lower.length === 1) values.push(lower.charCodeAt(0) - 0x60);
	else if (lower.length > 1 && [...lower].every((letter) => letter === lower[0]))
		values.push(lower.charCodeAt(0) - 0x60 + 26 * (lower.length - 1));
	const roman = romanValue(lower);
	if (roman > 0) values.push(roman);
	return values;
}

const LONGEST_LIST = 40;

/** How the label before (or behind, `step` 1) would be written; several where a letter may be a numeral. */
export function neighbours(part: string, step: -1 | 1): string[] {
	const bare = bareLabel(part);
	const outer = /^(.*\.)\d+$/.exec(bare)?.[1] ?? '';
	const found: string[] = [];
	for (const value of labelValues(bare)) {
		const next = value + step;
		if (next < 1) continue;
		if (/\d$/.test(bare)) found.push(`${outer}${next}`);
		else {
			const dress = (text: string): string => (/[A-Z]/.test(bare) ? text.toUpperCase() : text);
			if (next <= 26 && bare.length === 1) found.push(dress(String.fromCharCode(0x60 + next)));
			// `c` is a letter: lists of a hundred numerals there are none.
			if (next <= LONGEST_LIST && romanValue(bare.toLowerCase()) === value) found.push(dress(romanNumeral(next)));
			if (bare.length > 1 && value > 26)
				found.push(dress(value + step > 26 ? String.fromCharCode(0x60 + next - 26).repeat(2) : 'z'));
		}
	}
	return found;
}
