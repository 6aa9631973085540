import type { TokenList } from './token';

/** What ties a month, quarter or year to a day within it or before it. */
export function readHolding(list: TokenList, at: number): { steps: number; next: number } | undefined {
	for (const words of [
		['in', 'which'],
		['during', 'which'],
		['containing'],
		['that', 'contains'],
		['that', 'includes'],
		['including'],
		['of'],
	]) {
		if (list.startsWith(at, words)) return { steps: 0, next: at + words.length };
	}
	const start = list.word(at) === 'immediately' || list.word(at) === 'next' ? at + 1 : at;
	if (/^(?:following|after|succeeding)$/.test(list.word(start))) return { steps: 1, next: start + 1 };
	return undefined;
}
