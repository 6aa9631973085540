import type { Span } from '../../../model';
import type { ClauseNode } from '../../tree';
import type { SourceTable, TableRow } from './table';

export type Failure = { status: 'conflict' | 'not_found' | 'ambiguous'; reason: string };

/** A place that was found. `span` is all of it; `node` the clause it is or stands in. */
export interface Located {
	span: Span;
	node?: ClauseNode;
	/** What the last step found. */
	what: 'clause' | 'schedule' | 'definition' | 'sentence' | 'paragraph' | 'item' | 'row' | 'table' | 'column' | 'words';
	/** An item inside a sentence: its label is part of the span. */
	label?: string;
	/** Of several clauses the last. */
	last?: ClauseNode;
	/** The table it is (in), and of it the row and the column. */
	table?: SourceTable;
	row?: TableRow;
	column?: number;
}

export type Resolution = Located | Failure;

export function isFailure(found: Resolution): found is Failure {
	return 'status' in found;
}

export const fail = (status: Failure['status'], reason: string): Failure => ({ status, reason });
