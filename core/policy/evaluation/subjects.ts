import { contentId } from '../../model';
import type { AttributeValue, Blocked, ContractHeader, Quote, Term } from '../../model';
import { parseAddress } from '../address';
import { readAttribute } from '../attribute-value';
import type { CompiledPolicy } from '../compile';
import { peopleTable } from './people-table';
import { cell, nameColumns, splitName } from './row';

/** A person as one row of a contract names them. */
export interface Subject {
	identityId: string;
	email: string;
	/** The row's key as written, for messages; else its address or name. */
	rowKey: string;
	/** Position in the table, from 0. */
	position: number;
	/** Cells by column name (camelCase), after aliases; empty cells are absent. */
	row: ReadonlyMap<string, AttributeValue>;
	/** What the row says about the person. */
	attributes: ReadonlyMap<string, AttributeValue>;
	quote?: Quote;
}

/** The people of one table. */
export interface Subjects {
	/** In the order of the table. */
	people: Subject[];
	/** Column names that the table has. */
	columns: ReadonlySet<string>;
	blocked: Blocked[];
	/** People whose row could be attributed, but not read. */
	unreadableIds: string[];
	/** Rows that may be anybody. */
	unattributedRows: number;
	/** Why the table as a whole cannot be used; nothing else is filled then. */
	problem?: { reason: string; remedy: string };
}

export interface SubjectsInput {
	compiled: CompiledPolicy;
	contract: ContractHeader;
	termName: string;
	term: Term | undefined;
	/** E-mail in lower case → identity id, of people we know. */
	known: ReadonlyMap<string, string>;
}

const EMAIL_COLUMNS = new Set(['email', 'emailaddress', 'mail', 'emailid']);
const MAX_SHOWN = 80;

/** Id of a person whom we meet for the first time. */
export function identityIdOf(email: string): string {
	return contentId('idn', { email });
}

function emptySubjects(reason: string, remedy: string): Subjects {
	const problem = { reason, remedy };
	return { people: [], columns: new Set(), blocked: [], unreadableIds: [], unattributedRows: 0, problem };
}

function shown(text: string): string {
	return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/**
 * The words of one row. The quote of a term covers the whole table; a person's sources must not carry other people's
 * rows, so only the line that names this one is kept, and the cells where no such line is found.
 */
function rowQuote(quote: Quote | undefined, key: string, cells: readonly string[]): Quote | undefined {
	if (quote === undefined) return undefined;
	const exact = quote.text.length === quote.span.end - quote.span.start;
	let start = 0;
	for (const line of quote.text.split('\n')) {
		const words = line.split(/[\s|,;<>()]+/u);
		if (exact && words.includes(key)) {
			const from = quote.span.start + start;
			return { clause: quote.clause, text: line.trim(), span: { start: from, end: from + line.length } };
		}
		start += line.length + 1;
	}
	return { clause: quote.clause, text: cells.join(' | '), span: quote.span };
}

class SubjectReader {
	readonly subjects: Subjects;
	readonly #byEmail = new Map<string, { subject?: Subject; fingerprint: string; conflicting: boolean }>();

	constructor(
		readonly input: SubjectsInput,
		readonly columns: ReadonlyMap<string, string>,
		readonly emailHeader: string,
		readonly keyHeader: string,
	) {
		const names = new Set(columns.keys());
		this.subjects = { people: [], columns: names, blocked: [], unreadableIds: [], unattributedRows: 0 };
	}

	read(row: Readonly<Record<string, string>>, position: number): void {
		const written = cell(row, this.emailHeader);
		const email = written === undefined ? undefined : parseAddress(written);
		const rowKey = shown(cell(row, this.keyHeader) ?? written ?? cell(row, 'Name') ?? `row ${position + 1}`);
		if (email === undefined) {
			this.subjects.unattributedRows += 1;
			const reason = written === undefined ? 'has no e-mail address' : 'has an e-mail address that cannot be read';
			this.#block(rowKey, reason, `Mend column "${this.emailHeader}" in the contract and send it again.`);
			return;
		}
		const fingerprint = JSON.stringify([...this.columns.values()].map((header) => cell(row, header) ?? ''));
		const earlier = this.#byEmail.get(email);
		if (earlier !== undefined) {
			if (earlier.fingerprint !== fingerprint) earlier.conflicting = true;
			return;
		}
		const subject = this.#subject(row, position, email, rowKey);
		this.#byEmail.set(email, { ...(subject && { subject }), fingerprint, conflicting: false });
	}

	finish(): Subjects {
		for (const [email, { subject, conflicting }] of this.#byEmail) {
			if (conflicting) {
				this.#block(email, 'is listed more than once with different entries', 'Keep one row for each person.', email);
			} else if (subject !== undefined) {
				this.subjects.people.push(subject);
			}
		}
		return this.subjects;
	}

	#subject(
		row: Readonly<Record<string, string>>,
		position: number,
		email: string,
		rowKey: string,
	): Subject | undefined {
		const values = new Map<string, AttributeValue>();
		const cells: string[] = [];
		for (const [name, header] of this.columns) {
			const text = cell(row, header);
			if (text === undefined) continue;
			cells.push(text);
			const read = readAttribute(this.input.compiled, name, text);
			if ('problem' in read) {
				this.#block(rowKey, `: column "${shown(header)}" ${read.problem}`, 'Mend the cell in the contract.', email);
				return undefined;
			}
			values.set(name, read.value);
		}
		const quote = rowQuote(this.input.term?.quote, cell(row, this.emailHeader) ?? email, cells);
		return {
			identityId: this.#id(email),
			email,
			rowKey,
			position,
			row: values,
			attributes: this.#attributes(values, email),
			...(quote && { quote }),
		};
	}

	#attributes(row: ReadonlyMap<string, AttributeValue>, email: string): Map<string, AttributeValue> {
		const attributes = new Map<string, AttributeValue>([['email', email]]);
		const name = row.get('name') ?? row.get('fullName');
		const parts = typeof name === 'string' ? splitName(name) : undefined;
		const first = row.get('firstName') ?? row.get('givenName') ?? parts?.firstName;
		const last = row.get('lastName') ?? row.get('familyName') ?? row.get('surname') ?? parts?.lastName;
		if (first !== undefined && first !== '') attributes.set('firstName', first);
		if (last !== undefined && last !== '') attributes.set('lastName', last);
		for (const [column, value] of row) {
			const declared = this.input.compiled.attributeTypes.has(column);
			if (declared && !attributes.has(column) && this.#mayComeFromContract(column)) attributes.set(column, value);
		}
		return attributes;
	}

	#mayComeFromContract(attribute: string): boolean {
		const sources = this.input.compiled.attributeSources.get(attribute) ?? [];
		return sources.length === 0 || sources.includes('contract');
	}

	#id(email: string): string {
		return this.input.known.get(email) ?? identityIdOf(email);
	}

	#block(subject: string, problem: string, remedy: string, email?: string): void {
		const { contract, termName } = this.input;
		const space = problem.startsWith(':') ? '' : ' ';
		const reason = `Row "${subject}" of term "${termName}" of contract ${contract.id}${space}${problem}.`;
		const blocked: Blocked = { subject, reason, remedy };
		if (email !== undefined) {
			blocked.identityId = this.#id(email);
			this.subjects.unreadableIds.push(blocked.identityId);
		}
		this.subjects.blocked.push(blocked);
	}
}

/** Reads the people of a contract's table, or of a list of people or of addresses. Rows that cannot be read are blocked with their key, never guessed. */
export function readIdentities(input: SubjectsInput): Subjects {
	const { term, termName, contract, compiled } = input;
	const where = `term "${termName}" of contract ${contract.id}`;
	if (term?.value === undefined) {
		const why = term?.problem ?? 'it was not found';
		return emptySubjects(`The ${where} could not be read: ${why}`, 'Mend the table or how the policy finds it.');
	}
	const table = peopleTable(term.value);
	if (table === undefined) {
		return emptySubjects(`The ${where} names no people.`, 'Name a term of type table, people or list.');
	}
	const { columns, clash } = nameColumns(table.columns);
	if (clash !== undefined) {
		const pair = `"${shown(clash[0])}" and "${shown(clash[1])}"`;
		return emptySubjects(`The ${where} has columns ${pair} that cannot be told apart.`, 'Rename one of them.');
	}
	const declaredKey = compiled.policy.terms?.[termName]?.key;
	const emailColumn = [...columns].find(([name]) => EMAIL_COLUMNS.has(name.toLowerCase()))?.[1];
	if (emailColumn === undefined) {
		return emptySubjects(`The ${where} has no e-mail column.`, 'Call one column "Email".');
	}
	const keyHeader = table.columns.find((header) => header === declaredKey) ?? emailColumn;
	const reader = new SubjectReader(input, columns, emailColumn, keyHeader);
	table.rows.forEach((row, position) => reader.read(row, position));
	return reader.finish();
}
