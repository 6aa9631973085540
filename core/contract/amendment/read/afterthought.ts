import type { Span } from '../../../model';
import { readDates } from './dates';

const FOREGOING =
	/^(?:\W|\d)*(?:the foregoing|the (?:preceding|above)|(?:this|these|such|the said|said|the) (?:changes?|modifications?|replacements?|deletions?|additions?|insertions?|increases?|reductions?|substitutions?|amendments? (?:in|to|of|made|set|under)))\b/i;
const LIMITED =
	/\b(?:not (?:apply|extend)|applies? only|only|solely|exclusively|until|expires?|ceases?|lapses?|subject to|unless|provided|if|condition(?:ed|al)?|except|temporar(?:y|ily)|for (?:a|the) period)\b/i;
const GERMAN =
	/^(?:\W|\d)*(?:dies|diese (?:änderung|regelung|ergänzung|anpassung|streichung|erhöhung)|satz \d|(?:das )?vorstehende[sn]?)(?!\p{L})[^]*(?<!\p{L})(?:nur|nicht|bis zum|solange|sofern|soweit|wenn|falls|befristet|ausschließlich)(?!\p{L})/iu;
const FRENCH =
	/^(?:\W|\d)*(?:cette modification|la présente modification|ce qui précède|cet ajout|cette suppression|ce remplacement)(?!\p{L})[^]*(?:ne s'applique|uniquement|seulement|jusqu|sauf|à condition|sous réserve|(?<!\p{L})si(?!\p{L}))/iu;
const LONGEST = 600;

/** Whether a sentence limits what the sentences before it ordered: `This change applies only until 31 December 2026.` */
export function limitsForegoing(sentence: string): boolean {
	const bare = sentence.slice(0, LONGEST).replace(/"[^"]*"/g, '""');
	return (FOREGOING.test(bare) && LIMITED.test(bare)) || GERMAN.test(bare) || FRENCH.test(bare);
}

const DATED =
	/\b(?:effective|takes? effect|comes? into (?:force|effect)|applies|apply|holds?) (?:as )?(?:of|on|from|with effect from)?\b/i;

/** The day that such a sentence names for what was ordered before it: `This change is effective 1 July 2027.` */
export function datesForegoing(text: string, { start, end }: Span): Span | undefined {
	const sentence = text
		.slice(start, Math.min(end, start + LONGEST))
		.replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
	if (!FOREGOING.test(sentence) || !DATED.test(sentence)) return undefined;
	const [day, ...others] = readDates(sentence);
	return day && others.length === 0 ? { start: start + day.start, end: start + day.end } : undefined;
}

export const AFTERTHOUGHT = 'A sentence behind it limits it; what holds then has to be decided by a person.';
