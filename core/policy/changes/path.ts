import { formatPath } from '../finding';
import type { PathSegment } from '../finding';

export type ChangeKind = 'added' | 'removed' | 'changed';

/** One difference between two versions of a policy. */
export interface PolicyChange {
	/** Where, by names and ids rather than by places: `rules["engineers"].when.level`. */
	path: string;
	kind: ChangeKind;
	from?: unknown;
	to?: unknown;
	/** In one sentence. */
	says: string;
}

/** A step into a document; list entries are named by their id. */
export type Step = PathSegment;

export function pathText(steps: readonly Step[]): string {
	return formatPath(steps);
}
