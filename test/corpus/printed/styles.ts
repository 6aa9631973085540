import type { PdfOptions } from '../printer';
import type { Contract, Part } from './document';

function escape(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

/** How numbers are printed. */
type Numbers = 'text' | 'hanging' | 'counters' | 'cells';

export interface Style {
	name: string;
	css: string;
	numbers: Numbers;
	options?: PdfOptions;
}

function rows(head: string[], body: string[][]): string {
	const line = (cells: string[], tag: string): string =>
		`<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
	return `<table class="rows"><thead>${line(head, 'th')}</thead><tbody>${body.map((row) => line(row, 'td')).join('')}</tbody></table>`;
}

function numbered(number: string, text: string, depth: number, style: Numbers): string {
	if (style === 'cells')
		return `<table class="lay d${depth}"><tr><td class="n">${escape(number)}</td><td>${escape(text)}</td></tr></table>`;
	if (style === 'counters') return `<div class="auto d${depth}" style="--n:'${number}'">${escape(text)}</div>`;
	if (style === 'hanging')
		return `<p class="hang d${depth}"><span class="n">${escape(number)}</span>${escape(text)}</p>`;
	return `<p class="d${depth}">${escape(number)} ${escape(text)}</p>`;
}

function htmlOf(part: Part, style: Numbers): string {
	switch (part.kind) {
		case 'title':
			return `<h1>${escape(part.text)}</h1>`;
		case 'heading':
			return `<h2>${part.number === undefined ? '' : `${escape(part.number)} `}${escape(part.text)}</h2>`;
		case 'clause':
			return numbered(part.number, part.text, 1, style);
		case 'item':
			return numbered(part.label, part.text, 2, style);
		case 'paragraph':
			return `<p>${escape(part.text)}</p>`;
		case 'definition':
			return `<p><b>${escape(part.term)}</b> ${escape(part.text)}</p>`;
		case 'table':
			return rows(part.head, part.rows);
		case 'footnotes':
			return part.notes.map((note, at) => `<p class="note"><sup>${at + 1}</sup> ${escape(note)}</p>`).join('');
	}
}

const BASE = `.n{display:inline-block;min-width:3em}.hang{padding-left:3em;text-indent:-3em}.hang .n{text-indent:0}
.d2{margin-left:3em}.auto{position:relative;padding-left:3em;margin-top:.6em;margin-bottom:.6em}
.auto::before{content:var(--n);position:absolute;left:0}.lay td{vertical-align:top}.lay .n{width:3em}
table.rows{border-collapse:collapse;width:100%}table.rows td,table.rows th{text-align:left;vertical-align:top;padding:3px 8px}`;

/** A whole page of a contract in a style. */
export function styledPage({ language, parts }: Contract, { css, numbers }: Style): string {
	const body = parts.map((part) => htmlOf(part, numbers)).join('\n');
	return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Contract</title><style>${BASE}${css}</style></head><body><main>${body}</main></body></html>`;
}

const PAGES =
	'<div style="font-size:8px;width:100%;text-align:center">Page <span class="pageNumber"></span> of <span class="totalPages"></span></div>';
const HEAD =
	'<div style="font-size:8px;width:100%;margin:0 40px">Confidential &middot; Version 3<span style="float:right">HA-2026-117</span></div>';
const framed: PdfOptions = {
	displayHeaderFooter: true,
	headerTemplate: HEAD,
	footerTemplate: PAGES,
	margin: { top: '70px', bottom: '70px', left: '60px', right: '60px' },
};

const bordered = 'table.rows td,table.rows th{border:1px solid #444}';

export const STYLES: Style[] = [
	{ name: 'serif, one column', css: `body{font:11pt/1.3 'Liberation Serif',serif}${bordered}`, numbers: 'text' },
	{
		name: 'two columns, justified, hyphenated',
		css: `main{columns:2;column-gap:28px}body{font:9pt/1.25 'Liberation Serif',serif;text-align:justify;hyphens:auto}h1{column-span:all}table.rows td,table.rows th{padding:1px 3px;text-align:left}${bordered}`,
		numbers: 'text',
		options: { ...framed, format: 'A4' },
	},
	{
		name: 'numbers in the margin',
		css: `body{font:10pt/1.45 'Liberation Sans',sans-serif}h2{font-size:10pt}${bordered}`,
		numbers: 'hanging',
		options: { ...framed, format: 'Letter' },
	},
	{
		name: 'numbers by style sheet, table without borders',
		css: `body{font:10.5pt/1.35 'DejaVu Serif',serif}h2{font-size:11pt;font-variant:small-caps}`,
		numbers: 'counters',
		options: { ...framed, format: 'A4' },
	},
	{
		name: 'numbers in a layout table',
		css: `body{font:11pt/1.25 'Liberation Serif',serif}h2{text-decoration:underline;font-size:11pt;font-weight:normal}${bordered}`,
		numbers: 'cells',
		options: { ...framed, format: 'Letter' },
	},
	{
		name: 'first lines indented, no space between paragraphs',
		css: `body{font:12pt/1.4 'Liberation Serif',serif;text-align:justify;hyphens:auto}p{margin:0;text-indent:2em}h1,h2{text-align:center;font-size:12pt}`,
		numbers: 'text',
		options: { ...framed, format: 'A4' },
	},
	{
		name: 'double spaced, no headings set apart',
		css: `body{font:12pt/2 'Liberation Serif',serif}h1,h2{font-size:12pt;margin:0}p{margin:0 0 1em}`,
		numbers: 'text',
		options: { format: 'Letter', margin: { top: '96px', bottom: '96px', left: '96px', right: '96px' } },
	},
	{
		name: 'narrow sans, zebra table',
		css: `body{font:9pt/1.5 'Liberation Sans Narrow',sans-serif}tbody tr:nth-child(odd){background:#eee}h2{letter-spacing:.08em;text-transform:uppercase;font-size:9pt}`,
		numbers: 'hanging',
		options: { ...framed, format: 'A5' },
	},
];
