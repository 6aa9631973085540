import { flat } from '../text/plain';
import type { Base } from './base';
import type { Failure, Located } from './located';

const WORDS =
	'(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|and|[- ])';
const SPELT = `(?:\\b${WORDS}{1,16}\\s?)?`;
const MONEY = new RegExp(
	`${SPELT}(?:US|CA|AU|USD |EUR |GBP |CHF )?[$\\u20ac\\u00a3]\\s?\\d[\\d,.']*\\d|[$\\u20ac\\u00a3]\\s?\\d(?![\\d,.])|\\b(?:USD|EUR|GBP|CHF)\\s?\\d[\\d,.']*\\d|\\b\\d[\\d,.']*\\s?(?:USD|EUR|GBP|CHF|dollars|euros?|pounds)\\b`,
	'gi',
);
const PERCENT = new RegExp(`${SPELT}(?:per ?cent )?\\(?\\d+(?:[.,]\\d+)?\\s?(?:%|per ?cent\\b)\\)?`, 'gi');
const COUNT = new RegExp(
	`(?:\\b${WORDS}{1,16}\\(\\d[\\d,]*\\)|(?<![\\d.])\\d[\\d,]*|\\b${WORDS}{2,16}(?=\\s))\\s*$`,
	'i',
);

/**
 * The one amount of its kind that a clause states, where the amendment gives only the new one: a sum for a sum, a rate for
 * a rate, a number of things for the number before these things. Two of them are ambiguous.
 */
export function onlyAmount(base: Base, name: string, fresh: string, outer: Located): Located | Failure {
	const own = base.plain(outer.span);
	const text = flat(own.text);
	const found = isMoney(fresh) ? matches(text, MONEY) : isPercent(fresh) ? matches(text, PERCENT) : counts(text, name);
	const [hit] = found;
	if (!hit) return { status: 'not_found', reason: `The clause does not state the "${name}" that is changed.` };
	if (found.length > 1)
		return {
			status: 'ambiguous',
			reason: `The clause states ${found.length} amounts; which is the "${name}" is not certain.`,
		};
	return {
		span: { start: own.sourceAt(hit.start), end: own.sourceEnd(hit.end) },
		what: 'words',
		...(outer.node ? { node: outer.node } : {}),
	};
}

interface Stretch {
	start: number;
	end: number;
}

const isMoney = (text: string): boolean => matches(text, MONEY).length > 0;
const isPercent = (text: string): boolean => matches(text, PERCENT).length > 0;

function matches(text: string, pattern: RegExp): Stretch[] {
	return [...text.matchAll(pattern)].map(({ 0: words, index }) => {
		const lead = words.length - words.trimStart().length;
		return { start: index + lead, end: index + words.trimEnd().length };
	});
}

/** `number of servers` → what stands right before `servers`. */
function counts(text: string, name: string): Stretch[] {
	const noun =
		/^(?:(?:maximum|minimum|total|permitted|licensed) )*(?:number|count|quantity) of (?:(?:the|permitted|licensed) )*(.{2,60})$/i.exec(
			name,
		)?.[1];
	if (noun === undefined) return [];
	const found: Stretch[] = [];
	const [low, wanted] = [text.toLowerCase(), noun.toLowerCase()];
	for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, at + 1)) {
		if (/\p{L}/u.test(text.charAt(at + wanted.length))) continue;
		const from = Math.max(0, at - 120);
		const match = COUNT.exec(text.slice(from, at));
		if (!match) continue;
		const words = match[0].trimEnd();
		const start = from + match.index + (words.length - words.trimStart().length);
		const begin = start + (/^and /i.exec(words.trimStart())?.[0].length ?? 0);
		// `2.3 Administrators`: the number of the clause.
		if (begin === 0) continue;
		found.push({ start: begin, end: from + match.index + words.length });
	}
	return found;
}
