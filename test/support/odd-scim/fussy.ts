import { Directory } from './directory';
import { isObject } from './patch';
import type { Habit, Json, OddAnswer } from './protocol';
import { serve, type OddServer } from './serve';

/**
 * Speaks the dialect of SCIM 1.1 where it can: `application/json` only, errors in `Errors`, one operation a PATCH, nothing
 * is replaced that isn't there yet, a member that is in already can't be added, removals name members in their value.
 */
export function startFussy(): Promise<OddServer> {
	const directory = new Directory({ page: 25 });
	return serve(directory, fussily(directory));
}

function fussily(directory: Directory): Habit {
	return (request, next) => {
		const { method, headers, segments, body } = request;
		if (method !== 'GET' && method !== 'DELETE' && !/^application\/json\b/.test(headers['content-type'] ?? ''))
			return refuse(415, 'application/json');
		if (method !== 'PATCH') return inOldWords(next(request));
		const operations = (isObject(body) && Array.isArray(body['Operations']) ? body['Operations'] : []) as Json[];
		const [operation] = operations;
		const entry = directory.of(segments[0] === 'Groups' ? 'Groups' : 'Users').get(segments[1] ?? '');
		if (operation === undefined || operations.length > 1) return refuse(400, 'one operation at a time');
		if (entry === undefined) return refuse(404, 'nobody');
		const { op, path, value } = operation;
		if (typeof path !== 'string') return refuse(400, 'path is missing');
		if (path.startsWith('members[')) return refuse(400, 'path must not have a filter');
		if (op === 'replace' && path !== 'members' && valueAt(entry, path) === undefined)
			return refuse(400, 'nothing to replace');
		const members = ((entry['members'] ?? []) as Json[]).map((member) => member['value']);
		const named = (Array.isArray(value) ? (value as Json[]) : []).map((member) => member['value']);
		if (path === 'members' && op === 'add' && named.some((id) => members.includes(id)))
			return refuse(409, 'is a member');
		if (path !== 'members' || op !== 'remove') return inOldWords(next(request));
		const stay = ((entry['members'] ?? []) as Json[]).filter((member) => !named.includes(member['value']));
		return inOldWords(next({ ...request, body: { Operations: [{ op: 'replace', path, value: stay }] } }));
	};
}

function valueAt(entry: Json, path: string): unknown {
	const urn = /^(urn:.*):(\w+)$/.exec(path);
	const [holder, name] = urn === null ? [entry, path] : [entry[urn[1] ?? ''], urn[2] ?? ''];
	return name.split('.').reduce<unknown>((value, part) => (isObject(value) ? value[part] : undefined), holder);
}

function refuse(code: number, description: string): OddAnswer {
	return { status: code, headers: { 'content-type': 'application/json' }, body: { Errors: [{ code, description }] } };
}

function inOldWords(answer: OddAnswer): OddAnswer {
	if (answer.status < 400) return { ...answer, headers: { 'content-type': 'application/json' } };
	return refuse(answer.status, isObject(answer.body) ? String(answer.body['detail']) : '');
}
