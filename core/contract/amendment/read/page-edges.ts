import type { Span } from '../../../model';

interface Piece extends Span {
	furniture: boolean;
}

const LONGEST = 300;
const OFTEN = 3;

/** Stretches of a paragraph between wide blanks. */
function stretches(text: string, piece: Span, isWide: (offset: number) => boolean): Span[] {
	const found: Span[] = [];
	let start = piece.start;
	for (let at = text.indexOf(' ', start); at >= 0 && at < piece.end; at = text.indexOf(' ', at + 1)) {
		if (!isWide(at)) continue;
		found.push({ start, end: at });
		start = at + 1;
	}
	found.push({ start, end: piece.end });
	return found;
}

/**
 * Footers and headers that a lost line break glued to the last and first words of a page: stretches between wide blanks
 * that come again and again, at the edge of a paragraph beside other furniture.
 * @param orders what orders something is never furniture
 */
export function cutPageEdges(
	text: string,
	pieces: readonly Piece[],
	isWide: (offset: number) => boolean,
	orders: RegExp,
): Piece[] {
	const parts = pieces.map((piece) => (piece.furniture ? [piece] : stretches(text, piece, isWide)));
	const keyOf = ({ start, end }: Span): string =>
		end - start > LONGEST ? '' : text.slice(start, end).replace(/\d+/g, '0');
	const counts = new Map<string, number>();
	for (const part of parts.flat()) counts.set(keyOf(part), (counts.get(keyOf(part)) ?? 0) + 1);
	const repeated = (part: Span | undefined): boolean => {
		if (!part) return false;
		const key = keyOf(part);
		return (counts.get(key) ?? 0) >= OFTEN && /\p{L}{3}/u.test(key) && !orders.test(key);
	};
	return pieces.flatMap((piece, index): Piece[] => {
		const own = parts[index] ?? [];
		if (piece.furniture || own.length < 2) return [piece];
		let [first, last] = [0, own.length];
		if (pieces[index + 1]?.furniture === true) while (last > 1 && repeated(own[last - 1])) last--;
		if (pieces[index - 1]?.furniture === true) while (first < last - 1 && repeated(own[first])) first++;
		const cut = (from: number, to: number, furniture: boolean): Piece[] => {
			const [head, tail] = [own[from], own[to - 1]];
			return head && tail && to > from ? [{ start: head.start, end: tail.end, furniture }] : [];
		};
		return [...cut(0, first, true), ...cut(first, last, false), ...cut(last, own.length, true)];
	});
}
