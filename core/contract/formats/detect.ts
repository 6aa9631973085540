import type { SourceFormat } from '../../model';

export type DetectedFormat = SourceFormat | 'doc' | 'zip' | 'rtf' | 'image' | 'binary';

function startsWith(bytes: Uint8Array, text: string, from = 0): boolean {
	for (let at = 0; at < text.length; at++) if (bytes[from + at] !== text.charCodeAt(at)) return false;
	return true;
}

/** PDF readers accept the header anywhere within the first 1,024 bytes (ISO 32000-1, implementation note 13). */
function isPdf(bytes: Uint8Array): boolean {
	const last = Math.min(1_024, bytes.length - 5);
	for (let at = 0; at <= last; at++) if (bytes[at] === 0x25 && startsWith(bytes, '%PDF-', at)) return true;
	return false;
}

function contains(bytes: Uint8Array, text: string): boolean {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return view.includes(text, 0, 'latin1');
}

/** What the first bytes say; undefined where they are no known file format, so that it may be text. */
export function detectBytes(bytes: Uint8Array): DetectedFormat | undefined {
	if (isPdf(bytes)) return 'pdf';
	if (startsWith(bytes, 'PK\u0003\u0004') || startsWith(bytes, 'PK\u0005\u0006'))
		return contains(bytes, 'word/') ? 'docx' : 'zip';
	// OLE compound file: Word 97 to 2003, and every Office file that is locked with a password.
	if (startsWith(bytes, '\u00d0\u00cf\u0011\u00e0')) return 'doc';
	if (startsWith(bytes, '{\\rtf')) return 'rtf';
	if (startsWith(bytes, '\u0089PNG') || startsWith(bytes, '\u00ff\u00d8\u00ff') || startsWith(bytes, 'GIF8'))
		return 'image';
	if (startsWith(bytes, 'II*\u0000') || startsWith(bytes, 'MM\u0000*')) return 'image';
	return undefined;
}

const TAGS = /<(?:!doctype html|html|head|body|p|div|table|ol|ul|h[1-6]|span|br|section|article)(?=[\s>/])/gi;

function isHtml(text: string): boolean {
	const head = text.slice(0, 20_000).trimStart();
	if (/^(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^]{0,2000}?-->\s*)?<(?:!doctype html|html|head|body)(?=[\s>])/i.test(head))
		return true;
	if (!/^<[a-z!]/i.test(head)) return false;
	// Markdown may hold tags, too: a page opens with a block tag, closes it, and has hardly a Markdown mark.
	const tags = head.match(TAGS)?.length ?? 0;
	return tags >= 2 && /<\/(?:p|div|table|ol|ul|h[1-6]|section|article|li)>/i.test(head) && markdownMarks(head) < tags;
}

function isJson(text: string): boolean {
	const first = text.trimStart().charAt(0);
	if (first !== '{' && first !== '[') return false;
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null;
	} catch {
		return false;
	}
}

/** Lines that only Markdown has. Numbered lines are in plain text, too, and count for nothing. */
export function markdownMarks(text: string): number {
	let marks = 0;
	for (const line of text.slice(0, 200_000).split('\n', 4_000)) {
		if (/^ {0,3}#{1,6} \S/.test(line)) marks += 2;
		else if (/^ {0,8}[-*+] \S/.test(line)) marks += 1;
		else if (/^ {0,3}\|.{0,2000}\|\s*$/.test(line)) marks += 1;
		else if (/^(?:={3,}|-{3,})\s*$/.test(line)) marks += 1;
		if (/\*\*[^*\s][^*]{0,200}\*\*|\]\((?:https?:|#|\/|mailto:)/.test(line.slice(0, 4_000))) marks += 1;
	}
	return marks;
}

/**
 * What a text is. `fileName` and `mimeType` decide between Markdown and plain text, never against the content; what is said
 * to be JSON and can't be read as that is a broken record, not a contract that begins with a brace.
 */
export function detectText(text: string, hints: { fileName?: string; mimeType?: string } = {}): SourceFormat {
	if (isHtml(text)) return 'html';
	if (isJson(text)) return 'json';
	const name = hints.fileName?.toLowerCase() ?? '';
	const mime = hints.mimeType?.toLowerCase() ?? '';
	if (/\.(?:md|markdown|mdx)$/.test(name) || mime.startsWith('text/markdown')) return 'markdown';
	if (/\.(?:html?|xhtml)$/.test(name) || mime.startsWith('text/html')) return 'html';
	if (name.endsWith('.json') || /^application\/(?:[\w.-]+\+)?json\b/.test(mime)) return 'json';
	if (/\.(?:txt|text)$/.test(name)) return 'text';
	return markdownMarks(text) >= 2 ? 'markdown' : 'text';
}
