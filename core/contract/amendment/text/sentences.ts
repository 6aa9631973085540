import type { Span } from '../../../model';

/** Always followed by what they abbreviate the name of: never the end of a sentence. */
const TITLES = new Set(
	(
		'mr mrs ms dr messrs prof hon vs v cf e.g i.e sec secs art arts para paras cl no nos fig vol ' +
		'abs ziff nr buchst lit al'
	).split(' '),
);
/** May stand at the end of a sentence as well. */
const ABBREVIATIONS = new Set(
	(
		'inc ltd co corp llc st etc u.s u.k u.s.c approx gmbh s.a n.a l.p jr sr dept ext pp ed est al seq ref bhd plc ' +
		's.p.a s.a.s s.r.l b.v n.v a.m p.m d.c u.s.a'
	).split(' '),
);
const COUNTED =
	/\b(?:section|schedule|exhibit|annex|appendix|attachment|part|article|clause|paragraph|item|class|type|category|option|tier)$/i;

export type Stop = 'end' | 'inside' | 'unsure';

const GERMAN_MONTH = /^ (?:Jan|Feb|M\u00e4r|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)/;

/** `am 1. April`, `des 2. Quartals`. */
function isGermanOrdinal(text: string, start: number, at: number): boolean {
	return (
		GERMAN_MONTH.test(text.slice(at + 1, at + 12)) ||
		/(?:^|\s)(?:am|vom|zum|bis|den|der|dem|des|im|das|die) $/.test(text.slice(Math.max(0, start - 5), start))
	);
}

/** What the full stop at `at` is, when a capital, a digit or a bracket follows it. */
function judgeStop(text: string, sentence: number, at: number): Stop {
	let start = at;
	while (start > sentence && /[\p{L}\p{N}.()]/u.test(text.charAt(start - 1)) && at - start < 24) start--;
	const word = text.slice(start, at);
	const lower = word.toLowerCase();
	if (TITLES.has(lower)) return 'inside';
	if (start === sentence && /^\(?(?:\d{1,3}(?:\.\d{1,3}){0,5}[A-Za-z]?|[A-Za-z]|[ivxIVX]{1,5})\)?$/.test(word))
		return 'inside';
	if (
		/^\d/.test(word) &&
		/^ [A-Z]\.(?: |$)/.test(text.slice(at + 1, at + 5)) &&
		COUNTED.test(text.slice(Math.max(0, start - 16), start).trimEnd())
	)
		return 'inside';
	if (ABBREVIATIONS.has(lower)) return 'unsure';
	if (/^\d{1,2}$/.test(word) && isGermanOrdinal(text, start, at))
		return GERMAN_MONTH.test(text.slice(at + 1, at + 12)) ? 'inside' : 'unsure';
	if (!/^[A-Z]$/.test(word)) return 'end';
	return COUNTED.test(text.slice(Math.max(0, start - 16), start).trimEnd()) ? 'end' : 'unsure';
}

/** Sentence ends of a text one after the other. `unsure` stops are taken as inside of the sentence and told. */
export interface SentenceScan {
	spans: Span[];
	/** Offsets of full stops that may or may not end a sentence. */
	unsure: number[];
}

/** End of the sentence that starts at `start`; a paragraph's end always ends it. Closing quotes and brackets belong to it. */
export function sentenceEnd(text: string, start: number, limit: number, unsure: number[] = []): number {
	for (let at = start; at < limit; at++) {
		const mark = text.charAt(at);
		if (mark === '\n') return at;
		if (mark !== '.' && mark !== '?' && mark !== '!') continue;
		let end = at + 1;
		while (end < limit && /["')\]]/.test(text.charAt(end))) end++;
		if (end >= limit || text.charAt(end) === '\n') return end;
		if (text.charAt(end) !== ' ' || !/[\p{Lu}\p{N}"'([*_$\u00a7]/u.test(text.charAt(end + 1))) continue;
		const stop = mark === '.' && end === at + 1 ? judgeStop(text, start, at) : 'end';
		if (stop === 'end') return end;
		if (stop === 'unsure') unsure.push(at);
	}
	return limit;
}

/** Sentences of a plain text, without the blanks between them. */
export function scanSentences(text: string, from = 0, to = text.length): SentenceScan {
	const scan: SentenceScan = { spans: [], unsure: [] };
	for (let start = from; start < to;) {
		while (start < to && /\s/.test(text.charAt(start))) start++;
		if (start >= to) break;
		const end = sentenceEnd(text, start, to, scan.unsure);
		scan.spans.push({ start, end });
		start = end;
	}
	return scan;
}
