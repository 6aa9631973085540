import { isMonthName } from '../../dating';
import type { Draft } from './draft';
import type { Item } from './items';
import { unreadWords } from './roles';
import { rowWords } from './row-key';

const WORDS: ReadonlySet<Draft['kind']> = new Set([
	'replace_words',
	'insert_words',
	'delete_words',
	'change_value',
	'rename_term',
	'rename_party',
]);
const CLOSES = new Set(
	(
		'thereof therein therefor thereto therefrom hereof herein lieu place places stead each every time times instance instances wherever where ' +
		'appears appear appearing occurs occur occurring used occurrence first second third last line only once throughout everywhere same respectively ' +
		'on effective effect immediate immediately retroactive retroactively commencing beginning starting day date amendment onwards forward ' +
		'accordingly instead thereafter following preceding end beginning start sentence paragraph clause section definition definitions word words ' +
		'which that term phrase reference references contained such heading title table column row entry list both case cases it they them document'
	).split(' '),
);

const REMOVES: ReadonlySet<Draft['kind']> = new Set([
	'delete_clause',
	'delete_definition',
	'delete_row',
	'delete_column',
]);
const GONE = new Set(
	'no further force without replacement intentionally left blank reserved void null longer applicable more remaining agreement entire full intact hereafter substitution removed'.split(
		' ',
	),
);

/** `is deleted for Licensee's affiliates`: words behind the verb that say for whom, or when. */
function behindVerb(items: readonly Item[]): string | undefined {
	const behind = items.slice(items.findLastIndex(({ type }) => type === 'verb') + 1);
	if (behind.some(({ type }) => type === 'quote')) return undefined;
	const unread = unreadWords(behind).filter(
		(word) =>
			/\p{L}{2}/u.test(word) && !CLOSES.has(word.toLowerCase()) && !GONE.has(word.toLowerCase()) && !isMonthName(word),
	);
	return unread.length > 0 ? `It says more than was understood: "${unread.join(' ').slice(0, 80)}".` : undefined;
}

/** Words behind the last quoted ones that say more than where: `for Net Sales in France`. */
export function trailing(drafts: readonly Draft[], items: readonly Item[]): string | undefined {
	if (drafts.length > 0 && drafts.every(({ kind }) => REMOVES.has(kind))) return behindVerb(items);
	if (drafts.some(({ kind, reason }) => BRINGS.has(kind) && reason === undefined)) return forSome(items);
	if (drafts.length === 0 || !drafts.every(({ kind, takes }) => WORDS.has(kind) && takes === undefined))
		return undefined;
	const from = items.findLastIndex(({ type }) => type === 'quote');
	const behind = items.slice(from + 1);
	if (from < 0 || behind.some(({ type }) => type === 'verb')) return undefined;
	const first = items.findIndex(({ type }) => type === 'quote');
	// `with up to "twelve"`, where there is one pair.
	const between = drafts.length === 1 && drafts[0]?.kind === 'replace_words' ? items.slice(first + 1, from) : [];
	const linked = unreadWords(between).filter((word) => !LINKS.test(word));
	const rows = rowWords(drafts);
	const unread = [...linked, ...unreadWords(behind)].filter(
		(word) => !rows.has(word) && /\p{L}{2}/u.test(word) && !CLOSES.has(word.toLowerCase()) && !isMonthName(word),
	);
	return unread.length > 0 ? `It says more than was understood: "${unread.join(' ').slice(0, 80)}".` : undefined;
}

/** What leads from the old words to the new ones. */
const LINKS =
	/^(?:becomes?|reads?|there|were|was|replac(?:ed|es|ing)|substitut(?:ed|ing)|inserted|inserting|deemed|understood|construed|mean|taken|now|changed?|previously|currently|formerly)$/i;

const BRINGS: ReadonlySet<Draft['kind']> = new Set([
	'insert_clause',
	'replace_clause',
	'restate_clause',
	'add_schedule',
	'replace_schedule',
	'add_row',
	'replace_row',
	'add_definition',
	'replace_definition',
]);

/** `… is inserted for servers in Spain:`: for whom alone. */
function forSome(items: readonly Item[]): string | undefined {
	const behind = items.slice(items.findLastIndex(({ type }) => type === 'verb') + 1);
	for (const [at, item] of behind.entries()) {
		const whom = item.type === 'phrase' && item.name === 'for';
		const respect = item.type === 'word' && /^(?:respect|relation|regard|regards|concerning)$/i.test(item.text);
		if (!whom && !respect) continue;
		const rest = behind.slice(at + 1);
		const stop = rest.findIndex(({ type }) => type === 'quote' || type === 'place');
		const unread = unreadWords(stop < 0 ? rest : rest.slice(0, stop)).filter(
			(word) => /\p{L}{2}/u.test(word) && !CLOSES.has(word.toLowerCase()) && !GONE.has(word.toLowerCase()),
		);
		if (unread.length > 0) return `It says more than was understood: "${unread.join(' ').slice(0, 80)}".`;
	}
	return undefined;
}
