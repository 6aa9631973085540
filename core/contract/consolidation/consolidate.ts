import type { ContractChangeSet, ContractDocument, ContractHeader, TermExtractor } from '../../model';
import {
	amendmentChangeSet,
	applyAmendments,
	readAmendments,
	readDating,
	SEVERAL_DAYS,
	type Amendment,
	type Kept,
} from '../amendment';
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
	/** The text is wanted as it holds for those whom an amendment is limited to; it is nobody else's then. */
	withinScope?: boolean;
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
	/** Where the text holds for some only, for whom, in the amendments' words; never `complete`. */
	holdsFor?: { scopes: string[]; settled: boolean };
}

/** Of instructions kept apart these are no loss: the text is right without them on the day it is wanted for. */
const IN_ORDER: ReadonlySet<Kept['why']> = new Set(['expired', 'not_yet_effective']);

/**
 * Amendments as they come, in files, carried out on the agreement: read, dated, applied, compared.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 */
export function consolidate(input: ConsolidateInput): Consolidated {
	const { contract, base, asOf, extractors, limits } = input;
	const amendments = input.amendments.flatMap((document) => readAmendments(document, limits));
	const readings = new Map(amendments.map((amendment) => [amendment.id, readDating(amendment, input)]));
	const common = {
		base,
		amendments,
		readings,
		...(input.zone === undefined ? {} : { zone: input.zone }),
		...(asOf === undefined ? {} : { asOf }),
		...(input.withinScope === true ? { withinScope: true } : {}),
		...(limits ? { limits } : {}),
	};
	const applied = applyAmendments(common);
	const { consolidated, ...changeSet } = amendmentChangeSet({
		...common,
		done: applied,
		contract,
		effective: { knownAt: input.knownAt, ...(input.zone === undefined ? {} : { zone: input.zone }) },
		...(extractors ? { extractors } : {}),
	});
	const instructions = instructionOutcomes(amendments, applied);
	const problems = [...readings.values()].flatMap((one) => one.problems);
	const open = amendments.flatMap((one) => one.needsHuman).filter((need) => need.instructionId === undefined);
	const settled =
		instructions.length > 0 &&
		problems.length === 0 &&
		open.length === 0 &&
		changeSet.changes.every((change) => change.needsHuman?.reason !== SEVERAL_DAYS) &&
		instructions.every(
			({ status, needsHuman }) => (status === 'applied' || status === 'apart') && needsHuman !== true,
		) &&
		applied.apart.every(({ why }) => IN_ORDER.has(why));
	const scopes = input.withinScope === true ? scopesOf(amendments) : [];
	return {
		changeSet: { ...changeSet, warnings: [...changeSet.warnings, ...open.map(({ reason }) => reason)] },
		document: consolidated,
		instructions,
		complete: settled && scopes.length === 0,
		...(scopes.length > 0 ? { holdsFor: { scopes, settled } } : {}),
	};
}

/** For whom the amendments, or instructions of them, hold alone. */
function scopesOf(amendments: readonly Amendment[]): string[] {
	const scopes = amendments.flatMap(({ scope, instructions }) => [scope, ...instructions.map((one) => one.scope)]);
	return [...new Set(scopes.filter((scope) => scope !== undefined))];
}
