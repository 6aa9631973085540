import { Directory } from './directory';
import type { Collection, Entry, Habit, OddRequest } from './protocol';
import { serve, type OddServer } from './serve';

/**
 * Writes at once and shows later: after a change, an entry is read as it was one to three times more, and listings and
 * filters show it only six requests of any kind later. Whether a name is taken is known at once.
 */
export function startLagging(): Promise<OddServer> {
	const directory = new Directory();
	return serve(directory, lagging(directory));
}

/** What listings show of a written entry until request `listedFrom`, and reads of it `reads` times more. */
interface Old {
	entry: Entry | undefined;
	reads: number;
	listedFrom: number;
}

function lagging(directory: Directory): Habit {
	const old = new Map<string, Old>();
	const view = new Directory();
	let now = 0;
	let writes = 0;

	const write = (request: OddRequest, next: (request: OddRequest) => ReturnType<typeof directory.answer>) => {
		const before = new Map([...stores(directory)].map(([key, entry]) => [key, entry]));
		const answer = next(request);
		for (const [key, entry] of stores(directory)) {
			if (before.get(key) === entry) continue;
			old.set(key, { entry: before.get(key), reads: 1 + (++writes % 3), listedFrom: now + 6 });
		}
		return answer;
	};
	const show = (asked: OddRequest): void => {
		const [collection, id] = asked.segments;
		view.users.clear();
		view.groups.clear();
		for (const [key, entry] of stores(directory)) {
			const [of = '', ...rest] = key.split(' ');
			const stale = old.get(key);
			const single = of === collection && rest.join(' ') === id;
			const behind = stale !== undefined && (single ? stale.reads-- > 0 : stale.listedFrom > now);
			const shown = behind ? stale.entry : entry;
			if (shown !== undefined) view.of(of as Collection).set(entry.id, shown);
		}
	};
	return (request, next) => {
		now++;
		if (request.method !== 'GET') return write(request, next);
		show(request);
		return view.answer(request);
	};
}

function* stores(directory: Directory): Generator<[string, Entry]> {
	for (const collection of ['Users', 'Groups'] as const)
		for (const [id, entry] of directory.of(collection)) yield [`${collection} ${id}`, entry];
}
