import { scanReferences } from '../references';

/** A number as it stands in a text. */
export interface NumberMention {
	value: number;
	start: number;
	end: number;
	/** Words and figures that contradict each other, or figures with two readings. */
	problem?: string;
	/** What it counts, where that is time, money or a share rather than things. */
	measure: boolean;
}

const UNITS =
	'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
		' ',
	);
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES = new Map([
	['thousand', 1_000],
	['million', 1_000_000],
	['billion', 1_000_000_000],
]);
const SMALL = new Map<string, number>([
	...UNITS.map((word, value): [string, number] => [word, value]),
	...TENS.map((word, index): [string, number] => [word, (index + 2) * 10]),
]);
const MEASURES =
	/^\)?[\s-]{0,2}(?:%|percent|per cent|(?:calendar |business |working )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b|usd|eur|gbp|dollars?|euros?)/i;
/** Words that make the number behind them a name: of a clause, a schedule, a version, an order. */
const REFERENCE =
	/(?:sections?|clauses?|articles?|paragraphs?|schedules?|exhibits?|annex(?:e?s|ures?)?|annexes|appendix|appendices|attachments?|addendum|order form|amendment|statement of work|sow|items?|phase|tier|version|release|no\.?|number|anlagen?|anhang|beilagen?|ziffern?|ziff\.|artikel|absatz|abs\.|abschnitt|nr\.?|nummer|punkt|kapitel|alinéa|chapitre|art\.|n°|§)\s{0,2}$/iu;

interface Word {
	text: string;
	start: number;
	end: number;
}

function words(text: string): Word[] {
	return [...text.matchAll(/[A-Za-z]+|[0-9](?:[0-9.,]|['\u2019](?=[0-9]{3}))*/g)].map((match) => ({
		text: match[0],
		start: match.index,
		end: match.index + match[0].length,
	}));
}

/** Reads number words from position `from`: `two hundred and twenty-five`. */
function spelled(text: string, list: Word[], from: number): { value: number; next: number } | undefined {
	let total = 0;
	let current = 0;
	let at = from;
	let any = false;
	for (; at < list.length; at++) {
		const word = list[at];
		const previous = list[at - 1];
		if (!word || (at > from && previous && !/^(?:\s|-){1,3}$/.test(text.slice(previous.end, word.start)))) break;
		const lower = word.text.toLowerCase();
		const small = SMALL.get(lower);
		const scale = SCALES.get(lower);
		if (small !== undefined) current += small;
		else if (lower === 'dozen' && list[at - 1]?.text !== 'half' && list[at - 2]?.text.toLowerCase() !== 'half')
			current = Math.max(1, current) * 12;
		else if (lower === 'hundred' && any) current = Math.max(1, current) * 100;
		else if (scale !== undefined && any) {
			total += Math.max(1, current) * scale;
			current = 0;
		} else if (
			lower === 'and' &&
			any &&
			SMALL.has(list[at + 1]?.text.toLowerCase() ?? '') &&
			/hundred|thousand/i.test(previous?.text ?? '')
		)
			continue;
		else break;
		any = true;
	}
	return any ? { value: total + current, next: at } : undefined;
}

/** Figures: `25`, `1,000`, `2.5`. `1.000` has two readings. */
function figures(raw: string): { value: number; length: number; problem?: string } | undefined {
	const trimmed = raw.replace(/[.,]+$/, '');
	if (/^[0-9]{1,3}(?:['\u2019][0-9]{3})+$/.test(trimmed))
		return { value: Number(trimmed.replace(/['\u2019]/g, '')), length: trimmed.length };
	if (/^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/.test(trimmed) || /^[0-9]+(?:\.[0-9]+)?$/.test(trimmed)) {
		const value = Number(trimmed.replaceAll(',', ''));
		const problem = /^[1-9][0-9]{0,2}\.[0-9]{3}$/.test(trimmed)
			? `"${trimmed}" can mean ${value} or ${trimmed.replace('.', '')}`
			: undefined;
		return { value, length: trimmed.length, ...(problem !== undefined ? { problem } : {}) };
	}
	return undefined;
}

function isMeasure(text: string, start: number, end: number): boolean {
	return (
		MEASURES.test(text.slice(end, end + 24)) ||
		/[$€£¥]\s?$|\b(?:usd|eur|gbp|us)\s?$/i.test(text.slice(Math.max(0, start - 5), start))
	);
}

/** All numbers of a text that count something, apart from `taken` stretches (dates) and references to clauses. */
export function findNumbers(text: string, taken: ReadonlyArray<{ start: number; end: number }>): NumberMention[] {
	const list = words(text);
	const named = [...taken, ...scanReferences(text)];
	const mentions: NumberMention[] = [];
	let at = 0;
	while (at < list.length) {
		const read = readAt(text, list, at);
		at = read?.next ?? at + 1;
		if (!read || named.some((span) => read.mention.start < span.end && span.start < read.mention.end)) continue;
		if (!REFERENCE.test(text.slice(Math.max(0, read.mention.start - 20), read.mention.start)))
			mentions.push(read.mention);
	}
	return mentions;
}

function readAt(text: string, list: Word[], at: number): { mention: NumberMention; next: number } | undefined {
	const word = list[at];
	if (!word) return undefined;
	if (!/^[0-9]/.test(word.text)) return readWords(text, list, at, word);
	const read = figures(word.text);
	const glued =
		/[A-Za-z0-9_-]$/.test(text.slice(Math.max(0, word.start - 1), word.start)) ||
		/^[A-Za-z_]/.test(text.slice(word.end, word.end + 1));
	if (!read || glued) return undefined;
	const end = word.start + read.length;
	const mention = { value: read.value, start: word.start, end, measure: isMeasure(text, word.start, end) };
	const range = /^\s?[-\u2013]\s?[0-9][0-9.,]*/.exec(text.slice(end, end + 20));
	const problem =
		read.problem ?? (range ? `"${text.slice(word.start, end)}${range[0].replace(/[.,]$/, '')}" is a range` : undefined);
	return { mention: problem === undefined ? mention : { ...mention, problem }, next: at + 1 };
}

/** Words, with the figures that repeat them in brackets. They have to agree. */
function readWords(
	text: string,
	list: Word[],
	at: number,
	word: Word,
): { mention: NumberMention; next: number } | undefined {
	const read = spelled(text, list, at);
	if (!read) return undefined;
	const end = list[read.next - 1]?.end ?? word.end;
	const bracketed = list[read.next];
	const repeated = bracketed && /^\s?\($/.test(text.slice(end, bracketed.start)) ? figures(bracketed.text) : undefined;
	if (!bracketed || !repeated) {
		// `one` alone is an article or a pronoun more often than a count.
		const mention = {
			value: read.value,
			start: word.start,
			end,
			measure: isMeasure(text, word.start, end) || read.value <= 1,
		};
		return { mention, next: read.next };
	}
	const close = bracketed.start + repeated.length;
	const mention = { value: repeated.value, start: word.start, end: close, measure: isMeasure(text, word.start, close) };
	const problem = repeated.value === read.value ? undefined : `"${text.slice(word.start, close)})" contradicts itself`;
	return { mention: problem === undefined ? mention : { ...mention, problem }, next: read.next + 1 };
}
