import type { Source } from '../model';

/** A source with the interval in which it earns a holding, half-open, ISO instants. */
export interface Tenure {
	source: Source;
	from: string;
	/** Absent where open-ended. */
	until?: string;
}

/** A stretch of time without a gap, with everything that makes it up. */
export interface Stretch {
	from: string;
	until?: string;
	tenures: Tenure[];
}

export function sourceKey(source: Source): string {
	return JSON.stringify([source.kind, source.ref]);
}

export function timedSource({ source, until }: Tenure): Source {
	const { validUntil: _previous, ...rest } = source;
	return until === undefined ? rest : { ...rest, validUntil: until };
}

export function covers({ from, until }: { from: string; until?: string }, instant: string): boolean {
	return from <= instant && (until === undefined || until > instant);
}

/** Merges tenures that touch or overlap: access ends when the last of them ends. */
export function mergeTenures(tenures: readonly Tenure[]): Stretch[] {
	const sorted = [...tenures].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : byKey(a, b)));
	const stretches: Stretch[] = [];
	for (const tenure of sorted) {
		const { from, until } = tenure;
		if (until !== undefined && until <= from) continue;
		const last = stretches.at(-1);
		if (last === undefined || (last.until !== undefined && last.until < from)) {
			stretches.push({ from, tenures: [tenure], ...(until !== undefined && { until }) });
			continue;
		}
		last.tenures.push(tenure);
		if (until === undefined) delete last.until;
		else if (last.until !== undefined && until > last.until) last.until = until;
	}
	for (const stretch of stretches) stretch.tenures.sort(byKey);
	return stretches;
}

function byKey(a: Tenure, b: Tenure): number {
	const left = sourceKey(a.source);
	const right = sourceKey(b.source);
	return left < right ? -1 : left > right ? 1 : 0;
}
