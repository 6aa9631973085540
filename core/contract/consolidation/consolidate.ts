import { DateTime } from 'luxon';
import type { ContractChangeSet, ContractDocument, ContractHeader, Effective, TermExtractor } from '../../model';
import { amendmentChangeSet, applyAmendments, readAmendments, type Amendment, type Kept } from '../amendment';
import { readEffective, type EffectiveReading } from '../dating';
import type { ContractLimits } from '../limits';
import type { InstructionOutcome } from '../redline';
import { instructionOutcomes } from './outcomes';

export interface ConsolidateInput {
	contract: ContractHeader;
	/** The agreement as it stands. */
	base: ContractDocument;
	/** Files of amendments, each with one or more. */
	amendments: readonly ContractDocument[];
	/** When we learnt of them (ISO instant). */
	knownAt: string;
	/** When they were signed, where that is known from elsewhere. */
	signedAt?: string;
	/** ISO day that the text is wanted for; without it every amendment counts and no temporary one has ended. */
	asOf?: string;
	/** IANA zone in which days begin. */
	zone?: string;
	extractors?: Record<string, TermExtractor>;
	limits?: Partial<ContractLimits>;
}

export interface Consolidated {
	changeSet: ContractChangeSet;
	/** The agreement with everything in it that was carried out. */
	document: ContractDocument;
	/** Every instruction with what became of it. */
	instructions: InstructionOutcome[];
	/** Everything that holds was carried out for everybody and nothing needs a person: the text can be relied on. */
	complete: boolean;
}

/** Of instructions kept apart these are no loss: the text is right without them on the day it is wanted for. */
const IN_ORDER: ReadonlySet<Kept['why']> = new Set(['expired', 'not_yet_effective']);

/**
 * Amendments as they come, in files, carried out on the agreement: read, dated, applied, compared.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 */
export function consolidate(input: ConsolidateInput): Consolidated {
	const { contract, base, asOf, extractors, limits } = input;
	const read = input.amendments.flatMap((document) =>
		readAmendments(document, limits).map((amendment) => {
			const dated = dateOf(amendment, document, input);
			return { amendment: withDay(amendment, dated.effective, input.zone), dated };
		}),
	);
	const amendments = read.map(({ amendment }) => amendment);
	const dated = read.map((one) => one.dated);
	const common = {
		base,
		amendments,
		...(asOf === undefined ? {} : { asOf }),
		...(limits ? { limits } : {}),
	};
	const applied = applyAmendments(common);
	const { consolidated, ...changeSet } = amendmentChangeSet({
		...common,
		contract,
		effective: latest(dated, input.knownAt),
		...(extractors ? { extractors } : {}),
	});
	const instructions = instructionOutcomes(amendments, applied);
	const problems = dated.flatMap((one) => one.problems);
	return {
		changeSet: { ...changeSet, warnings: [...new Set([...changeSet.warnings, ...problems])] },
		document: consolidated,
		instructions,
		complete:
			instructions.length > 0 &&
			problems.length === 0 &&
			instructions.every(
				({ status, needsHuman }) => (status === 'applied' || status === 'apart') && needsHuman !== true,
			) &&
			applied.apart.every(({ why }) => IN_ORDER.has(why)),
	};
}

/** Each amendment of a file is dated by its own words. */
function dateOf(
	{ span, signedAt }: Amendment,
	document: ContractDocument,
	{ knownAt, base, zone, limits, ...input }: ConsolidateInput,
): EffectiveReading {
	const signed = input.signedAt ?? signedAt;
	return readEffective({
		document: { ...document, text: document.text.slice(span.start, span.end) },
		knownAt,
		base,
		...(signed === undefined ? {} : { signedAt: signed }),
		...(zone === undefined ? {} : { zone }),
		...(limits ? { limits } : {}),
	});
}

/** The day from which it holds, worked out from all of its words, stands for the words themselves. */
function withDay(amendment: Amendment, { from, basis }: Effective, zone = 'utc'): Amendment {
	const day = DateTime.fromISO(from, { zone }).toISODate();
	if (day === null || (basis !== 'stated' && basis !== 'signature')) return amendment;
	return { ...amendment, effective: { text: day, raw: day, span: amendment.effective?.span ?? amendment.span } };
}

/** Of several amendments the whole holds from when the last of them does. */
function latest(dated: readonly EffectiveReading[], knownAt: string): Effective {
	const effective = dated
		.map((one) => one.effective)
		.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
	return effective.at(-1) ?? { knownAt, from: knownAt, retroactive: false, basis: 'unstated' };
}
