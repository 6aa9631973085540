import type { ContractLimits } from '../limits';
import { Archive } from './archive';
import { shown, tooLarge, unreadable } from './refusal';
import { readXmlPart } from './xml';

/** The parts of an Open Packaging Convention file (ECMA-376-2) that a Word document's text is in. */
export interface WordPackage {
	archive: Archive;
	document: string;
	styles?: string;
	numbering?: string;
	footnotes?: string;
	endnotes?: string;
	/** What the pages begin and end with, in the order of the file. */
	headers: string[];
	footers: string[];
	warnings: string[];
}

type Side = 'styles' | 'numbering' | 'footnotes' | 'endnotes';

const SIDES: readonly Side[] = ['styles', 'numbering', 'footnotes', 'endnotes'];
const USUAL_DOCUMENT = 'word/document.xml';
/** Compound File Binary Format: what Word wrote until 2003, and what it wraps encrypted files in (MS-OFFCRYPTO 2.3). */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const OTHER_PROGRAMS = new Map([
	['spreadsheetml', 'an Excel workbook'],
	['presentationml', 'a PowerPoint presentation'],
	['ms-excel', 'an Excel workbook'],
	['ms-powerpoint', 'a PowerPoint presentation'],
	['opendocument', 'an OpenDocument file'],
]);

/** @throws DomainError DOCUMENT_UNREADABLE, INPUT_TOO_LARGE */
export function openPackage(bytes: Uint8Array, limits: ContractLimits): WordPackage {
	if (bytes.length > limits.maxFileBytes)
		throw tooLarge(`it has ${bytes.length} bytes`, 'maxFileBytes', limits.maxFileBytes, bytes.length);
	assertZip(bytes);
	const archive = new Archive(bytes, limits);
	const warnings: string[] = [];
	const document = findDocument(archive, limits, warnings);
	assertWord(archive, document, limits, warnings);
	const found: WordPackage = { archive, document, headers: [], footers: [], warnings };
	for (const { type, target } of relationships(archive, document, limits)) {
		const page = type === 'header' ? found.headers : type === 'footer' ? found.footers : undefined;
		if (page && page.length < limits.maxPageParts && archive.has(target) && !page.includes(target)) page.push(target);
		const side = SIDES.find((name) => name === type);
		if (!side || found[side] !== undefined) continue;
		if (archive.has(target)) found[side] = target;
		else warnings.push(`The file names a part for its ${side} (${shown(target)}) and does not hold it.`);
	}
	return found;
}

function assertZip(bytes: Uint8Array): void {
	if (bytes.length === 0) throw unreadable('it is empty.');
	if (COMPOUND.every((byte, index) => bytes[index] === byte)) {
		if (holdsName(bytes, 'EncryptedPackage'))
			throw unreadable(
				'it is encrypted with a password.',
				'Remove the password in Word (File, Info, Protect Document), and pass that file.',
			);
		throw unreadable(
			'it is in the format of Word 97 to 2003 (.doc), or another compound file.',
			'Save it with Word as .docx, and pass that file.',
		);
	}
	if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw unreadable('it is no ZIP file, as a .docx is.');
}

/** Names in a compound file's directory are UTF-16LE (MS-CFB 2.6.1). */
function holdsName(bytes: Uint8Array, name: string): boolean {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(name, 'utf16le'));
}

function findDocument(archive: Archive, limits: ContractLimits, warnings: string[]): string {
	const main = relationships(archive, '', limits).find(({ type }) => type === 'officeDocument')?.target;
	if (main !== undefined && archive.has(main)) return main;
	if (archive.has(USUAL_DOCUMENT)) {
		warnings.push(`The file does not say which of its parts is the document; ${USUAL_DOCUMENT} was read.`);
		return USUAL_DOCUMENT;
	}
	if (main !== undefined) throw unreadable(`its document (${shown(main)}) is missing.`);
	if (archive.has('content.xml') && archive.has('mimetype'))
		throw unreadable('it is an OpenDocument file, not a Word document.');
	throw unreadable('it is a ZIP file, and holds no Word document.');
}

function assertWord(archive: Archive, document: string, limits: ContractLimits, warnings: string[]): void {
	const type = contentType(archive, document, limits);
	if (type === undefined) {
		warnings.push(
			'The file does not say what its parts are ([Content_Types].xml); its document was read as a Word document.',
		);
		return;
	}
	for (const [mark, program] of OTHER_PROGRAMS)
		if (type.includes(mark)) throw unreadable(`it is ${program}, not a Word document.`);
	if (!type.includes('wordprocessingml') && !type.includes('ms-word'))
		warnings.push(`The file calls its document ${shown(type)}; it was read as a Word document.`);
}

/** ECMA-376-2, 10.1.2.4: an override for the part, else the default of its extension. */
function contentType(archive: Archive, part: string, limits: ContractLimits): string | undefined {
	const types = '[Content_Types].xml';
	if (!archive.has(types)) return undefined;
	const name = `/${part}`.toLowerCase();
	let override: string | undefined;
	readXmlPart(archive, types, 'ct:Types', limits, (element) => {
		if (element.name === 'ct:Override' && element.attribute('PartName')?.toLowerCase() === name)
			override ??= element.attribute('ContentType');
	});
	return override?.toLowerCase();
}

/** Relationships of a part ('' for the package) that lead into the file; `type` is the last step of their address. */
function relationships(
	archive: Archive,
	part: string,
	limits: ContractLimits,
): Array<{ type: string; target: string }> {
	const folder = part.slice(0, part.lastIndexOf('/') + 1);
	const name = `${folder}_rels/${part.slice(folder.length)}.rels`;
	if (!archive.has(name)) return [];
	const found: Array<{ type: string; target: string }> = [];
	readXmlPart(archive, name, 'rel:Relationships', limits, (element) => {
		const target = element.attribute('Target');
		if (target === undefined || element.attribute('TargetMode') === 'External') return;
		const type = element.attribute('Type') ?? '';
		found.push({ type: type.slice(type.lastIndexOf('/') + 1), target: resolve(folder, target) });
	});
	return found;
}

function resolve(folder: string, target: string): string {
	if (target.startsWith('/')) return target.slice(1);
	const steps: string[] = [];
	for (const step of `${folder}${target}`.split('/')) {
		if (step === '..') steps.pop();
		else if (step !== '.' && step !== '') steps.push(step);
	}
	return steps.join('/');
}
