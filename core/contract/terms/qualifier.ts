const NEGATED = /\b(?:no|not) (?:(?:be )?(?:more|greater|less|fewer)) than(?: (?:of|a total of|the))?\s*\(?$/i;
const LEAST =
	/\b(?:at least|a minimum of|minimum of|min\.?|more than|in excess of|mindestens|wenigstens|au moins)(?: (?:of|a total of|the))?\s*\(?$/i;

/** Whether a number is a floor (`at least 25`) and no limit; `up to 25` and `25` are limits. */
export function isFloor(text: string, at: number): boolean {
	const before = text.slice(Math.max(0, at - 40), at);
	const negated = NEGATED.exec(before)?.[0];
	return negated === undefined ? LEAST.test(before) : /\b(?:less|fewer)\b/i.test(negated);
}

const RATE =
	/^(?:\.?[-\u2013\u2014]{1,2})?[)\s]{0,2}(?:\([^()]{1,20}\)\s?)?(?:(?:USD|EUR|GBP|CHF|dollars?|euros?|pounds?)\s)?(?:\/\s?|(?:per|each|every|a|an|for each|for every|pro|par|je)\s)(?:calendar |contract |named |licensed |authori[sz]ed )?(second|minute|hour|day|week|month|quarter|year|annum|user|seat|licen[cs]e|person|module|site|system|monat|jahr|mois|an|tag|jour)s?\b/i;
const ADVERB =
	/^[)\s]{0,2}(?:,\s)?(?:payable |due |billed |invoiced )?(hourly|daily|weekly|monthly|quarterly|annually|yearly|p\.\s?a\.|p\.\s?m\.)/i;
const UNITS = new Map([
	['annum', 'year'],
	['yearly', 'year'],
	['annually', 'year'],
	['pa', 'year'],
	['jahr', 'year'],
	['an', 'year'],
	['monthly', 'month'],
	['pm', 'month'],
	['monat', 'month'],
	['mois', 'month'],
	['quarterly', 'quarter'],
	['weekly', 'week'],
	['daily', 'day'],
	['tag', 'day'],
	['jour', 'day'],
	['hourly', 'hour'],
	['license', 'licence'],
]);

/** `EUR 10 per user per month`: `user month`; undefined where the amount is due once or nobody says. */
export function rateBehind(text: string, at: number): string | undefined {
	const found: string[] = [];
	let rest = text.slice(at, at + 120);
	for (let i = 0; i < 3; i++) {
		const match = RATE.exec(rest) ?? ADVERB.exec(rest);
		if (!match) break;
		const unit = (match[1] ?? '').toLowerCase().replace(/[.\s]/g, '');
		found.push(UNITS.get(unit) ?? unit);
		rest = rest.slice(match[0].length);
	}
	return found.length === 0 ? undefined : found.sort().join(' ');
}

const UNLIMITED =
	/\b(?:unlimited|without (?:any )?limit(?:ation)? (?:of|on|as to|in) (?:the )?(?:number|users?|seats?|quantity)|any number of|no (?:limit|cap|maximum) (?:on|to)|unbegrenzt|illimit\u00e9)/i;

const OF_USERS =
	/\b(?:unlimited|unbegrenzt\w*|any) (?:number of )?(?:(?:named|authori[sz]ed|licensed|concurrent|permitted) )?(?:users?|seats?|licen[cs]es?|people|persons|accounts?|nutzer|utilisateurs)\b/i;

/** Whether it is the people that there is no limit of: `25 modules and unlimited users`. */
export function hasNoLimitOfUsers(text: string): boolean {
	return OF_USERS.test(text);
}

/** Whether a clause says that there is no limit. */
export function isUnlimited(text: string): boolean {
	return UNLIMITED.test(text);
}
