import type { Span } from '../../../model';
import type { Instruction } from '../types';
import { readDates } from './dates';
import type { Head } from './head';
import { qualifier } from './qualifiers';
import type { Surroundings } from './surroundings';

const FOREGOING =
	/^(?:\W|\d)*(?:the foregoing|the (?:preceding|above)|(?:this|these|such|the said|said|the) (?:changes?|modifications?|replacements?|deletions?|additions?|insertions?|increases?|reductions?|substitutions?|amendments? (?:in|to|of|made|set|under))|(?:it|they|this|that|such) (?:(?:shall|will|only|also) )*(?:appl(?:y|ies)|takes?|holds?|lapses?|expires?|ends?|ceases?|is (?:limited|conditional|subject|effective|temporary))|the new (?:text|wording|version|rates?|terms?|provisions?|amounts?|limits?))\b/i;
/** What takes back a part of what was ordered before it. */
const DESPITE =
	/^(?:\W|\d)*(?:(?:notwithstanding|despite) the (?:foregoing|above|preceding)\b|by way of exception\b|however,)|\b(?:old|previous|former|prior|original) (?:text|wording|version|terms?|rates?|provisions?|clause|section|limits?|amounts?)\b[^.]{0,60}\b(?:continues?|remains?|still|appl(?:y|ies))\b|\bcontinues? to apply\b/i;
const LIMITED =
	/\b(?:not (?:apply|extend)|applies? only|only|solely|exclusively|until|expires?|ceases?|lapses?|subject to|unless|provided|if|condition(?:ed|al)?|except|temporar(?:y|ily)|for (?:a|the) period)\b/i;
const GERMAN =
	/^(?:\W|\d)*(?:dies|das|sie|diese (?:änderung|regelung|ergänzung|anpassung|streichung|erhöhung|ersetzung|fassung)(?:en)?|die (?:änderung|streichung|erhöhung|neue fassung)(?:en)?|satz \d|(?:das )?vorstehende[sn]?)(?!\p{L})/iu;
const GERMAN_LIMITED =
	/(?<!\p{L})(?:nur|nicht|bis zum|solange|sofern|soweit|wenn|falls|befristet|ausschließlich)(?!\p{L})/iu;
const FRENCH =
	/^(?:\W|\d)*(?:cette (?:modification|suppression|augmentation|disposition|réduction)|ces modifications|la présente modification|ce qui précède|cet ajout|ce remplacement|elle|il) (?!y a)/iu;
const FRENCH_LIMITED =
	/(?:ne s'applique|uniquement|seulement|jusqu|sauf|à condition|sous réserve|(?<!\p{L})si(?!\p{L}))/iu;
const SPEAKS_OF_IT = [
	[FOREGOING, LIMITED],
	[GERMAN, GERMAN_LIMITED],
	[FRENCH, FRENCH_LIMITED],
] as const;
const LONGEST = 600;

/** Whether a sentence limits what the sentences before it ordered: `This change applies only until 31 December 2026.` */
export function limitsForegoing(sentence: string): boolean {
	const bare = sentence.slice(0, LONGEST).replace(/"[^"]*"/g, '""');
	const speaksOf = SPEAKS_OF_IT.find(([foregoing]) => foregoing.test(bare));
	if (!speaksOf) return false;
	const days = readDates(bare);
	const dates = days.length === 0 || beginsIn(bare, days);
	return speaksOf[1].test(bare) || qualifier(bare) !== undefined || !dates;
}

const DATED =
	/(?<!\p{L})(?:effective|takes? effect|comes? into (?:force|effect)|appl(?:y|ies)|holds?|gilt|gelten|wirksam|tritt|treten|s'applique(?:nt)?|prend|prennent|entre|entrent)(?!\p{L})/iu;

/** Whether a sentence takes back a part of what the one before it ordered: `Notwithstanding the foregoing, …`. */
function takesBack(sentence: string): boolean {
	const bare = sentence.slice(0, LONGEST).replace(/"[^"]*"/g, '""');
	return DESPITE.test(bare) && !/\b(?:unchanged|unmodified|full force|remains? in (?:effect|force))\b/i.test(bare);
}

/** What may stand between the verb and the day from which something holds. */
const LEAD =
	/^(?:\s|,|as|of|on|from|with|retroactive(?:ly)?|effect|and|or|after|including|to|the|commencing|beginning|starting|only|ab|dem|zum|am|mit|rückwirkend|wirkung|vom|beginnend|in|kraft|also|à|compter|partir|du|de|le|au|avec|effet|rétroactif|vigueur)*$/iu;

/** Whether a sentence names one day, and that is the one from which something holds. */
function beginsIn(sentence: string, [day, ...others]: ReadonlyArray<{ start: number }>): boolean {
	const verb = DATED.exec(sentence);
	return (
		!!day &&
		others.length === 0 &&
		verb !== null &&
		LEAD.test(sentence.slice(verb.index + verb[0].length, Math.max(day.start, verb.index + verb[0].length)))
	);
}

/** The day that such a sentence names for what was ordered before it: `This change is effective 1 July 2027.` */
export function datesForegoing(text: string, { start, end }: Span): Span | undefined {
	const sentence = text
		.slice(start, Math.min(end, start + LONGEST))
		.replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
	const days = readDates(sentence);
	const [day] = days;
	if (!day || !SPEAKS_OF_IT.some(([foregoing]) => foregoing.test(sentence)) || !beginsIn(sentence, days))
		return undefined;
	return { start: start + day.start, end: start + day.end };
}

const AFTERTHOUGHT = 'A sentence behind it limits it; what holds then has to be decided by a person.';

/** Blanks and marks between a sentence and the next. */
const NEXT = 4;

/** A sentence that limits or dates what the section ordered before it. */
export function afterthought(found: Instruction[], { start, sentence }: Head, { text, passage }: Surroundings): void {
	const words = text.slice(start, sentence);
	const at = passage({ start, end: sentence }).span.start;
	const before = found.filter(({ span }) => at - span.end >= 0 && at - span.end <= NEXT);
	const limited = limitsForegoing(words) ? found : takesBack(words) ? before : [];
	for (const one of limited) one.needsHuman ??= { reason: AFTERTHOUGHT };
	if (limited.length === 0) {
		const day = datesForegoing(text, { start, end: sentence });
		if (day) for (const one of found) one.effective ??= passage(day);
	}
}
