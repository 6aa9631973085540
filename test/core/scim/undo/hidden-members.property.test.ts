import * as fc from 'fast-check';
import { DyingJournal, Runs, group, user } from '../support/desired';
import { hideMembers } from '../support/hidden-members';
import { Stage } from '../support/stage';

const stage = Stage.set();

const PEOPLE = ['ada', 'bob', 'cleo', 'dan'];
const USERS = PEOPLE.map((name) => user(name));
const names = fc.subarray(PEOPLE);
/** One run: who is wanted, and whether it is killed before it can journal what became of it. */
const run = fc.record({ wanted: names, killed: fc.boolean() });

const idOf = (): string => [...stage.server.groups.values()].find((each) => each['displayName'] === 'g')?.id ?? '';
const members = (): string[] => [...new Set(stage.server.membersOf(idOf()))].sort();
const join = (...ids: string[]): void => {
	const all = [...stage.server.membersOf(idOf()), ...ids].map((value) => ({ value }));
	Object.assign(stage.server.groups.get(idOf()) ?? {}, { members: all });
};

async function runAll(runs: Runs, journal: DyingJournal, steps: ReadonlyArray<{ wanted: string[]; killed: boolean }>) {
	for (const { wanted, killed } of steps) {
		// A run appends itself and its state before safely, then dies.
		journal.left = killed ? 2 : Infinity;
		await runs.apply(USERS, [group('g', ...wanted)]).catch(() => undefined);
		journal.left = Infinity;
		if (killed) continue;
		expect(members()).toEqual(expect.arrayContaining(wanted));
		expect((await runs.apply(USERS, [group('g', ...wanted)])).requests.writes).toBe(0);
	}
}

function begin(): { runs: Runs; journal: DyingJournal } {
	stage.server.reset();
	for (const name of [...PEOPLE, 'zoe']) stage.server.addUser(user(name), name);
	hideMembers(stage);
	const journal = new DyingJournal(Infinity);
	return { runs: new Runs(stage, journal), journal };
}

describe('where groups never show their members, whatever runs there were and whenever they were killed', () => {
	it('a group that was there keeps whoever was in it, and undo names every other one who stays', async () => {
		await fc.assert(
			fc.asyncProperty(names, fc.array(run, { minLength: 1, maxLength: 4 }), async (before, steps) => {
				const { runs, journal } = begin();
				stage.server.addGroup('g', [...before, 'zoe']);
				await runAll(runs, journal, steps);
				expect(members()).toContain('zoe');

				const undone = await runs.undo();
				expect(undone.counts.failed).toBe(0);
				expect(members()).toEqual(expect.arrayContaining([...before, 'zoe']));
				const told = undone.results.some(({ outcome }) => outcome === 'conflict');
				if (!told) expect(members()).toEqual([...before, 'zoe'].sort());
				const writes = stage.proxy.writes().length;
				await runs.undo();
				expect(stage.proxy.writes()).toHaveLength(writes);
			}),
			{ numRuns: 40, seed: 20261120, endOnFailure: true },
		);
	});

	it('a group that the runs created keeps whoever else came, and nobody of theirs', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 4 }), async (steps) => {
				const { runs, journal } = begin();
				await runAll(runs, journal, steps);
				join('zoe');
				const undone = await runs.undo();
				expect(undone.results.filter(({ outcome }) => outcome === 'conflict')).toMatchObject([
					{ kind: 'create_group' },
				]);
				expect(members()).toEqual(['zoe']);
			}),
			{ numRuns: 40, seed: 20261120, endOnFailure: true },
		);
	});
});
