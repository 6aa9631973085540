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
	fact?: string;
	notes: string[];
	reason?: string;
}

/** What a sentence says about where the following ones amend: `Section 6.5 is amended as follows:`. */
export interface Frame {
	target: Target;
}
