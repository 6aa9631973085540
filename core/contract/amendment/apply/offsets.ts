import type { Span } from '../../../model';
import type { ApplyResult } from '../types';

type Change = ApplyResult['changes'][number];

/** Moves offsets of one text into another that edits made of it. Offsets inside an edit go to its edge. */
export function move(span: Span, changes: readonly Change[], from: 'before' | 'after', to: 'before' | 'after'): Span {
	const moved = (offset: number, closing: boolean): number => {
		let shift = 0;
		for (const change of changes) {
			const [source, target] = [change[from], change[to]];
			if (offset >= source.end && (source.end > source.start || !closing || offset > source.end))
				shift = target.end - source.end;
			else if (offset > source.start) return closing ? target.end : target.start;
			else break;
		}
		return offset + shift;
	};
	const start = moved(span.start, false);
	return { start, end: Math.max(start, moved(span.end, true)) };
}

export function changesInOrder(results: readonly ApplyResult[]): Change[] {
	return results
		.flatMap(({ changes }) => changes)
		.sort((a, b) => a.before.start - b.before.start || a.before.end - b.before.end || a.after.start - b.after.start);
}

/**
 * Puts the results of amendments that were carried out one on top of the other on common ground: `before` in the base,
 * `after` in the last text.
 */
export function onCommonGround(steps: ReadonlyArray<readonly ApplyResult[]>): ApplyResult[] {
	const edits = steps.map(changesInOrder);
	return steps.flatMap((results, step) =>
		results.map((result) => ({
			...result,
			changes: result.changes.map(({ before, after }) => ({
				before: edits.slice(0, step).reduceRight((span, changes) => move(span, changes, 'after', 'before'), before),
				after: edits.slice(step + 1).reduce((span, changes) => move(span, changes, 'before', 'after'), after),
			})),
		})),
	);
}
