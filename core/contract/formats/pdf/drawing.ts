import { multiply, type Matrix } from './matrix';
import { shapesOf, type Shapes } from './shapes';

/** Letters that the page draws in one go, without the blanks around them. Points, y grows downwards. */
export interface Run {
	text: string;
	x0: number;
	x1: number;
	y: number;
	size: number;
	/** A blank is drawn before, or behind. */
	opened: boolean;
	closed: boolean;
	/** How many blanks are drawn behind. */
	blanks: number;
}

/** What the operators of a page draw: where its letters really stand, and the shapes between them. */
export interface Drawing extends Shapes {
	runs: Run[];
	/** Width of the blank that is drawn most, in parts of the type size. */
	blank?: number;
}

/** Names of the operators, as the reader numbers them. */
export type Operators = Record<string, number>;

interface Glyph {
	unicode?: unknown;
	width?: unknown;
	isSpace?: unknown;
}

interface TextState {
	size: number;
	spacing: number;
	wordSpacing: number;
	scale: number;
	leading: number;
	rise: number;
}

interface Saved {
	matrix: Matrix;
	text: TextState;
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const DEEPEST = 64;
/** Fonts of one page have few different blanks. */
const MOST_WIDTHS = 64;

function numbers(value: unknown): number[] {
	if (typeof value === 'number') return [value];
	if (Array.isArray(value) || ArrayBuffer.isView(value)) {
		const list = Array.from(value as ArrayLike<unknown>);
		return list.flatMap((one) => (typeof one === 'number' ? [one] : numbers(one)));
	}
	return [];
}

/** Follows the operators of one page. */
class Pen {
	readonly drawing: Drawing = { runs: [], dots: [], rules: [] };
	readonly #saved: Saved[] = [];
	#matrix: Matrix;
	#text: TextState = { size: 0, spacing: 0, wordSpacing: 0, scale: 1, leading: 0, rise: 0 };
	#line: Matrix = IDENTITY;
	#at: Matrix = IDENTITY;
	/** A blank was drawn last, by itself. */
	#blank = false;
	readonly #blanks = new Map<number, number>();

	constructor(
		viewport: Matrix,
		private readonly most: number,
	) {
		this.#matrix = viewport;
	}

	/** @returns whether there is room for more */
	follow(name: string, args: readonly unknown[]): boolean {
		if (name === 'showText') this.#show(args[0]);
		else if (name === 'constructPath') shapesOf(args, this.#matrix, this.drawing);
		else if (!this.#state(name, args)) this.#textState(name, numbers(args));
		return this.drawing.runs.length + this.drawing.rules.length + this.drawing.dots.length < this.most;
	}

	#state(name: string, args: readonly unknown[]): boolean {
		switch (name) {
			case 'save':
			case 'paintFormXObjectBegin':
				if (this.#saved.length < DEEPEST) this.#saved.push({ matrix: this.#matrix, text: { ...this.#text } });
				if (name !== 'save') this.#transform(numbers(args[0]));
				return true;
			case 'restore':
			case 'paintFormXObjectEnd': {
				const saved = this.#saved.pop();
				if (saved) [this.#matrix, this.#text] = [saved.matrix, saved.text];
				return true;
			}
			case 'transform':
				this.#transform(numbers(args));
				return true;
			default:
				return false;
		}
	}

	#transform(by: number[]): void {
		if (by.length === 6) this.#matrix = multiply(this.#matrix, by);
	}

	#textState(name: string, [a = 0, b = 0, ...rest]: number[]): void {
		const text = this.#text;
		if (name === 'beginText') [this.#at, this.#line, this.#blank] = [IDENTITY, IDENTITY, false];
		else if (name === 'setFont') text.size = a;
		else if (name === 'setCharSpacing') text.spacing = a;
		else if (name === 'setWordSpacing') text.wordSpacing = a;
		else if (name === 'setHScale') text.scale = a > 5 ? a / 100 : a;
		else if (name === 'setLeading') text.leading = -a;
		else if (name === 'setTextRise') text.rise = a;
		else if (name === 'setTextMatrix') {
			if (rest.length === 4) this.#at = this.#line = [a, b, ...rest];
		} else if (name === 'moveText' || name === 'setLeadingMoveText') {
			if (name !== 'moveText') text.leading = b;
			this.#move(a, b);
		} else if (name === 'nextLine') this.#move(0, text.leading);
	}

	#move(x: number, y: number): void {
		this.#at = this.#line = multiply(this.#line, [1, 0, 0, 1, x, y]);
	}

	#show(glyphs: unknown): void {
		if (!Array.isArray(glyphs)) return;
		const { size, spacing, wordSpacing, scale, rise } = this.#text;
		let pen = 0;
		let [text, from, to] = ['', 0, 0];
		let [opened, blanks, wide] = [this.#blank, 0, 0];
		for (const glyph of glyphs as Array<Glyph | number | null>) {
			if (typeof glyph === 'number') {
				pen -= (glyph / 1000) * size * scale;
				continue;
			}
			const letters = typeof glyph?.unicode === 'string' ? glyph.unicode : '';
			const width = typeof glyph?.width === 'number' ? (glyph.width / 1000) * size : 0;
			const blank = letters.trim() === '';
			if (blank && width > 0) this.#countBlank(width / size);
			if (blank && text === '') opened = true;
			if (!blank) {
				if (text === '') from = pen;
				text += letters;
				to = pen + width * scale;
			}
			blanks = blank ? blanks + 1 : 0;
			wide = blank ? width * scale : wide;
			pen += (width + spacing + (glyph?.isSpace === true ? wordSpacing : 0)) * scale;
		}
		const placed = multiply(this.#matrix, this.#at);
		if (text !== '') this.#run(placed, { text, from, to, rise, opened, blanks });
		else if (blanks > 0) this.#blankAt(placed, blanks, wide);
		this.#blank = blanks > 0;
		this.#at = multiply(this.#at, [1, 0, 0, 1, pen, 0]);
	}

	#countBlank(width: number): void {
		const rounded = Math.round(width * 1000) / 1000;
		if (this.#blanks.size < MOST_WIDTHS || this.#blanks.has(rounded))
			this.#blanks.set(rounded, (this.#blanks.get(rounded) ?? 0) + 1);
	}

	/** What was drawn, with the width of the usual blank. */
	finish(): Drawing {
		const [width] = [...this.#blanks].sort((a, b) => b[1] - a[1])[0] ?? [];
		return width === undefined ? this.drawing : { ...this.drawing, blank: width };
	}

	#run(
		placed: Matrix,
		run: { text: string; from: number; to: number; rise: number; opened: boolean; blanks: number },
	): void {
		const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = placed;
		if (Math.abs(b) > Math.abs(a) * 0.1) return;
		const size = Math.hypot(c, d) * this.#text.size;
		const next: Run = {
			text: run.text,
			x0: x + a * run.from,
			x1: x + a * run.to,
			y: y + d * run.rise,
			size,
			opened: run.opened,
			closed: run.blanks > 0,
			blanks: run.blanks,
		};
		const last = this.drawing.runs.at(-1);
		// Many files place letter by letter.
		if (last?.y !== next.y || !follows(last, next)) this.drawing.runs.push(next);
		else {
			[last.text, last.x1] = [last.text + next.text, next.x1];
			[last.closed, last.blanks] = [next.closed, next.blanks];
		}
	}

	/** Blanks by themselves behind the last letters, and the blanks drawn there before, close them. */
	#blankAt([a = 1, , c = 0, d = 1, x = 0, y = 0]: Matrix, blanks: number, width: number): void {
		const last = this.drawing.runs.at(-1);
		if (!last) return;
		const size = Math.hypot(c, d) * this.#text.size;
		const end = last.x1 + last.blanks * width * Math.abs(a);
		if (Math.abs(last.y - y) >= 0.5 || Math.abs(x - end) >= TOUCHING * size) return;
		last.closed = true;
		last.blanks += blanks;
	}
}

/** Letters this near to one another, in parts of the type size, are drawn in one go. */
const TOUCHING = 0.12;
const BLANK = 0.6;

function follows(last: Run, next: Run): boolean {
	const gap = next.x0 - last.x1;
	return gap > -TOUCHING * next.size && gap < (last.closed || next.opened ? BLANK : TOUCHING) * next.size;
}

/** Reads the operators of a page; at most `most` things are kept. */
export function drawingOf(
	list: { fnArray: ArrayLike<number>; argsArray: ArrayLike<unknown> },
	operators: Operators,
	viewport: Matrix,
	most: number,
): Drawing {
	const names = new Map(Object.entries(operators).map(([name, code]) => [code, name]));
	const pen = new Pen(viewport, most);
	for (let at = 0; at < list.fnArray.length; at++) {
		const name = names.get(list.fnArray[at] ?? -1) ?? '';
		const args = list.argsArray[at];
		if (!pen.follow(name, Array.isArray(args) ? (args as unknown[]) : [])) break;
	}
	return pen.finish();
}
