import type { InstructionKind, Position, Target } from '../types';

/** Words of the amendment: offsets into its plain text. */
export interface Words {
	text: string;
	start: number;
	end: number;
}

/** An instruction as a sentence tells it, before the text that follows the sentence is read. */
export interface Draft {
	kind: InstructionKind;
	target: Target;
	old?: Words;
	new?: Words;
	position?: Position;
	/** What the passage behind the sentence is. */
	takes?: 'new' | 'old';
	/** Label of an exhibit or schedule that holds the new text. */
	attached?: string;
	/** What stands in place of a deleted clause, where the amendment's own words are not to be taken as they are: `[Reserved]`. */
	placeholder?: string;
	/** The passage behind the sentence is a list of definitions, an instruction each. */
	definitions?: true;
	fact?: string;
	measure?: 'by' | 'to';
	/** Words that date this instruction alone. */
	dated?: Words;
	/** The sentence amends something and fits no rule. */
	unread?: true;
	notes: string[];
	reason?: string;
}

/** What a sentence says about where the following ones amend: `Section 6.5 is amended as follows:`. */
export interface Frame {
	target: Target;
}
