/** Widths of characters in parts of the type size, as common text faces have them: enough to tell what fits a line. */
const NARROW = /[ilj.,;:'|!()[\]ftrI\u2018\u2019/-]/;
const WIDE = /[mwMW@%\u2014\u2026]/;

function widthOf(character: string): number {
	if (character === ' ') return 0.25;
	if (NARROW.test(character)) return 0.31;
	if (WIDE.test(character)) return 0.84;
	return /[A-Z]/.test(character) ? 0.67 : 0.5;
}

/** Estimated width of a text; only ratios of such widths mean anything. */
export function weigh(text: string): number {
	let sum = 0;
	for (const character of text) sum += widthOf(character);
	return sum;
}
