import type { Line } from './lines';

const FENCE = '---';

/** The line that closes the front matter at the top of a Markdown document, -1 where there is none. */
export function frontMatterEnd(text: string, lines: readonly Line[]): number {
	const isFence = (line: Line, from: number): boolean => text.slice(from, line.end).trimEnd() === FENCE;
	const [first] = lines;
	if (!first || !isFence(first, first.content)) return -1;
	return lines.findIndex((line, at) => at > 0 && isFence(line, line.start));
}
