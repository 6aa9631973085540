import type { PdfLine } from './page';
import { isCentred, openingOf } from './paragraphs';

/** Whether `1.` stands under another number: then depth tells `2.1` from `1`. */
function areNested(lines: readonly PdfLine[]): boolean {
	let outer: number | undefined;
	for (const line of lines) {
		const opening = openingOf(line);
		if (opening?.kind !== 'ordinal') continue;
		if (outer !== undefined && line.x0 > outer + 10 && opening.label?.parts[0] === 1) return true;
		outer = outer === undefined ? line.x0 : Math.min(outer, line.x0);
	}
	return false;
}

/** The left edge that most lines begin at. */
function leftEdge(lines: readonly PdfLine[]): number {
	const counts = new Map<number, number>();
	let [best, most] = [0, 0];
	for (const { x0 } of lines) {
		const edge = Math.round(x0 / 2) * 2;
		const count = (counts.get(edge) ?? 0) + 1;
		counts.set(edge, count);
		if (count > most || (count === most && edge < best)) [best, most] = [edge, count];
	}
	return best;
}

/**
 * Whether numbers such as `1.` are set as those of lists: text hangs behind them, or they stand further in than the text
 * does. Else they are part of their paragraphs.
 * @param right where full lines end
 * @param indent how far the first lines of paragraphs stand in
 */
export function areListed(lines: readonly PdfLine[], right: number, indent = 0): boolean {
	if (areNested(lines)) return true;
	const edge = leftEdge(lines);
	let balance = 0;
	lines.forEach((line, at) => {
		const opening = openingOf(line);
		// A centred heading stands further in than the text, and no item.
		if (opening?.kind !== 'ordinal' || isCentred(line, edge, right)) return;
		const next = lines[at + 1];
		const goesOn = next && next.y > line.y && next.y - line.y < 1.7 * line.size && !openingOf(next);
		const hangs = goesOn
			? Math.abs(next.x0 - opening.textX) < Math.abs(next.x0 - line.x0)
			: line.x0 > edge + indent + 0.8 * line.size;
		balance += hangs ? 1 : -1;
	});
	return balance > 0;
}
