import type { Effective } from '../../../model';
import type { EffectiveReading } from '../../dating';
import { latest, readDating } from '../dating';
import type { Amendment } from '../types';
import type { AmendmentChangeInput } from './types';

export interface Dating {
	ofAll: Effective;
	of: (amendment: Amendment) => Effective;
	/** In which days begin. */
	zone: string;
	problems: string[];
}

/** From when each amendment holds; the set as a whole from when the last one does. */
export function datesOf({ amendments, base, effective, readings, limits }: AmendmentChangeInput): Dating {
	if ('from' in effective) return { ofAll: effective, of: () => effective, zone: 'UTC', problems: [] };
	const read = new Map<string, EffectiveReading>();
	for (const amendment of amendments)
		read.set(
			amendment.id,
			readings?.get(amendment.id) ?? readDating(amendment, { base, ...effective, ...(limits ? { limits } : {}) }),
		);
	const ofAll = latest([...read.values()], effective.knownAt);
	const problems = amendments.flatMap(({ id, title }) =>
		(read.get(id)?.problems ?? []).map((problem) => `${title ?? 'The amendment'}: ${problem}.`),
	);
	return {
		ofAll,
		of: ({ id }) => read.get(id)?.effective ?? ofAll,
		zone: effective.zone ?? 'UTC',
		problems: [...new Set(problems)],
	};
}
