import type { ContractDocument, Quote } from '../../model';
import type { ContractLimits } from '../limits';
import { ContractDays } from './days';
import { readMentions } from './mentions';
import type { DerivationStep } from './resolve';
import type { DayRole } from './role';
import { ContractSource } from './source';

/** A day that a contract speaks of. Exactly one of `day` and `problem` is present. */
export interface DateInContract {
	day?: string;
	problem?: string;
	role: DayRole;
	quote: Quote;
	steps: DerivationStep[];
}

/** All days that a contract names or describes, in order, worked out where its own words allow. */
export function readDates(document: ContractDocument, limits?: Partial<ContractLimits>): DateInContract[] {
	const days = new ContractDays(new ContractSource(document, undefined, limits));
	const found: DateInContract[] = [];
	for (const sentence of days.source.sentences()) {
		for (const mention of readMentions(days.reader(sentence.text))) {
			const read = days.resolve(mention.expression);
			const quote = sentence.quote(mention.start, mention.end);
			found.push({
				...('day' in read ? { day: read.day } : { problem: read.problem }),
				role: mention.role,
				quote,
				steps: read.steps,
			});
		}
	}
	return found;
}
