import type { Span } from '../../../model';
import { scanSentences } from '../text/sentences';
import { readHead } from './head';

const TELLS =
	/^\W*(?:whereas|recitals?|background)\b|\b(?:desires?|wish(?:es)?|wants?|intends?|propos(?:e|es|ed)|(?:was|were|has been|have been|had been) (?:\w+ )?\w+ed)\b/i;

/** Whether a sentence orders a change that a rule understands; recitals only tell of one. */
export function isOrder(text: string, { start, end }: Span): boolean {
	const { drafts, frame, sentence } = readHead(text, start, end, undefined);
	const orders = drafts.some(({ unread }) => unread !== true) || (frame?.places.length ?? 0) > 0;
	return orders && !TELLS.test(text.slice(start, sentence).replace(/"[^"]*"/g, '""'));
}

/** Start of the first sentence that orders a change; undefined where none does. */
export function firstOrder(text: string, span: Span): number | undefined {
	return scanSentences(text, span.start, span.end).spans.find((sentence) => isOrder(text, sentence))?.start;
}
