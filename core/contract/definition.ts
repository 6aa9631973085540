const QUOTED = /^(?:the (?:term |terms )?)?"([^"]{1,120})"/i;
const VERB =
	/^[\s,]{0,3}(?:\([^()]{0,80}\)\s?|(?:or|and) "[^"]{1,80}"[\s,]{0,3}){0,4}(?:shall mean|will mean|means?|shall have the meaning|has the meaning|have the meaning|refers? to|is defined|is the|are the|represents?|includes?|bedeutet|signifie)\b/i;
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
	return /^\s?(?:shall mean|means?|has the meaning)\b/i.test(rest) ? text.slice(0, leadEnd).trim() : undefined;
}
