import { UNREADABLE } from '../../html';
import type { Block, Document, Inline, Text } from './blocks';

/** Marks that Markdown could read as markup, wherever they stand. */
const ACTIVE = /[\\`*_[\]<>&|~#!]/g;
const LINE_START = /^(\s*)([-+=]|\d{1,9}[.)])(?=\s|$)/;

function clean(text: string): string {
	return text.replace(UNREADABLE, '\ufffd').replace(/\s+/g, ' ');
}

function plain(text: string): string {
	return clean(text).replace(ACTIVE, '\\$&');
}

/** A name as code, with a fence longer than any run of backticks in it. */
function codeSpan(name: string): string {
	const text = clean(name);
	const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
	return `${fence}${pad}${text}${pad}${fence}`;
}

function inline(part: Inline): string {
	if (typeof part === 'string') return plain(part);
	return 'code' in part ? codeSpan(part.code) : `**${plain(part.strong)}**`;
}

function line(text: Text): string {
	return text.map(inline).join('').trim().replace(LINE_START, '$1\\$2');
}

/** A bar ends a cell even within code. */
const cell = (text: Text) =>
	text
		.map((part) => (typeof part !== 'string' && 'code' in part ? inline(part).replaceAll('|', '\\|') : inline(part)))
		.join('')
		.trim();

function block(each: Block): string {
	switch (each.kind) {
		case 'heading':
			return `${'#'.repeat(each.level)} ${line(each.text)}\n`;
		case 'paragraph':
			return `${line(each.text)}\n`;
		case 'list':
			return each.items.map((item) => `- ${line(item)}\n`).join('');
		case 'table':
			return [
				`| ${each.head.map(plain).join(' | ')} |`,
				`|${each.head.map(() => '---').join('|')}|`,
				...each.rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
				'',
			].join('\n');
		case 'signatures':
			return each.lines.map((label) => `${plain(label)}: ______________________________\n`).join('\n');
	}
}

export function toMarkdown({ title, blocks }: Document): string {
	return [`# ${plain(title)}\n`, ...blocks.map(block)].join('\n');
}
