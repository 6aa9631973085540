import { readNumeral, TokenList } from '../../dating';

/** Words and figures of a text that contradict each other: `three hundred (350)`. */
export function contradiction(text: string): string | undefined {
	const list = new TokenList(text);
	for (let at = 0; at < list.length; at++) {
		// The cents of an amount are no number of their own.
		if (/^[.,']$/.test(list.word(at - 1)) && list.glued(at - 1)) continue;
		const read = readNumeral(list, at);
		if (read?.problem !== undefined) return `Words and figures contradict each other: ${read.problem}.`;
		if (read) at = Math.max(at, read.next - 1);
	}
	return undefined;
}
