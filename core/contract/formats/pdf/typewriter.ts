import { inReadingOrder } from './words';
import { endsSentence } from './pages-join';
import { usualLeading } from './spacing';
import type { PdfLine, PlacedText } from './page';

/** Width of a character in parts of the type size, where all characters are as wide; the fonts in use have 0.6. */
interface Pitch {
	width: number;
	/** Characters that fit a line. */
	columns: number;
	left: number;
}

const MOST_OF = 0.95;

function pitchOf(piece: PlacedText): number {
	return Math.round((piece.width / piece.text.length / piece.size) * 50) / 50;
}

/** The pitch that (nearly) all text is typed in; undefined for proportional type. Single letters prove nothing. */
export function findPitch(lines: readonly PdfLine[]): Pitch | undefined {
	const counts = new Map<number, number>();
	const sizes = new Map<number, number>();
	let all = 0;
	for (const piece of lines.flatMap((line) => line.pieces)) {
		if (piece.bold) return undefined;
		if (piece.text.length < 4) continue;
		const pitch = pitchOf(piece);
		all += piece.text.length;
		counts.set(pitch, (counts.get(pitch) ?? 0) + piece.text.length);
		sizes.set(piece.size, (sizes.get(piece.size) ?? 0) + piece.text.length);
	}
	const [pitch, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
	const [size, typed] = [...sizes].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
	if (all === 0 || count < all * MOST_OF || typed < all * MOST_OF || pitch < 0.45) return undefined;
	const [left, right] = lines.reduce(([x0, x1], line) => [Math.min(x0, line.x0), Math.max(x1, line.x1)], [Infinity, 0]);
	const width = exactWidth(lines, size) ?? pitch * size;
	return { width, left, columns: Math.round((right - left) / width) };
}

/** The longest piece tells the width of a character best. */
function exactWidth(lines: readonly PdfLine[], size: number): number | undefined {
	let longest: PlacedText | undefined;
	for (const { pieces } of lines)
		for (const piece of pieces)
			if (piece.size === size && piece.text.length > (longest?.text.length ?? 0)) longest = piece;
	return longest && longest.width / longest.text.length;
}

/** A typed line with its blanks, as it stands on the page. */
function typedLine(line: PdfLine, pitch: Pitch): string {
	let text = '';
	for (const piece of inReadingOrder(line.pieces)) {
		const column = Math.round((piece.x - pitch.left) / pitch.width);
		text += ' '.repeat(Math.max(text === '' ? column : Math.min(column, pitch.columns) - text.length, 0)) + piece.text;
	}
	return text.trimEnd();
}

/** A table row behind a row, or a marked line behind the end of a clause: however full the line above was. */
function opensAnew(above: string, text: string): boolean {
	if (text.startsWith('|')) return above.endsWith('|');
	return (
		/^(?:[-*+]|#{1,6}|[0-9]{1,3}[.)]|\([a-z0-9]{1,4}\))\s/.test(text) &&
		(endsSentence(above) || /[,;] (?:and|or)$/.test(above))
	);
}

/**
 * The lines of a file typed (or printed from a text file) in characters of one width, as the text file had them: indented,
 * blank lines where space is left, and lines that the page's width broke joined again. A line was broken where the next
 * one's first word had no room.
 */
export function typedText(pages: ReadonlyArray<readonly PdfLine[]>, pitch: Pitch): string {
	const leading = usualLeading(pages.flat());
	const out: string[] = [];
	let last: string | undefined;
	for (const lines of pages) {
		lines.forEach((line, at) => {
			const above = lines[at - 1];
			const text = typedLine(line, pitch);
			const apart = above !== undefined && line.y - above.y > leading * line.size * 1.3;
			const word = /^\S*/.exec(text)?.[0] ?? '';
			// Only a line at the left edge can go on with a broken one; an indented one was typed so.
			const room = last === undefined ? 0 : pitch.columns - last.length;
			const row = last !== undefined && opensAnew(last, text);
			const broken = last !== undefined && !apart && !row && word !== '' && room < word.length + 1;
			const lead = out.at(-1);
			if (broken && lead !== undefined)
				out[out.length - 1] = /[\p{L}\p{N}][-/]$/u.test(lead) ? lead + text : `${lead} ${text}`;
			else {
				if (apart || (above === undefined && last !== undefined && !text.startsWith('|') && endsSentence(last)))
					out.push('');
				out.push(text);
			}
			last = text;
		});
	}
	return `${out.join('\n')}\n`;
}
