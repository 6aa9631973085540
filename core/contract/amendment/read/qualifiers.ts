import { findDates } from '../../dating';
import { ENGLISH, type Introducers } from './qualifier-words';
import { FRENCH, GERMAN } from './qualifier-words-foreign';

/**
 * Why a person has to read a sentence: it says for whom, when or on what terms its order holds, in words that no rule
 * accounts for. A date, and where in the text it stands, are no limits.
 * @param sentence plain text, its quoted words in straight marks
 */
export function qualifier(sentence: string): string | undefined {
	const quoted = sentence.slice(0, LONGEST).replace(/"[^"]*"/g, '""');
	const language = languageOf(quoted);
	const bare = withoutDates(quoted.replace(language.places, ' § '));
	const words = wordsOf(bare, language);
	for (let at = 0; at < words.length; at++) {
		const opened = opener(words, at, language);
		if (!opened) continue;
		if (describes(words, at)) {
			at = endOfAside(words, at);
			continue;
		}
		const behind = upToStop(words, at + opened.length, language);
		if (opened.always) return told([...words.slice(at, at + opened.length), ...behind]);
		if (strangers(behind, words[at] ?? '', language, language.extended.test(bare)))
			return told([...words.slice(at, at + opened.length), ...behind]);
	}
	return undefined;
}

/** The language with most of its words in it; English where none has any. */
function languageOf(text: string): Introducers {
	const counts = [ENGLISH, GERMAN, FRENCH].map((language) => ({
		language,
		count: text.match(language.spoken)?.length ?? 0,
	}));
	return counts.reduce((most, one) => (one.count > most.count ? one : most)).language;
}

const LONGEST = 1_500;

function told(words: readonly string[]): string {
	return `It says more than was understood: "${words.join(' ').slice(0, 80)}".`;
}

function withoutDates(text: string): string {
	let [rest, at] = ['', 0];
	for (const { start, end } of findDates(text)) {
		if (start < at) continue;
		rest += `${text.slice(at, start)} ☐ `;
		at = end;
	}
	return rest + text.slice(at);
}

/** The words of a sentence with a sign for each place; asides that give a title or a name are none of it. */
function wordsOf(bare: string, { plain }: Introducers): string[] {
	const marked = bare.replace(/(""|§) ?\((?:the |an? )?(?:""|\p{Lu})[^()]*\)/gu, '$1').replace(plain, ' ');
	return marked.match(/""|[§☐,;:.()]|\p{L}[\p{L}\p{N}'’-]*/gu) ?? [];
}

interface Opened {
	length: number;
	always: boolean;
}

/** What opens a limit at a word, the longest first. */
function opener(words: readonly string[], at: number, { always, open }: Introducers): Opened | undefined {
	for (let length = MOST; length > 0; length--) {
		const phrase = words.slice(at, at + length).join(' ');
		if (always.test(phrase)) return { length, always: true };
		if (open.test(phrase)) return { length, always: false };
	}
	return undefined;
}

const MOST = 7;

/** `Section 8, regarding termination, is …`, `the address for notices`: what a part of the text is called. */
function describes(words: readonly string[], at: number): boolean {
	const [opener = '', before = ''] = [words[at], words[at - 1]];
	if (/^for$/i.test(opener)) return NAMED_FOR.test(before);
	if (!/^(?:regarding|concerning|relating|related)$/i.test(opener)) return false;
	const place = words.lastIndexOf('§', at);
	return place >= 0 && !words.slice(place, at).some((word) => /^(?:is|are|be|shall|will|by)$/i.test(word));
}

/** `, regarding termination by the Customer,` goes up to its comma. */
function endOfAside(words: readonly string[], at: number): number {
	if (words[at - 1] !== ',') return at;
	const comma = words.indexOf(',', at);
	return comma < 0 ? at : comma;
}

const NAMED_FOR =
	/^(?:address(?:es)?|information|details|definition|row|entry|line|price|rate|fee|amount|column|cell|heading|value|number|quantity|references?)$/i;

function upToStop(words: readonly string[], from: number, language: Introducers): string[] {
	const behind: string[] = [];
	for (let at = from; at < words.length; at++) {
		const word = words[at] ?? '';
		if (language.stops.test(word) || opener(words, at, language)) break;
		behind.push(word);
		if (WHOLES.test(word)) break;
	}
	return behind;
}

const WHOLES = /^(?:agreement|contract|lease|licen[cs]e|document|vertrags?|vertrages|contrat)$/i;

/** `extended for six months`. */
const FOR = /^(?:for|für|pour|until)$/i;

function strangers(
	behind: readonly string[],
	opener: string,
	{ known, amounts, parts, lasting, deeds, deed }: Introducers,
	extended: boolean,
): boolean {
	if (deeds.test(opener) && deed.test(behind.join(' '))) return false;
	if (parts.test(behind.join(' '))) return false;
	const counts = !lasting.test(opener) || (extended && FOR.test(opener));
	return behind.some((word) => {
		const lower = word.toLowerCase();
		return (
			/\p{L}{2}/u.test(word) && !known.has(lower) && !(counts && lower.split('-').every((part) => amounts.has(part)))
		);
	});
}
