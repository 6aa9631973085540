import type { Passage } from '../types';

/** `"First paragraph.`, `"Second paragraph."`: the mark that opens each paragraph of one quotation is none of its words. */
export function unopened(passage: Passage): Passage {
	const strip = (text: string, gap: string): string =>
		text
			.split(gap)
			.map((part, at) => (at > 0 && /^["\u201c]/.test(part) && marksIn(part) % 2 === 1 ? part.slice(1) : part))
			.join(gap);
	return passage.text.includes('\n')
		? { ...passage, text: strip(passage.text, '\n'), raw: strip(passage.raw, '\n\n') }
		: passage;
}

const marksIn = (text: string): number => text.match(/["\u201c\u201d\u201e]/g)?.length ?? 0;

/** A closing mark too many at the end: `"GDP" means … as amended."`. */
export function balanced(passage: Passage): Passage {
	const marks = passage.text.split('"').length - 1;
	if (!passage.text.endsWith('"') || marks % 2 === 0) return passage;
	const span = { start: passage.span.start, end: passage.span.end - 1 };
	return { text: passage.text.slice(0, -1), raw: passage.raw.slice(0, -1), span };
}
