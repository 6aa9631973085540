import type { AttributeValue, Segment } from '../model';
import { emailSteps } from './email';
import { byRank, firstSpeaking, holders, type Step } from './steps';
import { EMPLOYMENT, MENTIONED_EMAIL, type StatedFact, type TimelineRules } from './types';
import { readValue, sameValue } from './value';

interface AttributeCourse {
	name: string;
	steps: Array<Step<AttributeValue>>;
}

/** The attributes of a person over time, from the first fact on, without gaps. */
export function segmentsOf(facts: readonly StatedFact[], rules: TimelineRules): Segment[] {
	const start = facts.reduce((least, { from }) => (least === '' || from < least ? from : least), '');
	if (start === '') return [];
	const courses = attributeCourses(facts, rules);
	const moments = [start, ...courses.flatMap(({ steps }) => steps.map(({ at }) => at))].sort();
	const segments: Segment[] = [];
	const positions = courses.map(() => 0);
	let last = '';
	for (const at of moments) {
		if (at === last) continue;
		last = at;
		const attributes = attributesAt(courses, positions, at);
		const previous = segments.at(-1);
		if (previous && sameAttributes(previous.attributes, attributes)) continue;
		if (previous) segments[segments.length - 1] = { ...previous, until: at };
		segments.push({ from: at, attributes });
	}
	return segments;
}

function attributesAt(courses: readonly AttributeCourse[], positions: number[], at: string) {
	const attributes: Record<string, AttributeValue> = {};
	courses.forEach(({ name, steps }, index) => {
		let position = positions[index] ?? 0;
		while ((steps[position]?.at ?? '~') <= at) position += 1;
		positions[index] = position;
		const value = steps[position - 1]?.value;
		// An own property whatever the name: attribute names come from outside.
		if (value !== undefined) Object.defineProperty(attributes, name, { value, ...OWN });
	});
	return attributes;
}

const OWN = { enumerable: true, configurable: true, writable: true };

function sameAttributes(a: Readonly<Record<string, AttributeValue>>, b: Readonly<Record<string, AttributeValue>>) {
	const names = Object.keys(a);
	return (
		names.length === Object.keys(b).length &&
		names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]))
	);
}

/** Sorted by name, values as the policy reads them. */
function attributeCourses(facts: readonly StatedFact[], rules: TimelineRules): AttributeCourse[] {
	const byName = new Map<string, StatedFact[]>();
	for (const fact of facts) {
		if (fact.name === EMPLOYMENT || fact.name === MENTIONED_EMAIL) continue;
		const list = byName.get(fact.name);
		if (list) list.push(fact);
		else byName.set(fact.name, [fact]);
	}
	const mentions = facts.filter(({ name }) => name === MENTIONED_EMAIL);
	if (mentions.length > 0 && !byName.has('email')) byName.set('email', []);
	const names = [...byName.keys()].sort();
	return names.map((name) => {
		const ranks = byRank(byName.get(name) ?? [], rules.authority.get(name)).map(holders);
		const spoken = firstSpeaking(ranks);
		const holding = name === 'email' ? emailSteps(spoken, believed(mentions, rules)) : spoken;
		return { name, steps: holding.map(({ at, value }) => ({ at, value: read(rules, name, value) })) };
	});
}

function believed(mentions: readonly StatedFact[], rules: TimelineRules): StatedFact[] {
	return byRank(mentions, rules.authority.get('email')).flat();
}

function read(rules: TimelineRules, name: string, fact: StatedFact | undefined): AttributeValue | undefined {
	return fact === undefined || fact.value === null ? undefined : readValue(rules, name, fact.value);
}
