import type { RawBlock } from './block';

/** Two line breaks in a row, and more: what a reader sees as the space between two paragraphs. */
const DOUBLE_BREAK = /<br[ \t]{0,3}\/?>(?:[ \t]{0,8}\r?\n?[ \t]{0,8}<br[ \t]{0,3}\/?>){1,16}/gi;

/** Cuts paragraphs and list items where two `<br>` part them on the page. The rest of an item stays inside of it. */
export function splitAtBreaks(text: string, blocks: RawBlock[]): RawBlock[] {
	if (!text.includes('<br') && !text.includes('<BR')) return blocks;
	const breaks = [...text.matchAll(DOUBLE_BREAK)].map((match) => [match.index, match.index + match[0].length] as const);
	if (breaks.length === 0) return blocks;
	let next = 0;
	return blocks.flatMap((block) => {
		while ((breaks[next]?.[0] ?? Infinity) < block.start) next++;
		if (block.kind !== 'paragraph' && block.kind !== 'item') return [block];
		const { end } = block;
		const pieces = [block];
		for (; (breaks[next]?.[1] ?? Infinity) <= end; next++) {
			const [from, to] = breaks[next] ?? [end, end];
			const last = pieces.at(-1) ?? block;
			last.end = from;
			pieces.push({ ...place(block), start: to, end });
		}
		return pieces;
	});
}

function place({ list, outerList, from, to }: RawBlock): Omit<RawBlock, 'start' | 'end'> {
	return { kind: 'paragraph', level: 0, list, outerList, from, to };
}
