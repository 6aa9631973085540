import type { AttributeValue, DataFinding } from '../model';
import { isDate } from '../time';
import { nearestName } from '../spelling';
import { timelineRules, type LifecyclePolicy } from './policy-view';
import type { StatedEvent, StatedTimeline } from './types';
import { readValue } from './value';

const MAX_SHOWN = 60;
const STARTS = new Set(['hire', 'rehire', 'contractor.start']);

/** Known values of one attribute that a misspelt one is compared with. */
const MAX_CANDIDATES = 5_000;

/** Checks incoming data against a policy; compile once, use for many events. */
export class DataQuality {
	readonly #known = new Map<string, { values: ReadonlySet<string>; names: readonly string[] }>();
	readonly #required: Array<{ attribute: string; types: ReadonlySet<string> }> = [];
	readonly #rules: ReturnType<typeof timelineRules>;

	constructor(policy: LifecyclePolicy) {
		this.#rules = timelineRules(policy, '');
		for (const [attribute, { values, requiredFor }] of Object.entries(policy.attributes ?? {})) {
			if (values?.length)
				this.#known.set(attribute, { values: new Set(values.map(String)), names: values.map(String) });
			if (requiredFor === undefined || requiredFor.length === 0) continue;
			const types = typeof requiredFor === 'string' ? [requiredFor] : requiredFor;
			this.#required.push({ attribute, types: new Set(types.map((type) => type.toLowerCase())) });
		}
	}

	/** What is wrong with an event by itself. Leaves are never held: whoever goes, goes. */
	ofEvent(event: StatedEvent): DataFinding[] {
		if (event.type === 'cancel') return [];
		const attributes = this.#read(event.attributes);
		const findings = [...this.#unknownValues(attributes), ...reversed(attributes, event)];
		if (STARTS.has(event.type)) {
			const engaged = event.type === 'contractor.start' ? 'contractor' : attributes.get('employmentType');
			const has = (name: string) => attributes.has(name) || (name === 'endDate' && event.until !== undefined);
			findings.push(...this.#missing(typeof engaged === 'string' ? engaged : '', has));
		}
		const leaves = event.type === 'leave' || event.type === 'contractor.end';
		return leaves ? findings.map((finding) => ({ ...finding, level: 'warning' })) : findings;
	}

	/** What is wrong with a person as known now, from `asOf` on: what the plan of this person has to wait for. */
	ofTimeline(timeline: StatedTimeline, asOf: string): DataFinding[] {
		const findings = timeline.segments
			.filter(({ from, until }) => (until === undefined || until > asOf) && isEmployedWithin(timeline, from, until))
			.flatMap(({ attributes }) => {
				const read = new Map(Object.entries(attributes));
				const engaged = read.get('employmentType');
				return [
					...this.#unknownValues(read),
					...reversed(read),
					...this.#missing(
						typeof engaged === 'string' ? engaged : '',
						(name) => read.has(name) || (name === 'endDate' && endsAnyway(timeline)),
					),
				];
			});
		const unique = new Map(
			findings.map((finding) => [`${finding.code}|${finding.field ?? ''}|${finding.message}`, finding]),
		);
		return [...unique.values()].map((finding) => ({ ...finding, identityId: timeline.identityId }));
	}

	#read(attributes: StatedEvent['attributes']): Map<string, AttributeValue> {
		const read = new Map<string, AttributeValue>();
		for (const [name, raw] of Object.entries(attributes)) {
			const value = raw === null ? undefined : (readValue(this.#rules, name, raw) ?? raw);
			if (value !== undefined) read.set(name, value);
		}
		return read;
	}

	#unknownValues(attributes: ReadonlyMap<string, AttributeValue>): DataFinding[] {
		return [...this.#known].flatMap(([field, known]) => {
			const value = attributes.get(field);
			if (value === undefined) return [];
			const items = typeof value === 'object' ? value : [String(value)];
			const strangers = items.filter((item) => !known.values.has(item));
			return strangers.map((stranger) =>
				unknownValue(field, stranger, nearestName(stranger, known.names, MAX_CANDIDATES)),
			);
		});
	}

	#missing(employmentType: string, has: (attribute: string) => boolean): DataFinding[] {
		const type = employmentType.toLowerCase();
		return this.#required
			.filter(({ attribute, types }) => types.has(type) && !has(attribute))
			.map(({ attribute }) => ({
				code: attribute === 'endDate' ? 'END_DATE_MISSING' : 'VALUE_MISSING',
				level: 'hold',
				field: attribute,
				message: `There is no "${attribute}", which the policy requires for ${type}.`,
				remedy: `Enter "${attribute}" in the system that the person comes from and send the change.`,
			}));
	}
}

function unknownValue(field: string, value: string, nearest: string | undefined): DataFinding {
	const shown = value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value;
	return {
		code: 'UNKNOWN_VALUE',
		level: 'hold',
		field,
		message: `"${shown}" is no known ${field}.`,
		remedy:
			nearest === undefined
				? `Correct it at its source, or add it to attributes.${field}.values of the policy.`
				: `Did you mean "${nearest}"? Correct it at its source, or add it to attributes.${field}.values or .aliases of the policy.`,
		...(nearest !== undefined && { nearest }),
	};
}

function reversed(attributes: ReadonlyMap<string, AttributeValue>, event?: StatedEvent): DataFinding[] {
	const [start, end] = [attributes.get('startDate'), attributes.get('endDate')];
	const dates = typeof start === 'string' && isDate(start) && typeof end === 'string' && isDate(end) && end < start;
	const until = event?.until !== undefined && event.until <= event.effectiveAt;
	const opens = event && STARTS.has(event.type) && typeof end === 'string' && isDate(end);
	const before = opens && start === undefined && `${end}T23:59:59.999Z` < event.effectiveAt;
	if (!dates && !until && !before) return [];
	return [
		{
			code: 'DATES_REVERSED',
			level: 'hold',
			field: until && !dates ? 'until' : 'endDate',
			message: 'The end lies before the start.',
			remedy:
				'Correct the dates at their source and send the event again under a new id, or as a correction of this one.',
		},
	];
}

function isEmployedWithin(timeline: StatedTimeline, from: string, until: string | undefined): boolean {
	const { employment } = timeline;
	if (employment === undefined) return true;
	return employment.some(
		(spell) => (until === undefined || spell.from < until) && (spell.until === undefined || spell.until > from),
	);
}

/**
 * Whether a feed lost more people than anybody would believe: it is empty, or smaller by more than `maxLossPercent`.
 * Nothing may be concluded from the absence of anybody in such a feed.
 */
export function feedFinding(
	rows: { before: number; now: number },
	limit: { maxLossPercent: number },
): DataFinding | undefined {
	const lost = rows.before - rows.now;
	if (rows.before === 0 || lost <= 0) return undefined;
	const percent = Math.round((lost / rows.before) * 1000) / 10;
	if (rows.now > 0 && percent <= limit.maxLossPercent) return undefined;
	return {
		code: 'FEED_SHRANK',
		level: 'hold',
		message:
			rows.now === 0
				? `The feed is empty; it had ${rows.before} people before.`
				: `The feed has ${rows.now} people, ${percent} % fewer than the ${rows.before} before (limit ${limit.maxLossPercent} %).`,
		remedy:
			'Check the export. If the feed is right, resolve this finding with a reason; nobody is taken to have left until then.',
	};
}

/** An engagement that was said to end has its end, whatever the attribute says. */
function endsAnyway({ employment }: StatedTimeline): boolean {
	return employment?.at(-1)?.until !== undefined;
}
