/** Entries of a list in a sentence, or why they cannot be told. */
export type Enumeration = { entries: string[] } | { problem: string };

const OPEN =
	/\b(?:such as|for example|for instance|e\.g\.|including,? (?:but not limited|without limitation)|without limitation|among others|et cetera|and\/or|and similar|any other|or other|and others?|from time to time)\b|\betc\b|\.\.\.|\[\*+\]|\*{3,}|_{3,}/i;
const EXCEPT =
	/\b(?:except|excepting|excluding|excludes?|other than|but not|save for|without|apart from|not including|unless)\b/i;
const NEGATED = /\b(?:not|no|never|neither|cannot)\b/i;
const LONGEST_ENTRY = 120;
const MOST_WORDS = 9;
const MOST_ENTRIES = 2_000;
const JOIN = /^(?:and|or|und|oder|et|ou|&)$/i;

interface Piece {
	text: string;
	/** What separates it from the piece before it. */
	by: ',' | ';' | 'and' | '';
}

/** Cuts at commas, semicolons and `and`, outside brackets and quotes. One pass. */
function cut(text: string): Piece[] {
	const pieces: Piece[] = [];
	let depth = 0;
	let quoted = false;
	let start = 0;
	let by: Piece['by'] = '';
	const close = (end: number, next: number, separator: Piece['by']): void => {
		const piece = text.slice(start, end).trim();
		if (piece !== '') pieces.push({ text: piece, by });
		by = piece === '' && by !== '' ? strongest(by, separator) : separator;
		start = next;
	};
	for (let at = 0; at < text.length; at++) {
		const mark = text.charAt(at);
		if (mark === '"') quoted = !quoted;
		else if (mark === '(' || mark === '[' || mark === '<') depth++;
		else if (mark === ')' || mark === ']' || mark === '>') depth = Math.max(0, depth - 1);
		if (depth > 0 || quoted) continue;
		if (mark === ';') close(at, at + 1, ';');
		else if (mark === ',' && !/[0-9]/.test(text.charAt(at + 1))) close(at, at + 1, ',');
		else if (mark === ' ' || at === 0) {
			const from = mark === ' ' ? at + 1 : at;
			const word = /^[\p{L}&]{1,4}(?= )/u.exec(text.slice(from, from + 5))?.[0] ?? '';
			if (JOIN.test(word)) close(at, from + word.length, 'and');
		}
	}
	close(text.length, text.length, '');
	return pieces;
}

/** `, and` is an end of a list; `;` keeps commas inside entries. */
function strongest(a: Piece['by'], b: Piece['by']): Piece['by'] {
	return a === ';' || b === ';' ? ';' : a === 'and' || b === 'and' ? 'and' : ',';
}

/** Joins pieces again that belong together: `Research and Development` between commas, `Paris, France` between semicolons. */
function join(pieces: Piece[], source: string): Enumeration {
	const separator = pieces.some(({ by }) => by === ';') ? ';' : pieces.some(({ by }) => by === ',') ? ',' : 'and';
	const entries: string[] = [];
	const ands = pieces.filter(({ by }) => by === 'and').length;
	const last = pieces.at(-1);
	pieces.forEach(({ text, by }, index) => {
		const begins =
			index === 0 || by === separator || (by === 'and' && separator !== 'and' && closes(pieces, index, source, text));
		if (begins) entries.push(text);
		else entries[entries.length - 1] = `${entries.at(-1) ?? ''}${by === 'and' ? ' and ' : ', '}${text}`;
	});
	// `A and B, C and D`: the last `and` may close the list or belong to its last entry.
	if (separator === ',' && ands > 1 && last?.by === 'and' && !/,\s*(?:and|or|und|et|&)\s[^,;]{0,120}$/i.test(source))
		return { problem: `"${source.slice(0, LONGEST_ENTRY)}" can be divided in several ways` };
	return { entries };
}

/** Whether an `and` closes the list: it is the last one, and no comma before `and` closes the list itself. */
function closes(pieces: Piece[], index: number, source: string, text: string): boolean {
	if (index !== pieces.length - 1) return false;
	const before = source.lastIndexOf(text);
	const lead = source.slice(0, before).trimEnd();
	// `…, and Research and Development`: an earlier `, and` has closed it.
	const earlier = pieces
		.slice(0, index)
		.some((piece, at) => piece.by === 'and' && at > 0 && commaAnd(source, piece.text));
	return !earlier || /[,;]\s*(?:and|or|und|et|&)$/i.test(lead);
}

function commaAnd(source: string, piece: string): boolean {
	const at = source.indexOf(piece);
	return /[,;]\s*(?:and|or|und|et|&)\s*$/i.test(source.slice(Math.max(0, at - 8), at));
}

/** An entry as it is kept: without article, quotes and closing marks. */
export function cleanEntry(text: string): string {
	return text
		.trim()
		.replace(/^(?:the|any|all|both|either)\s(?=\S)/i, '')
		.replace(/^\((?:[a-z]{1,4}|[0-9]{1,3})\)\s/i, '')
		.replace(/^(?:and|or)\s/i, '')
		.replace(/^"(.*)"$/, '$1')
		.replace(/[\s.;,:]+$/, '')
		.replace(/\s(?:and|or)$/i, '')
		.replace(/[\s.;,:]+$/, '')
		.trim();
}

/** Names have capitals throughout; running text has none. A list holds the one or the other. */
function isName(entry: string): boolean {
	return entry
		.replace(/\([^()]*\)/g, '')
		.split(/[\s/-]+/)
		.filter((word) => /\p{L}/u.test(word))
		.every(
			(word) =>
				/^\P{L}*(?:\p{Lu}|[0-9])/u.test(word) ||
				/^(?:of|and|for|the|de|du|des|la|le|und|von|der|in|to|on|e|i)$/.test(word) ||
				/[0-9A-Z]/.test(word),
		);
}

function entryProblem(entries: string[]): string | undefined {
	if (entries.length > MOST_ENTRIES) return `the list has more than ${MOST_ENTRIES} entries`;
	const long = entries.find((entry) => entry.length > LONGEST_ENTRY || entry.split(' ').length > MOST_WORDS);
	if (long !== undefined) return `"${long.slice(0, LONGEST_ENTRY)}" is no entry of a list`;
	const names = entries.filter(isName).length;
	const odd = names > 0 && names < entries.length ? entries.find((entry) => !isName(entry)) : undefined;
	return odd === undefined ? undefined : `"${odd}" is unlike the other entries of the list`;
}

/** Why a list does not say all of what it holds, if it does not. */
export function reservation(text: string): string | undefined {
	const open = OPEN.exec(text)?.[0];
	if (open !== undefined) return `the list is open ("${open}")`;
	const except = EXCEPT.exec(text)?.[0];
	return except === undefined ? undefined : `the list has exceptions ("${except}")`;
}

export function isNegated(text: string): boolean {
	return NEGATED.test(text);
}

/** Checks entries that are already apart (items, cells), and leaves out repetitions. */
export function checkedEntries(raw: string[]): Enumeration {
	const entries = raw.map(cleanEntry).filter((entry) => entry !== '');
	if (entries.length === 0) return { problem: 'the list is empty' };
	const problem = entryProblem(entries);
	return problem === undefined ? { entries: distinct(entries) } : { problem };
}

function distinct(entries: string[]): string[] {
	const seen = new Set<string>();
	return entries.filter((entry) => {
		const id = entry.toLowerCase();
		return seen.has(id) ? false : seen.add(id);
	});
}

/** Reads `A, B and C`. Total: what can be divided in several ways is a problem. */
export function readEnumeration(text: string): Enumeration {
	const source = text.trim().replace(/[.;:]+$/, '');
	const doubt = reservation(source);
	if (doubt !== undefined) return { problem: doubt };
	const joined = join(cut(source), source);
	return 'problem' in joined ? joined : checkedEntries(joined.entries);
}

/** The same cut without the checks that hold for names of things: for people, whose entries have addresses. */
export function cutList(text: string): Enumeration {
	const source = text.trim().replace(/[.;:]+$/, '');
	return join(cut(source), source);
}
