import type { ContractLimits } from '../limits';
import { HeadingPath } from './heading-path';
import { mathText } from './math';
import { author, plain, rawText, revision, type Revision } from './revision';
import { runText } from './run-text';
import type { StyleSheet } from './styles';
import { cellRevisions, NO_REVISIONS, NOTHING_AROUND, within, type Around } from './tracked-around';
import type { TrackedChange, TrackedPlace } from './tracked-change';
import { TrackedList } from './tracked-list';
import { changedProperties, PROPERTY_CHANGES } from './tracked-properties';
import { View } from './view';
import { child, type XmlElement } from './xml-element';

const BEFORE = new View('original');
const AFTER = new View('accepted');

/** Collects the tracked changes of a document, element by element. */
export class TrackedReader {
	readonly #list: TrackedList;
	readonly #headings: HeadingPath;
	readonly #paragraphs = { document: 0, footnotes: 0, endnotes: 0, headers: 0, footers: 0 };
	#tables = 0;
	/** Rows of the next table have come already. */
	#inRows = false;
	#place: TrackedPlace = { part: 'document', paragraph: 0 };

	constructor(limits: ContractLimits, styles: StyleSheet) {
		this.#list = new TrackedList(limits.maxCharacters);
		this.#headings = new HeadingPath(styles);
	}

	add(element: XmlElement, part: TrackedPlace['part']): void {
		this.#enterPart(part);
		if (!this.#inRows) return this.#block(element, NOTHING_AROUND);
		this.#inRows = false;
		this.#tablePart(element, NOTHING_AROUND);
		this.#place = { part, paragraph: this.#paragraphs[part] };
	}

	/** The next row of the table that is added next. */
	addRow(row: XmlElement, part: TrackedPlace['part']): void {
		this.#enterPart(part);
		if (!this.#inRows) this.#enterTable();
		this.#inRows = true;
		this.#row(row, NOTHING_AROUND);
	}

	end(): TrackedChange[] {
		return this.#list.inOrder();
	}

	#enterPart(part: TrackedPlace['part']): void {
		if (this.#place.part !== part) this.#place = { part, paragraph: this.#paragraphs[part] };
	}

	#block(element: XmlElement, around: Around): void {
		const { name } = element;
		if (this.#list.range(element)) return;
		if (name === 'w:p') this.#paragraph(element, around);
		else if (name === 'w:tbl') this.#table(element, around);
		else if (name === 'w:sectPr') this.#properties(element, 'section', '');
		else for (const part of element.children) this.#block(part, within(around, element));
	}

	#paragraph(element: XmlElement, around: Around): void {
		this.#place = { ...this.#place, paragraph: ++this.#paragraphs[this.#place.part] };
		this.#list.part();
		const properties = child(element, 'w:pPr');
		if (this.#place.part === 'document' && this.#place.table === undefined) this.#headings.enter(element, properties);
		if (properties) this.#paragraphProperties(element, properties);
		const here = this.#place;
		this.#inline(element, around);
		this.#place = here;
		const mark = child(properties, 'w:rPr')?.children ?? [];
		this.#emit('¶', mark.reduce(within, around.last ? { reported: around.reported } : around), true);
		this.#list.part();
	}

	#paragraphProperties(element: XmlElement, properties: XmlElement): void {
		if (properties.children.length === 0) return;
		const text = (): string => rawText(element, AFTER);
		this.#properties(properties, 'paragraph', text);
		const section = child(properties, 'w:sectPr');
		if (section) this.#properties(section, 'section', '');
		const run = child(properties, 'w:rPr');
		if (run) this.#properties(run, 'text', '¶');
		for (const part of child(properties, 'w:numPr')?.children ?? []) {
			const found = part.name === 'w:numberingChange' ? author(part) : revision(part);
			if (!found) continue;
			const op: TrackedChange['op'] = part.name === 'w:ins' ? 'insert' : part.name === 'w:del' ? 'delete' : 'change';
			const after = text();
			const base = { kind: 'numbering' as const, op, subject: 'paragraph' as const, ...plain(found) };
			this.#add({ ...base, before: after, after, properties: ['numPr'] });
		}
	}

	#inline(element: XmlElement, around: Around): void {
		for (const part of element.children) {
			if (part.name === 'w:r') this.#run(part, around);
			else if (part.name === 'm:oMath' || part.name === 'm:oMathPara') this.#math(part, around);
			else if (part.name !== 'w:pPr' && !this.#list.range(part)) this.#inline(part, within(around, part));
		}
	}

	#run(run: XmlElement, around: Around): void {
		const properties = child(run, 'w:rPr');
		let text = '';
		for (const part of run.children) text += runText(part) ?? '';
		if (properties) this.#properties(properties, 'text', text);
		if (text !== '' || around.last !== undefined) this.#emit(text, around, false);
		for (const part of run.children) this.#boxes(part);
	}

	/** A formula in a revision counts as a whole; revisions inside of it one by one. */
	#math(element: XmlElement, around: Around): void {
		const whole = around.last !== undefined;
		if (whole) return this.#emit(mathText(element, AFTER), around, false);
		for (const part of element.children) {
			const inner = within(around, part);
			if (inner !== around) this.#emit(mathText(part, part.name === 'w:del' ? BEFORE : AFTER), inner, false);
			else this.#math(part, around);
		}
	}

	#boxes(element: XmlElement): void {
		if (element.name !== 'w:txbxContent') {
			for (const part of element.children) this.#boxes(part);
			return;
		}
		for (const part of element.children) this.#block(part, NOTHING_AROUND);
	}

	#table(element: XmlElement, around: Around): void {
		const outside = this.#place;
		this.#enterTable();
		this.#tablePart(element, around);
		const { part } = outside;
		this.#place = { ...outside, paragraph: this.#paragraphs[part] };
	}

	#enterTable(): void {
		const { part, paragraph } = this.#place;
		this.#place = { part, paragraph, table: ++this.#tables, row: 0, cell: 0 };
	}

	#tablePart(element: XmlElement, around: Around): void {
		for (const part of element.children) {
			if (this.#list.range(part)) continue;
			if (part.name === 'w:tblPr' || part.name === 'w:tblPrEx') this.#properties(part, 'table', '');
			else if (part.name === 'w:tr') this.#row(part, around);
			else if (part.name === 'w:tc') this.#cell(part, around);
			else if (part.name === 'w:p' || part.name === 'w:tbl') this.#block(part, around);
			else if (!part.name.endsWith('Pr')) this.#tablePart(part, within(around, part));
		}
	}

	#row(row: XmlElement, around: Around): void {
		this.#place = { ...this.#place, row: (this.#place.row ?? 0) + 1, cell: 0 };
		const properties = child(row, 'w:trPr');
		if (properties) this.#properties(properties, 'row', '');
		const found = properties?.children.flatMap((part) => revision(part) ?? []) ?? NO_REVISIONS;
		const text = (view: View): string =>
			row.children
				.filter(({ name }) => name === 'w:tc')
				.map((cell) => rawText(cell, view))
				.join(' | ');
		this.#tablePart(row, this.#report('row', found, text, around));
	}

	#cell(cell: XmlElement, around: Around): void {
		this.#place = { ...this.#place, cell: (this.#place.cell ?? 0) + 1 };
		const properties = child(cell, 'w:tcPr');
		if (properties) this.#properties(properties, 'cell', '');
		const merge = child(properties, 'w:cellMerge');
		const text = (view: View): string => rawText(cell, view);
		if (merge) this.#add({ kind: 'cell', op: 'change', ...author(merge), before: text(BEFORE), after: text(AFTER) });
		const inner = this.#report('cell', properties ? cellRevisions(properties) : NO_REVISIONS, text, around);
		const here = this.#place;
		for (const part of cell.children) if (part !== properties) this.#block(part, inner);
		this.#place = { ...here, paragraph: this.#paragraphs[here.part] };
	}

	/** Reports a row or cell that came or went as one change. */
	#report(kind: 'row' | 'cell', found: readonly Revision[], text: (view: View) => string, around: Around): Around {
		if (found.length === 0) return around;
		const known = found.filter(({ wrapper }) => !around.reported.includes(wrapper));
		const went = known.find(({ wrapper }) => wrapper === 'w:del');
		const came = known.find(({ wrapper }) => wrapper === 'w:ins');
		const what = went ?? came;
		if (!what) return around;
		const { wrapper: _, ...who } = what;
		const place = { ...this.#place, paragraph: this.#paragraphs[this.#place.part] + 1 };
		const base = { kind, ...who, ...(went && came ? { insertedBy: plain(came) } : {}) };
		if (went) this.#add({ ...base, op: 'delete', before: text(BEFORE), after: '' }, place);
		else this.#add({ ...base, op: 'insert', before: '', after: text(AFTER) }, place);
		return { ...around, reported: [...around.reported, ...known.map(({ wrapper }) => wrapper)] };
	}

	/** A change of text, or of the mark at a paragraph's end. */
	#emit(text: string, { last, went, came, reported }: Around, isMark: boolean): void {
		const what = went ?? last;
		if (!what) {
			this.#list.part();
			return;
		}
		if (text === '' || reported.includes(what.wrapper)) return;
		if (what.wrapper === 'w:moveFrom' || what.wrapper === 'w:moveTo')
			return this.#list.move(text, what, this.#under(this.#place), isMark);
		const deleted = what.wrapper === 'w:del';
		const op = deleted ? 'delete' : 'insert';
		const change = {
			kind: isMark ? ('paragraph-mark' as const) : op,
			op,
			...plain(what),
			before: deleted ? text : '',
			after: deleted ? '' : text,
			...(deleted && came ? { insertedBy: plain(came) } : {}),
		} satisfies Omit<TrackedChange, 'place'>;
		this.#add(change);
	}

	#add(change: Omit<TrackedChange, 'place'>, place = this.#place): void {
		this.#list.add(change, this.#under(place));
	}

	#under(place: TrackedPlace): TrackedPlace {
		const { path } = this.#headings;
		return path.length === 0 || place.part !== 'document' ? place : { ...place, path };
	}

	#properties(
		element: XmlElement,
		subject: NonNullable<TrackedChange['subject']>,
		text: string | (() => string),
	): void {
		for (const part of element.children) {
			const properties = PROPERTY_CHANGES.has(part.name) ? changedProperties(element, part) : undefined;
			if (!properties) continue;
			const content = typeof text === 'string' ? text : text();
			const kind = properties.includes('numPr') ? ('numbering' as const) : ('formatting' as const);
			this.#add({ kind, op: 'change', subject, ...author(part), before: content, after: content, properties });
		}
	}
}
