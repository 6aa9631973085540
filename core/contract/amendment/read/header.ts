import type { Span } from '../../../model';
import { readParties } from '../../tree/parties';
import { readDates } from './dates';

const WORDS =
	'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth'.split(
		' ',
	);
const GERMAN = 'erst zweit dritt viert f\u00fcnft sechst siebt acht neunt zehnt'.split(' ');
const CARDINALS = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen'.split(' ');
const ROMAN = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv'.split(' ');

/** `3` for `Amendment No. 3`, `Third Amendment`, `Amendment #3`, `Amendment n° 03`, `Amendment III`. */
export function readAmendmentNumber(title: string): string | undefined {
	const head = title.slice(0, 200).toLowerCase();
	const after =
		/(?<!\p{L})(?:amendment|nachtrag|(?:\u00e4nderungs|zusatz|erg\u00e4nzungs)vereinbarung|avenant|variation)\s*(?:no\.?|number|nr\.?|n\u00b0|n\u00ba|#)?\s*#?\s*([0-9]{1,3}|[a-z]{1,10})\b/u.exec(
			head,
		)?.[1];
	if (after !== undefined) {
		if (/^\d+$/.test(after)) return String(Number(after));
		for (const list of [CARDINALS, ROMAN]) if (list.includes(after)) return String(list.indexOf(after) + 1);
	}
	const before = /\b([a-z]+)\s+amendment\b/.exec(head)?.[1];
	const ordinal = before === undefined ? -1 : WORDS.indexOf(before);
	if (ordinal >= 0) return String(ordinal + 1);
	const digits = /\b(\d{1,2})(?:(?:st|nd|rd|th)\s+amendment|\.\s+nachtrag|e\s+avenant)\b/.exec(head)?.[1];
	const german = GERMAN.findIndex((stem) => new RegExp(`(?<!\\p{L})${stem}e[rs]?\\s+nachtrag`, 'u').test(head));
	if (german >= 0) return String(german + 1);
	return digits;
}

const TITLE =
	/^(?:(?:THIS|THE)\s+)?(?:(?:FIRST|SECOND|THIRD|FOURTH|FIFTH|SIXTH|SEVENTH|EIGHTH|NINTH|TENTH|ELEVENTH|TWELFTH|\d{1,2}(?:ST|ND|RD|TH))\s+)?AMENDMENTS?\b|^ENDORSEMENT\b|^ADDENDUM\b|^SUPPLEMENT(?:AL AGREEMENT)?\b|^DEED OF VARIATION\b|^(?:\d{1,2}\. |(?:ERST|ZWEIT|DRITT|VIERT)ER )?NACHTRAG(?!\p{L})|^(?:\u00c4NDERUNGS|ZUSATZ|ERG\u00c4NZUNGS)VEREINBARUNG(?!\p{L})|^AVENANT(?!\p{L})/iu;

/** `Second Amendment to Services Agreement`, alone in its paragraph. */
const ORDINAL_TITLE =
	/^(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth) Amendment(?: (?:to|of) [^.;:]{3,120})?$/;

/** Whether a paragraph is the title of an amendment. Sentences about amendments (`Amendment. This Agreement may …`) are not. */
export function isAmendmentTitle(paragraph: string): boolean {
	const head = paragraph.slice(0, 160).replace(/^(?:exhibit|form of|execution version)\s+[\d.]*\s*/i, '');
	if (!TITLE.test(head) || /^amendments?[.:,;]/i.test(head)) return false;
	const letters =
		/^[^a-z]{0,12}(?:amendment|nachtrag|avenant|(?:\u00e4nderungs|zusatz|erg\u00e4nzungs)vereinbarung)/i.exec(head);
	if (ORDINAL_TITLE.test(head) && paragraph.length < 160) return true;
	const upper = head.slice(0, 9) === head.slice(0, 9).toUpperCase();
	const named = readAmendmentNumber(head.slice(0, 60)) !== undefined;
	if (!upper && !(letters && named)) return false;
	return (
		!/^(?:the|this) amendment\b/i.test(head) &&
		!/^amendment\s+(?:date|effective|may|shall|is|are|was|will|has|or|and)\b/i.test(head.slice(0, 40).trim())
	);
}

/** The title without what stands behind it on the same line. */
export function cutTitle(paragraph: string): string {
	const stop = /\s+(?:THIS|This)\s+(?:is\s|(?:[A-Za-z]+\s+)?(?:AMENDMENT|Amendment|amendment))/.exec(
		paragraph.slice(0, 400),
	);
	const title = paragraph.slice(0, stop ? stop.index : 240).trim();
	return title.replace(/[\s:.]+$/, '');
}

export interface BaseReference {
	title?: string;
	date?: string;
	id?: string;
}

/** What it says of the agreement it amends: `that certain Services Agreement dated as of January 1, 2004`, `Number 12965`. */
export function readBaseReference(head: string): BaseReference {
	const reference: BaseReference = {};
	for (const match of head.slice(0, 8_000).matchAll(NAMED)) {
		const title = (match[1] ?? '')
			.replace(/^(?:TO THE|The|This|That|That certain|Whereas|WHEREAS|Reference|Existing|Original)\s+/, '')
			.trim();
		if (!/[ -]/.test(title) || /\bamendment\b/i.test(title)) continue;
		reference.title ??= title;
		const rest = head.slice(match.index + match[0].length, match.index + match[0].length + 320);
		const id = /^\s*(?:No\.?|Number|ref\.?|#)\s*([\w./-]{2,40})/.exec(rest);
		if (id?.[1] !== undefined) reference.id ??= id[1];
		const date = datedBehind(rest);
		if (date !== undefined) {
			reference.title = title;
			reference.date = date;
			break;
		}
	}
	if (reference.date === undefined) {
		for (const match of head.slice(0, 8_000).matchAll(/\bAgreement\b/g)) {
			const date = datedBehind(head.slice(match.index + 9, match.index + 120));
			if (date !== undefined) return { ...reference, date };
		}
	}
	return reference;
}

const NAMED =
	/((?:[A-Z][\w&'./-]*[ -](?:(?:of|for|and|to|the|&) )?){1,8}(?:Agreement|License|Lease|Contract|AGREEMENT|LICENSE|LEASE|CONTRACT))\b/g;

/** The first date behind a name, where words of dating stand between. */
function datedBehind(rest: string): string | undefined {
	const date = readDates(rest.split(/\bamend/i)[0] ?? '')[0];
	if (!date || !/\b(?:dated|effective|entered|as of|on|of|Effective Date)\b/.test(rest.slice(0, date.start)))
		return undefined;
	return /\bThis\b/.test(rest.slice(0, date.start)) ? undefined : date.value;
}

export function readAmendmentParties(head: string): string[] {
	return readParties(head.slice(0, 4_000));
}

const DATING =
	/\b(?:effective (?:as of|on|from|date|october|november|december|january|february|march|april|may|june|july|august|september|upon)|is effective|made effective|entered into|dated (?:as of|and effective)|enter into force|shall take effect|becomes? effective|have effect|is made (?:this|as of|and entered))\b/i;

/** The words that date the amendment: the sentence or line of the head (else of the body) that speaks of effect. */
export function findEffective(text: string, sentences: readonly Span[]): Span | undefined {
	const dating = sentences.filter(
		({ start, end }) => DATING.test(text.slice(start, end)) && !/^\s*WHEREAS\b/i.test(text.slice(start, end)),
	);
	const strong = dating.find(({ start, end }) =>
		/\b(?:this|second|first|third|fourth)\b[^.]{0,40}\bamendment\b[^.]{0,400}\b(?:effective|into force|take effect|date)/i.test(
			text.slice(start, end),
		),
	);
	return strong ?? dating[0];
}

/** The last date beside a signature: nobody is bound before. */
export function readSignedAt(signature: string): string | undefined {
	const dates = readDates(signature.slice(0, 6_000)).filter((date) => {
		const before = signature.slice(Math.max(0, date.start - 40), date.start);
		return /(?:date|dated|signed|on|datum|, den|, le|am)\s*:?[\s_-]*$/i.test(before);
	});
	return dates
		.map((date) => date.value)
		.sort()
		.at(-1);
}
