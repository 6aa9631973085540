import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { ContractLimits } from '../limits';
import type { Archive } from './archive';
import { Namespaces } from './namespaces';
import { PartDecoder } from './part-decoder';
import { isSessionMark, prune, SKIPPED } from './pruning';
import { shown, tooLarge, unreadable } from './refusal';
import { XmlElement } from './xml-element';

const WITH_TEXT = new Set(['w:t', 'w:delText', 'w:instrText', 'w:delInstrText', 'm:t']);
const OUTSIDE = undefined;

/** Where the parser stands: inside the subtree of `node`, in the container, or outside of it. */
interface Frame {
	node: XmlElement | undefined;
	/** The frame opened `node` itself; else it stands for an element that is seen through. */
	own: boolean;
	inContainer: boolean;
	/** Of an mc:AlternateContent: one of its branches has been taken. */
	branchTaken: boolean;
	alternatives: boolean;
	/** A row of an outermost table: handed over by itself. */
	streamed: boolean;
}

const NO_FRAME: Readonly<Frame> = {
	node: undefined,
	own: false,
	inContainer: false,
	branchTaken: false,
	alternatives: false,
	streamed: false,
};

/** Who takes what a part holds. */
export interface PartTaker {
	/** The next child of the container; a table without the rows that were handed over before. */
	element(element: XmlElement): void;
	/** The next row of the table that comes next: a table may be as large as the part, and is never held as a whole. */
	row?(element: XmlElement): void;
}

/**
 * Reads one part as XML and hands over the children of its container one by one, so that a part is never held as a
 * whole. Elements of unknown namespaces are seen through (their text counts), of mc:AlternateContent one branch is read.
 */
class PartParser {
	readonly #parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
	readonly #names = new Namespaces();
	readonly #frames: Frame[] = [];
	readonly #pool: Frame[] = [];
	#skipping = 0;
	/** Table rows that are open, one in the other. */
	#rows = 0;
	#outermost: XmlElement | undefined;
	#found = false;
	#attributeCount = 0;

	constructor(
		private readonly part: string,
		private readonly container: string,
		private readonly limits: ContractLimits,
		private readonly take: PartTaker,
	) {
		this.#parser.on('error', (error) => {
			throw unreadable(`its part ${shown(part)} is no well-formed XML (${error.message.slice(0, 80)}).`);
		});
		// Word writes none; a document type is how entities that expand without end, or read other files, come in.
		this.#parser.on('doctype', () => {
			throw unreadable(`its part ${shown(part)} has a document type declaration (DOCTYPE), which Word never writes.`);
		});
		this.#parser.on('opentagstart', () => {
			this.#attributeCount = 0;
		});
		this.#parser.on('attribute', () => {
			if (++this.#attributeCount > limits.maxXmlAttributes)
				throw unreadable(`its part ${shown(part)} has an element of more than ${limits.maxXmlAttributes} attributes.`);
		});
		this.#parser.on('opentag', (tag) => this.#open(tag));
		this.#parser.on('closetag', () => this.#close());
		this.#parser.on('text', (text) => this.#text(text));
		this.#parser.on('cdata', (text) => this.#text(text));
	}

	write(text: string): void {
		this.#parser.write(text);
	}

	/** @returns whether the container was there */
	end(): boolean {
		this.#parser.close();
		return this.#found;
	}

	#open(tag: SaxesTagPlain): void {
		this.#names.enter(tag.attributes);
		const depth = this.#frames.length + this.#skipping;
		if (depth >= this.limits.maxXmlDepth)
			throw tooLarge(
				`elements of its part ${shown(this.part)} nest deeper`,
				'maxXmlDepth',
				this.limits.maxXmlDepth,
				depth + 1,
			);
		if (this.#skipping > 0) {
			this.#skipping++;
			return;
		}
		const name = this.#names.element(tag.name);
		const parent = this.#frames.at(-1);
		if (SKIPPED.has(name) || (parent?.alternatives === true && !this.#takesBranch(parent, name))) {
			this.#skipping = 1;
			return;
		}
		this.#frames.push(this.#frame(name, tag, parent));
	}

	#frame(name: string, tag: SaxesTagPlain, parent: Frame | undefined): Frame {
		const alternatives = name === 'mc:AlternateContent';
		const frame = this.#freshFrame(parent, alternatives);
		if (!frame.inContainer) {
			frame.inContainer = name === this.container;
			this.#found ||= frame.inContainer;
		} else if (!alternatives && name.includes(':') && !name.startsWith('mc:')) {
			const node = new XmlElement(name, this.#attributes(tag));
			if (parent?.node) parent.node.add(node);
			else this.#outermost = node;
			frame.node = node;
			frame.own = true;
			if (name === 'w:tr') frame.streamed = this.#rows++ === 0 && this.#outermost?.name === 'w:tbl';
		}
		return frame;
	}

	/** Frames are used again and again: a document of millions of elements makes as many as it nests deep. */
	#freshFrame(parent: Frame | undefined, alternatives: boolean): Frame {
		const depth = this.#frames.length;
		const frame = (this.#pool[depth] ??= { ...NO_FRAME });
		frame.node = parent?.node;
		frame.own = false;
		frame.inContainer = parent?.inContainer ?? false;
		frame.branchTaken = false;
		frame.alternatives = alternatives;
		frame.streamed = false;
		return frame;
	}

	/** ECMA-376-3, 7.5: the first branch that is understood. The others say the same for other readers. */
	#takesBranch(parent: Frame, name: string): boolean {
		if (name !== 'mc:Choice' && name !== 'mc:Fallback') return false;
		if (parent.branchTaken) return false;
		parent.branchTaken = true;
		return true;
	}

	#attributes(tag: SaxesTagPlain): string[] | undefined {
		let attributes: string[] | undefined;
		for (const key in tag.attributes) {
			const name = this.#names.attribute(key);
			if (name === undefined || isSessionMark(name)) continue;
			attributes ??= [];
			attributes.push(name, tag.attributes[key] ?? '');
		}
		return attributes;
	}

	#close(): void {
		this.#names.leave();
		if (this.#skipping > 0) {
			this.#skipping--;
			return;
		}
		const frame = this.#frames.pop();
		if (frame?.own !== true || !frame.node) return;
		const parent = this.#frames.at(-1)?.node;
		prune(frame.node, parent);
		if (frame.node.name === 'w:tr') this.#rows--;
		if (parent === OUTSIDE) this.take.element(frame.node);
		else if (frame.streamed && this.take.row) {
			parent.drop();
			this.take.row(frame.node);
		}
	}

	#text(text: string): void {
		const frame = this.#frames.at(-1);
		if (this.#skipping === 0 && frame?.own === true && frame.node && WITH_TEXT.has(frame.node.name))
			frame.node.text += text;
	}
}

/**
 * Reads the part `name`; `take` gets the children of the element `container` in order.
 * @returns whether that element was there
 */
export function readXmlPart(
	archive: Archive,
	name: string,
	container: string,
	limits: ContractLimits,
	take: PartTaker['element'] | PartTaker,
): boolean {
	const parser = new PartParser(name, container, limits, typeof take === 'function' ? { element: take } : take);
	const decoder = new PartDecoder(name);
	archive.read(name, (piece) => parser.write(decoder.decode(piece, false)));
	parser.write(decoder.decode(new Uint8Array(0), true));
	return parser.end();
}
