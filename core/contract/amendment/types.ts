import type { ContractDocument, DocumentFormat, Span } from '../../model';

export type InstructionKind =
	| 'replace_clause'
	| 'restate_clause'
	| 'delete_clause'
	| 'insert_clause'
	| 'replace_words'
	| 'delete_words'
	| 'insert_words'
	| 'rename_term'
	| 'rename_party'
	| 'change_value'
	| 'add_row'
	| 'replace_row'
	| 'delete_row'
	| 'add_entry'
	| 'add_column'
	| 'delete_column'
	| 'replace_schedule'
	| 'add_schedule'
	| 'add_definition'
	| 'replace_definition'
	| 'delete_definition'
	| 'extend'
	| 'terminate'
	| 'suspend'
	| 'reinstate'
	| 'supplement'
	| 'renumber'
	| 'add_rights';

/** One step towards a place, from the outside in: `Exhibit A` → `Section 2` → `second sentence`. */
export type Step =
	/** `parts` from the outside in, without brackets: `2.1(b)(ii)` is `['2.1', 'b', 'ii']`. */
	| { by: 'number'; word: string; parts: string[]; through?: string[] }
	| { by: 'schedule'; word: string; label: string }
	| { by: 'definition'; term: string }
	| { by: 'heading'; text: string }
	/** The title of the clause itself. */
	| { by: 'title' }
	| { by: 'sentence' | 'paragraph' | 'item'; which: number; last?: number }
	| { by: 'row'; key: string }
	/** A column of a table; behind a row, the cell where both meet. */
	| { by: 'column'; name: string }
	/** The one table of the place. */
	| { by: 'table' }
	/** A thing named in words, e.g. `the Territory listed in`, `the e-mail address for A. Smith`. */
	| { by: 'value'; name: string };

export interface Place {
	steps: Step[];
	/** The title the amendment gives beside the number: a second witness that the right clause was found. */
	title?: string;
	/** The clause around it, where the sentence names that with its title: a witness more. */
	within?: Place;
	quote: string;
}

export interface Target {
	/** Where: what is changed, or what new text goes into. */
	places: Place[];
	/** The number or name of what is new: `a new Section 6.7`. */
	adds?: Place[];
	/** Which document, in the amendment's words: `Agreement`, `Commercial License`, `Amendment #2`. */
	document?: string;
	/** Everywhere in the document (`all references to`, `throughout`). */
	everywhere?: boolean;
	/** `between Section 4 and Section 5`: what has to follow the place. */
	upTo?: Place;
}

/** Where new text goes: beside what the target names, or beside the words `anchor` within it. */
export interface Position {
	at: 'before' | 'after' | 'end' | 'start';
	anchor?: string;
	/** `between "A" and "B"`: B, which has to stand right behind the anchor A. */
	next?: string;
	/** `as a second sentence`: 2. */
	ordinal?: number;
}

/** Text of the amendment, and where it stands in it. */
export interface Passage {
	/** Without markup, quotation marks made plain. */
	text: string;
	/** As it stands in the amendment, its paragraphs separated by blank lines: what is written into the agreement. */
	raw: string;
	span: Span;
}

export interface Instruction {
	id: string;
	kind: InstructionKind;
	target: Target;
	old?: Passage;
	new?: Passage;
	position?: Position;
	/** Of a length of time in `new`: it is added to the term, or is the whole term. */
	measure?: 'by' | 'to';
	/** To whom or what it is limited, in the amendment's words. */
	scope?: string;
	/** End of a temporary instruction: an ISO date where it can be told, else the words. */
	until?: string;
	/** Date words of the instruction's own, where it does not follow the amendment. */
	effective?: Passage;
	/** Number of the operative section it stands in, as printed. */
	section?: string;
	span: Span;
	quote: string;
	/** The sentence before it that says where it amends: `As regards Bo Lind, Schedule 1 is amended as follows:`. */
	opening?: string;
	/** 0 to 1; below 1 where something was inferred, which `notes` tells. */
	confidence: number;
	notes: string[];
	needsHuman?: { reason: string };
}

export interface Amendment {
	/** From content: the same amendment has the same id in every file. */
	id: string;
	title?: string;
	/** `3` for No. 3, Third, #3, III. */
	number?: string;
	parties: string[];
	base: { title?: string; date?: string; id?: string };
	/** ISO date on which the last party signed, where one can be told. */
	signedAt?: string;
	/** The words that date it, for the reader of dates. */
	effective?: Passage;
	/** Whole amendment limited to some (an instruction of its own scope overrides it). */
	scope?: string;
	/**
	 * Where the whole amendment limits itself: in what it orders, which then binds some only, or in its recitals alone,
	 * which say what the parties mean while the order changes everybody's text.
	 */
	scopeFrom?: 'order' | 'recital';
	instructions: Instruction[];
	/** Operative sections that hold no instruction: covenants of the amendment itself. */
	otherSections: Array<{ number?: string; text: string; span: Span }>;
	/** Exhibits and schedules that stand behind the signatures. */
	attachments: Array<{ label: string; text: string; span: Span }>;
	needsHuman: Array<{ instructionId?: string; reason: string }>;
	/**
	 * Its words without the new text of the agreement, which is blank here: what readers of dates look at. Every character
	 * stands where it does in its file, counted from the start of `span`.
	 */
	framing: string;
	/** Its source, `span` of its file. */
	source: string;
	format: DocumentFormat;
	span: Span;
}

export type ApplyStatus = 'applied' | 'conflict' | 'not_found' | 'ambiguous';

/** What holds for the contract; of a term its last days after and before, where they can be told (ISO dates). */
export interface Fact {
	name: 'term' | 'status' | 'suspended';
	/** In the amendment's words. */
	value: string;
	day?: string;
	was?: string;
}

export interface ApplyResult {
	instructionId: string;
	amendmentId: string;
	status: ApplyStatus;
	/** Why it was not applied, or what a human should look at although it was. */
	reason?: string;
	/** Changed stretches of the base and what became of each in the consolidated text. */
	changes: Array<{ before: Span; after: Span }>;
	/** A fact about the contract that stands in no clause, e.g. its term. */
	fact?: Fact;
	/** For whom alone the changed words hold, although they stand in everybody's text. */
	scope?: string;
	needsHuman?: { reason: string };
}

export interface Kept {
	instructionId: string;
	amendmentId: string;
	why: 'scope' | 'not_yet_effective' | 'expired' | 'other_document';
	scope?: string;
	text: string;
}

export interface Consolidation {
	text: ContractDocument;
	results: ApplyResult[];
	/** Instructions that do not belong into everybody's text. */
	apart: Kept[];
	/** Instructions that a human has to carry out or decide, with the reason. */
	unresolved: Array<{ instructionId: string; reason: string }>;
	warnings: string[];
	/** Temporary instructions that are applied and end by themselves. */
	reverts: Array<{ instructionId: string; until: string }>;
	/** The text without what holds for some only, where the consolidated text has such words: what access may follow from. */
	forEveryone?: ContractDocument;
}
