import type { LifecycleEventType } from '../model';
import { dateIn, instantOf, type Edge } from '../time';
import type { WrittenEvent, WrittenMoment } from './lifecycle-event-shape';

/** Types whose date is an end: a leave on a day holds from its end. */
export const ENDS: ReadonlySet<LifecycleEventType> = new Set(['leave', 'contractor.end']);
/** Types whose `until` ends an engagement. */
export const OPENS: ReadonlySet<LifecycleEventType> = new Set([
	'hire',
	'rehire',
	'contractor.start',
	'contractor.extend',
]);

/** Moments of an event as they were written, where another zone would make other instants of them. */
export interface WrittenLocally {
	effectiveAt?: string;
	edge: Edge;
	until?: string;
	zone: string;
	/** The sender named the zone. */
	fixed?: true;
}

export interface Effective {
	at: string;
	local?: string;
	same?: boolean;
	defaulted?: boolean;
}

/** Turns the written moments of one event into instants. */
export class EventTimes {
	readonly #zone: string;
	readonly #fixed: boolean;
	readonly #edge: Edge;

	constructor(
		readonly event: WrittenEvent,
		readonly attributes: ReadonlyMap<string, unknown>,
		readonly parsing: { zone: string; receivedAt: string },
	) {
		const own = attributes.get('zone');
		const zone = event.zone ?? (typeof own === 'string' ? own : undefined);
		this.#zone = zone ?? parsing.zone;
		this.#fixed = zone !== undefined;
		this.#edge = ENDS.has(event.type) ? 'end' : 'start';
	}

	effective(): Effective {
		const { type, effectiveAt, createdAt } = this.event;
		const recorded = createdAt ?? this.parsing.receivedAt;
		const defaulted = createdAt === undefined;
		if (effectiveAt?.kind === 'now') return { at: recorded, defaulted };
		if (effectiveAt?.kind === 'instant') return { at: effectiveAt.at };
		if (effectiveAt) return this.#local(effectiveAt.text);
		if (type === 'correct') return { at: recorded, same: true, defaulted };
		// People write the first or last day and leave the rest to us.
		const day = this.attributes.get(ENDS.has(type) ? 'endDate' : 'startDate');
		const speaks = ENDS.has(type) || (OPENS.has(type) && type !== 'contractor.extend');
		return speaks && typeof day === 'string' ? this.#local(day) : { at: recorded, defaulted };
	}

	#local(text: string): Effective {
		return { at: instantOf(text, this.#zone, this.#edge), local: text };
	}

	until(): string | undefined {
		const { until } = this.event;
		if (until === undefined || until.kind === 'now') return undefined;
		return until.kind === 'instant' ? until.at : instantOf(until.text, this.#zone, 'end');
	}

	/** The last day of an engagement that ends by `until`. */
	lastDay(): string | undefined {
		const { until } = this.event;
		if (until === undefined || until.kind === 'now') return undefined;
		if (until.kind === 'local') return until.text.slice(0, 10);
		return dateIn(new Date(Date.parse(until.at) - 1).toISOString(), this.#zone);
	}

	/** Moments as written, where another zone would make other instants of them. */
	written(effectiveAt: string | undefined, keepsUntil: boolean): { local?: WrittenLocally } {
		const { until } = this.event;
		const end = keepsUntil && isLocal(until) ? until.text : undefined;
		// A correction is read again beside what it corrects: only that says whether its date is a beginning or an end.
		const needed = !this.#fixed || this.event.type === 'correct';
		if (!needed || (effectiveAt === undefined && end === undefined)) return {};
		return {
			local: {
				edge: this.#edge,
				zone: this.#zone,
				...(effectiveAt !== undefined && { effectiveAt }),
				...(end !== undefined && { until: end }),
				...(this.#fixed && { fixed: true as const }),
			},
		};
	}

	defaulted(effective: boolean | undefined): { defaulted?: Array<'createdAt' | 'effectiveAt'> } {
		const names: Array<'createdAt' | 'effectiveAt'> = [];
		if (this.event.createdAt === undefined) names.push('createdAt');
		if (effective === true) names.push('effectiveAt');
		return names.length === 0 ? {} : { defaulted: names };
	}
}

export function isLocal(moment: WrittenMoment | undefined): moment is Extract<WrittenMoment, { kind: 'local' }> {
	return moment?.kind === 'local';
}
