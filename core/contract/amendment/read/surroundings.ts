import type { Span } from '../../../model';
import type { PassageScan } from '../text/quotes';
import type { Passage } from '../types';
import type { Paragraph } from './paragraphs';

/** What reading one section needs to know of the amendment around it. */
export interface Surroundings {
	text: string;
	paragraphs: readonly Paragraph[];
	numbered: boolean;
	quotes: PassageScan;
	parties: readonly string[];
	/** Turns offsets of the plain text into a passage of the source. */
	passage: (span: Span) => Passage;
	/** @param labelled with its label, where it takes the place of one of the same name */
	attachment: (label: string, labelled: boolean) => Passage | undefined;
}
