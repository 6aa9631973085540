import { looksLikeHeading, outlineOf } from './outline-level';
import { rawText } from './revision';
import { integer, type StyleSheet } from './styles';
import { View } from './view';
import { childValue, type XmlElement } from './xml-element';

const AFTER = new View('accepted');
const BEFORE = new View('original');

/** The headings around the paragraph that is being read, as they are after all tracked changes. */
export class HeadingPath {
	/** From the outermost in. Replaced, not changed: places keep it. */
	path: readonly string[] = [];
	#levels: readonly number[] = [];

	constructor(private readonly styles: StyleSheet) {}

	/** The next paragraph outside of tables; a heading becomes the last of the path itself. */
	enter(paragraph: XmlElement, properties: XmlElement | undefined): void {
		if (!properties || properties.children.length === 0) return;
		const style = this.styles.paragraph(childValue(properties, 'w:pStyle'));
		const level = outlineOf(style, integer(childValue(properties, 'w:outlineLvl')));
		if (level === undefined) return;
		const accepted = rawText(paragraph, AFTER);
		const text = accepted === '' ? rawText(paragraph, BEFORE) : accepted;
		if (text === '' || !looksLikeHeading(text)) return;
		const around = this.#levels.findIndex((open) => open >= level);
		const kept = around < 0 ? this.#levels.length : around;
		this.#levels = [...this.#levels.slice(0, kept), level];
		this.path = [...this.path.slice(0, kept), text];
	}
}
