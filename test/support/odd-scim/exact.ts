import { Directory } from './directory';
import { ScimFault, type Entry, type Habit } from './protocol';
import { serve, type OddServer } from './serve';

/**
 * Compares names letter by letter and takes the same name twice, in any case; filters by userName only, other filters find
 * nothing. Ids hold slashes, blanks and letters beyond ASCII.
 */
export function startExact(): Promise<OddServer> {
	const directory = new Directory({ twins: true, id: (collection, nth) => `${collection} Ünit/${nth}+%2F` });
	return serve(directory, exactly);
}

const exactly: Habit = (request, next) => {
	const filter = request.query.get('filter');
	if (request.method !== 'GET' || filter === null || request.segments[0] !== 'Users') return next(request);
	const wanted = /^userName eq (".*")$/.exec(filter)?.[1];
	const query = new URLSearchParams({ count: '1000' });
	const all = next({ ...request, query });
	if (all.status !== 200) return new ScimFault(500, undefined, 'no answer').answer;
	const entries = wanted === undefined ? [] : (all.body as { Resources: Entry[] }).Resources;
	const Resources = entries.filter((entry) => entry['userName'] === JSON.parse(wanted ?? '""'));
	return { status: 200, body: { totalResults: Resources.length, Resources } };
};
