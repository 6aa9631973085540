/** Marks this near to one another stand at one edge. */
const SAME_EDGE = 4;
const SAME_TEXT = 1.5;

/** The open items that a line may stand inside of. */
export class Indents {
	readonly #open: Array<{ x: number; textX: number; listed: boolean }> = [];

	clear(): void {
		this.#open.length = 0;
	}

	/**
	 * Depth of an item whose mark stands at `x`. Numbers of more digits begin further left; the text behind them does not.
	 * @param listed whether it is written as an item of a list; only those make depth
	 */
	item(x: number, textX: number, listed: boolean): number {
		for (;;) {
			const top = this.#open.at(-1);
			if (!top || (top.x <= x - SAME_EDGE && Math.abs(top.textX - textX) > SAME_TEXT)) break;
			this.#open.pop();
		}
		const depth = this.#depth();
		this.#open.push({ x, textX, listed });
		return depth;
	}

	/** How many items a paragraph at `x` stands inside of. */
	paragraph(x: number): number {
		while (this.#open.length > 0 && (this.#open.at(-1)?.x ?? 0) > x - SAME_EDGE) this.#open.pop();
		return this.#depth();
	}

	#depth(): number {
		return this.#open.filter(({ listed }) => listed).length;
	}
}
