import { DomainError } from '../../model';

export interface DecodedText {
	text: string;
	warnings: string[];
}

/** UTF-16 without a mark shows as a NUL in every other byte of Western text. */
const SAMPLE = 4_096;
const HALF = 0.4;

function utf16Guess(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
	const length = Math.min(bytes.length, SAMPLE) & ~1;
	if (length < 4) return undefined;
	let [even, odd] = [0, 0];
	for (let at = 0; at < length; at += 2) {
		if (bytes[at] === 0) even++;
		if (bytes[at + 1] === 0) odd++;
	}
	const half = length / 2;
	if (odd > half * HALF && even < half * 0.02) return 'utf-16le';
	return even > half * HALF && odd < half * 0.02 ? 'utf-16be' : undefined;
}

function unreadable(reason: string): DomainError {
	return new DomainError(
		'DOCUMENT_UNREADABLE',
		`The document is no readable text: ${reason}.`,
		'Save the document as UTF-8 text, Markdown, HTML, Word (.docx) or PDF and pass it again.',
	);
}

function strict(bytes: Uint8Array, encoding: string, name: string): string {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		throw unreadable(`it begins like ${name} and holds bytes that ${name} does not have`);
	}
}

/** Bytes that Windows-1252 has no character for, and controls that no text has. */
function isForeign(byte: number): boolean {
	if (byte < 0x20) return byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x0b;
	return byte === 0x7f || byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d;
}

function isLetterByte(byte: number | undefined): boolean {
	if (byte === undefined) return false;
	const low = byte | 0x20;
	return low >= 0x61 && low <= 0x7a;
}

/**
 * Whether bytes that are no UTF-8 are clearly Windows-1252: no byte it lacks, few bytes above ASCII, and those where
 * Western text has them (letters with accents beside letters, quotes and dashes beside words).
 */
function isWindows1252(bytes: Uint8Array): boolean {
	let [high, fitting] = [0, 0];
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at] ?? 0;
		if (isForeign(byte)) return false;
		if (byte < 0x80) continue;
		high++;
		const beside = isLetterByte(bytes[at - 1]) || isLetterByte(bytes[at + 1]);
		// 0xA0 to 0xBF are blanks, section signs, quotes, currency; 0x80 to 0x9F typographic quotes, dashes, the euro.
		if (byte < 0xc0 || beside) fitting++;
	}
	return high <= bytes.length * 0.2 && fitting >= high * 0.9;
}

function declaredCharset(bytes: Uint8Array): string | undefined {
	const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1_024));
	return /<meta[^>]{0,200}charset\s{0,4}=\s{0,4}["']?([A-Za-z0-9_-]{2,20})/i.exec(head)?.[1]?.toLowerCase();
}

const LEGACY = new Set(
	'iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-15 windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 shift_jis euc-jp gb2312 gbk gb18030 big5 euc-kr koi8-r'.split(
		' ',
	),
);

function withoutMark(text: string): string {
	return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** A declared encoding of web pages, where the bytes are no UTF-8. */
function decodeDeclared(bytes: Uint8Array, charset: string): DecodedText | undefined {
	try {
		const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
		return { text, warnings: [`The page was read as ${charset}, the encoding that it declares.`] };
	} catch {
		return undefined;
	}
}

/**
 * Text of bytes: UTF-8 and UTF-16 with or without byte order mark; a declared encoding of a web page; Windows-1252 only
 * where the bytes are clearly that, with a warning. The byte order mark does not become part of the text.
 * @throws DomainError DOCUMENT_UNREADABLE for anything else
 */
export function decodeText(bytes: Uint8Array): DecodedText {
	const [a, b, c] = bytes;
	if (a === 0xef && b === 0xbb && c === 0xbf) return checked(strict(bytes, 'utf-8', 'UTF-8'));
	if (a === 0xff && b === 0xfe) return checked(strict(bytes, 'utf-16le', 'UTF-16'));
	if (a === 0xfe && b === 0xff) return checked(strict(bytes, 'utf-16be', 'UTF-16'));
	const wide = utf16Guess(bytes);
	if (wide) {
		const decoded = checked(strict(bytes, wide, 'UTF-16'));
		return { ...decoded, warnings: ['The text has no byte order mark and was read as UTF-16.'] };
	}
	try {
		return checked(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch (error) {
		if (!(error instanceof TypeError) && (error as { code?: unknown }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA')
			throw error;
	}
	const charset = declaredCharset(bytes);
	const declared = charset !== undefined && LEGACY.has(charset) ? decodeDeclared(bytes, charset) : undefined;
	if (declared) return { ...checked(declared.text), warnings: declared.warnings };
	if (!isWindows1252(bytes)) throw unreadable('it is neither UTF-8 nor UTF-16 nor clearly Windows-1252');
	return {
		...checked(new TextDecoder('windows-1252').decode(bytes)),
		warnings: ['The text is no UTF-8 and was read as Windows-1252; check letters with accents, quotes and dashes.'],
	};
}

function checked(decoded: string): DecodedText {
	const text = withoutMark(decoded);
	const at = text.indexOf('\0');
	if (at >= 0) throw unreadable(`it holds a NUL character at offset ${at}`);
	return { text, warnings: [] };
}
