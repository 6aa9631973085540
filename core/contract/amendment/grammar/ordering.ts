/**
 * Whether a sentence that no rule understood orders a change all the same. Nothing follows from it but that a person is
 * told: better one sentence too many than one that is lost.
 */
export function ordersChange(sentence: string): boolean {
	const bare = sentence
		.slice(0, LONGEST)
		.replace(/"[^"]*"/g, '""')
		.replace(HARMLESS, ' ');
	if (FOREIGN.test(bare)) return !FOREIGN_CLOSING.test(bare);
	if (ABOUT_ITSELF.test(bare)) return false;
	if (PERFORMED.test(bare)) return true;
	if (POINTS.test(bare) && (SWAPS.test(bare) || OTHERWISE.test(bare))) return true;
	if (TERM.test(bare)) return true;
	return POINTS.test(bare) && (PASSIVE.test(bare) || ORDERS.test(bare) || NOMINAL.test(bare));
}

const LONGEST = 1_200;
const DONE =
	'amended|modified|varied|revised|deleted|removed|omitted|struck|stricken|cancelled|canceled|eliminated|repealed|replaced|substituted|superseded|' +
	'restated|inserted|added|appended|included|incorporated|supplemented|extended|renewed|terminated|suspended|reinstated|renumbered|re-?lettered|' +
	'redesignated|renamed|retitled|redefined|interchanged|exchanged|reversed|combined|merged|consolidated|split|moved|relocated|transferred|shortened|lowered|raised|doubled|tripled|halved|expanded|broadened|narrowed|restricted|reordered|swapped|changed|increased|decreased|reduced|updated|corrected|waived|read|construed|deemed to (?:read|refer|mean|be)';

/** What speaks of changes without making one. */
const HARMLESS = new RegExp(
	String.raw`\b(?:as|so|if|when|where) (?:(?:hereby|herein|hereinafter|heretofore|previously|so|further|may be|it may be|expressly|specifically|otherwise) )*(?:${DONE})\b` +
		String.raw`|\bto be (?:(?:further|mutually|duly) )?(?:${DONE})\b` +
		String.raw`|\b(?:was|were|has been|have been|had been|previously|heretofore) (?:\w+ )?(?:${DONE})\b` +
		String.raw`|\bexcept (?:as|to the extent)(?: \w+){0,4} (?:${DONE})\b` +
		String.raw`|\b(?:may|might|can|could|cannot|need) (?:not |only )?be (?:\w+ )?(?:${DONE})\b|\b(?:shall|will|must) not be (?:\w+ )?(?:${DONE})\b` +
		String.raw`|\bnot(?: \w+)? (?:${DONE})\b|\bun(?:amended|modified|changed)\b|\b(?:deemed|construed) (?:to be )?(?:a|an) (?!reference)` +
		String.raw`|\bthis (?:\w+ ){0,2}(?:amendment|addendum|deed|letter|variation|supplement)[^.,;]{0,80}?\b(?:shall|will|may|is|are) (?:\w+ ){0,2}(?:${DONE})\b`,
	'giu',
);
const ABOUT_ITSELF =
	/\bfull force and effect\b|\bcounterparts?\b|\bcapitali[sz]ed terms\b|\bin all other respects\b|\bshall (?:control|prevail|govern)\b|\bgoverned by\b|\bentire agreement\b|\bhave the (?:same )?meanings?\b|\bratif(?:y|ied|ies)\b|\bremains? (?:\w+ ){0,3}(?:unchanged|in effect|in force)\b/i;
const PERFORMED = new RegExp(
	String.raw`\bhereby (?:\w+ ){0,2}(?:${DONE})\b|\b(?:hereby|agree to) (?:amend|modify|vary|delete|replace|substitute|insert|extend|increase|decrease|reduce|change|remove)s?\b`,
	'iu',
);
const POINTS =
	/\b(?:sections?|clauses?|articles?|paragraphs?|sub-?(?:sections?|clauses?|paragraphs?)|items?|exhibits?|schedules?|annex(?:es|ure)?|appendix|appendices|attachments?|recitals?)\s+(?:[\dA-Z(]|[ivx]+\b)|\u00a7|\b(?:definitions?|preamble|recitals?|table|row|column|list) (?:of|in|for)\b|\b(?:table|row|column) (?:""|headed|entitled|titled|named)|\bthe (?:\w+ ){0,2}(?:agreement|contract|lease|licen[cs]e|term|territory|fees?)\b/i;
/** German and French sentences that change something. */
const FOREIGN =
	/(?<!\p{L})(?:lautet|lauten)(?!\p{L})[^]*""|(?<!\p{L})(?:wird|werden|ist|sind|gilt|gelten|heißt|lautet)(?!\p{L})[^]*(?<!\p{L})(?:keine Anwendung|nicht(?=\.)|verlängert|verkürzt|geändert|angepasst|ersetzt|gestrichen|erhöht|reduziert|verringert|herabgesetzt|aufgehoben|ergänzt|erweitert|eingeschränkt|gefasst|hinzugefügt|eingefügt|angefügt|aufgenommen|sinngemäß|entsprechend)(?!\p{L})|(?<!\p{L})(?:gestrichen|ersetzt|eingefügt|angefügt|hinzugefügt|aufgenommen|aufgehoben|ergänzt|geändert) (?:wird|werden)(?!\p{L})|(?<!\p{L})verzichtet(?!\p{L})|(?<!\p{L})(?:statt|anstelle|anstatt)(?: der| des| von)? ""|(?<!\p{L})(?:est|sont|sera|seront)(?!\p{L})(?: \p{L}+){0,4} (?:prolongé|reconduit|modifié|remplacé|supprimé|porté|ramené|réduit|augmenté|complété|abrogé|ajouté|inséré|étendu)e?s?(?!\p{L})/iu;
const FOREIGN_CLOSING =
	/(?<!\p{L})(?:unverändert|im Übrigen|bedürfen|Schriftform|wirksam|unwirksam|demeurent|inchangée?s?|restent|pour le surplus)(?!\p{L})/iu;
/** Words, and others in their place. */
const SWAPS =
	/""\W*(?:(?:now |shall |will |hereby )*becomes?|instead of|rather than|to|and not|not|[-=]>|\u2192)\W*""/i;
/** What a clause says gives way to something else, without a verb of amending. */
const OTHERWISE =
	/\bshall be\b[^;]{0,120}\b(?:instead of|rather than|in place of|in lieu of)\b|\bnotwithstanding (?:the (?:provisions?|terms?) (?:of|in) )?(?:sections?|clauses?|articles?|paragraphs?|exhibits?|schedules?) [\d(IVX][^;]{0,160}\b(?:shall|will)\b|\bwaives?\b|\b(?:shall|does|do|will) (?:no longer|not) apply\b|""[^;]{0,80}\bas if\b|\bas if\b[^;]{0,80}""|\bshall end with\b|\bby way of (?:variation|amendment)\b|\u2192|[-=]>/i;
/** `"Territory" shall also include Italy`, `The Software may also be used in Italy`, `A. Smith shall cease to be …`. */
const TERM =
	/^\W*""\W*(?:is|are|shall be)(?: hereby)? redefined\b|^\W*""\W*(?:shall|will)(?: \w+)? (?:include|exclude)\b|^(?!.{0,40}\bthis (?:\w+ )?(?:amendment|letter|deed|addendum)\b).{3,200}?\b(?:(?:may|shall|will) (?:also|additionally|no longer|cease to)|now (?:has|have) (?:the|a|an) (?:role|title|right|status|access))\b/i;
const PASSIVE = new RegExp(
	String.raw`\b(?:is|are|be)\b(?:,? (?:hereby|also|further|now|to|and|each|both|\w+ly|deemed|,))* (?:${DONE})\b|\bshall (?:now |henceforth |be )?read\b|\bnow reads?\b`,
	'iu',
);
const ORDERS =
	/(?:^|[:;,"]\s|\band\s|\)\s)(?:delete|omit|strike|insert|substitute|replace|add|remove|amend|restate|renumber|change|increase|reduce|extend|move)\s+(?:the|a|an|""|in|from|after|before|section|clause|paragraph|following|new|all|each|\d)/i;
const NOMINAL =
	/\b(?:the|by) (?:deletion|insertion|addition|substitution|replacement|omission|removal|renumbering) (?:\w+ )?of\b|\b(?:conforming|consequential|corresponding) (?:changes|amendments)\b/i;
