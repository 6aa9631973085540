import { DomainError } from '../../model';
import type { ContractLimits } from '../limits';
import { escapeInline, escapeLineStart } from './escape';
import { Rendition } from './rendition';

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
	return value === null || typeof value !== 'object';
}

function scalarText(value: unknown): string {
	return typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
}

/** `validFrom`, `valid_from` and `valid-from` read `Valid from`. */
function title(key: string): string {
	const words = key
		.replace(/([\p{Ll}0-9])(\p{Lu})/gu, '$1 $2')
		.replace(/[_-]+/g, ' ')
		.trim();
	return words === '' ? key : words.charAt(0).toUpperCase() + words.slice(1);
}

/** @throws DomainError DOCUMENT_UNREADABLE for what is no JSON object or array */
export function parseRecord(text: string): unknown {
	let problem = 'it is neither an object nor an array';
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === 'object' && value !== null) return value;
	} catch {
		// What the parser says holds words of the document.
		problem = 'its JSON is broken, or ends too early';
	}
	throw new DomainError(
		'DOCUMENT_UNREADABLE',
		`The document is no JSON record: ${problem}.`,
		'Pass a whole JSON object or array, or set the format that the document really has.',
	);
}

function tooDeep(maximum: number): DomainError {
	return new DomainError(
		'INPUT_TOO_LARGE',
		`The record nests deeper than ${maximum} levels; the limit maxRecordDepth is ${maximum}.`,
		'Pass the part of the record that the contract is in, or raise the limit maxRecordDepth.',
		{ limit: 'maxRecordDepth', maximum },
	);
}

class RecordWriter {
	readonly #out = new Rendition();

	constructor(private readonly limits: ContractLimits) {}

	write(value: unknown): string {
		this.#value(value, 1, undefined);
		return this.#out.toString();
	}

	#value(value: unknown, level: number, name: string | undefined): void {
		if (level > this.limits.maxRecordDepth) throw tooDeep(this.limits.maxRecordDepth);
		if (Array.isArray(value)) this.#array(value, level, name);
		else if (isObject(value)) this.#object(value, level, name);
		else this.#line(name, scalarText(value));
	}

	/** Fields of the record itself first, parts of it as headings below. */
	#object(value: JsonObject, level: number, name: string | undefined): void {
		if (name !== undefined) this.#out.heading(level - 1, escapeInline(name));
		const fields = Object.entries(value);
		for (const [key, field] of fields) if (isScalar(field)) this.#line(title(key), scalarText(field));
		for (const [key, field] of fields) if (!isScalar(field)) this.#value(field, level + 1, title(key));
	}

	#array(value: unknown[], level: number, name: string | undefined): void {
		if (name !== undefined) this.#out.heading(level - 1, escapeInline(name));
		if (value.length > 0 && value.every((entry) => isObject(entry) && Object.values(entry).every(isScalar))) {
			return this.#table(value as JsonObject[]);
		}
		value.forEach((entry, index) => {
			if (isScalar(entry)) this.#out.item(escapeLineStart(escapeInline(scalarText(entry))), 0, { bullet: true });
			else this.#value(entry, level + 1, entryName(entry, index));
		});
	}

	#table(rows: JsonObject[]): void {
		const columns = new Set<string>();
		for (const row of rows) for (const key of Object.keys(row)) columns.add(key);
		const names = [...columns].slice(0, this.limits.maxColumns);
		const cell = (row: JsonObject, key: string): string => (Object.hasOwn(row, key) ? scalarText(row[key]) : '');
		this.#out.table([names.map(title), ...rows.map((row) => names.map((key) => cell(row, key).replace(/\s+/g, ' ')))]);
	}

	#line(name: string | undefined, text: string): void {
		const paragraphs = text.split(/\n{2,}/).map((part) =>
			part
				.split('\n')
				.map((line) => escapeLineStart(escapeInline(line.trim())))
				.join('\n'),
		);
		const [first = '', ...rest] = paragraphs;
		this.#out.paragraph(name === undefined ? first : `**${escapeInline(name)}:** ${first}`);
		for (const paragraph of rest) this.#out.paragraph(paragraph);
	}
}

function entryName(entry: unknown, index: number): string {
	if (isObject(entry)) {
		for (const key of ['title', 'name', 'heading', 'id', 'number']) {
			const value = Object.hasOwn(entry, key) ? entry[key] : undefined;
			if (typeof value === 'string' || typeof value === 'number') return String(value);
		}
	}
	return String(index + 1);
}

/**
 * A JSON record as a document to read and to quote from: fields as lines, parts under headings, lists of equal records
 * as tables. For what changed between two records compare the records themselves (`compareRecords`).
 */
export function renderRecord(value: unknown, limits: ContractLimits): string {
	return new RecordWriter(limits).write(value);
}
