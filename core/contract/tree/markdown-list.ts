interface OpenList {
	id: number;
	indent: number;
	ordered: boolean;
	/** Number of the item that would come next. */
	next: number;
}

export interface ListItem {
	list: number;
	outerList: number;
	/** As a reader sees it; undefined for a bullet. */
	ordinal?: number;
}

/**
 * The open Markdown lists at a line. Only the first number of a list counts (CommonMark 5.3): `1. 1. 1.` reads 1, 2, 3.
 * More lenient than CommonMark where real contracts are: text indented by one blank still belongs to its item, and an
 * item indented too far goes on with the list whose next number it bears.
 */
export class MarkdownLists {
	readonly #open: OpenList[] = [];
	#lastId = 0;

	/** The innermost list around text at an indentation; closes those that the text is not part of. */
	enclosing(indent: number): { list: number; outerList: number } {
		while (this.#open.length > 0 && (this.#open.at(-1)?.indent ?? 0) >= indent) this.#open.pop();
		return { list: this.#open.at(-1)?.id ?? 0, outerList: this.#open.at(-2)?.id ?? 0 };
	}

	/** Whether text at an indentation stands inside a given open list. */
	holds(list: number, indent: number): boolean {
		return this.#open.some((open) => open.id === list && open.indent < indent);
	}

	/** Whether an open list goes on with this number. */
	awaits(number: number): boolean {
		return this.#open.some((open) => open.ordered && open.next === number);
	}

	close(): void {
		this.#open.length = 0;
	}

	item(indent: number, number: number | undefined): ListItem {
		const ordered = number !== undefined;
		while (this.#open.length > 0 && (this.#open.at(-1)?.indent ?? 0) > indent + 1) this.#open.pop();
		let top = this.#open.at(-1);
		const nested = top !== undefined && indent >= top.indent + 2;
		const goesOn = top !== undefined && nested && ordered && number > 1 && top.ordered && top.next === number;
		if (top && !nested && top.ordered !== ordered) {
			this.#open.pop();
			top = undefined;
		}
		if (!top || (nested && !goesOn)) {
			top = { id: ++this.#lastId, indent, ordered, next: number ?? 1 };
			this.#open.push(top);
		}
		const ordinal = top.next++;
		const place = { list: top.id, outerList: this.#open.at(-2)?.id ?? 0 };
		return ordered ? { ...place, ordinal } : place;
	}
}
