import type { Effective } from '../../../model';
import { addDays, readEffective, startOfDay } from '../../dating';
import { readDates } from '../read/dates';
import type { Amendment, Instruction } from '../types';
import type { AmendmentChangeInput } from './types';

export interface Dating {
	ofAll: Effective;
	of: (amendment: Amendment) => Effective;
	problems: string[];
}

/** From when each amendment holds; the set as a whole from when the last one does. */
export function datesOf({ amendments, base, effective, limits }: AmendmentChangeInput): Dating {
	if ('from' in effective) return { ofAll: effective, of: () => effective, problems: [] };
	const problems: string[] = [];
	const read = new Map<string, Effective>();
	for (const amendment of amendments) {
		const { id, framing, signedAt } = amendment;
		const reading = readEffective({
			text: framing,
			base,
			...effective,
			...(signedAt !== undefined ? { signedAt } : {}),
			...(limits ? { limits } : {}),
		});
		read.set(id, reading.effective);
		problems.push(...reading.problems.map((problem) => `${amendment.title ?? 'The amendment'}: ${problem}.`));
	}
	const unstated: Effective = {
		knownAt: effective.knownAt,
		from: effective.knownAt,
		retroactive: false,
		basis: 'unstated',
	};
	const of = (amendment: Amendment): Effective => read.get(amendment.id) ?? unstated;
	const last = amendments.at(-1);
	return { ofAll: last ? of(last) : unstated, of, problems };
}

/** A temporary instruction ends; one with a date of its own begins on it. */
export function ownEffect(instruction: Instruction, effective: Effective): Effective {
	const from = instruction.effective ? readDates(instruction.effective.text)[0]?.value : undefined;
	const until =
		instruction.until !== undefined && /^\d{4}-\d\d-\d\d$/.test(instruction.until) ? instruction.until : undefined;
	if (from === undefined && until === undefined) return effective;
	const start = from === undefined ? effective.from : startOfDay(from, 'UTC');
	return {
		...effective,
		from: start,
		...(until !== undefined ? { until: dayAfter(until) } : {}),
		retroactive: start < effective.knownAt,
		basis: from === undefined ? effective.basis : 'stated',
	};
}

/** Through a day: until the next one begins. */
function dayAfter(day: string): string {
	return startOfDay(addDays(day, 1) ?? day, 'UTC');
}
