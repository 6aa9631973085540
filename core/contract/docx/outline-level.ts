import type { Paragraph } from './content';
import type { Style } from './styles';

/** Levels that Markdown has headings for. */
const DEEPEST = 6;
const BODY = 9;
/** A heading is a line or two; the numbered paragraphs that some forms set in heading styles are longer. */
const LONGEST_HEADING = 160;
const MOST_SENTENCES = 1;

const CONTENTS = /^(?:toc [1-9]|toc heading|table of figures|table of authorities)$/;

/** A line of a table of contents: it is left out. */
export function isContents({ style }: Paragraph): boolean {
	return CONTENTS.test(style.name);
}

/** Outline level of a paragraph from 1, undefined for body text. */
export function outlineLevel({ style, outline }: Paragraph): number | undefined {
	return outlineOf(style, outline);
}

/** The same, of a style and what the paragraph says itself. */
export function outlineOf(style: Style, own: number | undefined): number | undefined {
	if (style.name === 'title') return 1;
	const outline = own ?? style.outline ?? BODY;
	return outline >= 0 && outline < BODY ? outline + 1 : undefined;
}

export function looksLikeHeading(text: string): boolean {
	if (text.length > LONGEST_HEADING) return false;
	const sentences = text.match(/[.;](?= [A-Z(])/g)?.length ?? 0;
	return sentences <= MOST_SENTENCES && !(text.length > 80 && /[.;:,]$/.test(text));
}

/**
 * Which outline levels hold headings. Many contracts set whole clauses in heading styles to get their numbers: where
 * most paragraphs of a level are clauses, it and all levels below it are read as numbered paragraphs.
 */
export class HeadingLevels {
	readonly #counts = Array.from({ length: DEEPEST + 1 }, () => ({ headings: 0, clauses: 0 }));

	count(level: number, text: string): void {
		const counts = this.#counts[Math.min(level, DEEPEST)];
		if (!counts || text === '') return;
		if (looksLikeHeading(text)) counts.headings++;
		else counts.clauses++;
	}

	/** The deepest level whose paragraphs are headings. */
	deepest(): number {
		let level = 0;
		while (level < DEEPEST) {
			const counts = this.#counts[level + 1];
			if (counts && counts.clauses > 0 && counts.clauses * 2 >= counts.headings) break;
			level++;
		}
		return level;
	}
}
