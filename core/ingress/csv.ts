/** One record of a CSV file. */
export type CsvRecord = readonly string[];

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The delimiter that the header line uses most, outside of quotes; a comma where it uses none. */
export function detectDelimiter(text: string): string {
	const counts = new Map<string, number>(DELIMITERS.map((delimiter) => [delimiter, 0]));
	let quoted = false;
	for (const character of text.slice(0, 64_000)) {
		if (character === '"') quoted = !quoted;
		else if (!quoted && (character === '\n' || character === '\r')) break;
		else if (!quoted) counts.set(character, (counts.get(character) ?? -1e9) + 1);
	}
	return DELIMITERS.reduce((best, each) => ((counts.get(each) ?? 0) > (counts.get(best) ?? 0) ? each : best));
}

/**
 * Reads CSV (RFC 4180) record by record in linear time: quotes, doubled quotes, line breaks in quotes, CR, LF and CRLF, a
 * byte order mark. Empty lines are passed over. The generator returns `true` where the text ends within quotes: it was cut.
 */
export function* csvRecords(text: string, delimiter = detectDelimiter(text)): Generator<CsvRecord, boolean> {
	let at = text.startsWith('\ufeff') ? 1 : 0;
	while (at < text.length) {
		const record: string[] = [];
		for (;;) {
			const field = readField(text, at, delimiter);
			if (field === undefined) return true;
			record.push(field.value);
			at = field.end;
			if (text.startsWith(delimiter, at)) {
				at += delimiter.length;
				continue;
			}
			break;
		}
		if (text[at] === '\r') at += 1;
		if (text[at] === '\n') at += 1;
		if (record.length > 1 || record[0] !== '') yield record;
	}
	return false;
}

/** Undefined where a quote is never closed. */
function readField(text: string, from: number, delimiter: string): { value: string; end: number } | undefined {
	if (text[from] !== '"') {
		let end = from;
		while (end < text.length && text[end] !== '\n' && text[end] !== '\r' && text[end] !== delimiter) end += 1;
		return { value: text.slice(from, end), end };
	}
	const parts: string[] = [];
	let at = from + 1;
	for (;;) {
		const quote = text.indexOf('"', at);
		if (quote === -1) return undefined;
		parts.push(text.slice(at, quote));
		if (text[quote + 1] !== '"') {
			// What follows a closing quote up to the next delimiter belongs to the field, as spreadsheets read it.
			let end = quote + 1;
			while (end < text.length && text[end] !== '\n' && text[end] !== '\r' && text[end] !== delimiter) end += 1;
			return { value: parts.join('') + text.slice(quote + 1, end).trim(), end };
		}
		parts.push('"');
		at = quote + 2;
	}
}
