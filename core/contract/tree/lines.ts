import { assertCount, type ContractLimits } from '../limits';

/** Line starts and ends of a text (CR, LF, CRLF), without building a string per line. */
export interface Line {
	start: number;
	/** End without the line break. */
	end: number;
	/** Start of the first character that is no blank. Equals `end` for a blank line. */
	content: number;
	/** Columns of leading blanks, a tab reaching to the next multiple of four. */
	indent: number;
}

function isBlank(code: number): boolean {
	return (
		code === 0x20 ||
		code === 0x09 ||
		code === 0xa0 ||
		code === 0x0c ||
		code === 0x0b ||
		code === 0xfeff ||
		code === 0x200b
	);
}

function lineAt(text: string, start: number, end: number): Line {
	let content = start;
	let indent = 0;
	for (; content < end; content++) {
		const code = text.charCodeAt(content);
		if (!isBlank(code)) break;
		if (code === 0x09) indent += 4 - (indent % 4);
		else if (code !== 0xfeff && code !== 0x200b) indent++;
	}
	return { start, end, content, indent };
}

/** @throws DomainError INPUT_TOO_LARGE (`maxLines`), before any line is read */
export function splitLines(text: string, limits: ContractLimits): Line[] {
	let count = 1;
	for (let at = text.indexOf('\n'); at >= 0 && count <= limits.maxLines; at = text.indexOf('\n', at + 1)) count++;
	assertCount('maxLines', count, limits);
	const lines: Line[] = [];
	let start = 0;
	while (start <= text.length) {
		const feed = text.indexOf('\n', start);
		let end = feed < 0 ? text.length : feed;
		if (end > start && text.charCodeAt(end - 1) === 0x0d) end--;
		lines.push(lineAt(text, start, end));
		if (feed < 0) break;
		start = feed + 1;
	}
	return lines;
}
