import { formatNumber } from './number-format';
import { LIST_LEVELS, type List, type ListLevel, type Numbering } from './numbering';

/** What stands before a paragraph of a list. */
export interface ListMark {
	/** As a reader sees it; empty for a bullet. */
	text: string;
	bullet: boolean;
	/** The text follows at once (`First` before `: The name …`). */
	tight: boolean;
	level: number;
}

interface Counter {
	/** The number last given on each level; undefined where the next one starts afresh. */
	values: Array<number | undefined>;
	/** Lists that have been met: the first paragraph of each obeys the list's own starts. */
	met: Set<string>;
}

/** Counts the paragraphs of all lists in document order (ISO/IEC 29500-1, 17.9). */
export class ListCounter {
	readonly #counters = new Map<string, Counter>();

	constructor(private readonly numbering: Numbering) {}

	/** The mark of the next paragraph of a list; undefined where the document does not define the list. */
	next(numId: string, level: number): ListMark | undefined {
		const list = this.numbering.list(numId);
		const definition = list?.level(level);
		if (!list || !definition) return undefined;
		const counter = this.#counter(list.counter);
		this.#meet(counter, list, numId);
		const last = counter.values[level];
		counter.values[level] = last === undefined ? startOf(list, level) : last + 1;
		for (let deeper = level + 1; deeper < LIST_LEVELS; deeper++)
			if (restartsAfter(list.level(deeper), level)) counter.values[deeper] = undefined;
		return {
			text: this.#text(definition, list, counter),
			bullet: definition.format === 'bullet',
			tight: definition.suffix === 'nothing',
			level,
		};
	}

	#counter(id: string): Counter {
		const known = this.#counters.get(id);
		if (known) return known;
		const counter: Counter = { values: new Array<number | undefined>(LIST_LEVELS).fill(undefined), met: new Set() };
		this.#counters.set(id, counter);
		return counter;
	}

	#meet(counter: Counter, list: List, numId: string): void {
		if (counter.met.has(numId)) return;
		counter.met.add(numId);
		for (let level = 0; level < LIST_LEVELS; level++)
			if (list.startOverride(level) !== undefined) counter.values[level] = undefined;
	}

	#text(definition: ListLevel, list: List, counter: Counter): string {
		if (definition.format === 'bullet') return '';
		// A level text may name one level many times.
		const numbers: Array<string | undefined> = [];
		let text = '';
		for (const part of definition.parts)
			text += typeof part === 'string' ? part : (numbers[part] ??= this.#number(part, definition, list, counter));
		return text;
	}

	#number(level: number, definition: ListLevel, list: List, counter: Counter): string {
		const format = list.level(level)?.format ?? 'decimal';
		// A level that was skipped shows its start, and is not used up by that.
		const value = counter.values[level] ?? startOf(list, level);
		if (format === 'bullet') return '';
		return formatNumber(value, definition.legal && format !== 'none' ? 'decimal' : format);
	}
}

function startOf(list: List, level: number): number {
	return list.startOverride(level) ?? list.level(level)?.start ?? 1;
}

function restartsAfter(deeper: ListLevel | undefined, level: number): boolean {
	return deeper?.restart === undefined || (deeper.restart > 0 && level < deeper.restart);
}
