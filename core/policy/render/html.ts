import { markup, staticPage, type Html } from '../../html';
import type { Block, Document, Inline, Text } from './blocks';
import { DOCUMENT_STYLE } from './style';

const page = staticPage(DOCUMENT_STYLE);

function inline(part: Inline): Html {
	if (typeof part === 'string') return markup`${part}`;
	return 'code' in part ? markup`<code>${part.code}</code>` : markup`<strong>${part.strong}</strong>`;
}

const line = (text: Text): Html => markup`${text.map(inline)}`;

function heading({ level, text, anchor }: Block & { kind: 'heading' }): Html {
	const id = anchor === undefined ? undefined : markup` id="${anchor}"`;
	return level === 2 ? markup`<h2${id}>${line(text)}</h2>\n` : markup`<h3${id}>${line(text)}</h3>\n`;
}

function block(each: Block): Html {
	switch (each.kind) {
		case 'heading':
			return heading(each);
		case 'paragraph':
			return markup`<p>${line(each.text)}</p>\n`;
		case 'list':
			return markup`<ul>${each.items.map((item) => markup`<li>${line(item)}</li>\n`)}</ul>\n`;
		case 'table':
			return markup`<div class="scroll"><table><thead><tr>${each.head.map(
				(name) => markup`<th scope="col">${name}</th>`,
			)}</tr></thead>
<tbody>${each.rows.map((row) => markup`<tr>${row.map((text) => markup`<td>${line(text)}</td>`)}</tr>\n`)}</tbody></table></div>
`;
		case 'signatures':
			return markup`<dl class="signatures">${each.lines.map((label) => markup`<div><dt>${label}</dt><dd></dd></div>\n`)}</dl>\n`;
	}
}

function contents(blocks: readonly Block[]): Html {
	const chapters = blocks.flatMap((each) =>
		each.kind === 'heading' && each.level === 2 && each.anchor !== undefined
			? [markup`<li><a href="#${each.anchor}">${line(each.text)}</a></li>\n`]
			: [],
	);
	return markup`<nav aria-label="Contents"><ol>${chapters}</ol></nav>`;
}

/** One self-contained page, to read, print and sign. */
export function toHtml({ title, blocks }: Document): string {
	return page(
		title,
		markup`<main>
<p class="kicker">Access policy</p>
<h1><bdi>${title}</bdi></h1>
${contents(blocks)}
${blocks.map(block)}</main>`,
	);
}
