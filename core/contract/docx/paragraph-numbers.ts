import { legacyNumber } from './legacy-number';
import { ListCounter } from './list-counter';
import { ownList, type Numbering } from './numbering';
import type { StyleSheet } from './styles';
import type { TrackedChange } from './tracked-change';
import { View } from './view';
import type { PartTaker } from './xml';
import { child, childValue, type XmlElement } from './xml-element';

/** The number of a paragraph with a blank after it, and the list and level that it comes from; empty where it has none. */
interface Numbered {
	number: string;
	place: string;
}

const NONE: Numbered = { number: '', place: '' };

/** Counts the numbers of a document's paragraphs in one view. */
class NumberView {
	readonly #counter: ListCounter;
	readonly #view: View;

	constructor(
		name: 'original' | 'accepted',
		private readonly styles: StyleSheet,
		private readonly numbering: Numbering,
	) {
		this.#view = new View(name);
		this.#counter = new ListCounter(numbering);
	}

	shows(element: XmlElement): boolean {
		if (!this.#view.shows(element.name)) return false;
		if (element.name === 'w:tr') return this.#view.showsRow(child(element, 'w:trPr'));
		return element.name !== 'w:tc' || this.#view.showsCell(child(element, 'w:tcPr'));
	}

	/** A paragraph whose mark is not there joins the next one, and has no number of its own. */
	count(current: XmlElement | undefined): Numbered {
		if (!this.#view.showsMark(current)) return NONE;
		const properties = this.#view.properties(current, 'w:pPr');
		const style = this.styles.paragraph(childValue(properties, 'w:pStyle'));
		const place = this.numbering.place(ownList(properties, this.#view), style);
		const mark = place && this.#counter.next(place.numId, place.level);
		if (!mark) return NONE;
		const number = mark.bullet ? '• ' : `${mark.text.trim()} `.trimStart();
		return { number, place: `${place.numId}/${place.level}` };
	}
}

/**
 * Numbers of a document's paragraphs before and after its tracked changes, by the place of the paragraph in the file.
 * All paragraphs are counted; kept are the numbers of those whose number or style is tracked.
 */
export class ParagraphNumbers implements PartTaker {
	readonly #kept = new Map<number, { before: Numbered; after: Numbered }>();
	readonly #before: NumberView;
	readonly #after: NumberView;
	#paragraphs = 0;

	constructor(styles: StyleSheet, numbering: Numbering) {
		this.#before = new NumberView('original', styles, numbering);
		this.#after = new NumberView('accepted', styles, numbering);
	}

	element(element: XmlElement): void {
		this.#visit(element, true, true);
	}

	row(row: XmlElement): void {
		this.#visit(row, true, true);
	}

	of(paragraph: number): { before: Numbered; after: Numbered } {
		return this.#kept.get(paragraph) ?? { before: NONE, after: NONE };
	}

	#visit(element: XmlElement, before: boolean, after: boolean): void {
		const [inBefore, inAfter] = [before && this.#before.shows(element), after && this.#after.shows(element)];
		if (element.name === 'w:p') this.#paragraph(element, inBefore, inAfter);
		for (const part of element.children)
			if (part.children.length > 0 || part.name === 'w:p') this.#visit(part, inBefore, inAfter);
	}

	#paragraph(element: XmlElement, before: boolean, after: boolean): void {
		const paragraph = ++this.#paragraphs;
		const properties = child(element, 'w:pPr');
		const old = before ? this.#before.count(properties) : NONE;
		const now = after ? this.#after.count(properties) : NONE;
		if (!isTracked(properties)) return;
		const legacy = legacyNumber(child(child(properties, 'w:numPr'), 'w:numberingChange')?.attribute('w:original'));
		this.#kept.set(paragraph, {
			before: legacy === undefined ? old : { number: `${legacy} `.trimStart(), place: legacy },
			after: now,
		});
	}
}

const NUMBER_CHANGES: ReadonlySet<string> = new Set(['w:ins', 'w:del', 'w:numberingChange']);

/** Whether the file says that number or style of a paragraph were otherwise. */
function isTracked(properties: XmlElement | undefined): boolean {
	if (!properties) return false;
	if (child(properties, 'w:pPrChange')) return true;
	return child(properties, 'w:numPr')?.children.some(({ name }) => NUMBER_CHANGES.has(name)) === true;
}

/**
 * Changed numbers with the numbers themselves, as the views show them. A paragraph that got another style, and by that
 * another place in a list, was renumbered.
 */
export function withNumbers(changes: TrackedChange[], numbers: ParagraphNumbers): TrackedChange[] {
	return changes.map((change) => {
		const { kind, subject, place, properties } = change;
		if (subject !== 'paragraph' || place.part !== 'document') return change;
		const { before, after } = numbers.of(place.paragraph);
		const restyled = kind === 'formatting' && properties?.includes('pStyle') === true && before.place !== after.place;
		if (kind !== 'numbering' && !restyled) return change;
		const text = change.after;
		return { ...change, kind: 'numbering', before: before.number + text, after: after.number + text };
	});
}
