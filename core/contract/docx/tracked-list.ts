import { tooLarge } from './refusal';
import { plain, type Revision } from './revision';
import type { TrackedChange, TrackedPlace } from './tracked-change';
import type { XmlElement } from './xml-element';

/** Ranges do not nest; a file in which none of them ends shall not make the search long. */
const MOST_RANGES = 64;
const PARTS = ['document', 'footnotes', 'endnotes', 'headers', 'footers'] as const;

/** Tracked changes in the order of the file, pieces of one change put together. */
export class TrackedList {
	readonly #changes: TrackedChange[] = [];
	readonly #moves = new Map<string, TrackedChange>();
	/** Names of the move ranges that are open, by id. */
	readonly #ranges = new Map<string, string>();
	/** Nothing unchanged has come since the last change: the next one may go on with it. */
	#adjacent = false;
	#length = 0;

	constructor(private readonly maxCharacters: number) {}

	/** Something unchanged stands between the last change and the next. */
	part(): void {
		this.#adjacent = false;
	}

	add(change: Omit<TrackedChange, 'place'>, place: TrackedPlace): void {
		this.#grow(change.before.length + change.after.length);
		const last = this.#adjacent ? this.#changes.at(-1) : undefined;
		if (last && goesOn(last, change)) {
			last.before += change.before;
			last.after += change.after;
		} else this.#changes.push({ ...change, place });
		this.#adjacent = true;
	}

	/** A row that went is told with the tables in it, and each of these again: tables in tables multiply their text. */
	#grow(length: number): void {
		this.#length += length;
		if (this.#length > this.maxCharacters)
			throw tooLarge(
				`its tracked changes have more than ${this.maxCharacters} characters`,
				'maxCharacters',
				this.maxCharacters,
				this.#length,
			);
	}

	/** Both ends of a move are one change; the range around each of them bears its name. */
	move(text: string, what: Revision, place: TrackedPlace, isMark: boolean): void {
		this.#grow(text.length);
		const from = what.wrapper === 'w:moveFrom';
		const name = [...this.#ranges.values()].at(-1) ?? `${what.author} ${what.date ?? ''}`;
		let change = this.#moves.get(name);
		if (!change) {
			change = { kind: 'move', op: 'move', ...plain(what), before: '', after: '', place };
			this.#moves.set(name, change);
			this.#changes.push(change);
		}
		const known = from ? change.before : change.after;
		if (known === '') {
			if (from) change.place = place;
			else change.to = place;
		}
		const next = known + (isMark ? '\n' : text);
		if (from) change.before = next;
		else change.after = next;
		this.#adjacent = false;
	}

	/** @returns whether the element is an end of a move range */
	range(element: XmlElement): boolean {
		const { name } = element;
		if (!name.startsWith('w:move') || !name.includes('Range')) return false;
		const id = element.attribute('w:id') ?? '';
		if (!name.endsWith('Start')) this.#ranges.delete(id);
		else if (this.#ranges.size < MOST_RANGES) this.#ranges.set(id, element.attribute('w:name') ?? id);
		return true;
	}

	/** The document first, then its notes, then what stands on each page. */
	inOrder(): TrackedChange[] {
		return PARTS.flatMap((part) => this.#changes.filter(({ place }) => place.part === part));
	}
}

/** One change is often cut into runs. */
function goesOn(last: TrackedChange, next: Omit<TrackedChange, 'place'>): boolean {
	const same = last.kind === next.kind && last.author === next.author && last.date === next.date;
	if (!same || last.insertedBy?.author !== next.insertedBy?.author || last.insertedBy?.date !== next.insertedBy?.date)
		return false;
	if (next.kind === 'insert' || next.kind === 'delete') return true;
	return next.kind === 'formatting' && next.subject === 'text' && next.properties?.join() === last.properties?.join();
}
