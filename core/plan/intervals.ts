import type { Source, Tenure as SourceTenure } from '../model';

/** A source with the interval in which it earns a holding. */
export interface Tenure extends SourceTenure {
	/** What ended it, where that is known. */
	endedBy?: string;
	/** An account that may be made ready from here on, disabled until `from`. */
	prepareFrom?: string;
}

/** A stretch of time without a gap, with everything that makes it up. */
export interface Stretch {
	from: string;
	until?: string;
	/** Before `from`: from here on the account may be there, disabled. */
	prepareFrom?: string;
	tenures: Tenure[];
}

const keys = new WeakMap<Source, string>();

export function sourceKey(source: Source): string {
	let key = keys.get(source);
	if (key === undefined) {
		key = `${source.kind}\n${source.ref}`;
		keys.set(source, key);
	}
	return key;
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
		const { from, until, prepareFrom } = tenure;
		if (until !== undefined && until <= from) continue;
		const last = stretches.at(-1);
		if (last === undefined || (last.until !== undefined && last.until < from)) {
			const prepare = prepareFrom === undefined ? {} : { prepareFrom };
			stretches.push({ from, tenures: [tenure], ...prepare, ...(until !== undefined && { until }) });
			continue;
		}
		last.tenures.push(tenure);
		// Made ready as early as the first who begins with it asks for; what joins later needs nothing made ready.
		if (prepareFrom !== undefined && from === last.from && prepareFrom < (last.prepareFrom ?? from)) {
			last.prepareFrom = prepareFrom;
		}
		if (until === undefined) delete last.until;
		else if (last.until !== undefined && until > last.until) last.until = until;
	}
	for (const stretch of stretches) stretch.tenures.sort(byKey);
	return stretches;
}

function byKey(a: Tenure, b: Tenure): number {
	const left = sourceKey(a.source);
	const right = sourceKey(b.source);
	if (left !== right) return left < right ? -1 : 1;
	return a.from < b.from ? -1 : a.from > b.from ? 1 : 0;
}
