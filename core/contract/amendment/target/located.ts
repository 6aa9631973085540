import type { Span } from '../../../model';
import type { ClauseNode } from '../../tree';

export type Failure = { status: 'conflict' | 'not_found' | 'ambiguous'; reason: string };

/** A place that was found. `span` is all of it; `node` the clause it is or stands in. */
export interface Located {
	span: Span;
	node?: ClauseNode;
	/** What the last step found. */
	what: 'clause' | 'schedule' | 'definition' | 'sentence' | 'paragraph' | 'item' | 'row' | 'words';
	/** An item inside a sentence: its label is part of the span. */
	label?: string;
}

export type Resolution = Located | Failure;

export function isFailure(found: Resolution): found is Failure {
	return 'status' in found;
}

export const fail = (status: Failure['status'], reason: string): Failure => ({ status, reason });
