import { CONTRACT_LIMITS } from '../limits';
import { isMonthName } from './month';

/** A sentence of a text, by its offsets. */
export interface SentenceRange {
	start: number;
	end: number;
}

const ABBREVIATION =
	/(?:\b(?:no|nos|inc|ltd|co|corp|llc|art|sec|mr|mrs|ms|dr|vs|e\.g|i\.e|cf|approx|bzw|nr|abs|sept|jan|feb|mar|apr|aug|oct|nov|dec)|\b[a-z])$/i;

/** The full stop of `3. März` ends no sentence. */
function isDayOfMonth(text: string, at: number): boolean {
	return (
		/[0-9]$/.test(text.slice(Math.max(0, at - 1), at)) &&
		isMonthName(/^\p{L}{0,12}/u.exec(text.slice(at + 2, at + 14))?.[0] ?? '')
	);
}

function ends(text: string, at: number): boolean {
	const mark = text.charAt(at);
	if ((mark !== '.' && mark !== '?' && mark !== '!') || text.charAt(at + 1) !== ' ') return false;
	const next = text.charAt(at + 2);
	if (next === next.toLowerCase() && next !== '"' && next !== '(') return false;
	if (mark === '.' && ABBREVIATION.test(text.slice(Math.max(0, at - 8), at))) return false;
	return !isDayOfMonth(text, at);
}

/**
 * Cuts clean text (one space between words) at full stops that end a sentence.
 * @param longest a longer sentence is read in pieces of this length
 */
export function splitSentences(text: string, longest = CONTRACT_LIMITS.maxSentence): SentenceRange[] {
	const sentences: SentenceRange[] = [];
	let start = 0;
	for (let at = 0; at < text.length; at++) {
		const tooLong = at - start >= longest && text.charAt(at) === ' ';
		if (!tooLong && !ends(text, at)) continue;
		sentences.push({ start, end: tooLong ? at : at + 1 });
		start = tooLong ? at + 1 : at + 2;
	}
	if (start < text.length) sentences.push({ start, end: text.length });
	return sentences;
}
