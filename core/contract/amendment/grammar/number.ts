import type { Cursor } from './cursor';
import type { Token } from './lexer';

const HEAD =
	/^(?:\d{1,4}(?:[.-]\d{1,4})*[A-Za-z]{0,2}(?:\.\d{1,4})*|[IVXLC]{1,7}|[A-Z]{1,2}(?:-?\d{1,3})?|[a-z]|[ivx]{1,5})$/;
const SUB = /^(?:[a-z]{1,4}|[A-Z]{1,4}|\d{1,3})$/;

function closeTo(token: Token, before: Token | undefined): boolean {
	return before === undefined || token.start - before.end <= 1;
}

/**
 * A number as amendments write it, from the outside in: `2.1(b)(ii)` → `['2.1', 'b', 'ii']`, `2. A.` → `['2', 'A']`.
 * @param lowercase whether a bare letter in lower case may open it: `clause b`
 */
export function readNumber(cursor: Cursor, lowercase = false): string[] | undefined {
	const parts: string[] = [];
	const first = cursor.peek();
	if (first.text === '(') {
		const sub = readBracket(cursor);
		if (sub === undefined) return undefined;
		parts.push(sub);
	} else {
		if ((first.kind !== 'number' && first.kind !== 'word') || !HEAD.test(first.text)) return undefined;
		if (/^[a-z]/.test(first.text) && !(lowercase && /^(?:[b-hj-z]|[ivx]{2,5})$/.test(first.text))) return undefined;
		cursor.next();
		parts.push(first.text.replace(/(?:\.0)+$/, (zero) => (first.text.length > zero.length ? zero : '')));
	}
	for (;;) {
		const before = cursor.tokens[cursor.at - 1];
		if (cursor.peek().text === '(' && closeTo(cursor.peek(), before)) {
			const sub = readBracket(cursor);
			if (sub === undefined) break;
			parts.push(sub);
		} else if (cursor.peek().text === '.' && /^[A-Z]$/.test(cursor.peek(1).text) && cursor.peek(2).text === '.') {
			parts.push(cursor.peek(1).text);
			cursor.at += 2;
		} else break;
	}
	if (cursor.peek().text === '.' && parts.length > 1 && /^[A-Z]$/.test(parts.at(-1) ?? '')) cursor.next();
	return parts;
}

/** `(b)`; not `(the "Fee")` or `(Payment)`. */
function readBracket(cursor: Cursor): string | undefined {
	const inner = cursor.peek(1);
	if (!SUB.test(inner.text) || cursor.peek(2).text !== ')') return undefined;
	if (inner.text.length > 1 && !/^(?:[ivxlc]+|[IVXLC]+|\d+|([a-zA-Z])\1+)$/.test(inner.text)) return undefined;
	cursor.at += 3;
	return inner.text;
}

/** `Sections 4 and 5`, `2.2 (b), 2.2 (c) and 2.2 (d)`, `11.1 to 11.3`, each with the title that stands behind it. */
export function readNumbers(
	cursor: Cursor,
	lowercase: boolean,
	titleOf: (cursor: Cursor) => string | undefined,
): Array<{ parts: string[]; through?: string[]; title?: string; end: number }> {
	const found: Array<{ parts: string[]; through?: string[]; title?: string; end: number }> = [];
	for (;;) {
		const parts = readNumber(cursor, lowercase);
		if (!parts) break;
		let title = titleOf(cursor);
		const range = cursor.copy();
		let through: string[] | undefined;
		if (range.take('to', 'through', '-', '\u2013')) {
			through = readNumber(range, lowercase);
			if (through) {
				cursor.at = range.at;
				title ??= titleOf(cursor);
			}
		}
		const { end } = cursor.tokens[cursor.at - 1] ?? { end: 0 };
		found.push({ parts, end, ...(through ? { through } : {}), ...(title !== undefined ? { title } : {}) });
		const more = cursor.copy();
		while (more.take(',', 'and', '&', 'or', 'both'));
		if (more.at === cursor.at || !readNumber(more.copy(), lowercase)) break;
		cursor.at = more.at;
	}
	return found.map((entry) => inheritOuter(entry, found[0]?.parts ?? []));
}

/** `Section 2. A. and B.`: the second stands under the same section as the first. */
function inheritOuter<T extends { parts: string[]; through?: string[] }>(entry: T, first: string[]): T {
	if (entry.through?.length === 1 && entry.parts.length > 1 && /^[A-Za-z]{1,4}$/.test(entry.through[0] ?? ''))
		return { ...entry, through: [...entry.parts.slice(0, -1), ...entry.through] };
	const bare = entry.parts.length === 1 && /^[A-Za-z]{1,4}$/.test(entry.parts[0] ?? '');
	if (!bare || first.length < 2 || !/^\d/.test(first[0] ?? '')) return entry;
	return { ...entry, parts: [...first.slice(0, -1), ...entry.parts] };
}
