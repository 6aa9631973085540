import type { ContractDocument } from '../../model';
import type { ContractLimits } from '../limits';
import { ContractDays } from './days';
import type { ContractPeriod } from './period';
import { ContractSource } from './source';

export type { ContractPeriod } from './period';

export interface PeriodInput {
	document: ContractDocument;
	/** Day (`YYYY-MM-DD`) up to which a contract that renews itself has renewed; the initial term without it. */
	asOf?: string;
	/** Day of signature, where that is known from elsewhere. */
	signedAt?: string;
	/** For an amendment: the agreement that it amends. */
	base?: ContractDocument;
	limits?: Partial<ContractLimits>;
}

/**
 * The term of a contract: its beginning and end, how it renews itself, the last day for notice. Ends are last days:
 * the term is `[start, end + 1 day)`. What cannot be told is missing and named in `problems`.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 * @example readContractPeriod({ document, asOf: '2027-06-01' }).noticeBy // '2027-09-30'
 */
export function readContractPeriod(input: PeriodInput): ContractPeriod {
	const base = input.base && new ContractDays(new ContractSource(input.base, undefined, input.limits));
	return new ContractDays(new ContractSource(input.document, undefined, input.limits), {
		...(input.asOf !== undefined ? { asOf: input.asOf } : {}),
		...(input.signedAt !== undefined ? { signedAt: input.signedAt } : {}),
		...(base ? { base } : {}),
	}).period;
}
