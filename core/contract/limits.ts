import { DomainError } from '../model';

/** Bounds of one comparison. All are refusals or cut-offs with a sentence, never silent truncation. */
export interface ContractLimits {
	/** Longest document, in UTF-16 code units. */
	maxCharacters: number;
	/** Deepest nesting kept in the clause tree; what lies deeper hangs at this depth. */
	maxDepth: number;
	/** Most differing tokens in one gap that the word diff still aligns; a larger gap is shown as replaced. */
	maxGapTokens: number;
	/** Largest table read as rows. */
	maxColumns: number;
}

export const CONTRACT_LIMITS: Readonly<ContractLimits> = Object.freeze({
	maxCharacters: 20_000_000,
	maxDepth: 64,
	maxGapTokens: 2_000,
	maxColumns: 256,
});

export function withLimits(limits: Partial<ContractLimits> | undefined): ContractLimits {
	return { ...CONTRACT_LIMITS, ...limits };
}

/**
 * Refuses what cannot be a contract text.
 * @throws DomainError INPUT_TOO_LARGE (longer than `maxCharacters`), DOCUMENT_UNREADABLE (binary content).
 */
export function assertReadable(text: string, limits: ContractLimits): void {
	if (text.length > limits.maxCharacters) {
		throw new DomainError(
			'INPUT_TOO_LARGE',
			`The document has ${text.length} characters; the limit maxCharacters is ${limits.maxCharacters}.`,
			'Split the document, or raise the limit maxCharacters where the host has the memory for it.',
			{ limit: 'maxCharacters', maximum: limits.maxCharacters, actual: text.length },
		);
	}
	const at = text.indexOf('\0');
	if (at >= 0) {
		throw new DomainError(
			'DOCUMENT_UNREADABLE',
			`The document holds binary data (a NUL character at offset ${at}), not Markdown or plain text.`,
			'Pass the text of the document. Word and PDF files have to be read by their own reader first.',
			{ offset: at },
		);
	}
}
