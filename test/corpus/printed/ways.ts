import { textPage } from '../../core/contract/formats/markdown-page';

/** A way to put a plain text file on pages. */
export interface Way {
	name: string;
	page: (text: string) => string;
	/** Whether the page shows blanks in a row. HTML makes one of them: then nobody can tell from the page where they were. */
	keepsBlanks: boolean;
}

function escape(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

function page(style: string, body: string): string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Contract</title><style>${style}</style></head><body>${body}</body></html>`;
}

/** The page of a text file as it is: every line as typed, broken where the paper ends. */
export function typedPage(text: string): string {
	return `<pre style="white-space: pre-wrap">${escape(text)}</pre>`;
}

function lines(text: string): string[] {
	return text.split(/\r?\n/).map((line) => line.trim());
}

export const TEXT_WAYS: Way[] = [
	{ name: 'as typed', page: typedPage, keepsBlanks: true },
	{
		name: 'as typed, in book type',
		page: (text) => page('body{font:11pt/1.3 serif;white-space:pre-wrap}', escape(text)),
		keepsBlanks: true,
	},
	{ name: 'in paragraphs', page: (text) => textPage(text), keepsBlanks: false },
	{
		name: 'each line a paragraph',
		page: (text) =>
			page(
				'body{font:10pt sans-serif}p{margin:0 0 6pt}',
				lines(text)
					.map((line) => (line === '' ? '' : `<p>${escape(line)}</p>`))
					.join('\n'),
			),
		keepsBlanks: false,
	},
	{
		name: 'each line a box, blank lines too',
		page: (text) =>
			page(
				'body{font:12pt serif}',
				lines(text)
					.map((line) => `<div>${line === '' ? '&nbsp;' : escape(line)}</div>`)
					.join('\n'),
			),
		keepsBlanks: false,
	},
	{
		name: 'first lines indented',
		page: (text) => textPage(text).replace('<body>', '<style>p{margin:0;text-indent:2em}</style><body>'),
		keepsBlanks: false,
	},
];

/** What a page keeps of a text's blanks. */
export function asShown(text: string, { keepsBlanks }: Way): string {
	return keepsBlanks ? text : text.replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n');
}
