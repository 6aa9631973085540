import { inflateSync } from 'node:zlib';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { DomainError, isDomainError } from '../../../model';
import type { ContractLimits } from '../../limits';
import { PageReader } from './page-reader';
import type { PdfPage } from './page';

function tooLarge(
	limit: 'maxPdfPages' | 'maxPdfInflatedBytes' | 'maxPdfTextItems',
	maximum: number,
	what: string,
): DomainError {
	return new DomainError(
		'INPUT_TOO_LARGE',
		`The PDF ${what}; the limit ${limit} is ${maximum}.`,
		`Split the document, or raise the limit ${limit} where the host has the memory for it.`,
		{ limit, maximum },
	);
}

/**
 * Refuses compressed streams that unfold without measure before anybody unfolds them in earnest. Streams of other
 * filters (images) are not unfolded at all: only their text would be read, and they have none.
 */
function assertInflatable(bytes: Uint8Array, maximum: number): void {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let total = 0;
	for (let at = file.indexOf('FlateDecode'); at >= 0; at = file.indexOf('FlateDecode', at + 1)) {
		const keyword = file.indexOf('stream', at);
		if (keyword < 0) return;
		let start = keyword + 6;
		if (file[start] === 0x0d) start++;
		if (file[start] === 0x0a) start++;
		const end = file.indexOf('endstream', start);
		const stop = end < 0 ? file.length : end;
		total += inflatedLength(file.subarray(start, stop), maximum - total);
		if (total > maximum)
			throw tooLarge('maxPdfInflatedBytes', maximum, 'holds compressed streams that unfold to more than is read');
		at = Math.max(at, stop - 1);
	}
}

/** Length of the unfolded stream, or more than `room` where it does not fit; 0 for what is no zlib stream. */
function inflatedLength(data: Buffer, room: number): number {
	// Deflate reaches 1,032:1 at most; what cannot exceed the room need not be tried.
	if (data.length * 1_032 <= Math.min(room, 4_000_000)) return data.length;
	try {
		return inflateSync(data, { maxOutputLength: Math.max(1, room) }).length;
	} catch (error) {
		return (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? room + 1 : data.length;
	}
}

function asDomainError(error: unknown): unknown {
	if (isDomainError(error)) return error;
	const name = (error as { name?: unknown } | null)?.name;
	if (name === 'PasswordException') {
		return new DomainError(
			'DOCUMENT_UNREADABLE',
			'The PDF is encrypted: it opens with a password only.',
			'Remove the password (print or save it without protection) and pass it again.',
		);
	}
	const reason = error instanceof Error ? error.message.slice(0, 160) : 'no reason given';
	return new DomainError(
		'DOCUMENT_UNREADABLE',
		`The PDF is broken: ${reason}`,
		'Open it in a PDF reader, save or print it again as PDF, and pass the new file.',
	);
}

/**
 * Reads the text pieces of all pages. Bounded by pages, unfolded bytes and text pieces, not by a clock.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE (encrypted, broken)
 */
export async function readPages(bytes: Uint8Array, limits: ContractLimits): Promise<PdfPage[]> {
	assertInflatable(bytes, limits.maxPdfInflatedBytes);
	try {
		return await pagesOf(bytes, limits);
	} catch (error) {
		throw asDomainError(error);
	}
}

async function pagesOf(bytes: Uint8Array, limits: ContractLimits): Promise<PdfPage[]> {
	const pdf = await getDocumentProxy(Uint8Array.from(bytes), {
		verbosity: 0,
		useSystemFonts: false,
		// No picture is looked at: the smallest that is allowed is none.
		maxImageSize: 1,
	});
	try {
		if (pdf.numPages > limits.maxPdfPages)
			throw tooLarge('maxPdfPages', limits.maxPdfPages, `has ${pdf.numPages} pages`);
		const { OPS } = await getResolvedPDFJS();
		const reader = new PageReader(OPS, limits.maxPdfTextItems);
		const pages: PdfPage[] = [];
		let items = 0;
		for (let number = 1; number <= pdf.numPages; number++) {
			const page = await pdf.getPage(number);
			const read = await reader.read(page);
			items += read.texts.length;
			if (items > limits.maxPdfTextItems)
				throw tooLarge('maxPdfTextItems', limits.maxPdfTextItems, 'places more pieces of text than are read');
			pages.push(read);
			page.cleanup();
		}
		return pages;
	} finally {
		await pdf.loadingTask.destroy();
	}
}
