import fc from 'fast-check';
import { MemoryJournal, applyScim, planScim, undoScim, type ScimApplyReport } from '../../../../core/scim';
import { Stage } from '../support/stage';

jest.setTimeout(60_000);

const stage = Stage.set();
const user = (key: number, name: string): Record<string, unknown> => ({
	externalId: `x${key}`,
	userName: `${name}@example.com`,
	name: { givenName: `G${key}`, familyName: 'Test' },
});

async function apply(users: unknown[], journal: MemoryJournal): Promise<ScimApplyReport> {
	const { client } = stage.connection;
	const planned = await planScim(client, client.profile, { users });
	const report = await applyScim(planned, { client, journal });
	expect(stage.proxy.writes().length).toBeLessThanOrEqual(planned.minimum.writes);
	return report;
}

const names = (): unknown[] => [...stage.server.users.values()].map(({ userName }) => userName);
const undo = (journal: MemoryJournal): ReturnType<typeof undoScim> => undoScim(stage.connection.client, journal);

test('two people swap their names, and swap back', async () => {
	const journal = new MemoryJournal();
	for (const [key, name] of ['ann', 'bob'].entries()) stage.server.addUser(user(key, name), `u${key}`);
	const report = await apply([user(0, 'bob'), user(1, 'ann')], journal);
	expect(report.results.map(({ outcome }) => outcome)).toEqual(['verified', 'verified']);
	// One steps aside: two renames would never be enough.
	expect(stage.proxy.writes()).toHaveLength(3);
	expect(names()).toEqual(['bob@example.com', 'ann@example.com']);
	expect((await undo(journal)).counts).toMatchObject({ undone: 2, failed: 0, conflict: 0 });
	expect(names()).toEqual(['ann@example.com', 'bob@example.com']);
	stage.proxy.reset();
	await undo(journal);
	expect(stage.proxy.writes()).toEqual([]);
});

test('a name that a new account of the run received goes back to who had it', async () => {
	const journal = new MemoryJournal();
	stage.server.addUser(user(0, 'ann'), 'u0');
	expect((await apply([user(0, 'ann.byron'), user(1, 'ann')], journal)).outcome).toBe('done');
	expect((await undo(journal)).counts).toMatchObject({ undone: 2, failed: 0, conflict: 0 });
	expect(stage.server.users.get('u0')).toMatchObject({ userName: 'ann@example.com', active: true });
	const [, created] = [...stage.server.users.values()];
	expect(created).toMatchObject({
		active: false,
		userName: expect.stringMatching(/^ann\.moved-.*@example\.com$/) as string,
	});
	stage.proxy.reset();
	await undo(journal);
	expect(stage.proxy.writes()).toEqual([]);
});

test('a name that a stranger has by now is left to the stranger', async () => {
	const journal = new MemoryJournal();
	stage.server.addUser(user(0, 'ann'), 'u0');
	await apply([user(0, 'ann.byron')], journal);
	stage.server.addUser({ userName: 'ann@example.com' }, 'stranger');
	expect((await undo(journal)).counts).toMatchObject({ failed: 1 });
	expect(stage.server.users.get('stranger')?.['userName']).toBe('ann@example.com');
	expect(stage.server.users.get('u0')?.['userName']).toBe('ann.byron@example.com');
});

test('whatever way names go round among people, all arrive, nobody keeps a name of passage, and undo restores', async () => {
	const people = fc.integer({ min: 2, max: 7 });
	const rounds = people.chain((count) =>
		fc.shuffledSubarray(
			Array.from({ length: count + 2 }, (_, index) => index),
			{ minLength: count, maxLength: count },
		),
	);
	await fc.assert(
		fc.asyncProperty(rounds, async (taken) => {
			stage.server.reset();
			stage.proxy.reset();
			const journal = new MemoryJournal();
			taken.forEach((_, key) => stage.server.addUser(user(key, `n${key}`), `u${key}`));
			const start = names();
			const wanted = taken.map((name, key) => user(key, `n${name}`));
			const report = await apply(wanted, journal);
			expect(report.results.filter(({ outcome }) => outcome !== 'verified')).toEqual([]);
			expect(names()).toEqual(taken.map((name) => `n${name}@example.com`));
			stage.proxy.reset();
			expect((await apply(wanted, journal)).requests.writes).toBe(0);
			const undone = await undo(journal);
			expect(undone.results.filter(({ outcome }) => outcome !== 'undone')).toEqual([]);
			expect(names()).toEqual(start);
		}),
		{ numRuns: 60 },
	);
});
