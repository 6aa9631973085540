import { Directory } from './directory';
import { isObject } from './patch';
import type { Habit, Json, OddAnswer } from './protocol';
import { serve, type OddServer } from './serve';

/**
 * Says as little as it may: listings show id and name only, a creation is answered with its Location and nothing else,
 * changes with 204, a plain DELETE with 202. No document describes it, and `active` is left out where it is true.
 */
export function startTerse(): Promise<OddServer> {
	return serve(new Directory(), tersely);
}

const tersely: Habit = (request, next) => {
	const answer = next(request);
	if (answer.status >= 300) return { status: answer.status };
	const [collection = '', id] = request.segments;
	if (request.method === 'POST' && isObject(answer.body))
		return { status: 201, headers: { location: `/somewhere/else/${collection}/${String(answer.body['id'])}` } };
	if (request.method === 'PUT' || request.method === 'PATCH') return { status: 204 };
	if (request.method === 'DELETE') return { status: 202 };
	return id === undefined ? listed(answer) : { ...answer, body: withoutTrue(answer.body) };
};

function listed(answer: OddAnswer): OddAnswer {
	const body = answer.body as Json;
	const Resources = ((body['Resources'] ?? []) as Json[]).map(({ id, userName, displayName, members }) =>
		userName === undefined ? { id, displayName, members } : { id, userName },
	);
	return { ...answer, body: { ...body, Resources } };
}

function withoutTrue(entry: unknown): Json {
	return Object.fromEntries(
		Object.entries(entry as Json).filter(([name, value]) => name !== 'active' || value !== true),
	);
}
