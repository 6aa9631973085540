import { Directory } from './directory';
import { isObject } from './patch';
import { ScimFault, type Habit, type Json } from './protocol';
import { serve, type OddServer } from './serve';

/** Knows no PATCH (501). PUT replaces everything: what it doesn't name is gone. Listings of groups leave members out. */
export function startReplacing(): Promise<OddServer> {
	return serve(new Directory(), replacing);
}

const replacing: Habit = (request, next) => {
	if (request.method === 'PATCH') return new ScimFault(501, undefined, 'PATCH is not implemented').answer;
	const answer = next(request);
	if (request.method !== 'GET' || request.segments.length !== 1 || !isObject(answer.body)) return answer;
	const Resources = ((answer.body['Resources'] ?? []) as Json[]).map(({ members: _members, ...rest }) => rest);
	return { ...answer, body: { ...answer.body, Resources } };
};
