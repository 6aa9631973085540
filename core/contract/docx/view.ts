import { child, type XmlElement } from './xml-element';

/**
 * `accepted`: after all tracked changes. `original` and `rejected` are one and the same text: before all tracked
 * changes; the two names are for the two questions ("what was it?", "what if we say no?").
 */
export type DocxView = 'original' | 'accepted' | 'rejected';

const CAME = new Set(['w:ins', 'w:moveTo']);
const WENT = new Set(['w:del', 'w:moveFrom']);

/** What of a document with tracked changes is to be seen. */
export class View {
	readonly accepted: boolean;

	constructor(view: DocxView) {
		this.accepted = view === 'accepted';
	}

	/** Whether what the element wraps is to be seen. Of an insertion that another author deleted, no view shows anything. */
	shows(wrapper: string): boolean {
		return !(this.accepted ? WENT : CAME).has(wrapper);
	}

	/** Whether a paragraph still ends at its mark: an inserted or deleted mark joins it with the next one. */
	showsMark(properties: XmlElement | undefined): boolean {
		return this.#showsAll(child(properties, 'w:rPr'));
	}

	showsRow(properties: XmlElement | undefined): boolean {
		return this.#showsAll(properties);
	}

	showsCell(properties: XmlElement | undefined): boolean {
		return child(properties, this.accepted ? 'w:cellDel' : 'w:cellIns') === undefined;
	}

	/**
	 * Properties as they are in the view: before the changes they are what `change` keeps. Marks of tracked changes
	 * are not among what it keeps.
	 */
	properties(element: XmlElement | undefined, kind: 'w:pPr' | 'w:rPr' | 'w:tcPr' | 'w:tblPr'): XmlElement | undefined {
		if (this.accepted) return element;
		const change = child(element, `${kind}Change`);
		return change ? child(change, kind) : element;
	}

	#showsAll(properties: XmlElement | undefined): boolean {
		return properties?.children.every(({ name }) => this.shows(name)) ?? true;
	}
}
