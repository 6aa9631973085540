import { DomainError } from '../model';

/** Bounds of reading and comparing. Beyond those of size input is refused; beyond the others less is told, as they say. */
export interface ContractLimits {
	/** Longest document, in UTF-16 code units. Of a DOCX file: longest text, and longest text of all tracked changes. */
	maxCharacters: number;
	/** Most lines of one document. */
	maxLines: number;
	/** Most clauses, paragraphs, list items and tables of one document; rows of tables are none. */
	maxClauses: number;
	/** Deepest nesting kept in the clause tree; what lies deeper hangs at this depth. */
	maxDepth: number;
	/** Most differing tokens in one gap that the word diff still aligns; a larger gap is shown as replaced. */
	maxGapTokens: number;
	/** Most columns of a table; cells beyond them are left out. */
	maxColumns: number;
	/** Most cells of all tables of one document, those counted that shorter rows are filled up with. */
	maxCells: number;
	/** Most pieces that a clause is told to be split into or merged from; more are told one by one. */
	maxSplitPieces: number;
	/** Most parties and defined terms followed through one comparison as renamed; the places of others are told one by one. */
	maxRenames: number;
	/** Most references of a clause, in both versions together, that are followed from one to the other. */
	maxAlignedReferences: number;
	/** Most numbers read out of a range such as `Sections 4 to 9`; of a wider one only its ends are followed. */
	maxReferenceRange: number;
	/** How many of the clauses most like an unpaired one are weighed against each other. */
	maxSimilarClauses: number;
	/** A word or pair of words in more unpaired clauses than this says nothing about which is which. */
	maxCommonClauses: number;
	/** Most steps of the search for clauses that are alike. Beyond it words count as common that fewer clauses have. */
	maxLookups: number;
	/** Longest stretch that readers of dates and terms take as one sentence; a longer one is read in pieces. */
	maxSentence: number;
	/** Largest file of any source format, in bytes. */
	maxFileBytes: number;
	/** Most pages read of a PDF. */
	maxPdfPages: number;
	/** Most bytes that the compressed streams of a PDF may unfold to, all together. */
	maxPdfInflatedBytes: number;
	/** Most pieces of text placed on the pages of a PDF, all together. */
	maxPdfTextItems: number;
	/** Deepest nesting of HTML elements followed; what lies deeper is read as if it stood at this depth. */
	maxHtmlDepth: number;
	/** Deepest nesting of a JSON record. */
	maxRecordDepth: number;
	/** Most values in one JSON record. */
	maxRecordValues: number;
	/** Most files inside a DOCX file. */
	maxArchiveEntries: number;
	/** Most bytes that one file inside a DOCX file may inflate to. Only the files that hold text are inflated. */
	maxPartBytes: number;
	/** How many times its size a file inside a DOCX file may inflate to; asked only of files over ten megabytes. */
	maxInflationRatio: number;
	/** Deepest nesting of XML elements inside a DOCX file; a table in a table takes three. */
	maxXmlDepth: number;
	/** Most attributes of an XML element inside a DOCX file. */
	maxXmlAttributes: number;
	/** Most headers, and most footers, read of a DOCX file. */
	maxPageParts: number;
	/** Longest file of amendments, in UTF-16 code units. */
	maxAmendmentCharacters: number;
}

export const CONTRACT_LIMITS: Readonly<ContractLimits> = Object.freeze({
	maxCharacters: 20_000_000,
	maxLines: 500_000,
	maxClauses: 60_000,
	maxDepth: 64,
	maxGapTokens: 2_000,
	maxColumns: 256,
	maxCells: 1_500_000,
	maxSplitPieces: 12,
	maxRenames: 50,
	maxAlignedReferences: 400,
	maxReferenceRange: 40,
	maxSimilarClauses: 6,
	maxCommonClauses: 24,
	maxLookups: 20_000_000,
	maxSentence: 8_000,
	maxFileBytes: 50_000_000,
	maxPdfPages: 2_000,
	maxPdfInflatedBytes: 250_000_000,
	maxPdfTextItems: 150_000,
	maxHtmlDepth: 512,
	maxRecordDepth: 64,
	maxRecordValues: 200_000,
	maxArchiveEntries: 10_000,
	maxPartBytes: 20_000_000,
	maxInflationRatio: 250,
	maxXmlDepth: 400,
	maxXmlAttributes: 1_000,
	maxPageParts: 64,
	maxAmendmentCharacters: 5_000_000,
});

export function withLimits(limits: Partial<ContractLimits> | undefined): ContractLimits {
	return { ...CONTRACT_LIMITS, ...limits };
}

const COUNTED = { maxLines: 'lines', maxClauses: 'clauses and paragraphs', maxCells: 'cells in its tables' } as const;

/**
 * Refuses a document of more lines, clauses or cells than are read.
 * @throws DomainError INPUT_TOO_LARGE
 */
export function assertCount(limit: keyof typeof COUNTED, actual: number, limits: ContractLimits): void {
	if (actual <= limits[limit]) return;
	throw new DomainError(
		'INPUT_TOO_LARGE',
		`The document has more than ${limits[limit]} ${COUNTED[limit]}; that is the limit ${limit}.`,
		`Split the document, or raise the limit ${limit} where the host has the time and memory for it.`,
		{ limit, maximum: limits[limit], actual },
	);
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
