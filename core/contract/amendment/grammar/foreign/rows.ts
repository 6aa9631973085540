import type { Place, Target } from '../../types';
import type { Draft, Words } from '../draft';
import type { Named } from './places';

const ROW =
	'Zeilen?|Reihen?|Eintr(?:ag|ags|ages|äge|ägen)|Position(?:en)?|Person(?:en)?|Nutzer(?:in|s)?|Benutzer(?:in|s)?|Mitarbeiter(?:in|s)?|lignes?|entrées?|personnes?|utilisat(?:eur|rice)s?';
/** `in der Zeile „…“`, `la ligne relative à « … »`: the quoted words are the key of a row. */
const KEYED = new RegExp(
	String.raw`(?<!\p{L})(?:${ROW})(?: (?:mit|für|von|zu|zum|bei|beginnend|namens|Namen|dem|der|des|de|du|pour|relative?|à|commençant|par))*[\s:(]*"$`,
	'iu',
);
const ROWS = new RegExp(String.raw`(?<!\p{L})(?:${ROW})(?!\p{L})`, 'giu');
/** `In Anlage 1 wird …`, `aus der Anlage 1`, `dans l'annexe 1`: what is spoken of stands in the place, and is not the place. */
const INSIDE =
	/(?<!\p{L})(?:(?:in|im|aus|von|unter|auf|bei)(?: (?:der|dem|den|des))?|(?:dans|de|à|en|sur)(?: (?:la|le|les))?(?: l'|l')?|du|des|au|d'|de l'|à l'|dans l')\s*$/iu;
const SMALL =
	/^(?:wird|werden|ist|sind|hiermit|hierdurch|ersatzlos|vollständig|gestrichen|aufgehoben|gelöscht|entfällt|entfallen|fällt|weg|der|die|das|dem|den|des|in|im|aus|von|zu|für|mit|und|sowie|auch|ferner|jeweils|unter|auf|bei|neu|nunmehr|est|sont|sera|seront|supprimée?s?|abrogée?s?|annulée?s?|la|le|les|l|de|du|d|dans|à|en|et|ainsi|que|relative?|concernant|par|pour)$/iu;
const NAMES =
	/(?:(?:Frau|Herrn?|Dr\.?|Monsieur|Madame|M\.|Mme) )*\p{Lu}[\p{L}\p{N}'\u2019.-]*(?: (?:(?:van|von|de|der|di|da|la) )*\p{Lu}[\p{L}\p{N}'\u2019-]*)*/gu;

/** The quoted key of a row that a sentence names beside the words that change. */
export function rowQuote(blank: string, quotes: readonly Words[], at: number): Words | undefined {
	const keys = quotes.filter(({ start }) => KEYED.test(blank.slice(0, start - at)));
	return keys.length === 1 ? keys[0] : undefined;
}

/** A target's row by its key. */
export function rowOf(target: Target, key: string): Target {
	const places = target.places.map((place): Place => ({ ...place, steps: [...place.steps, { by: 'row', key }] }));
	return { ...target, places };
}

export function isInside(blank: string, { start, end }: Named): boolean {
	return INSIDE.test(blank.slice(0, start)) || /^\s*:\s*\S/.test(blank.slice(end));
}

/** `In § 3 wird Absatz 2 gestrichen`: paragraph 2 of § 3, not both. */
export function nested(blank: string, places: readonly Named[], isNew: (one: Named) => boolean): Named[] {
	const [outer, ...others] = places;
	if (!outer || !isInside(blank, outer)) return [...places];
	const inner = others.map((one): Named =>
		isPart(one.place) && !isNew(one) ? { ...one, place: joined(outer.place, one.place) } : one,
	);
	return inner.some((one, at) => one !== others[at]) ? inner : [...places];
}

function isPart({ steps: [first] }: Place): boolean {
	return first?.by === 'sentence' || first?.by === 'paragraph' || (first?.by === 'number' && first.word === '');
}

function joined(outer: Place, inner: Place): Place {
	const [above, [first, ...below]] = [outer.steps.at(-1), inner.steps];
	const quote = `${outer.quote}, ${inner.quote}`;
	if (above?.by === 'number' && first?.by === 'number')
		return {
			steps: [...outer.steps.slice(0, -1), { ...above, parts: [...above.parts, ...first.parts] }, ...below],
			quote,
		};
	return { steps: [...outer.steps, ...inner.steps], quote };
}

const UNCLEAR = 'It says what goes from that place in words that were not understood.';

/**
 * `In Anlage 1 wird Frau Krüger gestrichen`: a row of it by its name, or several; whatever else is said to go from a place
 * that the sentence only speaks of is left to a person. Undefined where the places themselves go.
 */
export function removedInside(blank: string, places: readonly Named[], frame: Target | undefined): Draft[] | undefined {
	const [place, ...others] = places;
	if (!place || others.length > 0 || !isInside(blank, place) || place.place.steps.length > 1) return undefined;
	const rest = `${blank.slice(0, place.start)} | ${blank.slice(place.end)}`;
	const named = namesIn(rest);
	const target: Target = {
		places: [place.place],
		...(frame?.document === undefined ? {} : { document: frame.document }),
	};
	if (!named) return [{ kind: 'delete_row', target, notes: [], reason: UNCLEAR }];
	return named.map((key): Draft => ({ kind: 'delete_row', target: rowOf(target, key), notes: [] }));
}

/** Names, where a sentence says nothing else; undefined where it does. */
function namesIn(rest: string): string[] | undefined {
	const bare = rest.replace(ROWS, '|');
	const keys: string[] = [];
	const left = bare.replace(NAMES, (name: string) => {
		const words = name.split(' ');
		while (words[0] !== undefined && SMALL.test(words[0])) words.shift();
		const key = words.join(' ').replace(/\.$/, '');
		if (key !== '') keys.push(key);
		return ' ';
	});
	const strange = (left.match(/\p{L}+/gu) ?? []).filter((word) => !SMALL.test(word));
	return keys.length > 0 && strange.length === 0 ? keys : undefined;
}

const SPOKEN =
	/^(?:vertrag(?:s|es)?|rahmenvertrag(?:s|es)?|vereinbarung|hauptvertrag(?:s|es)?|wirkung|datum|sofort|ab|zum|vom|per|seit|ganz|gänzlich|insgesamt|komplett|text|wortlaut|klausel|regelung|bestimmung|parteien|vertragsparteien|kommen|überein|vereinbaren|dass|daher|damit|künftig|fortan|ihr|sein|gesamte[rnms]?|ganze[rnms]?|bisherige[rnms]?|folgende[rnms]?|contrat|présent|intégralement|intégralité|totalité|sa|son|leur|parties|conviennent|compter|partir|effet|avec|date|purement|simplement|clause|et)$/iu;
const DAY =
	/\d{1,2}(?:\.|er)? ?(?:\d{1,2}\. ?|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre) ?\d{4}/giu;

/** Words of a deletion that no place accounts for: `Die Kündigungsregelung gemäß § 2`, `die Absätze 1 und 2`. */
export function unaccounted(blank: string, places: readonly Named[], row = false): string | undefined {
	let rest = row ? blank.replace(ROWS, (word) => ' '.repeat(word.length)) : blank;
	for (const { start, end } of places) rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
	for (const { end } of places) {
		const title =
			/^\s*(?:\([^()]{0,160}\)|[\u2013\u2014-] [^,;.]{0,80}[\u2013\u2014-])/.exec(rest.slice(end))?.[0] ?? '';
		rest = rest.slice(0, end) + ' '.repeat(title.length) + rest.slice(end + title.length);
	}
	const words = rest.replace(DAY, ' ').match(/\p{L}{2,}|\d+/gu) ?? [];
	const strange = words.filter((word) => !SMALL.test(word) && !SPOKEN.test(word));
	return strange.length === 0 ? undefined : `It says more than was understood: "${strange.join(' ').slice(0, 80)}".`;
}
