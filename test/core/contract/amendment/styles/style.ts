import type { BASES } from './agreements';

/** One amendment in somebody's manner of drafting, and what a careful clerk would make of it. */
export interface Style {
	is: string;
	base: keyof typeof BASES;
	/** The operative part; a title and an introduction are put in front unless `whole`. */
	text: string;
	/** `text` is the whole file. */
	whole?: true;
	/** Words of the agreement and what stands in their place; each stands there once. Empty: the text stays. */
	edits?: ReadonlyArray<readonly [string, string]>;
	/** A person is needed, for a reason that reads like this. Without it, everything was carried out. */
	asks?: RegExp;
	/** The day the text is wanted for. */
	asOf?: string;
}
