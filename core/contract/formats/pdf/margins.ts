import type { PdfLine } from './page';

/** Lines that end so near to one another end at the margin. */
const NEAR = 14;

/**
 * Where full lines end: the outermost place that a fair share of the lines comes near. A single address that sticks out
 * into the margin moves it by nothing.
 */
export function rightEdge(lines: readonly PdfLine[]): number {
	const ends = lines.map((line) => line.x1).sort((a, b) => b - a);
	const share = Math.max(2, Math.floor(lines.length / 100));
	for (let at = 0; at < ends.length; at++) {
		const [end = 0, further] = [ends[at], ends[at + share - 1]];
		if (further !== undefined && end - further <= NEAR) return end;
	}
	return ends[0] ?? 0;
}
