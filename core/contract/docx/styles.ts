import type { ContractLimits } from '../limits';
import { readXmlPart } from './xml';
import { child, childValue, switched, type XmlElement } from './xml-element';
import type { WordPackage } from './package';

/** What a style says about text and place; undefined where neither it nor what it is based on says anything. */
export interface Style {
	id: string;
	/** In lower case: of built-in styles the English name in every language (`heading 1`, `toc 2`, `title`). */
	name: string;
	/** 0 to 8; 9 is body text. */
	outline?: number;
	numId?: string;
	/** The style that names the list. */
	listStyle?: string;
	level?: number;
	bold?: boolean;
	underline?: boolean;
	hidden?: boolean;
}

interface Definition {
	own: Style;
	basedOn?: string;
}

type Kind = 'paragraph' | 'character' | 'numbering';

const NO_STYLE: Style = { id: '', name: '' };

/** The styles of a document, each with what it inherits (ISO/IEC 29500-1, 17.7.4). */
export class StyleSheet {
	readonly #definitions = new Map<string, Definition>();
	readonly #resolved = new Map<string, Style>();
	#defaultParagraph = '';

	add(element: XmlElement): void {
		const id = element.attribute('w:styleId');
		if (element.name !== 'w:style' || id === undefined) return;
		const kind = element.attribute('w:type') ?? 'paragraph';
		const isDefault = element.attribute('w:default');
		if (kind === 'paragraph' && (isDefault === '1' || isDefault === 'true' || isDefault === 'on'))
			this.#defaultParagraph = id;
		const basedOn = childValue(element, 'w:basedOn');
		this.#definitions.set(`${kind}/${id}`, {
			own: ownStyle(id, element),
			...(basedOn === undefined ? {} : { basedOn }),
		});
	}

	paragraph(id: string | undefined): Style {
		return this.#resolve('paragraph', id ?? this.#defaultParagraph);
	}

	character(id: string | undefined): Style {
		return id === undefined ? NO_STYLE : this.#resolve('character', id);
	}

	/** The numbering that a numbering style stands for. */
	numbering(id: string): string | undefined {
		return this.#resolve('numbering', id).numId;
	}

	/** Walks up to the first style that is resolved already, or to one that it has met: a style based on itself ends there. */
	#resolve(kind: Kind, id: string): Style {
		const known = this.#resolved.get(`${kind}/${id}`);
		if (known) return known;
		const chain: Definition[] = [];
		const met = new Set<string>();
		let key = `${kind}/${id}`;
		let base = NO_STYLE;
		for (let next = this.#definitions.get(key); next && !met.has(key); next = this.#definitions.get(key)) {
			const done = this.#resolved.get(key);
			if (done) {
				base = done;
				break;
			}
			met.add(key);
			chain.push(next);
			key = `${kind}/${next.basedOn ?? ''}`;
		}
		if (chain.length === 0 && base === NO_STYLE) return kind === 'paragraph' ? builtIn(id) : NO_STYLE;
		for (const { own } of chain.reverse()) {
			base = { ...base, ...own };
			this.#resolved.set(`${kind}/${own.id}`, base);
		}
		return base;
	}
}

function ownStyle(id: string, element: XmlElement): Style {
	const paragraph = child(element, 'w:pPr');
	const numbering = child(paragraph, 'w:numPr');
	const run = child(element, 'w:rPr');
	const name = (childValue(element, 'w:name') ?? id).toLowerCase();
	const style: Style = { id, name };
	const outline = integer(childValue(paragraph, 'w:outlineLvl')) ?? headingLevel(name);
	if (outline !== undefined) style.outline = outline;
	const numId = childValue(numbering, 'w:numId');
	if (numId !== undefined) Object.assign(style, { numId, listStyle: id });
	const level = integer(childValue(numbering, 'w:ilvl'));
	if (level !== undefined) style.level = level;
	return Object.assign(style, emphasis(run));
}

/** A heading style that the file uses and does not define. */
function builtIn(id: string): Style {
	const match = /^Heading ?([1-9])$/i.exec(id);
	return match ? { id, name: `heading ${match[1]}`, outline: Number(match[1]) - 1 } : NO_STYLE;
}

/** Some writers leave the level of built-in headings to Word, who knows it. */
function headingLevel(name: string): number | undefined {
	const match = /^heading ([1-9])$/.exec(name);
	return match ? Number(match[1]) - 1 : undefined;
}

/** What run properties say about how text stands out, or is hidden. */
export function emphasis(run: XmlElement | undefined): Pick<Style, 'bold' | 'underline' | 'hidden'> {
	const bold = switched(run, 'w:b') ?? switched(run, 'w:bCs');
	const underline = switched(run, 'w:u');
	const hidden = switched(run, 'w:vanish');
	return {
		...(bold === undefined ? {} : { bold }),
		...(underline === undefined ? {} : { underline }),
		...(hidden === undefined ? {} : { hidden }),
	};
}

export function integer(text: string | undefined): number | undefined {
	if (text === undefined || !/^[+-]?[0-9]{1,10}$/.test(text)) return undefined;
	return Number(text);
}

export function readStyles({ archive, styles }: WordPackage, limits: ContractLimits): StyleSheet {
	const sheet = new StyleSheet();
	if (styles !== undefined) readXmlPart(archive, styles, 'w:styles', limits, (element) => sheet.add(element));
	return sheet;
}
