import { Directory } from './directory';
import { isObject } from './patch';
import type { Habit, Json, OddAnswer } from './protocol';
import { serve, type OddServer } from './serve';

/**
 * Answers in its own words: every address ends in a slash and others are redirected, ids are numbers, booleans are texts,
 * names are in lower case, some errors are HTML and others are 200 with the status inside.
 */
export function startSloppy(): Promise<OddServer> {
	const directory = new Directory({ keep: (_, entry) => withRealBooleans(entry) as Json });
	return serve(directory, sloppily());
}

function sloppily(): Habit {
	return (request, next) => {
		const [path = '', query] = request.target.split('?');
		if (!path.endsWith('/')) {
			const location = `${path}/${query === undefined ? '' : `?${query}`}`;
			return {
				status: request.method === 'GET' ? 301 : 308,
				headers: { location, 'content-type': 'text/html' },
				body: '<html>Moved</html>',
			};
		}
		const [collection, id] = request.segments;
		const answer = next({
			...request,
			segments: [collection ?? '', ...(id === undefined ? [] : [`${collection === 'Users' ? 'u' : 'g'}-${id}`])],
			query: new URLSearchParams(outsideIds(request.query.toString())),
			body: membersInside(request.body),
		});
		return sloppyAnswer(answer);
	};
}

function sloppyAnswer(answer: OddAnswer): OddAnswer {
	if (answer.status === 404)
		return {
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: { status: 404, detail: 'Not found.' },
		};
	if (answer.status >= 400)
		return {
			status: answer.status,
			headers: { 'content-type': 'text/html' },
			body: `<!DOCTYPE html><h1>Error ${answer.status}</h1>`,
		};
	return {
		...answer,
		headers: { 'content-type': 'application/json' },
		...(answer.body === undefined ? {} : { body: lower(answer.body) }),
	};
}

/** Names in lower case, ids as numbers, booleans as texts; `meta` isn't shown. */
function lower(value: unknown, name = ''): unknown {
	if (Array.isArray(value)) return value.map((each) => lower(each, name));
	if (isObject(value)) {
		const entries = Object.entries(value).filter(([key]) => key !== 'meta');
		return Object.fromEntries(entries.map(([key, inner]) => [key.toLowerCase(), lower(inner, key)]));
	}
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	const number =
		(name === 'id' || name === 'value') && typeof value === 'string' ? /^[ug]-(\d+)$/.exec(value)?.[1] : undefined;
	return number === undefined ? value : Number(number);
}

/** Ids as this server keeps them inside: `17` is `u-17`. */
function outsideIds(query: string): string {
	return decodeURIComponent(query.replaceAll('+', ' '))
		.replace(/(members\.value|value) eq "(\d+)"/gi, '$1 eq "u-$2"')
		.replaceAll('+', '%2B');
}

function membersInside(body: unknown, inMembers = false): unknown {
	if (Array.isArray(body)) return body.map((each) => membersInside(each, inMembers));
	if (!isObject(body)) return body;
	const entries = Object.entries(body).map(([key, value]) => {
		if (key === 'path' && typeof value === 'string') return [key, outsideIds(value)];
		if (inMembers && key === 'value' && /^\d+$/.test(String(value))) return [key, `u-${String(value)}`];
		const members = key.toLowerCase() === 'members' || String(body['path']).toLowerCase() === 'members';
		return [key, membersInside(value, inMembers || members)];
	});
	return Object.fromEntries(entries) as Json;
}

function withRealBooleans(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withRealBooleans);
	if (isObject(value))
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withRealBooleans(inner)]));
	return value === 'True' ? true : value === 'False' ? false : value;
}
