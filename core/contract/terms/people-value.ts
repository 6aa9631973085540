import type { TermPerson } from '../../model';
import { subtree } from '../tree';
import { columnId } from '../compare/table';
import { cutList, reservation } from './enumeration';
import { listPart } from './list-value';
import type { Passage, Sentence } from './passage';
import { problemIn, sentencesNear, valueIn, type Reading, type ReadingContext } from './reading';

type People = { people: TermPerson[] } | { problem: string };

const ADDRESS = /[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}/;
const TITLES =
	/\b(?:chief|officer|engineer|manager|director|president|head|lead|counsel|analyst|developer|consultant|architect|administrator|secretary|partner|employee|employees|staff|personnel|contractors?|users?|team|department|inc|ltd|llc|gmbh|corp|company|customer|supplier|provider|parties|group)\b/i;
const MOST_PEOPLE = 5_000;

/** `Ann Lee`, `Dr. Jean-Luc de la Tour`: two to six words, each with a capital but for particles. */
function isPersonName(text: string): boolean {
	const words = text.split(' ');
	if (words.length < 2 || words.length > 6 || TITLES.test(text)) return false;
	return words.every((word) =>
		/^(?:\p{Lu}[\p{L}\p{M}'.-]{0,40}|de|da|di|la|le|van|von|der|den|du|dos|bin|al|zu)$/u.test(word),
	);
}

function readPerson(entry: string): TermPerson | { problem: string } {
	const email = ADDRESS.exec(entry)?.[0];
	const name = (email === undefined ? entry : entry.replace(email, ' '))
		.replace(/[()<>[\]]/g, ' ')
		.replace(/^\s*(?:and|or|mr|mrs|ms)\.?\s/i, ' ')
		.replace(/\b(?:e-?mail|mailto)\b:?/gi, ' ')
		.replace(/[,;:.]+\s*$/, '')
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[,;:]$/, '')
		.trim();
	if (name.includes('@')) return { problem: `"${entry.slice(0, 80)}" holds several addresses` };
	if (name === '') return email === undefined ? { problem: 'an entry is empty' } : { email: email.toLowerCase() };
	if (!isPersonName(name)) return { problem: `"${name.slice(0, 80)}" is no name of a person` };
	return { name, ...(email === undefined ? {} : { email: email.toLowerCase() }) };
}

/** `Ann Lee, ann@x.example, Bob Ray, bob@x.example`: an address alone belongs to the name before it. */
function withAddresses(entries: string[]): string[] {
	const joined: string[] = [];
	for (const entry of entries) {
		const alone = ADDRESS.exec(entry)?.[0] === entry.trim();
		const last = joined.at(-1);
		if (alone && last !== undefined && !ADDRESS.test(last)) joined[joined.length - 1] = `${last} ${entry}`;
		else joined.push(entry);
	}
	return joined;
}

/** @param more what a table says of each, by column */
function checked(entries: string[], more: ReadonlyArray<Record<string, string>> = []): People {
	if (entries.length > MOST_PEOPLE) return { problem: `the list names more than ${MOST_PEOPLE} people` };
	const people: TermPerson[] = [];
	const named = more.length > 0 ? entries : withAddresses(entries);
	for (const [index, entry] of named.entries()) {
		const person = readPerson(entry);
		if ('problem' in person) return person;
		people.push({ ...more[index], ...person });
	}
	if (people.length === 0) return { problem: 'it names nobody' };
	const addresses = people.flatMap(({ email }) => email ?? []);
	if (new Set(addresses).size < addresses.length) return { problem: 'an address stands there twice' };
	if (addresses.length > 0 && addresses.length < people.length) {
		return {
			problem: `"${people.find(({ email }) => email === undefined)?.name ?? ''}" has no address, and others have`,
		};
	}
	return { people };
}

/** A table with a column of names, of addresses, or both. */
function fromTable(passage: Passage): { entries: string[]; more: Array<Record<string, string>> } | undefined {
	for (const { table } of subtree(passage.node)) {
		if (!table) continue;
		const at = (names: string[]): number => table.columns.findIndex((column) => names.includes(columnId(column)));
		const name = at(['name', 'full name', 'user', 'person', 'authorised user', 'authorized user']);
		const mail = at(['email', 'e-mail', 'mail', 'email address', 'e-mail address']);
		if (name < 0 && mail < 0) continue;
		const others = table.columns.flatMap((column, index) =>
			index === name || index === mail ? [] : [{ column: columnId(column), index }],
		);
		return {
			entries: table.rows.map((row) => [row[name] ?? '', row[mail] ?? ''].join(' ').trim()),
			more: table.rows.map((row) =>
				Object.fromEntries(
					others.flatMap(({ column, index }) => (column === '' || !row[index] ? [] : [[column, row[index]] as const])),
				),
			),
		};
	}
	return undefined;
}

function finished(context: ReadingContext, passage: Passage, read: People, sentence: Sentence | undefined): Reading {
	if ('problem' in read || !sentence) {
		const why = 'problem' in read ? read.problem : 'it names nobody';
		return problemIn(context, passage, `In the clause "${passage.label}", ${why}.`, sentence);
	}
	return valueIn(context, passage, { type: 'people', value: read.people }, sentence);
}

/** People whom a clause names, in prose, as items, or in a table. Who is not a person by the looks of it is a problem. */
export function readPeople(context: ReadingContext, passage: Passage): Reading {
	const quoted: Sentence = passage.sentences[0] ?? { node: passage.node, text: passage.label, start: -1 };
	const rows = fromTable(passage);
	if (rows) return finished(context, passage, checked(rows.entries, rows.more), quoted);
	const items = subtree(passage.node).filter(
		(part) =>
			part !== passage.node &&
			!part.table &&
			part.children.length === 0 &&
			(part.number !== undefined || part.kind === 'item'),
	);
	if (items.length > 0 && quoted.start >= 0) {
		return finished(
			context,
			passage,
			checked(items.map((item) => [item.heading, item.text].filter(Boolean).join(' '))),
			quoted,
		);
	}
	const near = sentencesNear(context, passage);
	const listing = near.filter(({ text }) => ADDRESS.test(text));
	const candidates = listing.length > 0 ? listing : near.filter(({ text }) => 'people' in peopleIn(text, context));
	const [sentence] = candidates;
	if (!sentence) {
		const [first] = near;
		const why = first ? peopleIn(first.text, context) : { problem: 'it names nobody' };
		return finished(context, passage, why, first);
	}
	if (candidates.length > 1)
		return problemIn(context, passage, `The clause "${passage.label}" names people in several sentences.`, sentence);
	return finished(context, passage, peopleIn(sentence.text, context), sentence);
}

function peopleIn(text: string, { extractor }: ReadingContext): People {
	const { lead, list } = listPart(text, extractor.near);
	if (/\b(?:not|no|except|other than|excluding)\b/i.test(lead)) return { problem: 'the list is negated' };
	const doubt = reservation(list);
	if (doubt !== undefined) return { problem: doubt };
	const cut = cutList(list);
	return 'problem' in cut ? cut : checked(cut.entries);
}
