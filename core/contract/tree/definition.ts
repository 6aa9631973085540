/** Openings before a quoted term: `The term "X"`, `Der Begriff „X“`, `Le terme « X »`. */
const QUOTED =
	/^(?:(?:the (?:term |terms )?|der (?:begriff|ausdruck) |die begriffe |(?:le|les) (?:terme|mot|termes|mots) |l'expression |par ))?"([^"]{1,120})"/i;
const ENGLISH =
	'shall mean|will mean|means?|shall have the meaning|has the meaning|have the meaning|refers? to|is defined|is the|are the|represents?|includes?';
const GERMAN =
	'bezeichne[nt]|bezeichnet|bedeute[nt]|bedeutet|meint|meinen|umfass(?:t|en)|steh(?:t|en) für|hat die bedeutung|haben die bedeutung|(?:ist|sind) (?:der|die|das|ein|eine|alle|jede[rs]?|diejenigen|solche)';
const FRENCH =
	"désigne(?:nt)?|signifie(?:nt)?|s'entend(?:ent)?|correspond(?:ent)?|vise(?:nt)?|comprend|comprennent|a le sens|ont le sens|(?:est|sont) (?:le|la|les|un|une|toute?s?|tous)";
const VERB = new RegExp(
	`^[\\s,]{0,3}(?:\\([^()]{0,80}\\)\\s?|(?:or|and|und|oder|et|ou) "[^"]{1,80}"[\\s,]{0,3}){0,4}(?:(?:${ENGLISH}|${GERMAN}|${FRENCH})(?![\\p{L}])|:\\s)`,
	'iu',
);
const BOLD_VERB =
	/^\s?(?:shall mean|means?|has the meaning|bezeichnet|bedeutet|meint|désigne|signifie|s'entend)(?!\p{L})/iu;
const LONGEST = 400;

/** The defined term, where a paragraph is a definition: `"Seats" means …`, `**Seats** means …`. */
export function definedTerm(text: string, leadEnd: number): string | undefined {
	const head = text.slice(0, LONGEST);
	const quoted = QUOTED.exec(head);
	if (quoted?.[1] !== undefined) {
		const term = quoted[1].replace(/[,.\s]{1,3}$/, '').trim();
		return VERB.test(head.slice(quoted[0].length)) && term !== '' ? term : undefined;
	}
	if (leadEnd <= 0 || leadEnd > 120) return undefined;
	const rest = head.slice(leadEnd);
	return BOLD_VERB.test(rest) ? text.slice(0, leadEnd).trim() : undefined;
}
