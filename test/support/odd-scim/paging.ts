import { Directory } from './directory';
import { isObject } from './patch';
import { ScimFault, type Habit, type Json } from './protocol';
import { serve, type OddServer } from './serve';

/** Entries of a page, whatever is asked for. */
const CAP = 7;

/**
 * Pages by cursor only (RFC 9865): startIndex is refused, a page holds seven entries, a cursor is good for one use, and
 * every tenth one has expired when it comes back.
 */
export function startCursors(): Promise<OddServer> {
	return serve(new Directory({ page: 100_000 }), byCursor());
}

function byCursor(): Habit {
	const cursors = new Map<string, number>();
	let given = 0;
	return (request, next) => {
		if (request.method !== 'GET' || request.segments.length !== 1) return next(request);
		const { query } = request;
		if (query.has('startIndex')) return new ScimFault(400, 'invalidValue', 'use cursor, not startIndex').answer;
		const cursor = query.get('cursor') ?? '';
		const from = cursor === '' ? 0 : cursors.get(cursor);
		cursors.delete(cursor);
		if (from === undefined) return new ScimFault(400, 'expiredCursor', 'the cursor has expired').answer;
		const plain = new URLSearchParams([...query].filter(([name]) => name !== 'cursor' && name !== 'count'));
		plain.set('count', '100000');
		const answer = next({ ...request, query: plain });
		if (!isObject(answer.body) || !Array.isArray(answer.body['Resources'])) return answer;
		const all = answer.body['Resources'] as Json[];
		const Resources = all.slice(from, from + CAP);
		const more = from + CAP < all.length;
		const nextCursor = `c${++given}`;
		if (more && given % 10 !== 0) cursors.set(nextCursor, from + CAP);
		const { totalResults } = answer.body;
		return {
			status: 200,
			body: {
				...answer.body,
				totalResults,
				Resources,
				itemsPerPage: Resources.length,
				...(more ? { nextCursor } : {}),
			},
		};
	};
}
