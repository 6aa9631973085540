import { ListCounter } from './list-counter';
import { ownList, type Numbering } from './numbering';
import type { StyleSheet } from './styles';
import type { TrackedChange } from './tracked-change';
import type { View } from './view';
import type { PartTaker } from './xml';
import { child, childValue, type XmlElement } from './xml-element';

/** Numbers of a document's paragraphs in one view, by the place of the paragraph in the file. */
export class ParagraphNumbers implements PartTaker {
	readonly #numbers = new Map<number, string>();
	readonly #counter: ListCounter;
	#paragraphs = 0;

	constructor(
		private readonly styles: StyleSheet,
		private readonly numbering: Numbering,
		private readonly view: View,
	) {
		this.#counter = new ListCounter(numbering);
	}

	element(element: XmlElement): void {
		this.#visit(element, true);
	}

	row(row: XmlElement): void {
		this.#visit(row, true);
	}

	/** The number before a paragraph with a blank after it; empty where it has none. */
	before(paragraph: number): string {
		return this.#numbers.get(paragraph) ?? '';
	}

	#visit(element: XmlElement, around: boolean): void {
		const shown = around && this.view.shows(element.name) && this.#showsPlace(element);
		if (element.name === 'w:p') this.#count(element, shown);
		for (const part of element.children) this.#visit(part, shown);
	}

	#showsPlace(element: XmlElement): boolean {
		if (element.name === 'w:tr') return this.view.showsRow(child(element, 'w:trPr'));
		return element.name !== 'w:tc' || this.view.showsCell(child(element, 'w:tcPr'));
	}

	/** A paragraph whose mark is not there joins the next one, and has no number of its own. */
	#count(element: XmlElement, shown: boolean): void {
		const paragraph = ++this.#paragraphs;
		const current = child(element, 'w:pPr');
		if (!shown || !this.view.showsMark(current)) return;
		const properties = this.view.properties(current, 'w:pPr');
		const style = this.styles.paragraph(childValue(properties, 'w:pStyle'));
		const place = this.numbering.place(ownList(properties, this.view), style);
		const mark = place && this.#counter.next(place.numId, place.level);
		if (mark) this.#numbers.set(paragraph, mark.bullet ? '• ' : `${mark.text.trim()} `.trimStart());
	}
}

/** Changed numbers with the numbers themselves, as the views show them. */
export function withNumbers(
	changes: TrackedChange[],
	before: ParagraphNumbers,
	after: ParagraphNumbers,
): TrackedChange[] {
	return changes.map((change) => {
		const { kind, subject, place } = change;
		if (kind !== 'numbering' || subject !== 'paragraph' || place.part !== 'document') return change;
		const text = change.after;
		return { ...change, before: before.before(place.paragraph) + text, after: after.before(place.paragraph) + text };
	});
}
