import { DomainError, sha256, type ContractDocument, type DocumentFormat, type SourceFormat } from '../../model';
import { readDocx } from '../docx';
import { assertReadable, withLimits, type ContractLimits } from '../limits';
import { detectBytes, detectText, type DetectedFormat } from './detect';
import { decodeText } from './encoding';
import { readHtml, type TextView } from './html/read';
import { parseRecord, renderRecord } from './json';
import { readPdf } from './pdf/read';

export interface ImportInput {
	/** A text, or the bytes of a file. */
	data: string | Uint8Array;
	/** Left out or `auto`: found by the content. */
	format?: SourceFormat | 'auto';
	/** Of files with tracked changes: `accepted` (default) with them, `original` and `rejected` (the same) without. */
	view?: TextView;
	/** Tell Markdown from plain text where the content does not. */
	fileName?: string;
	mimeType?: string;
}

export interface ImportedDocument {
	document: ContractDocument;
	warnings: string[];
	/** Set where a person has to look at the document itself, e.g. a scan. */
	needsHuman?: { reason: string };
	/** The parsed record, of JSON. */
	record?: unknown;
}

interface Reading {
	text: string;
	format: DocumentFormat;
	warnings: string[];
	needsHuman?: { reason: string };
	record?: unknown;
}

const NO_READER = new Map<DetectedFormat, [what: string, remedy: string]>([
	[
		'doc',
		[
			'a Word file of the old format (.doc), or an Office file locked with a password',
			'Open it in Word, remove the password and save it as .docx.',
		],
	],
	['zip', ['a ZIP archive without a Word document in it', 'Unpack it and pass the document itself.']],
	['rtf', ['a Rich Text file (.rtf)', 'Open it in a word processor and save it as .docx.']],
	['image', ['a picture', 'Have it read by OCR, and pass the text or a PDF with a text layer.']],
	['binary', ['no document of a known format', 'Pass Markdown, plain text, HTML, Word (.docx), PDF or JSON.']],
]);

function unreadable(format: DetectedFormat): DomainError {
	const [what, remedy] = NO_READER.get(format) ?? [
		'of no known format',
		'Pass a text, HTML, Word, PDF or JSON document.',
	];
	return new DomainError('DOCUMENT_UNREADABLE', `The file is ${what}.`, remedy, { detected: format });
}

function assertSize(data: string | Uint8Array, limits: ContractLimits): void {
	if (data.length <= limits.maxFileBytes) return;
	throw new DomainError(
		'INPUT_TOO_LARGE',
		`The file has ${data.length} bytes; the limit maxFileBytes is ${limits.maxFileBytes}.`,
		'Split the document, or raise the limit maxFileBytes where the host has the memory for it.',
		{ limit: 'maxFileBytes', maximum: limits.maxFileBytes, actual: data.length },
	);
}

/**
 * Reads a contract of any supported format into the text that it is kept and compared in. HTML, Word and PDF become a
 * Markdown rendition that `readDocument` reads back to the clauses, numbers and tables of the original.
 * @returns the document with the SHA-256 of its text and, in `source`, format and SHA-256 of the bytes that came in
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 * @example (await importDocument({ data: bytes, fileName: 'msa.pdf' })).document.text
 */
export async function importDocument(input: ImportInput, limits?: Partial<ContractLimits>): Promise<ImportedDocument> {
	const bounds = withLimits(limits);
	assertSize(input.data, bounds);
	const wanted = input.format === undefined || input.format === 'auto' ? undefined : input.format;
	const { format, reading } = await read(input, wanted, bounds);
	assertReadable(reading.text, bounds);
	return {
		document: {
			sha256: sha256(reading.text),
			format: reading.format,
			text: reading.text,
			source: { format, sha256: sha256(input.data) },
		},
		warnings: reading.warnings,
		...(reading.needsHuman ? { needsHuman: reading.needsHuman } : {}),
		...(reading.record !== undefined ? { record: reading.record } : {}),
	};
}

async function read(
	input: ImportInput,
	wanted: SourceFormat | undefined,
	limits: ContractLimits,
): Promise<{ format: SourceFormat; reading: Reading }> {
	const { data } = input;
	const view = input.view ?? 'accepted';
	if (typeof data !== 'string') {
		const detected = detectBytes(data);
		if (detected === 'pdf') return { format: 'pdf', reading: await pdf(data, wanted, limits) };
		if (detected === 'docx') return { format: 'docx', reading: docx(data, wanted, view, limits) };
		if (detected) throw unreadable(detected);
	}
	if (wanted === 'pdf' || wanted === 'docx') throw mismatch(wanted);
	const decoded = typeof data === 'string' ? { text: withoutMark(data), warnings: [] } : decodeText(data);
	assertReadable(decoded.text, limits);
	const format = wanted ?? detectText(decoded.text, input);
	const reading = readText(decoded.text, format, view, limits);
	const empty = decoded.text.trim() === '' ? ['The document is empty.'] : [];
	return { format, reading: { ...reading, warnings: [...decoded.warnings, ...empty, ...reading.warnings] } };
}

function withoutMark(text: string): string {
	return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function mismatch(wanted: SourceFormat): DomainError {
	return new DomainError(
		'DOCUMENT_UNREADABLE',
		`The file was said to be ${wanted}, and its content is not.`,
		'Set the format to auto, or pass the right file.',
		{ wanted },
	);
}

async function pdf(data: Uint8Array, wanted: SourceFormat | undefined, limits: ContractLimits): Promise<Reading> {
	if (wanted !== undefined && wanted !== 'pdf') throw mismatch(wanted);
	return readPdf(data, limits);
}

function docx(data: Uint8Array, wanted: SourceFormat | undefined, view: TextView, limits: ContractLimits): Reading {
	if (wanted !== undefined && wanted !== 'docx') throw mismatch(wanted);
	const { text, warnings } = readDocx(data, view, limits);
	return { text, warnings, format: 'markdown' };
}

function readText(text: string, format: SourceFormat, view: TextView, limits: ContractLimits): Reading {
	if (format === 'html') return { ...readHtml(text, view, limits), format: 'markdown' };
	if (format !== 'json') return { text, format: format === 'markdown' ? 'markdown' : 'text', warnings: [] };
	const record = parseRecord(text);
	return { text: renderRecord(record, limits), format: 'markdown', warnings: [], record };
}
