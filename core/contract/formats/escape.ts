/**
 * Escaping for the Markdown rendition: what `readDocument` reads back is the text that was put in, character for
 * character (but for what it normalises anyway: quotes, hyphens, blanks).
 */

function isWord(code: number): boolean {
	return (
		(code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code > 0xbf
	);
}

/** Whether the mark at `at` would be read as markup. */
function isActive(text: string, at: number, code: number): boolean {
	const next = text.charCodeAt(at + 1);
	switch (code) {
		case 0x2a: // *
		case 0x60: // `
			return true;
		case 0x5c: // \
			return at + 1 >= text.length || !isWord(next);
		case 0x5f: // _
			return !(isWord(text.charCodeAt(at - 1)) && isWord(next));
		case 0x7e: // ~~
			return next === 0x7e;
		case 0x5d: // ](
			return next === 0x28;
		case 0x3c: // <a </ <!
			return next === 0x2f || next === 0x21 || (next >= 0x41 && next <= 0x7a);
		case 0x26: // &amp;
			return next === 0x23 || isWord(next);
		default:
			return false;
	}
}

/** Text without line breaks as Markdown inline content. */
export function escapeInline(text: string): string {
	let out = '';
	let from = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if ((code < 0x5b && code !== 0x2a && code !== 0x3c && code !== 0x26) || code > 0x7e) continue;
		if (!isActive(text, at, code)) continue;
		out += `${text.slice(from, at)}\\`;
		from = at;
	}
	return out === '' ? text : out + text.slice(from);
}

/** Text inside a table cell: a bar would end the cell. */
export function escapeCell(text: string): string {
	return escapeInline(text).replaceAll('|', '\\|').replaceAll('\n', '<br>');
}

const BLOCK_MARK = /^(?:#{1,6}(?=\s|$)|[-+*](?=\s|$)|\||>|[0-9]{1,9}[.)](?=\s|$))/;

function isRule(line: string): boolean {
	const mark = line.charAt(0);
	if (!'=-_'.includes(mark)) return false;
	for (const character of line) if (character !== mark && character !== ' ') return false;
	return true;
}

/** One line of escaped inline content, guarded against being read as a heading, list item, table or rule. */
export function escapeLineStart(line: string): string {
	const match = BLOCK_MARK.exec(line);
	if (match) {
		// `1. Payment` keeps its literal number; `\1` would not be an escape, `1\.` is.
		const at = /^[0-9]/.test(line) ? match[0].length - 1 : 0;
		return `${line.slice(0, at)}\\${line.slice(at)}`;
	}
	return line !== '' && isRule(line) ? `\\${line}` : line;
}
