import type { AttributeValue } from '../../model';
import type { CompiledPolicy } from '../compile';
import { matchWildcard } from '../entitlement';
import { overlapsOf } from '../schema';
import { addDuration, zoneOfPerson } from './local-time';

type Attributes = Readonly<Record<string, AttributeValue>>;

/** A window that a change of the person opens: what matches `keep` goes on until its end. */
export interface OverlapWindow {
	keep: readonly string[];
	until: string;
	/** Attribute that changed. */
	because: string;
}

function valueOf(attributes: Attributes, name: string): AttributeValue | undefined {
	return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

function same(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
	if (typeof a !== 'object' || typeof b !== 'object') return a === b;
	return a.length === b.length && a.every((each, index) => each === b[index]);
}

/** Windows that open where one segment of a person follows another. */
export function overlapWindows(
	compiled: CompiledPolicy,
	before: Attributes,
	after: Attributes,
	instant: string,
): OverlapWindow[] {
	return overlapsOf(compiled.policy).flatMap(({ on, keep, for: duration }) => {
		const names = typeof on === 'string' ? [on] : on;
		const because = names.find((name) => !same(valueOf(before, name), valueOf(after, name)));
		if (because === undefined) return [];
		const until = addDuration(instant, duration, zoneOfPerson(after, compiled.zone), 'end');
		return [{ keep, until, because }];
	});
}

/** The window that keeps an entitlement longest, if one does. */
export function longestWindow(windows: readonly OverlapWindow[], entitlement: string): OverlapWindow | undefined {
	let longest: OverlapWindow | undefined;
	for (const window of windows) {
		if (!window.keep.some((pattern) => matchWildcard(pattern, entitlement) !== undefined)) continue;
		if (longest === undefined || window.until > longest.until) longest = window;
	}
	return longest;
}
