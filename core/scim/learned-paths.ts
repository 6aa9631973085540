import type { ScimClient } from './client';

/** Adds attribute paths to what was learned of an application; nothing where they are known already. */
export function learnPaths(
	client: ScimClient,
	capability: 'unwritable' | 'normalises',
	paths: readonly string[],
	because: string,
): void {
	const known = client.capabilities[capability];
	if (paths.every((path) => known.includes(path))) return;
	client.learn({ [capability]: [...new Set([...known, ...paths])].sort() }, because);
}
