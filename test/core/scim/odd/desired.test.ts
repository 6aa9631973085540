import {
	MemoryJournal,
	applyScim,
	discover,
	listAll,
	planScim,
	undoScim,
	type ScimApplyReport,
	type ScimPlan,
} from '../../../../core/scim';
import { ENTERPRISE, SERVERS, Scene, target } from './scene';

jest.setTimeout(60_000);

describe.each(SERVERS)('a %s server that nobody has a profile for', (name) => {
	let scene: Scene;
	let journal: MemoryJournal;

	beforeEach(async () => {
		scene = await Scene.open(name);
		journal = new MemoryJournal();
	});
	afterEach(() => scene.close());

	const plan = async (): Promise<ScimPlan> => {
		const { client } = scene.connection;
		await discover(client);
		return planScim(client, client.profile, target(), { createGroups: true });
	};
	const apply = async (): Promise<ScimApplyReport> =>
		applyScim(await plan(), { client: scene.connection.client, journal, guard: { percent: 100 } });
	const failures = ({ results }: ScimApplyReport): unknown[] =>
		results.flatMap(({ outcome, kind, subject, note }) =>
			outcome === 'failed' ? [`${kind} ${subject}: ${note}`] : [],
		);

	it('shows all of its people', async () => {
		await discover(scene.connection.client);
		const { resources, complete } = await listAll(scene.connection.client, 'Users');
		expect([resources.length, complete]).toEqual([60, true]);
	});

	it('takes creations, changes, a rename, a leaver and a return', async () => {
		expect(failures(await apply())).toEqual([]);
		expect(scene.user(0)).toMatchObject({ title: 'Engineer "senior"', [ENTERPRISE]: { department: 'R&D' } });
		expect(scene.user(1)['userName']).toBe('renamed@x.example');
		expect([2, 3, 5].map((index) => scene.user(index)['active'])).toEqual([false, true, true]);
		const { directory } = scene.server;
		expect([60, 61, 62, 63].map((index) => directory.user(`u${index}@x.example`)?.['active'])).toEqual(
			Array(4).fill(true),
		);
		expect(scene.twins()).toEqual([]);
	});

	it('gives and takes memberships and hits nobody else', async () => {
		expect(failures(await apply())).toEqual([]);
		expect(scene.staff()).toEqual([0, 3, 5, 'u60@x.example', 'u61@x.example']);
		expect(scene.staff('new crew')).toEqual([0, 'u62@x.example']);
	});

	it('is only read by a second run', async () => {
		await apply();
		const before = scene.server.writes().length;
		const again = await apply();
		expect(failures(again)).toEqual([]);
		expect(scene.server.writes().slice(before)).toEqual([]);
	});

	it('is as it was after an undo, and only read by a second one', async () => {
		const start = scene.snapshot();
		await apply();
		const undone = await undoScim(scene.connection.client, journal);
		expect(undone.results.filter(({ outcome }) => outcome === 'failed' || outcome === 'conflict')).toEqual([]);
		expect(scene.snapshot()).toEqual(start);
		for (const index of [60, 61, 62, 63])
			expect(scene.server.directory.user(`u${index}@x.example`)?.['active']).toBe(false);
		const before = scene.server.writes().length;
		await undoScim(scene.connection.client, journal);
		expect(scene.server.writes().slice(before)).toEqual([]);
	});
});
