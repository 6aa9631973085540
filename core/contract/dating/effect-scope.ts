import type { ContractDays } from './days';

const LIMITED =
	/\b(?:(?:solely|only|exclusively) (?:with respect to|in respect of|as to|in connection with|in relation to|to the extent (?:it |they |that )?relat\w{2,4} to|for the benefit of|for purposes of)|(?:shall |will )?appl(?:y|ies) (?:solely|only|exclusively) (?:to|with respect to|in respect of)|limited (?:solely |exclusively )?(?:to|with respect to))\s/i;
const RECITAL = /\bwhereas\b/i;
const WISHES = /\b(?:desires?|wish(?:es)?|intends?|agreed?|want)\b[^;]{0,200}$/i;
const AMENDS =
	/\b(?:amend\w{0,6}|modif\w{1,6}|chang\w{1,3}|supplement\w{0,3}|var(?:y|ied)|this (?:\w{1,12} ){0,2}(?:amendment|addendum))\b/i;
const LONGEST = 400;
const STOPS =
	/[;.](?: |$)|, (?:to (?:provide|reflect|allow|permit)|and (?:that|the|this)|provided|but|such that|so that)\b/;

/** The words to which an amendment limits itself; those of a quoted clause and of recitals about the past are none. */
export function readScope(days: ContractDays): string | undefined {
	for (const sentence of days.source.sentences(LIMITED)) {
		// A document on one line holds many statements in one sentence.
		for (const statement of sentence.text.split(';')) {
			const match = LIMITED.exec(statement);
			const scope = match && limits(statement, match.index) ? statement.slice(match.index) : undefined;
			if (scope !== undefined) return trimmed(scope);
		}
	}
	return undefined;
}

function limits(statement: string, at: number): boolean {
	const before = statement.slice(Math.max(0, at - 600), at);
	if (!AMENDS.test(before)) return false;
	// Behind an opening quote the words belong to the text that is brought in.
	if ((statement.slice(0, at).match(/"/g) ?? []).length % 2 === 1) return false;
	return !RECITAL.test(statement) || WISHES.test(before);
}

function trimmed(scope: string): string {
	const text = scope.slice(0, LONGEST);
	const stop = STOPS.exec(text);
	return (stop ? text.slice(0, stop.index) : text).replace(/^(?:shall |will )?appl(?:y|ies) /i, '').trim();
}
