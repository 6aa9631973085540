import {
	compareVersions,
	importDocument,
	readDocx,
	renderRedline,
	type CompareInput,
	type ContractLimits,
	type ImportedDocument,
	type ImportInput,
	type RecordInput,
	type RedlineInput,
	type TrackedChange,
} from '../../../core/contract';
import { sha256, type ContractChangeSet, type ContractDocument, type ContractHeader } from '../../../core/model';

export type { ImportedDocument };
export type CompareTask = CompareInput;
export type RecordTask = RecordInput;
export type ImportTask = ImportInput & { limits?: Partial<ContractLimits> };

export interface RedlineTask extends RedlineInput {
	changeSet: ContractChangeSet;
}

export interface TrackedTask {
	/** A Word file. */
	data: Uint8Array;
	contract: ContractHeader;
	/** ISO instant at which the changes became known. */
	knownAt: string;
	/** Whether to also compare the text before all tracked changes with the text after them. */
	compare: boolean;
	limits?: Partial<ContractLimits>;
}

export interface TrackedFile {
	tracked: TrackedChange[];
	warnings: string[];
	comparison?: { changeSet: ContractChangeSet; before: ContractDocument; after: ContractDocument };
}

export function importInto({ limits, ...input }: ImportTask): Promise<ImportedDocument> {
	return importDocument(input, limits);
}

export function redline({ changeSet, ...input }: RedlineTask): string {
	return renderRedline(changeSet, input);
}

/** The tracked changes of a Word file and, where asked for, what they come to clause by clause. */
export function readTrackedChanges({ data, contract, knownAt, compare, limits }: TrackedTask): TrackedFile {
	const { text, tracked, warnings } = readDocx(data, 'accepted', limits);
	if (!compare) return { tracked, warnings };
	const after = markdown(text);
	const before = markdown(readDocx(data, 'original', limits).text);
	const effective = { knownAt, from: knownAt, retroactive: false, basis: 'unstated' as const };
	const changeSet = compareVersions({ contract, before, after, effective, ...(limits ? { limits } : {}) });
	return { tracked, warnings, comparison: { changeSet, before, after } };
}

function markdown(text: string): ContractDocument {
	return { sha256: sha256(text), format: 'markdown', text };
}
