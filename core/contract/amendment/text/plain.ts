import type { DocumentFormat, Span } from '../../../model';
import { PlainReader, type Plain } from './plain-reader';

export type { Plain } from './plain-reader';

/** The plain text of `source[span]`. In Markdown a single line break is a space; in plain text `singleBreaks` decides. */
export function plainText(source: string, span: Span, format: DocumentFormat, singleBreaks = false): Plain {
	return new PlainReader(source, span, format === 'markdown', format === 'text' && singleBreaks).read();
}

/** The source of `plain[start, end)`, paragraph by paragraph, with a blank line between them; rows of a table stay together. */
export function rawText(source: string, plain: Plain, start: number, end: number): string {
	let raw = '';
	let last: Span | undefined;
	for (let from = start; from < end;) {
		const feed = plain.text.slice(from, end).indexOf('\n');
		const to = feed < 0 ? end : from + feed;
		if (to > from) {
			const part = { start: plain.sourceAt(from), end: plain.sourceEnd(to) };
			if (last) raw += joinsRows(source, last, part) ? '\n' : '\n\n';
			raw += source.slice(part.start, part.end);
			last = part;
		}
		from = to + 1;
	}
	return raw;
}

function joinsRows(source: string, above: Span, below: Span): boolean {
	if ((source.slice(above.end, below.start).match(/\n/g)?.length ?? 0) !== 1) return false;
	return isRow(source.slice(above.start, above.end)) && isRow(source.slice(below.start, below.end));
}

function isRow(line: string): boolean {
	return line.startsWith('|') || line.includes('\t') || / {3,}\S/.test(line);
}

/** Text as it is compared: paragraphs no matter. */
export function flat(text: string): string {
	return text.replaceAll('\n', ' ');
}

/** A needle in the form of `plainText`, for texts that come from elsewhere than a document. */
export function plainWords(text: string, format: DocumentFormat): string {
	return flat(plainText(text, { start: 0, end: text.length }, format).text);
}
