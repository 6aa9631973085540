import { DomainError } from '../../model';

/** First characters that spreadsheets read as a formula. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const QUOTED = /[",;\t\r\n]/;

/** One cell, safe to open in a spreadsheet: what would be a formula begins with an apostrophe. */
export function csvCell(text: string): string {
	const safe = FORMULA.test(text) || /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
	return QUOTED.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows with CRLF, as RFC 4180 has them. */
export function csvText(rows: readonly (readonly string[])[]): string {
	return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** The text of a cell as it was meant: without the apostrophe that kept it from being a formula. */
export function plainCell(text: string): string {
	return /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? text.slice(1) : text;
}

export interface CsvLimits {
	maxCharacters: number;
	maxRows: number;
	maxColumns: number;
}

const LIMITS: CsvLimits = { maxCharacters: 20_000_000, maxRows: 100_000, maxColumns: 5_000 };

function refuse(message: string, remedy: string, row: number, column: number): never {
	throw new DomainError('INPUT_INVALID', `Row ${row}, column ${column}: ${message}.`, remedy, { row, column });
}

/** The separator that the first line uses most: spreadsheets of many countries write `;`. */
function separatorOf(text: string): string {
	const counts = new Map([',', ';', '\t'].map((each) => [each, 0]));
	let quoted = false;
	for (const character of text) {
		if (character === '"') quoted = !quoted;
		else if (!quoted && (character === '\n' || character === '\r')) break;
		else if (!quoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
	}
	return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ',';
}

class CsvReader {
	readonly rows: string[][] = [];
	#row: string[] = [];
	#at = 0;

	constructor(
		readonly text: string,
		readonly separator: string,
		readonly limits: CsvLimits,
	) {}

	read(): string[][] {
		while (this.#at < this.text.length) this.#cell();
		if (this.#row.length > 0) this.#endRow();
		return this.rows;
	}

	#cell(): void {
		const value = this.text[this.#at] === '"' ? this.#quoted() : this.#plain();
		this.#row.push(value);
		if (this.#row.length > this.limits.maxColumns) {
			refuse(
				`there are more than ${this.limits.maxColumns} columns`,
				'Split the table.',
				this.rows.length + 1,
				this.#row.length,
			);
		}
		const end = this.text[this.#at];
		this.#at += 1;
		if (end === this.separator) {
			if (this.#at >= this.text.length) this.#row.push('');
			return;
		}
		if (end === '\r' && this.text[this.#at] === '\n') this.#at += 1;
		this.#endRow();
	}

	#plain(): string {
		const start = this.#at;
		while (this.#at < this.text.length && !this.#isEnd(this.text[this.#at])) this.#at += 1;
		return this.text.slice(start, this.#at).trim();
	}

	#quoted(): string {
		let value = '';
		let from = this.#at + 1;
		for (;;) {
			const quote = this.text.indexOf('"', from);
			if (quote === -1) {
				return refuse(
					'a quoted cell has no end',
					'Close the quotation mark.',
					this.rows.length + 1,
					this.#row.length + 1,
				);
			}
			value += this.text.slice(from, quote);
			this.#at = quote + 1;
			if (this.text[this.#at] !== '"') break;
			value += '"';
			from = quote + 2;
		}
		if (this.#at < this.text.length && !this.#isEnd(this.text[this.#at])) {
			refuse(
				'text follows a quoted cell',
				'Double the quotation marks inside.',
				this.rows.length + 1,
				this.#row.length + 1,
			);
		}
		return value;
	}

	#isEnd(character: string | undefined): boolean {
		return character === this.separator || character === '\n' || character === '\r';
	}

	#endRow(): void {
		this.rows.push(this.#row);
		this.#row = [];
		if (this.rows.length <= this.limits.maxRows) return;
		refuse(`there are more than ${this.limits.maxRows} rows`, 'Split the table.', this.rows.length, 1);
	}
}

/**
 * Reads CSV with `,`, `;` or tab between cells, quoted or not, with or without byte order mark. Linear in its length.
 * @throws DomainError INPUT_INVALID with row and column, INPUT_TOO_LARGE
 */
export function readCsv(source: string, limits: Partial<CsvLimits> = {}): string[][] {
	const all = { ...LIMITS, ...limits };
	if (source.length > all.maxCharacters) {
		const message = `The table has ${source.length} characters, more than ${all.maxCharacters}.`;
		throw new DomainError('INPUT_TOO_LARGE', message, 'Split the table.');
	}
	const text = source.startsWith('\ufeff') ? source.slice(1) : source;
	return new CsvReader(text, separatorOf(text), all).read();
}
