import type { Block, Field, Paragraph, Piece } from './content';
import { mathText } from './math';
import { ownList } from './numbering';
import { runText } from './run-text';
import { emphasis, integer, type Style, type StyleSheet } from './styles';
import type { View } from './view';
import { child, childValue, switched, type XmlElement } from './xml-element';

/** What of a document no view shows, counted for the warnings. */
export interface LeftOut {
	hidden: number;
	pictures: number;
	comments: number;
	embedded: number;
	/** Numbers that fields count by themselves and keep no text of (LISTNUM, AUTONUM). */
	uncounted: number;
}

const UNCOUNTED = /^\s*(?:LISTNUM|AUTONUM|AUTONUMLGL|AUTONUMOUT)\b/i;
const PROPERTIES = new Set(['w:pPr', 'w:rPr', 'w:tblPr', 'w:sectPr']);

/** Reads paragraphs of one view. Fields may begin in one paragraph and end in another, so it keeps the open ones. */
export class ParagraphReader {
	readonly leftOut: LeftOut = { hidden: 0, pictures: 0, comments: 0, embedded: 0, uncounted: 0 };
	readonly #fields: Field[] = [];
	/** Those of them whose code is being read: text that stands there belongs to the code. */
	readonly #codes: Field[] = [];
	#pieces: Piece[] = [];
	#style: Style;

	constructor(
		private readonly styles: StyleSheet,
		private readonly view: View,
		/** Reads the blocks of a text box. */
		private readonly readBox: (element: XmlElement) => Block[],
	) {
		this.#style = styles.paragraph(undefined);
	}

	read(element: XmlElement): Paragraph {
		const properties = this.view.properties(child(element, 'w:pPr'), 'w:pPr');
		const outer = { pieces: this.#pieces, style: this.#style };
		this.#pieces = [];
		this.#style = this.styles.paragraph(childValue(properties, 'w:pStyle'));
		this.#inline(element);
		const outline = integer(childValue(properties, 'w:outlineLvl'));
		const paragraph: Paragraph = {
			kind: 'paragraph',
			style: this.#style,
			list: ownList(properties, this.view),
			pieces: this.#pieces,
			...(outline === undefined ? {} : { outline }),
		};
		this.#pieces = outer.pieces;
		this.#style = outer.style;
		return paragraph;
	}

	#inline(element: XmlElement): void {
		for (const part of element.children) {
			const { name } = part;
			if (name === 'w:r') this.#run(part);
			else if (name === 'm:oMath' || name === 'm:oMathPara') this.#text(mathText(part, this.view), false);
			else if (!PROPERTIES.has(name) && this.view.shows(name)) this.#inline(part);
		}
	}

	#run(run: XmlElement): void {
		const properties = this.view.properties(child(run, 'w:rPr'), 'w:rPr');
		const style = this.styles.character(childValue(properties, 'w:rStyle'));
		const own = emphasis(properties);
		if (own.hidden ?? style.hidden ?? this.#style.hidden ?? false) return this.#hide(run);
		const strong =
			(own.bold ?? (style.bold ?? false) !== (this.#style.bold ?? false)) ||
			(own.underline ?? style.underline ?? this.#style.underline ?? false);
		for (const part of run.children) this.#runPart(part, strong);
	}

	/** Hidden text is not seen; fields that begin or end in it are kept track of. */
	#hide(run: XmlElement): void {
		for (const part of run.children) {
			if (part.name === 'w:fldChar') this.#fieldMark(part);
			else this.leftOut.hidden += part.name === 'w:t' ? part.text.trim().length : 0;
		}
	}

	#runPart(part: XmlElement, strong: boolean): void {
		const text = runText(part);
		if (text === '\n') return void this.#pieces.push({ kind: 'break' });
		if (text !== undefined) return this.#text(text, strong);
		switch (part.name) {
			case 'w:fldChar':
				return this.#fieldMark(part);
			case 'w:instrText':
			case 'w:delInstrText':
				return this.#fieldCode(part);
			case 'w:footnoteReference':
			case 'w:endnoteReference':
				return this.#note(part);
			case 'w:commentReference':
				this.leftOut.comments++;
				return;
			case 'w:txbxContent':
				return void this.#pieces.push({ kind: 'box', blocks: this.readBox(part) });
			case 'w:drawing':
			case 'w:pict':
			case 'w:object':
				return this.#drawing(part);
			default:
				for (const inner of part.children) this.#runPart(inner, strong);
		}
	}

	/** Pictures say nothing here; text boxes inside drawings do. */
	#drawing(part: XmlElement): void {
		const before = this.#pieces.length;
		for (const inner of part.children) this.#runPart(inner, false);
		if (this.#pieces.length > before) return;
		if (part.name === 'w:object') this.leftOut.embedded++;
		else this.leftOut.pictures++;
	}

	#note(part: XmlElement): void {
		const id = part.attribute('w:id');
		if (id === undefined) return;
		this.#pieces.push({
			kind: 'note',
			note: { part: part.name === 'w:endnoteReference' ? 'endnotes' : 'footnotes', id },
		});
	}

	#text(text: string, strong: boolean): void {
		if (text === '') return;
		const code = this.#codes.at(-1);
		this.#pieces.push({ kind: 'text', text, strong, ...(code ? { code } : {}) });
	}

	#fieldCode(part: XmlElement): void {
		const field = this.#fields.at(-1);
		if (field && !field.inResult && field.code.length < 64) field.code += part.text;
	}

	#fieldMark(part: XmlElement): void {
		const type = part.attribute('w:fldCharType');
		if (type === 'begin') {
			this.#formField(child(part, 'w:ffData'));
			const field: Field = { code: '', inResult: false, ended: false };
			this.#fields.push(field);
			this.#codes.push(field);
			return;
		}
		const field = this.#fields.at(-1);
		if (!field) return;
		if (!field.inResult) this.#codes.pop();
		field.inResult = true;
		if (type !== 'end') return;
		field.ended = true;
		this.#fields.pop();
		if (UNCOUNTED.test(field.code)) this.leftOut.uncounted++;
	}

	/** Check boxes and drop-down lists of old forms keep their state beside the text (17.16.17). */
	#formField(data: XmlElement | undefined): void {
		const box = child(data, 'w:checkBox');
		if (box) this.#text((switched(box, 'w:checked') ?? switched(box, 'w:default') ?? false) ? '☒' : '☐', false);
		const choices = child(data, 'w:ddList');
		const chosen = integer(childValue(choices, 'w:result') ?? childValue(choices, 'w:default')) ?? 0;
		const entry = choices?.children.filter(({ name }) => name === 'w:listEntry')[chosen];
		if (entry) this.#text(entry.attribute('w:val') ?? '', false);
	}
}
