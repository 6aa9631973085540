import { instantOf, isDate } from '../time';
import { engagementsOf, type Engagement } from './engagements';
import type { ZoneAt } from './person-zone';
import { byRank, sourceName } from './steps';
import type { StatedFact, StatedSpell, TimelineRules } from './types';
import { readValue } from './value';

/** What a source says of the first or last day. */
interface DateWord {
	/** Undefined: there is none. */
	instant: string | undefined;
	from: string;
	createdAt: string;
	eventId: string;
	rank: number;
	source: string;
}

/**
 * Times of employment: from hire, leave, rehire and contractor events, with the attributes `startDate` and `endDate` (whose
 * day is the last one). Undefined where no source spoke of employment; contracts alone do not employ anybody.
 */
export function employmentOf(
	facts: readonly StatedFact[],
	rules: TimelineRules,
	zoneAt: ZoneAt,
): StatedSpell[] | undefined {
	const ends = dateWords(facts, 'endDate', rules, zoneAt);
	const starts = dateWords(facts, 'startDate', rules, zoneAt);
	const endsOf = new Map(ends.map(({ eventId, instant }) => [eventId, instant]));
	const engagements = engagementsOf(facts, endsOf) ?? fromDates(facts, starts, ends);
	if (engagements === undefined) return undefined;
	const spells = engagements.flatMap((engagement, index) => {
		const owned = ends.filter((word) => ownerOfEnd(engagements, word) === index);
		return cut({ ...engagement, from: movedStart(engagement, starts, engagements, index) }, owned);
	});
	return joined(spells);
}

function dateWords(facts: readonly StatedFact[], name: string, rules: TimelineRules, zoneAt: ZoneAt): DateWord[] {
	const edge = name === 'endDate' ? 'end' : 'start';
	const spoken = facts.filter((fact) => fact.name === name);
	if (spoken.length === 0) return [];
	return byRank(spoken, rules.authority.get(name)).flatMap((ranked, rank) =>
		ranked.flatMap((fact): DateWord[] => {
			const { from, createdAt, eventId, source } = fact;
			const common = { from, createdAt, eventId, rank, source: sourceName(source) };
			if (fact.value === null) return [{ ...common, instant: undefined }];
			const value = readValue(rules, name, fact.value);
			if (typeof value !== 'string' || !isDate(value)) return [];
			const near = instantOf(value, rules.zone, edge);
			return [{ ...common, instant: instantOf(value, zoneAt(near), edge) }];
		}),
	);
}

/** Without any word on employment: from dates that somebody other than a contract gives. */
function fromDates(
	facts: readonly StatedFact[],
	starts: readonly DateWord[],
	ends: readonly DateWord[],
): Engagement[] | undefined {
	const start = lastWord(starts.filter(({ source, instant }) => source !== 'contract' && instant !== undefined));
	if (start?.instant !== undefined) {
		return [{ from: start.instant, createdAt: start.createdAt, eventId: start.eventId }];
	}
	const end = lastWord(ends.filter(({ source, instant }) => source !== 'contract' && instant !== undefined));
	const first = facts.map(({ from }) => from).sort()[0];
	if (!end || first === undefined) return undefined;
	return [{ from: first, createdAt: end.createdAt, eventId: end.eventId }];
}

/** The most believed source's last recorded word. */
function lastWord(words: readonly DateWord[]): DateWord | undefined {
	return ordered(words).at(-1);
}

/** The words of the most believed source that speaks, by when they were recorded. */
function ordered(words: readonly DateWord[]): DateWord[] {
	const rank = Math.min(...words.map((word) => word.rank));
	return words
		.filter((word) => word.rank === rank)
		.sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.from, b.from) || compare(a.eventId, b.eventId));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** An end belongs to the last engagement in which it was said, or which was announced by then and ends by it. */
function ownerOfEnd(engagements: readonly Engagement[], word: DateWord): number {
	const owner = engagements.findLastIndex(
		({ from, createdAt }) =>
			from <= word.from || (word.instant !== undefined && createdAt <= word.createdAt && word.instant > from),
	);
	return Math.max(owner, 0);
}

/**
 * A start can be moved while it is ahead, to another day ahead; the hiring event itself may name a later first day. Anything
 * else that calls itself start date (seniority, a new paper for somebody long employed) moves nothing.
 */
function movedStart(
	engagement: Engagement,
	starts: readonly DateWord[],
	engagements: readonly Engagement[],
	index: number,
): string {
	const before = engagements[index - 1]?.until ?? '';
	const words = starts.filter(({ instant, createdAt, eventId }) => {
		if (instant === undefined || instant < before) return false;
		if (eventId === engagement.eventId) return instant > engagement.from;
		return createdAt >= engagement.createdAt && createdAt < engagement.from && instant >= createdAt;
	});
	return lastWord(words)?.instant ?? engagement.from;
}

/** Cuts an engagement by its end dates. An end that is put off after it has passed leaves a gap. */
function cut(engagement: Engagement, words: readonly DateWord[]): StatedSpell[] {
	const spells: Array<{ from: string; until?: string }> = [];
	let open: { from: string; until?: string } = { from: engagement.from };
	for (const word of ordered(words)) {
		const { instant, from } = word;
		// What was said before this engagement, of a day before it, was about an earlier one.
		if (instant !== undefined && instant <= engagement.from && from < engagement.from) continue;
		const passed = open.until !== undefined && from > open.until;
		if (passed && (instant === undefined || instant > from)) {
			spells.push(open);
			open = { from };
		}
		open = { from: open.from, ...(instant !== undefined && { until: instant }) };
	}
	return [...spells, open].flatMap((spell) => capped(spell, engagement));
}

function capped(spell: { from: string; until?: string }, engagement: Engagement): StatedSpell[] {
	const explicit = engagement.until !== undefined && (spell.until === undefined || engagement.until <= spell.until);
	const until = explicit ? engagement.until : spell.until;
	if (until !== undefined && until <= spell.from) return [];
	return [
		{
			from: spell.from,
			...(until !== undefined && { until }),
			...(explicit && engagement.endWord === 'left_at_once' && { immediate: true }),
			...(explicit && engagement.endWord === 'vanished' && { inferred: true as const }),
		},
	];
}

/** Sorted and disjoint; what touches is one. */
function joined(spells: readonly StatedSpell[]): StatedSpell[] {
	const sorted = [...spells].sort((a, b) => compare(a.from, b.from));
	const result: StatedSpell[] = [];
	for (const spell of sorted) {
		const last = result.at(-1);
		if (!last || (last.until !== undefined && last.until < spell.from)) {
			result.push(spell);
		} else if (last.until !== undefined && (spell.until === undefined || spell.until > last.until)) {
			result[result.length - 1] = { ...spell, from: last.from };
		}
	}
	return result;
}
