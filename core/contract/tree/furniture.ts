import type { Line } from './lines';

/** Page numbers, running heads and the source lines of filings: on every page, part of no clause. */
const PAGE_FURNITURE =
	/^(?:-\s?[0-9]{1,4}\s?-|[0-9]{1,4}|page [0-9]{1,4}(?: of [0-9]{1,4})?|(?:exhibit|ex-) ?[0-9]{1,3}\.[0-9]{1,3}|source: [^\n]{1,80}, [0-9]{1,2}\/[0-9]{1,2}\/[0-9]{4})$/i;
const LONGEST = 110;

/** Whether a line of plain text is furniture of the page and not of the contract. */
export function isFurniture(text: string, line: Line): boolean {
	return line.end - line.content <= LONGEST && PAGE_FURNITURE.test(text.slice(line.content, line.end).trimEnd());
}
