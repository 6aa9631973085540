/** Runs `work` over all items, at most `limit` at a time; results in the items' order. The first rejection rejects. */
export async function mapBounded<Item, Result>(
	items: readonly Item[],
	limit: number,
	work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(items.length);
	const queue = items.entries();
	const worker = async (): Promise<void> => {
		for (const [index, item] of queue) results[index] = await work(item, index);
	};
	await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, worker));
	return results;
}

/** Answers without throttling until one more request may run side by side. */
const CALM_ANSWERS = 50;

/**
 * Lets at most so many requests run at once. Throttling halves the width, calm widens it by one again, never beyond
 * where it started: a server that allows five requests a second settles at what it allows.
 */
export class AdaptiveGate {
	readonly #widest: number;
	#width: number;
	#running = 0;
	#calm = 0;
	readonly #waiting: Array<() => void> = [];

	constructor(width: number) {
		this.#widest = Math.max(1, Math.floor(width));
		this.#width = this.#widest;
	}

	/** Requests that may run at once at the moment. */
	get width(): number {
		return this.#width;
	}

	/** Runs the work when there is room. `again` goes to the front: what was turned away must not starve behind new work. */
	async run<Result>(work: () => Promise<Result>, again = false): Promise<Result> {
		if (this.#running < this.#width) this.#running++;
		else await new Promise<void>((resolve) => (again ? this.#waiting.unshift(resolve) : this.#waiting.push(resolve)));
		try {
			return await work();
		} finally {
			this.#release();
		}
	}

	/** The server asked to slow down. */
	throttled(): void {
		this.#width = Math.max(1, Math.floor(this.#width / 2));
		this.#calm = 0;
	}

	/** A request was answered without being throttled. */
	answered(): void {
		if (this.#width >= this.#widest || ++this.#calm < CALM_ANSWERS) return;
		this.#calm = 0;
		this.#width++;
		this.#admit();
	}

	/** A finished request hands its place on, so nobody who came later can take it. */
	#release(): void {
		this.#running--;
		this.#admit();
	}

	#admit(): void {
		while (this.#running < this.#width) {
			const next = this.#waiting.shift();
			if (next === undefined) return;
			this.#running++;
			next();
		}
	}
}
