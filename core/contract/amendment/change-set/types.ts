import type {
	ContractChange,
	ContractChangeSet,
	ContractDocument,
	ContractHeader,
	Effective,
	Span,
	TermExtractor,
} from '../../../model';
import type { EffectiveReading } from '../../dating';
import type { ContractLimits } from '../../limits';
import type { Amendment, ApplyStatus, Consolidation, InstructionKind } from '../types';

/** What an amendment ordered, beside the change that came of it. */
export interface InstructionEvidence {
	id: string;
	amendmentId: string;
	kind: InstructionKind;
	status: ApplyStatus | 'apart';
	/** The ordering sentence, and where the instruction stands in the amendment's file. */
	quote: string;
	span: Span;
	reason?: string;
}

export type AmendedChange = ContractChange & { instruction?: InstructionEvidence };

/** A change set whose changes tell which instruction they come from; instructions that were not carried out are in it too. */
export type AmendmentChangeSet = Omit<ContractChangeSet, 'changes'> & {
	changes: AmendedChange[];
	consolidated: ContractDocument;
};

export interface AmendmentChangeInput {
	contract: ContractHeader;
	base: ContractDocument;
	amendments: readonly Amendment[];
	/** Given, or read from each amendment; an instruction's own end or date is told on its change. */
	effective: Effective | { knownAt: string; zone?: string };
	/** When each amendment holds, by its id, where that was read already. */
	readings?: ReadonlyMap<string, EffectiveReading>;
	/** What carrying them out gave, where that was done already. */
	done?: Consolidation;
	asOf?: string;
	withinScope?: boolean;
	extractors?: Record<string, TermExtractor>;
	limits?: Partial<ContractLimits>;
}
