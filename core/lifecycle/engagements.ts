import { EMPLOYMENT, type EmploymentWord, type StatedFact } from './types';

/** A time of employment by explicit words, before start and end dates of the person cut it. */
export interface Engagement {
	from: string;
	until?: string;
	/** When the beginning was recorded, and by which event. */
	createdAt: string;
	eventId: string;
	endWord?: EmploymentWord;
}

interface Mark {
	at: string;
	kind: 'start' | 'end' | 'extend';
	word: EmploymentWord;
	source: string;
	createdAt: string;
	eventId: string;
	/** An absence: the person comes back. */
	back?: string;
}

/**
 * Engagements from the words of events. `endsOf` gives the end that an extension names, by its event id.
 * - At one moment, who was there before ends and begins again; who was not, is what the later recorded word says.
 * - An extension takes back an announced end that was recorded before it, if it takes effect by then.
 * - The last word of a source on a leave counts as long as the leave is ahead; a leave that took effect stands.
 */
export function engagementsOf(
	facts: readonly StatedFact[],
	endsOf: ReadonlyMap<string, string | undefined>,
): Engagement[] | undefined {
	const marks = facts.filter(({ name }) => name === EMPLOYMENT).flatMap(marksOf);
	if (marks.length === 0) return undefined;
	const ends = marks.filter(({ kind }) => kind === 'end');
	const extensions = marks.filter(({ kind }) => kind === 'extend');
	const starts = marks.filter(({ kind }) => kind === 'start');
	const standing = ends.filter(
		(end) => !extensions.some((extension) => takesBack(extension, end, endsOf)) && !isReplaced(end, ends, starts),
	);
	const returns = standing.flatMap((end) => comingBack(end, standing));
	const implied = impliedStart(facts, starts, standing, extensions);
	return walk([...starts, ...implied, ...standing, ...extensions, ...returns]);
}

function marksOf(fact: StatedFact): Mark[] {
	const word = fact.value as EmploymentWord;
	const { from, until, source, createdAt, eventId } = fact;
	const common = { word, source, createdAt, eventId };
	if (word === 'started' || word === 'extended') {
		const opening: Mark = { ...common, at: from, kind: word === 'started' ? 'start' : 'extend' };
		return until === undefined ? [opening] : [opening, { ...common, word: 'ended', at: until, kind: 'end' }];
	}
	return [{ ...common, at: from, kind: 'end', ...(until !== undefined && { back: until }) }];
}

function takesBack(extension: Mark, end: Mark, endsOf: ReadonlyMap<string, string | undefined>): boolean {
	if (end.word !== 'ended' || extension.createdAt <= end.createdAt || extension.at > end.at) return false;
	const newEnd = endsOf.get(extension.eventId);
	return newEnd === undefined || newEnd > end.at;
}

function isReplaced(end: Mark, ends: readonly Mark[], starts: readonly Mark[]): boolean {
	if (end.word !== 'left' && end.word !== 'ended') return false;
	return ends.some(
		(later) =>
			later.source === end.source &&
			later.eventId !== end.eventId &&
			later.word !== 'vanished' &&
			later.back === undefined &&
			end.back === undefined &&
			later.createdAt > end.createdAt &&
			later.createdAt < end.at &&
			later.at > end.at &&
			!starts.some(({ at }) => at >= end.at && at <= later.at),
	);
}

/** The return from an absence, unless the person left for good meanwhile. */
function comingBack(end: Mark, ends: readonly Mark[]): Mark[] {
	const { back } = end;
	if (back === undefined || back <= end.at) return [];
	const leftMeanwhile = ends.some((other) => other !== end && other.at >= end.at && other.at <= back);
	return leftMeanwhile ? [] : [{ ...end, at: back, kind: 'start', word: 'started' }];
}

/** Who leaves or is extended was there before, from the first that is known of them. */
function impliedStart(
	facts: readonly StatedFact[],
	starts: readonly Mark[],
	ends: readonly Mark[],
	extensions: readonly Mark[],
): Mark[] {
	if (starts.length > 0) return [];
	const ending = new Set(ends.map(({ eventId }) => eventId));
	const known = facts.filter(({ eventId }) => !ending.has(eventId)).map(({ from }) => from);
	const at = [...known, ...extensions.map((mark) => mark.at)].sort()[0];
	return at === undefined ? [] : [{ at, kind: 'start', word: 'started', source: '', createdAt: '', eventId: '' }];
}

const byTime = (a: Mark, b: Mark) =>
	a.at === b.at ? compare(a.createdAt, b.createdAt) || compare(a.eventId, b.eventId) : compare(a.at, b.at);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function walk(marks: readonly Mark[]): Engagement[] {
	const sorted = [...marks].sort(byTime);
	const engagements: Engagement[] = [];
	let open: Engagement | undefined;
	let lastEnd: Mark | undefined;
	const close = (at: string, end?: Mark) => {
		if (!open) return;
		engagements.push({ ...open, until: at, ...(end && { endWord: end.word }) });
		open = undefined;
	};
	for (let index = 0; index < sorted.length;) {
		const at = sorted[index]?.at ?? '';
		const group: Mark[] = [];
		while (sorted[index]?.at === at) group.push(...sorted.slice(index, ++index));
		const start = group.findLast(({ kind }) => kind === 'start');
		const end = group.findLast(({ kind }) => kind === 'end');
		const again = group.findLast(({ kind }) => kind === 'extend');
		const wasThere = open !== undefined;
		if (end) lastEnd = end;
		if (end || start) close(at, start && wasThere ? undefined : end);
		const begins = start && (wasThere || !end || byTime(start, end) > 0) ? start : undefined;
		const resumes = !open && !begins && !end && lastEnd?.word === 'ended' && again !== undefined;
		const opening = begins ?? (resumes && again.createdAt > (lastEnd?.createdAt ?? '') ? again : undefined);
		if (opening) open = { from: at, createdAt: opening.createdAt, eventId: opening.eventId };
	}
	if (open) engagements.push(open);
	return engagements;
}
