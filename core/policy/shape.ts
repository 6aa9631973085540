import type { z } from 'zod';

import { formatPath } from './finding';
import type { Finding, PathSegment } from './finding';
import { suggestName } from './suggest-name';
import { KNOWN_NAMES_SEPARATOR } from './schema';
import type { PolicySource } from './source';

type Issue = z.core.$ZodIssue;

/** Where a condition or another choice went wrong: the branch that knows most about the value speaks. */
function mostTelling(issue: Issue): readonly Issue[] {
	if (issue.code !== 'invalid_union') return [issue];
	const branches = issue.errors.filter((branch) =>
		branch.some((each) => each.code !== 'invalid_type' || each.path.length > 0),
	);
	const branch = branches[0];
	if (branch === undefined) return [issue];
	return branch.flatMap((inner) => mostTelling({ ...inner, path: [...issue.path, ...inner.path] }));
}

function segments(path: readonly PropertyKey[]): PathSegment[] {
	return path.map((segment) => (typeof segment === 'number' ? segment : String(segment)));
}

function unknownKeys(issue: Issue & { code: 'unrecognized_keys' }, source: PolicySource): Finding[] {
	const known = issue.message.split(KNOWN_NAMES_SEPARATOR);
	return issue.keys.map((key) => {
		const path = [...segments(issue.path), key];
		const remedy = suggestName(key, known, 'key').replace(' or declare it', '');
		return finding('UNKNOWN_KEY', `"${key}" is not a known key here`, remedy, path, source, 'key');
	});
}

function finding(
	code: string,
	message: string,
	remedy: string,
	path: readonly PathSegment[],
	source: PolicySource,
	part: 'key' | 'value' = 'value',
): Finding {
	return { severity: 'error', code, message, remedy, path: formatPath(path), ...source.locate(path, part) };
}

function describe(issue: Issue, source: PolicySource): Finding[] {
	const path = segments(issue.path);
	switch (issue.code) {
		case 'unrecognized_keys':
			return unknownKeys(issue, source);
		case 'invalid_key': {
			const reason = issue.issues[0]?.message ?? 'is not a valid name';
			return [finding('INVALID_NAME', reason, 'rename it', path, source, 'key')];
		}
		case 'invalid_type': {
			const missing = issue.message.endsWith('received undefined');
			if (missing) return [finding('MISSING', `is missing (${issue.expected})`, 'add it', path, source)];
			return [finding('WRONG_TYPE', `must be of type ${issue.expected}`, 'change the value', path, source)];
		}
		case 'invalid_union':
			return [finding('WRONG_TYPE', 'has none of the shapes allowed here', 'see the policy schema', path, source)];
		case 'invalid_value': {
			const allowed = issue.values.map(String).join(', ');
			return [finding('WRONG_VALUE', `must be one of ${allowed}`, 'choose one of them', path, source)];
		}
		default:
			return [finding('WRONG_VALUE', issue.message, 'change the value', path, source)];
	}
}

/** Turns the schema's issues into findings with place and remedy. */
export function shapeFindings(error: z.ZodError, source: PolicySource): Finding[] {
	return error.issues.flatMap(mostTelling).flatMap((issue) => describe(issue, source));
}
