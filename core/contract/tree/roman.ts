/** Roman numerals, in lower case. */

/** Letters that numbers of clauses are read from: `d` and `m` are letters of an alphabetical list, not 500 and 1,000. */
const READ = new Map<string, number>(Object.entries({ i: 1, v: 5, x: 10, l: 50, c: 100 }));
const WRITTEN: ReadonlyArray<readonly [number, string]> = [
	[1_000, 'm'],
	[900, 'cm'],
	[500, 'd'],
	[400, 'cd'],
	[100, 'c'],
	[90, 'xc'],
	[50, 'l'],
	[40, 'xl'],
	[10, 'x'],
	[9, 'ix'],
	[5, 'v'],
	[4, 'iv'],
	[1, 'i'],
];

/** Value of a numeral, 0 if it is none. */
export function romanValue(text: string): number {
	let total = 0;
	let last = 1_000;
	for (const letter of text) {
		const value = READ.get(letter);
		if (value === undefined) return 0;
		total += value > last ? value - 2 * last : value;
		last = value;
	}
	return total;
}

/** `value` (from 1) as a numeral. Its length grows with the value: callers write digits for large ones. */
export function romanNumeral(value: number): string {
	let rest = value;
	let text = '';
	for (const [worth, letters] of WRITTEN) for (; rest >= worth; rest -= worth) text += letters;
	return text;
}
