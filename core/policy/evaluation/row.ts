const WORD = /[\p{L}\p{N}]+/gu;

/**
 * Column header → name in conditions and templates: `Start Date` → `startDate`, `E-Mail` → `eMail`, `ID` → `id`.
 * Empty for a header without letters or digits.
 */
export function columnName(header: string): string {
	const words = header.slice(0, 200).match(WORD) ?? [];
	return words
		.map((word, index) => {
			const lower = word === word.toUpperCase() || index > 0 ? word.toLowerCase() : word;
			const [first = '', ...rest] = [...lower];
			return (index === 0 ? first.toLowerCase() : first.toUpperCase()) + rest.join('');
		})
		.join('');
}

/** Columns by name, or the two headers that would share a name. */
export function nameColumns(headers: readonly string[]): { columns: Map<string, string>; clash?: [string, string] } {
	const columns = new Map<string, string>();
	for (const header of headers) {
		const name = columnName(header);
		if (name === '') continue;
		const other = columns.get(name);
		if (other !== undefined && other !== header) return { columns, clash: [other, header] };
		columns.set(name, header);
	}
	return { columns };
}

/** A cell, trimmed; undefined where empty. Only the row's own members count. */
export function cell(row: Readonly<Record<string, string>>, header: string | undefined): string | undefined {
	if (header === undefined || !Object.hasOwn(row, header)) return undefined;
	const text = String(row[header]).trim();
	return text === '' ? undefined : text;
}

function isLowerCase(word: string): boolean {
	return word === word.toLowerCase() && word !== word.toUpperCase();
}

/** Splits a written name. `Lovelace, Ada` and `Ada Lovelace` are the same person; one word is a first name. */
export function splitName(name: string): { firstName: string; lastName?: string } {
	const comma = name.indexOf(',');
	if (comma > 0 && comma < name.length - 1) {
		return { firstName: name.slice(comma + 1).trim(), lastName: name.slice(0, comma).trim() };
	}
	const words = name.split(/\s+/u).filter((word) => word !== '');
	// "Bram de Wit": a word in lower case after the first begins the family name.
	const particle = words.findIndex((word, index) => index > 0 && index < words.length - 1 && isLowerCase(word));
	const split = particle === -1 ? words.length - 1 : particle;
	const firstName = words.slice(0, Math.max(1, split)).join(' ');
	const lastName = words.length > 1 ? words.slice(split).join(' ') : undefined;
	return lastName === undefined ? { firstName } : { firstName, lastName };
}
