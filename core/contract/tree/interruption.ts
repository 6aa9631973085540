import type { RawBlock } from './block';
import { previousDisplays, type Label } from './label';

/** How far back an enumeration inside a sentence is looked for. */
const INLINE_REACH = 2_000;

/** Whether a block has come to an end, so that a numbered line behind it begins something new. */
export function hasEnded(text: string, block: RawBlock): boolean {
	const tail = text
		.slice(Math.max(block.start, block.end - 64), block.end)
		.replace(/<[^<>]{0,60}>/g, '')
		.trimEnd();
	return /(?:[.;:]|[;,] (?:and|or))["')*]{0,3}$/.test(tail) || block.kind === 'heading';
}

/** Whether a label goes on with an enumeration inside the block's sentence: `(i) …; (ii) …;⏎(iii) …`. */
export function enumerates(text: string, block: RawBlock, label: Label): boolean {
	const previous = previousDisplays(label);
	if (previous.length === 0) return false;
	const reach = text.slice(Math.max(block.start + 12, block.end - INLINE_REACH), block.end);
	return previous.some((display) => reach.includes(display));
}
