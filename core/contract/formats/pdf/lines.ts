import { makeLine, type PdfLine, type PlacedText } from './page';

/** How far a piece may stand off the baseline and still belong to the line: superscripts, small shifts. */
const OFF_BASELINE = 0.45;

/**
 * Gathers pieces into lines from top to bottom, whatever order the file draws them in. Pieces far apart on one baseline
 * (cells, columns) stay one line here; they are told apart by their gaps later.
 */
export function gatherLines(pieces: readonly PlacedText[]): PdfLine[] {
	const sorted = pieces.toSorted((a, b) => a.y - b.y || a.x - b.x);
	const groups: PlacedText[][] = [];
	let group: PlacedText[] = [];
	let [base, size] = [0, 0];
	for (const piece of sorted) {
		if (group.length > 0 && piece.y - base <= OFF_BASELINE * Math.max(size, piece.size)) {
			if (piece.size > size) [base, size] = [piece.y, piece.size];
			group.push(piece);
			continue;
		}
		if (group.length > 0) groups.push(group);
		group = [piece];
		[base, size] = [piece.y, piece.size];
	}
	if (group.length > 0) groups.push(group);
	return groups.map((members) => makeLine(members.sort((a, b) => a.x - b.x)));
}

/** Type sizes that text goes up by where it goes on at the top of the next column: more than a superscript rises. */
const NEXT_COLUMN = 2;

/** Lines of text in the order that it is written in: what goes on in the next column stays behind what stands before it. */
export function flowingLines(pieces: readonly PlacedText[]): PdfLine[] {
	const columns: PlacedText[][] = [];
	let last: PlacedText | undefined;
	for (const piece of pieces) {
		const column = columns.at(-1);
		if (column && last && last.y - piece.y < NEXT_COLUMN * piece.size) column.push(piece);
		else columns.push([piece]);
		last = piece;
	}
	return columns.flatMap(gatherLines);
}
