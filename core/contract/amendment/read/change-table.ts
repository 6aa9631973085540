import type { Draft, Words } from '../grammar/draft';
import { readItems } from '../grammar/items';
import { lex } from '../grammar/lexer';
import { locate, withFrame } from '../grammar/roles';
import { firstEndingBehind } from '../text/spans';
import type { Target } from '../types';
import type { Paragraph } from './paragraphs';
import type { Surroundings } from './surroundings';

/** A table of changes, `Section | Old | New`: an instruction a row. */
export interface ChangeTable {
	rows: Array<{ draft: Draft; start: number; end: number }>;
	end: number;
}

const THING = '(?: (?:text|wording|language|version|provision|term|value|words?|fassung|wortlaut|texte|rédaction))?';
const COLUMNS: ReadonlyArray<readonly ['old' | 'new' | 'place' | 'number' | 'remark', RegExp]> = [
	[
		'old',
		new RegExp(
			`^(?:old|existing|current|present|previous|prior|original|from|was|before|deleted?|delete|remove|replace|previously|bisher(?:ige[rs]?)?|alte?[rs]?|anciens?|ancienne|actuel(?:le)?|avant)${THING}$`,
			'iu',
		),
	],
	[
		'new',
		new RegExp(
			`^(?:new|revised|amended|replacement|to|becomes|now|now reads|after|insert(?:ed)?|with|by|replaced? (?:by|with)|neue?[rs]?|künftige?[rs]?|nouveau|nouvelle|après)${THING}$`,
			'iu',
		),
	],
	[
		'place',
		/^(?:sections?|clauses?|articles?|provisions?|references?|location|place|paragraphs?|schedules?|exhibits?|§|ziffer|klausel|stelle|vorschrift|artikel)(?: (?:no\.?|number|reference|amended))?$/iu,
	],
	['number', /^(?:no\.?|nr\.?|n°|#|item|change)(?: no\.?)?$/iu],
	['remark', /^(?:reasons?|remarks?|comments?|notes?|explanation|begründung|bemerkung(?:en)?|remarques?)$/iu],
];

type Role = (typeof COLUMNS)[number][0] | 'unknown';

interface Row {
	cells: Words[];
	start: number;
	end: number;
}

/** The table of changes that begins at `at`; undefined where none does. */
export function readChangeTable(
	at: number,
	limit: number,
	around: Surroundings,
	frame: Target | undefined,
): ChangeTable | undefined {
	const { paragraphs } = around;
	const first = firstEndingBehind(paragraphs, at);
	const header = paragraphs[first];
	if (header?.start !== at || header.end > limit) return undefined;
	const heads = cellsOf(header, around).map(({ text }) => roleOf(text));
	if (heads.filter((role) => role === 'old').length !== 1 || heads.filter((role) => role === 'new').length !== 1)
		return undefined;
	const rows: ChangeTable['rows'] = [];
	let { end } = header;
	for (let next = first + 1; next < paragraphs.length; next++) {
		const line = paragraphs[next];
		if (!line || line.end > limit) break;
		const cells = line.furniture ? [] : cellsOf(line, around);
		if (cells.length !== heads.length) break;
		({ end } = line);
		if (cells.some(({ text }) => !/^:?-{2,}:?$/.test(text)))
			rows.push({ start: line.start, end: line.end, draft: draftOf({ cells, ...line }, heads, frame) });
	}
	return rows.length > 0 ? { rows, end } : undefined;
}

function roleOf(title: string): Role {
	const bare = title.replace(/[*_:"]/g, '').trim();
	return COLUMNS.find(([, pattern]) => pattern.test(bare))?.[0] ?? 'unknown';
}

/** Cells between bars, else between the tabs of the source. */
function cellsOf({ start, end }: Paragraph, { text, passage }: Surroundings): Words[] {
	const line = text.slice(start, end);
	const parts = line.startsWith('|')
		? line
				.replace(/^\|/, '')
				.replace(/\|\s*$/, '')
				.split('|')
		: [];
	if (parts.length > 0) {
		let at = start + 1;
		return parts.map((part) => {
			const cell = wordsOf(part, at);
			at += part.length + 1;
			return cell;
		});
	}
	const { raw } = passage({ start, end });
	if (!raw.includes('\t')) return [];
	let at = 0;
	return raw.split('\t').map((part) => {
		const words = part.replace(/\s+/g, ' ').trim();
		const found = Math.max(at, line.indexOf(words, at));
		at = found + words.length;
		return wordsOf(line.slice(found, at), start + found);
	});
}

/** Without blanks and the quotation marks around it. */
function wordsOf(part: string, at: number): Words {
	const lead = part.length - part.trimStart().length;
	const text = part.trim();
	const quoted = /^"[^"]*"$/.test(text);
	const start = at + lead + (quoted ? 1 : 0);
	const words = quoted ? text.slice(1, -1) : text;
	return { text: words, start, end: start + words.length };
}

const NOTHING = /^(?:|[-\u2013\u2014]+|n\/?a|deleted|\[?deleted\]?|none)$/i;

function draftOf({ cells }: Row, heads: readonly Role[], frame: Target | undefined): Draft {
	const cell = (role: Role): Words | undefined => cells[heads.indexOf(role)];
	const [old, fresh, place] = [cell('old'), cell('new'), cell('place')];
	const target = place && !NOTHING.test(place.text) ? placeIn(place.text, frame) : (frame ?? { places: [] });
	const gone = fresh !== undefined && NOTHING.test(fresh.text);
	const reason =
		target === undefined
			? `Which place "${place?.text.slice(0, 80) ?? ''}" is was not understood.`
			: heads.includes('unknown')
				? 'The table of changes has a column that was not understood.'
				: !old || NOTHING.test(old.text)
					? 'Where the new words go does not stand in the table of changes.'
					: undefined;
	return {
		kind: gone ? 'delete_words' : 'replace_words',
		target: target ?? { places: [] },
		...(old ? { old } : {}),
		...(fresh && !gone ? { new: fresh } : {}),
		notes: [],
		...(reason === undefined ? {} : { reason }),
	};
}

/** `2.1`, `Section 2.1(b)`, `Exhibit A`: a cell that is one place and no more. */
function placeIn(cell: string, frame: Target | undefined): Target | undefined {
	const named = /^[\d(]/.test(cell) ? `Section ${cell}` : cell;
	const items = readItems(lex(named, 0, named.length), named, false);
	if (items.some(({ type }) => type !== 'place')) return undefined;
	const target = locate(items);
	return target.places.length === 1 ? withFrame(target, frame) : undefined;
}
