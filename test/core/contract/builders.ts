import { compareVersions, type ContractLimits } from '../../../core/contract';
import {
	sha256,
	type ContractChangeSet,
	type ContractDocument,
	type DocumentFormat,
	type Effective,
	type TermExtractor,
} from '../../../core/model';

export const EFFECTIVE: Effective = {
	knownAt: '2026-11-20T09:00:00Z',
	from: '2026-12-01T00:00:00Z',
	retroactive: false,
	basis: 'stated',
};

export function document(text: string, format: DocumentFormat = 'markdown'): ContractDocument {
	return { sha256: sha256(text), format, text };
}

/** Compares two texts as versions of one contract. */
export function compare(
	before: string | null,
	after: string,
	options: {
		format?: DocumentFormat;
		extractors?: Record<string, TermExtractor>;
		limits?: Partial<ContractLimits>;
	} = {},
): ContractChangeSet {
	return compareVersions({
		contract: { id: 'c-1' },
		before: before === null ? null : document(before, options.format),
		after: document(after, options.format),
		effective: EFFECTIVE,
		...(options.extractors ? { extractors: options.extractors } : {}),
		...(options.limits ? { limits: options.limits } : {}),
	});
}

/** Changes whose inline parts do not join to their texts; the law says there are none. */
export function brokenInline({ changes }: ContractChangeSet): string[] {
	return changes
		.filter(({ text }) => {
			const parts = text?.inline;
			if (!text || !parts) return false;
			const join = (skip: '+' | '-'): string =>
				parts
					.filter((part) => part.op !== skip)
					.map((part) => part.t)
					.join('');
			return join('+') !== (text.before ?? '') || join('-') !== (text.after ?? '');
		})
		.map((change) => change.id);
}

/** `op kind number|heading` of each change, for short expectations. */
export function outline({ changes }: ContractChangeSet): string[] {
	return changes.map(({ kind, op, clause, row }) =>
		`${op.join('+')} ${kind} ${row?.key ?? clause?.numberAfter ?? clause?.numberBefore ?? clause?.heading ?? ''}`.trim(),
	);
}
