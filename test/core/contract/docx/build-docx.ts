import { strToU8, zipSync, type Zippable } from 'fflate';
import { readDocx, type DocxView } from '../../../../core/contract/docx';
import { readDocument, type ContractTree } from '../../../../core/contract';
import { sha256 } from '../../../../core/model';

const NAMESPACES = [
	'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
	'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
	'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
	'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
	'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
	'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
	'xmlns:v="urn:schemas-microsoft-com:vml"',
].join(' ');
const RELATIONSHIP = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const CONTENT = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

export interface DocxSource {
	body: string;
	styles?: string;
	numbering?: string;
	footnotes?: string;
	endnotes?: string;
	/** Files as they are, instead of or beside the usual ones; null leaves a usual one out. */
	files?: Record<string, string | Uint8Array | null>;
}

export function part(root: string, inner: string): string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:${root} ${NAMESPACES}>${inner}</w:${root}>`;
}

/** A DOCX file of the given XML. */
export function docx(source: DocxSource | string): Uint8Array {
	const { body, files: extra, ...sides } = typeof source === 'string' ? { body: source } : source;
	const names = Object.entries(sides as Record<string, string>);
	const files = new Map<string, string | Uint8Array | null>([
		['[Content_Types].xml', contentTypes(names.map(([name]) => name))],
		['_rels/.rels', relationships([['officeDocument', 'word/document.xml']])],
		['word/document.xml', part('document', `<w:body>${body}</w:body>`)],
		['word/_rels/document.xml.rels', relationships(names.map(([name]) => [name, `${name}.xml`]))],
	]);
	for (const [name, inner] of names) files.set(`word/${name}.xml`, part(name, inner));
	for (const [name, content] of Object.entries(extra ?? {})) files.set(name, content);
	const zip: Zippable = {};
	for (const [name, content] of files)
		if (content !== null) zip[name] = typeof content === 'string' ? strToU8(content) : content;
	return zipSync(zip);
}

function contentTypes(names: string[]): string {
	const overrides = [
		['document', `${CONTENT}.document.main+xml`],
		...names.map((name) => [name, `${CONTENT}.${name}+xml`]),
	]
		.map(([name, type]) => `<Override PartName="/word/${name}.xml" ContentType="${type}"/>`)
		.join('');
	return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>${overrides}</Types>`;
}

export function relationships(targets: Array<[type: string, target: string]>): string {
	const items = targets
		.map(
			([type, target], index) => `<Relationship Id="rId${index}" Type="${RELATIONSHIP}/${type}" Target="${target}"/>`,
		)
		.join('');
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items}</Relationships>`;
}

export const WHO = 'w:id="1" w:author="Ann" w:date="2026-03-01T10:00:00Z"';

export const t = (text: string): string => `<w:t xml:space="preserve">${text}</w:t>`;
export const r = (text: string, properties = ''): string =>
	`<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}${t(text)}</w:r>`;
export const p = (content: string, properties = ''): string =>
	`<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content.startsWith('<') ? content : r(content)}</w:p>`;
export const ins = (text: string, who = WHO): string =>
	`<w:ins ${who}>${text.startsWith('<') ? text : r(text)}</w:ins>`;
export const del = (text: string, who = WHO): string =>
	`<w:del ${who}>${text.startsWith('<') ? text : `<w:r><w:delText xml:space="preserve">${text}</w:delText></w:r>`}</w:del>`;
export const mark = (kind: 'ins' | 'del', who = WHO): string => `<w:rPr><w:${kind} ${who}/></w:rPr>`;
export const inList = (numId: number, level: number): string =>
	`<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`;
export const styled = (id: string): string => `<w:pStyle w:val="${id}"/>`;
export const cell = (content: string, properties = ''): string =>
	`<w:tc>${properties === '' ? '' : `<w:tcPr>${properties}</w:tcPr>`}${content.startsWith('<') ? content : p(content)}</w:tc>`;
export const row = (cells: string[], properties = ''): string =>
	`<w:tr>${properties === '' ? '' : `<w:trPr>${properties}</w:trPr>`}${cells.map((one) => (one.startsWith('<w:tc') ? one : cell(one))).join('')}</w:tr>`;
export const table = (...rows: string[]): string => `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join('')}</w:tbl>`;

export interface LevelSource {
	format?: string;
	text: string;
	start?: number;
	more?: string;
}

/** `<w:abstractNum>` with the given levels, and a list of the same number. */
export function list(id: number, levels: LevelSource[], numMore = ''): string {
	return abstract(id, levels) + num(id, id, numMore);
}

export function abstract(id: number, levels: LevelSource[], more = ''): string {
	const inner = levels
		.map(
			({ format = 'decimal', text, start = 1, more: extra = '' }, index) =>
				`<w:lvl w:ilvl="${index}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/>${extra}<w:lvlText w:val="${text}"/></w:lvl>`,
		)
		.join('');
	return `<w:abstractNum w:abstractNumId="${id}">${more}${inner}</w:abstractNum>`;
}

export function num(id: number, abstractId: number, more = ''): string {
	return `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstractId}"/>${more}</w:num>`;
}

/** Paragraphs of the rendition, without the blank lines between them. */
export function lines(source: DocxSource | string, view: DocxView = 'accepted'): string[] {
	return readDocx(docx(source), view)
		.text.split('\n\n')
		.map((line) => line.trim());
}

export function tree(source: DocxSource | string, view: DocxView = 'accepted'): ContractTree {
	const { text } = readDocx(docx(source), view);
	return readDocument({ sha256: sha256(text), format: 'markdown', text });
}

/** `number heading: text` of each clause, nested by two blanks. */
export function clauses(source: DocxSource | string, view: DocxView = 'accepted'): string[] {
	return tree(source, view).nodes.map((node) => {
		const head = [node.number, node.heading && `<${node.heading}>`]
			.filter((part) => part !== undefined && part !== '')
			.join(' ');
		return (
			'  '.repeat(node.depth) +
			[head, node.table ? `[${node.table.columns.join(', ')}]` : node.text].filter((part) => part !== '').join(' ')
		);
	});
}
