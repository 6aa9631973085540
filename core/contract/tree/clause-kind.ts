import type { Label } from './label';
import type { ClauseKind } from './node';
import { isPreamble } from './parties';

/** Headings without Markdown levels, by what they are. Levels 1 to 6 of Markdown are ranks 1 to 6. */
export const RANKS: ReadonlyMap<Label['style'], number> = new Map<Label['style'], number>([
	['schedule', 1.2],
	['part', 1.4],
	['article', 1.6],
]);
export const PLAIN_HEADING_RANK = 1.5;
export const BOLD_HEADING_RANK = 7;
export const KINDS: ReadonlyMap<Label['style'], ClauseKind> = new Map<Label['style'], ClauseKind>([
	['schedule', 'schedule'],
	['part', 'article'],
	['article', 'article'],
	['section', 'section'],
	['decimal', 'clause'],
]);
const PREAMBLE_WITHIN = 25;

/** What a paragraph without number is by its opening words; `before` clauses stand before it. */
export function unnumberedKind(text: string, before: number): ClauseKind | undefined {
	if (before < PREAMBLE_WITHIN && isPreamble(text)) return 'preamble';
	if (/^whereas\b/i.test(text)) return 'recital';
	return /^(?:in witness whereof|by: ?(?:\/s\/|_)|signed by\b)/i.test(text) ? 'signature' : undefined;
}
