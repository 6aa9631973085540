import type { Box } from './shapes';
import type { Run } from './drawing';
import type { PlacedText } from './page';

/** Space between letters drawn apart, in parts of the type size, that parts them: narrower than a blank. */
const APART = 0.2;
const BULLET = '\u2022';
/** A line has few pieces; keeps hostile pages from being searched over and over. */
const MOST_TRIED = 400;
const BAND = 4;

/** Things on a page by their height, for looking around a place. */
class Heights<T extends { y: number }> {
	readonly #bands = new Map<number, T[]>();

	constructor(things: readonly T[]) {
		for (const thing of things) {
			const band = Math.floor(thing.y / BAND);
			const known = this.#bands.get(band);
			if (known) known.push(thing);
			else this.#bands.set(band, [thing]);
		}
	}

	between(from: number, to: number): T[] {
		const found: T[] = [];
		for (let band = Math.floor(from / BAND); band <= Math.floor(to / BAND); band++)
			for (const thing of (this.#bands.get(band) ?? []).slice(0, MOST_TRIED))
				if (thing.y >= from && thing.y <= to) found.push(thing);
		return found;
	}
}

function lettersIn(text: string): number {
	let count = 0;
	for (const letter of text.normalize('NFKC')) if (letter.trim() !== '') count++;
	return count;
}

/** Index in a text behind a number of letters, blanks not counted. */
function indexBehind(text: string, letters: number): number {
	let at = 0;
	for (const letter of text) {
		if (letters <= 0) break;
		letters -= lettersIn(letter);
		at += letter.length;
	}
	return at;
}

/** A blank at the end takes width, and is nothing to see. */
function withoutBlank(piece: PlacedText, runs: readonly Run[]): PlacedText {
	const last = runs.at(-1);
	if (!/\s$/.test(piece.text) || !last || last.x1 > piece.x + piece.width || last.x1 <= piece.x) return piece;
	return { ...piece, width: last.x1 - piece.x };
}

/** The piece with the number of blanks drawn behind it. */
function counted(piece: PlacedText, runs: readonly Run[]): PlacedText {
	const end = piece.x + piece.width;
	const last = runs.find(({ x1 }) => Math.abs(x1 - end) < 0.3 * piece.size);
	return last && last.blanks > 0 ? { ...piece, blanks: last.blanks } : piece;
}

/** Whether a blank is drawn right before a piece. */
function isSpaced(piece: PlacedText, runs: readonly Run[]): boolean {
	let [own, before]: [Run | undefined, Run | undefined] = [undefined, undefined];
	for (const run of runs) {
		if (Math.abs(run.x0 - piece.x) < 0.1 * piece.size) own = run;
		// In the middle of what is drawn in one go, a space can only be a blank.
		else if (run.x0 < piece.x && run.x1 > piece.x) return true;
		else if (run.x0 < piece.x && (!before || run.x0 > before.x0)) before = run;
	}
	return own !== undefined && (own.opened || before?.closed === true);
}

/** Cuts a piece where its letters are drawn apart without a blank between: cells that stand close. */
function cut(piece: PlacedText, runs: readonly Run[]): PlacedText[] {
	const slack = 0.3 * piece.size;
	const own = runs
		.filter(({ x0, x1 }) => x0 >= piece.x - slack && x1 <= piece.x + piece.width + slack)
		.sort((a, b) => a.x0 - b.x0);
	const gaps = own.flatMap((run, at) => {
		const last = own[at - 1];
		const apart = last && !last.closed && !run.opened && run.x0 - last.x1 > APART * piece.size;
		return last && apart ? [{ at, from: last.x1, to: run.x0 }] : [];
	});
	const { spaced: _, ...rest } = withoutBlank(piece, own);
	const whole: PlacedText = isSpaced(piece, runs) ? { ...rest, spaced: true } : rest;
	if (gaps.length === 0) return [counted(whole, runs)];
	const counts = own.map(({ text }) => lettersIn(text));
	if (counts.reduce((sum, count) => sum + count, 0) !== lettersIn(piece.text)) return [counted(whole, runs)];
	const pieces: PlacedText[] = [];
	let [letters, run, index, x] = [0, 0, 0, piece.x];
	for (const gap of [...gaps, { at: own.length, from: rest.x + rest.width, to: 0 }]) {
		for (; run < gap.at; run++) letters += counts[run] ?? 0;
		const end = gap.at === own.length ? piece.text.length : indexBehind(piece.text, letters);
		const text = piece.text.slice(index, end).trim();
		if (text !== '') pieces.push({ ...(pieces.length === 0 ? whole : rest), text, x, width: gap.from - x });
		[index, x] = [end, gap.to];
	}
	const last = pieces.pop();
	return last ? [...pieces, counted(last, runs)] : pieces;
}

/** Pieces as they are drawn: what the reader of the text layer took for a blank may be the space between two cells. */
export function cutByRuns(pieces: readonly PlacedText[], runs: readonly Run[]): PlacedText[] {
	const heights = new Heights(runs);
	return pieces.flatMap((piece) => cut(piece, heights.between(piece.y - 0.6, piece.y + 0.6)));
}

/** Bullets that are drawn and not written, as pieces before the text that they stand before. */
export function bulletsOf(dots: readonly Box[], pieces: readonly PlacedText[]): PlacedText[] {
	const heights = new Heights(pieces);
	return dots.flatMap((dot) => {
		const middle = (dot.y0 + dot.y1) / 2;
		let next: PlacedText | undefined;
		let before = -Infinity;
		for (const piece of heights.between(middle - 1, middle + 16)) {
			if (middle < piece.y - 0.8 * piece.size || middle > piece.y + 0.05 * piece.size) continue;
			if (piece.x >= dot.x1 - 0.5) next = !next || piece.x < next.x ? piece : next;
			else before = Math.max(before, piece.x + piece.width);
		}
		if (!next || next.x - dot.x1 > 2.4 * next.size || dot.x0 - before < 0.8 * next.size) return [];
		if (dot.x1 - dot.x0 > 0.75 * next.size) return [];
		const { y, size, artifact } = next;
		return [{ text: BULLET, x: dot.x0, y, width: dot.x1 - dot.x0, size, bold: false, artifact }];
	});
}
