/**
 * Characters of symbol fonts that contracts use. Word keeps them at their place in the font (with U+F000 added, the
 * private use area), where other programs see nothing.
 */
const SYMBOL = new Map<number, string>([
	[0x22, '∀'],
	[0x24, '∃'],
	[0x40, '≅'],
	[0x61, 'α'],
	[0x62, 'β'],
	[0x64, 'δ'],
	[0x6c, 'λ'],
	[0x6d, 'μ'],
	[0x70, 'π'],
	[0x73, 'σ'],
	[0xa0, '€'],
	[0xa2, '′'],
	[0xa3, '≤'],
	[0xa5, '∞'],
	[0xab, '↔'],
	[0xac, '←'],
	[0xad, '↑'],
	[0xae, '→'],
	[0xaf, '↓'],
	[0xb0, '°'],
	[0xb1, '±'],
	[0xb2, '″'],
	[0xb3, '≥'],
	[0xb4, '×'],
	[0xb7, '•'],
	[0xb8, '÷'],
	[0xb9, '≠'],
	[0xbb, '≈'],
	[0xbc, '…'],
	[0xd2, '®'],
	[0xd3, '©'],
	[0xd4, '™'],
	[0xd5, '∏'],
	[0xd6, '√'],
	[0xd7, '·'],
	[0xde, '⇒'],
	[0xe2, '®'],
	[0xe3, '©'],
	[0xe4, '™'],
	[0xe5, '∑'],
]);
const WINGDINGS = new Map<number, string>([
	[0x22, '✂'],
	[0x6c, '●'],
	[0x6e, '■'],
	[0x6f, '☐'],
	[0x70, '☐'],
	[0x71, '☐'],
	[0x72, '☐'],
	[0x76, '❖'],
	[0x9f, '•'],
	[0xa7, '▪'],
	[0xa8, '☐'],
	[0xd8, '➢'],
	[0xdf, '←'],
	[0xe0, '→'],
	[0xfb, '✗'],
	[0xfc, '✓'],
	[0xfd, '☒'],
	[0xfe, '☑'],
]);
const WINGDINGS_2 = new Map<number, string>([
	[0x4f, '✗'],
	[0x50, '✓'],
	[0x51, '☒'],
	[0x52, '☑'],
	[0x53, '☒'],
	[0x54, '☒'],
	[0xa3, '☐'],
]);
const FONTS = new Map([
	['symbol', SYMBOL],
	['wingdings', WINGDINGS],
	['wingdings 2', WINGDINGS_2],
]);

/** The character of `<w:sym>`; U+FFFD for one that only its font can show. */
export function symbolText(font: string | undefined, code: string | undefined): string {
	const value = code !== undefined && /^[0-9a-f]{1,6}$/i.test(code) ? parseInt(code, 16) : NaN;
	if (!(value >= 0x20 && value <= 0x10ffff) || (value >= 0xd800 && value <= 0xdfff)) return '';
	const place = value >= 0xf000 && value <= 0xf0ff ? value - 0xf000 : value;
	const known = FONTS.get(font?.toLowerCase() ?? '')?.get(place);
	if (known !== undefined) return known;
	if (value >= 0xe000 && value <= 0xf8ff)
		return font?.toLowerCase() === 'symbol' && place < 0x7f ? String.fromCharCode(place) : '\ufffd';
	return String.fromCodePoint(value);
}
