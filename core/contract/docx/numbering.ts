import type { ContractLimits } from '../limits';
import { isKnownFormat } from './number-format';
import type { WordPackage } from './package';
import { shown } from './refusal';
import { integer, type Style, type StyleSheet } from './styles';
import type { View } from './view';
import { readXmlPart } from './xml';
import { child, childValue, switched, type XmlElement } from './xml-element';

/** One level of a list (ISO/IEC 29500-1, 17.9.6). */
export interface ListLevel {
	start: number;
	format: string;
	/** The level's text in parts: words, and levels (from 0) where their numbers go. */
	parts: ReadonlyArray<string | number>;
	/** The level (from 1) whose numbers restart this one; 0 for never; undefined for any level further out. */
	restart?: number;
	/** All numbers in digits, whatever their own format (`isLgl`). */
	legal: boolean;
	/** What stands between number and text. */
	suffix: 'space' | 'nothing';
	/** The paragraph style that stands for the level. */
	style?: string;
}

interface AbstractList {
	id: string;
	levels: Map<number, ListLevel>;
	/** Takes its levels from the list that this numbering style names. */
	numberingStyle?: string;
}

interface ListInstance {
	abstract: string;
	starts: Map<number, number>;
	levels: Map<number, ListLevel>;
}

/** A list as a paragraph refers to it. Lists of one `counter` go on with each other's numbers. */
export interface List {
	counter: string;
	level(index: number): ListLevel | undefined;
	/** Where the list sets a start of its own for the level. */
	startOverride(index: number): number | undefined;
	/** The level that a paragraph style stands for. */
	levelOfStyle(style: string): number | undefined;
}

export const LIST_LEVELS = 9;
/** Takes a paragraph out of the list of its style. */
const NO_LIST_ID = '0';
/** Word allows about this much; what is longer would multiply with every paragraph. */
const LONGEST_LEVEL_TEXT = 255;
const MOST_START = 0x7fffffff;
const MOST_LINKS = 8;

/** The lists of a document (word/numbering.xml). */
export class Numbering {
	readonly #abstracts = new Map<string, AbstractList>();
	readonly #instances = new Map<string, ListInstance>();
	readonly #lists = new Map<string, List | undefined>();

	constructor(
		private readonly styles: StyleSheet,
		private readonly warnings: Set<string>,
	) {}

	add(element: XmlElement): void {
		if (element.name === 'w:abstractNum') this.#addAbstract(element);
		else if (element.name === 'w:num') this.#addInstance(element);
	}

	list(numId: string): List | undefined {
		if (this.#lists.has(numId)) return this.#lists.get(numId);
		const list = this.#resolve(numId);
		this.#lists.set(numId, list);
		return list;
	}

	/**
	 * The list and level of a paragraph. Its own go before those of its style; of a style, the level that names it
	 * (ISO/IEC 29500-1, 17.9.23).
	 */
	place(own: ListPlace, style: Style): { numId: string; level: number } | undefined {
		const numId = own.numId ?? style.numId;
		if (numId === undefined || numId === NO_LIST_ID) return undefined;
		const levelOf = (id: string | undefined): number | undefined =>
			id === undefined || own.numId !== undefined ? undefined : this.list(numId)?.levelOfStyle(id);
		return { numId, level: own.level ?? levelOf(style.id) ?? style.level ?? levelOf(style.listStyle) ?? 0 };
	}

	#resolve(numId: string): List | undefined {
		const instance = this.#instances.get(numId);
		let abstract = instance && this.#abstracts.get(instance.abstract);
		// A list may take its levels by way of a numbering style, and that from another; a circle ends the search.
		for (let links = 0; abstract?.numberingStyle !== undefined && abstract.levels.size === 0; links++) {
			const next = this.#instances.get(this.styles.numbering(abstract.numberingStyle) ?? '');
			if (links >= MOST_LINKS || !next) break;
			abstract = this.#abstracts.get(next.abstract);
		}
		if (!instance || !abstract) return undefined;
		const { id, levels } = abstract;
		const byStyle = new Map<string, number>();
		for (const [index, level] of levels) if (level.style !== undefined) byStyle.set(level.style, index);
		return {
			counter: id,
			level: (index) => instance.levels.get(index) ?? levels.get(index),
			startOverride: (index) => instance.starts.get(index),
			levelOfStyle: (style) => byStyle.get(style),
		};
	}

	#addAbstract(element: XmlElement): void {
		const id = element.attribute('w:abstractNumId');
		if (id === undefined) return;
		const numberingStyle = childValue(element, 'w:numStyleLink');
		const list: AbstractList = {
			id,
			levels: this.#levels(element),
			...(numberingStyle === undefined ? {} : { numberingStyle }),
		};
		this.#abstracts.set(id, list);
	}

	#addInstance(element: XmlElement): void {
		const id = element.attribute('w:numId');
		const abstract = childValue(element, 'w:abstractNumId');
		if (id === undefined || abstract === undefined) return;
		const instance: ListInstance = { abstract, starts: new Map(), levels: new Map() };
		for (const override of element.children) {
			const index = levelIndex(override.attribute('w:ilvl'));
			if (override.name !== 'w:lvlOverride' || index === undefined) continue;
			for (const [own, level] of this.#levels(override)) instance.levels.set(own, level);
			const start = integer(childValue(override, 'w:startOverride'));
			if (start !== undefined) instance.starts.set(index, clampStart(start));
		}
		this.#instances.set(id, instance);
	}

	#levels(element: XmlElement): Map<number, ListLevel> {
		const levels = new Map<number, ListLevel>();
		for (const candidate of element.children) {
			const index = candidate.name === 'w:lvl' ? levelIndex(candidate.attribute('w:ilvl')) : undefined;
			if (index !== undefined) levels.set(index, this.#level(candidate));
		}
		return levels;
	}

	#level(element: XmlElement): ListLevel {
		const format = numberFormat(child(element, 'w:numFmt'));
		if (!isKnownFormat(format) && this.warnings.size < 100)
			this.warnings.add(`The number format ${shown(format)} is written in digits.`);
		const restart = integer(childValue(element, 'w:lvlRestart'));
		const style = childValue(element, 'w:pStyle');
		return {
			start: clampStart(integer(childValue(element, 'w:start')) ?? 0),
			format,
			parts: levelParts((childValue(element, 'w:lvlText') ?? '').slice(0, LONGEST_LEVEL_TEXT)),
			suffix: childValue(element, 'w:suff') === 'nothing' ? 'nothing' : 'space',
			legal: switched(element, 'w:isLgl') ?? false,
			...(restart === undefined ? {} : { restart }),
			...(style === undefined ? {} : { style }),
		};
	}
}

/** `%1.%2` is the number of the first level, a full stop and the number of the second. */
function levelParts(text: string): Array<string | number> {
	return text
		.split(/(%[1-9])/)
		.filter((part) => part !== '')
		.map((part) => (/^%[1-9]$/.test(part) ? Number(part.charAt(1)) - 1 : part));
}

/** Formats of Word 2010 on are samples (`001, 002, 003`); what counts of them is the width. */
function numberFormat(element: XmlElement | undefined): string {
	const format = element?.attribute('w:val') ?? 'decimal';
	const sample = format === 'custom' ? /^0*1(?=,)/.exec(element?.attribute('w:format') ?? '') : null;
	return sample ? `custom ${sample[0].length}` : format;
}

export function levelIndex(text: string | undefined): number | undefined {
	const index = integer(text);
	return index !== undefined && index >= 0 && index < LIST_LEVELS ? index : undefined;
}

function clampStart(start: number): number {
	return Math.min(MOST_START, Math.max(0, start));
}

export function readNumbering(
	{ archive, numbering }: WordPackage,
	styles: StyleSheet,
	limits: ContractLimits,
	warnings: Set<string>,
): Numbering {
	const lists = new Numbering(styles, warnings);
	if (numbering !== undefined) readXmlPart(archive, numbering, 'w:numbering', limits, (element) => lists.add(element));
	return lists;
}

/** What a paragraph or its style says about its list. */
export interface ListPlace {
	numId?: string;
	level?: number;
}

const NO_LIST: ListPlace = {};

/** The list that a paragraph's properties name; one whose insertion is tracked is in no earlier view. */
export function ownList(properties: XmlElement | undefined, view: View): ListPlace {
	const numbering = child(properties, 'w:numPr');
	if (!numbering?.children.every(({ name }) => view.shows(name))) return NO_LIST;
	const numId = childValue(numbering, 'w:numId');
	const level = levelIndex(childValue(numbering, 'w:ilvl'));
	return { ...(numId === undefined ? {} : { numId }), ...(level === undefined ? {} : { level }) };
}
