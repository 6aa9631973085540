import { tokenize, TokenList } from '../dating';
import { currencyAfter, currencyBefore } from './currency';
import { findNumbers } from './number';
import type { Mention } from './reading';

/** An amount of money or a share as it stands in a text. */
export interface AmountMention extends Mention {
	value: number;
	/** ISO 4217 code or sign; empty for shares. */
	unit: string;
}

const SCALES = new Map([
	['thousand', 1e3],
	['k', 1e3],
	['million', 1e6],
	['mio', 1e6],
	['m', 1e6],
	['mn', 1e6],
	['billion', 1e9],
	['bn', 1e9],
]);

interface Figures {
	value: number;
	next: number;
	problem?: string;
}

/** Figures with separators of either manner: `1,150.00`, `1.150,00`, `1'150`, `12,5`. */
export function readFigures(list: TokenList, at: number): Figures | undefined {
	if (list.digits(at, 1, 15) === undefined) return undefined;
	let next = at + 1;
	while (
		next < at + 16 &&
		/^[.,']$/.test(list.word(next)) &&
		list.glued(next - 1) &&
		list.glued(next) &&
		list.digits(next + 1, 1, 15) !== undefined
	)
		next += 2;
	const spaced = next === at + 1 ? behindGroups(list, at) : next;
	if (spaced > next) return { value: Number(list.written(at, spaced).replace(/[^0-9]/g, '')), next: spaced };
	const written = list.written(at, next);
	const marks = written.replace(/[0-9]/g, '');
	const last = written.length - 1 - written.search(/[.,'][0-9]*$/);
	const plain = written.replace(/[.,']/g, '');
	if (marks === '') return { value: Number(plain), next };
	const groups = written.split(/[.,']/);
	const grouped = groups.slice(1).every((group) => group.length === 3) && (groups[0]?.length ?? 0) <= 3;
	const mark = marks.at(-1) ?? '';
	const thousandsFirst = groups.slice(1, -1).every((group) => group.length === 3) && (groups[0]?.length ?? 0) <= 3;
	const same = new Set(marks).size === 1;
	if (same && grouped && (marks.length > 1 || mark !== '.')) return { value: Number(plain), next };
	if (same && marks.length === 1 && mark === '.' && grouped && groups[0] !== '0') {
		return { value: Number(plain), next, problem: `"${written}" can mean ${Number(written)} or ${plain}` };
	}
	const decimals =
		mark !== "'" &&
		(marks.length === 1 ||
			(!marks.slice(0, -1).includes(mark) && thousandsFirst && new Set(marks.slice(0, -1)).size === 1));
	if (!decimals) return { value: 0, next, problem: `"${written}" is no number` };
	const whole = written.slice(0, written.length - 1 - last).replace(/[.,']/g, '');
	return { value: Number(`${whole}.${written.slice(written.length - last)}`), next };
}

/** `9 900 €`, `EUR 1 250 000`: groups of three that blanks keep apart, beside a currency. */
function behindGroups(list: TokenList, at: number): number {
	let next = at + 1;
	if ((list.digits(at, 1, 3) ?? 0) === 0) return next;
	while (next < at + 5 && !list.glued(next - 1) && list.digits(next, 3, 3) !== undefined) next++;
	if (next === at + 1) return next;
	return currencyBefore(list, at) || currencyAfter(list, next) ? next : at + 1;
}

/** Figures with a scale: `5 million`, `2.5m`. */
function scaledFigures(list: TokenList, at: number): Figures | undefined {
	const figures = readFigures(list, at);
	if (!figures) return undefined;
	const word = list.word(figures.next);
	const scale =
		word.length <= 2 && !list.glued(figures.next - 1) && word !== 'bn' && word !== 'mn' ? undefined : SCALES.get(word);
	if (scale === undefined) return figures;
	return { ...figures, value: Math.round(figures.value * scale * 100) / 100, next: figures.next + 1 };
}

/** All amounts of money of a text. Words before figures in brackets have to agree with them. */
export function findMoney(text: string): AmountMention[] {
	if (!/[$€£¥₹]|\b[A-Z]{3}\b|dollar|euro|pound|franken/i.test(text)) return [];
	const list = new TokenList(text, tokenize(text));
	const spelled = new Map(findNumbers(text, []).map((mention) => [mention.end, mention]));
	const found: AmountMention[] = [];
	for (let at = 0; at < list.length; at++) {
		const figures = scaledFigures(list, at);
		const before = figures ? currencyBefore(list, at) : undefined;
		const after = figures && !before ? currencyAfter(list, closed(list, figures.next)) : undefined;
		if (!figures || (!before && !after)) continue;
		const end = after?.next ?? figures.next;
		const place = list.place(before?.from ?? at, end);
		const words = spelledBefore(list, before?.from ?? at, spelled);
		const contradicts = words !== undefined && words !== figures.value;
		const problem =
			figures.problem ??
			(contradicts ? `"${text.slice(place.start, place.end)}" contradicts the words before it` : undefined);
		found.push({
			...place,
			value: figures.value,
			unit: before?.unit ?? after?.unit ?? '',
			...(problem === undefined ? {} : { problem }),
		});
		at = end - 1;
	}
	return found.length > 0 ? found : spelledMoney(text, list);
}

/** `(10,000) euros`: the bracket closes before the currency. */
function closed(list: TokenList, at: number): number {
	return list.word(at) === ')' ? at + 1 : at;
}

/** The number in words before a bracket: `five thousand dollars ($5,000)`, `five hundred (500) euros`. */
function spelledBefore(
	list: TokenList,
	at: number,
	spelled: ReadonlyMap<number, { value: number }>,
): number | undefined {
	if (list.word(at - 1) !== '(') return undefined;
	for (let back = at - 2; back > at - 9 && back >= 0; back--) {
		const number = spelled.get(list.place(back, back + 1).end);
		if (number && !/^[0-9]/.test(list.text(back))) return number.value;
		if (!/^(?:dollars?|euros?|pounds?|u|s|us|\.|united|states|of|the|canadian|australian)$/.test(list.word(back)))
			return undefined;
	}
	return undefined;
}

/** `five hundred euros`, without figures. */
function spelledMoney(text: string, list: TokenList): AmountMention[] {
	const starts = new Map(list.tokens.map(({ start }, index) => [start, index]));
	return findNumbers(text, []).flatMap((number) => {
		let at = list.tokens.findIndex(({ start }) => start >= number.end);
		if (!starts.has(number.start) || at < 0) return [];
		at = closed(list, at);
		const unit = currencyAfter(list, at)?.unit;
		if (unit === undefined) return [];
		const { start, end, value, problem } = number;
		return [{ start, end, value, unit, ...(problem === undefined ? {} : { problem }) }];
	});
}

/** All shares of a text: `19%`, `12,5 %`, `nineteen percent (19%)`. */
export function findPercents(text: string): AmountMention[] {
	if (!/%|per ?cent|prozent|pour cent/i.test(text)) return [];
	const list = new TokenList(text, tokenize(text));
	const spelled = new Map(findNumbers(text, []).map((mention) => [mention.end, mention]));
	const found: AmountMention[] = [];
	for (let at = 0; at < list.length; at++) {
		const figures = readFigures(list, at);
		if (!figures) continue;
		const after = percentAfter(list, closed(list, figures.next));
		if (after < 0) continue;
		const place = list.place(at, after);
		const words = percentWords(list, at, spelled);
		const range = /^(?:-|to)$/.test(list.word(at - 1)) && list.digits(at - 2, 1, 6) !== undefined;
		const problem = range
			? `"${text.slice(place.start, place.end)}" is one end of a range`
			: (figures.problem ??
				(words !== undefined && words !== figures.value
					? `"${text.slice(place.start, place.end)}" contradicts the words before it`
					: undefined));
		found.push({ ...place, value: figures.value, unit: '', ...(problem === undefined ? {} : { problem }) });
		at = after - 1;
	}
	if (found.length > 0) return found;
	return findNumbers(text, []).flatMap(({ start, end, value, problem }) => {
		const at = list.tokens.findIndex((token) => token.start >= end);
		return at >= 0 && percentAfter(list, at) >= 0
			? [{ start, end, value, unit: '', ...(problem === undefined ? {} : { problem }) }]
			: [];
	});
}

function percentAfter(list: TokenList, at: number): number {
	if (/^(?:%|percent|prozent)$/.test(list.word(at))) return at + 1;
	return list.startsWith(at, ['per', 'cent']) || list.startsWith(at, ['pour', 'cent']) ? at + 2 : -1;
}

function percentWords(
	list: TokenList,
	at: number,
	spelled: ReadonlyMap<number, { value: number }>,
): number | undefined {
	if (list.word(at - 1) !== '(') return undefined;
	const back = /^(?:percent|prozent)$/.test(list.word(at - 2))
		? at - 3
		: list.startsWith(at - 3, ['per', 'cent'])
			? at - 4
			: at - 2;
	if (/^[0-9]/.test(list.text(back))) return undefined;
	return spelled.get(list.place(back, back + 1).end)?.value;
}
