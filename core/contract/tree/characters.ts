/**
 * Characters that look different and mean the same: typographic quotes, exotic spaces, ligatures, invisible marks.
 * Hyphens and the en dash fall together; the em dash stays, because it separates clauses of a sentence.
 */
const SAME = new Map<number, string>();

function same(text: string, codes: number[]): void {
	for (const code of codes) SAME.set(code, text);
}

same('"', [0x201c, 0x201d, 0x201e, 0x201f, 0x2033, 0x00ab, 0x00bb]);
same("'", [0x2018, 0x2019, 0x201a, 0x201b, 0x2032, 0x00b4, 0x0060]);
same(' ', [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]);
same(' ', [0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a]);
same('', [0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x200e, 0x200f]);
same('-', [0x2010, 0x2011, 0x2012, 0x2013, 0x2212]);
same('...', [0x2026]);
same('ff', [0xfb00]);
same('fi', [0xfb01]);
same('fl', [0xfb02]);
same('ffi', [0xfb03]);
same('ffl', [0xfb04]);
same('st', [0xfb05, 0xfb06]);

/** The plain form of a code unit; undefined where it is plain already. */
export function plainForm(code: number): string | undefined {
	return code > 0x20 && code < 0x60 ? undefined : SAME.get(code);
}

const NAMED_ENTITIES = new Map<string, string>([
	['nbsp', ' '],
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
	['rsquo', "'"],
	['lsquo', "'"],
	['rdquo', '"'],
	['ldquo', '"'],
	['ndash', '-'],
	['mdash', '\u2014'],
	['shy', ''],
	['sect', '\u00a7'],
]);
const LONGEST_ENTITY = 10;

/** Reads an HTML character reference at `at` (an ampersand). */
export function readEntity(source: string, at: number, end: number): { text: string; length: number } | undefined {
	const limit = Math.min(end, at + LONGEST_ENTITY);
	for (let i = at + 1; i < limit; i++) {
		if (source.charCodeAt(i) !== 0x3b) continue;
		const name = source.slice(at + 1, i);
		const length = i + 1 - at;
		const named = NAMED_ENTITIES.get(name);
		if (named !== undefined) return { text: named, length };
		const code = /^#[0-9]+$/.test(name)
			? Number(name.slice(1))
			: /^#x[0-9a-f]+$/i.test(name)
				? parseInt(name.slice(2), 16)
				: 0;
		if (code < 0x20 || code > 0x10ffff) return undefined;
		const text = String.fromCodePoint(code);
		return { text: plainForm(code) ?? text, length };
	}
	return undefined;
}

/** The first characters of a text, `length` code units at most: a character of two is kept whole or left out. */
export function opening(text: string, length: number): string {
	if (text.length <= length) return text;
	const last = text.charCodeAt(length - 1);
	return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
