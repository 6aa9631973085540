import { symbolText } from './symbols';
import type { XmlElement } from './xml-element';

/** The characters that one element of a run stands for; a line feed for a line break. Undefined where it is no text. */
export function runText(part: XmlElement): string | undefined {
	switch (part.name) {
		case 'w:t':
		case 'w:delText':
			return spaced(part);
		case 'w:tab':
		case 'w:ptab':
			return '\t';
		case 'w:br':
			return breakText(part.attribute('w:type'));
		case 'w:cr':
			return '\n';
		case 'w:noBreakHyphen':
			return '-';
		case 'w:softHyphen':
			return '';
		case 'w:sym':
			return symbolText(part.attribute('w:font'), part.attribute('w:char'));
		default:
			return undefined;
	}
}

/** A page or column break inside a paragraph parts its words and nothing else. */
function breakText(type: string | undefined): string {
	return type === 'page' || type === 'column' ? ' ' : '\n';
}

/**
 * A line break in the file is no line break in the text. Word drops blanks at the ends of text that does not say
 * `xml:space="preserve"`; programs that write files again forget to say it and mean the blank between two words, so
 * only blanks that lay out the XML are dropped.
 */
function spaced(part: XmlElement): string {
	const kept = part.attribute('xml:space') === 'preserve';
	const text = !kept && part.text.includes('\n') ? part.text.trim() : part.text;
	return text.replace(/[\n\r\t]/g, ' ');
}
