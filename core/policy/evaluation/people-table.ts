import type { TermPerson, TermValue } from '../../model';

/** A table of people, whatever the term that names them looks like. */
export interface PeopleTable {
	columns: readonly string[];
	rows: ReadonlyArray<Readonly<Record<string, string>>>;
}

const NAMED_ADDRESS = /^(?<name>[^<>]*)<(?<email>[^<>]+)>$/u;

/** `Ada Lovelace <ada@x.example>` is a name and an address; anything else is taken for the address. */
function entryRow(entry: string): Record<string, string> {
	const { name = '', email = entry } = NAMED_ADDRESS.exec(entry.trim())?.groups ?? {};
	return { Name: name.trim().replace(/^"|"$/gu, ''), Email: email.trim() };
}

function personRow(person: TermPerson): Record<string, string> {
	const { name = '', email = '' } = person;
	return { Name: name, Email: email };
}

/** The people of a table, of a list of people, or of a list of e-mail addresses; undefined for anything else. */
export function peopleTable(value: TermValue): PeopleTable | undefined {
	if (value.type === 'table') return value;
	const columns = ['Name', 'Email'];
	if (value.type === 'people') return { columns, rows: value.value.map(personRow) };
	return value.type === 'list' ? { columns, rows: value.value.map(entryRow) } : undefined;
}
