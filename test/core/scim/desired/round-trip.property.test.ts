import fc from 'fast-check';
import {
	MemoryJournal,
	applyScim,
	planScim,
	undoScim,
	type ScimApplyReport,
	type ScimPlan,
} from '../../../../core/scim';
import { connect, type TestClient } from '../support/client';
import { startScimmy, type ScimServer } from '../support/scimmy-server';

jest.setTimeout(240_000);

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUPS = ['Readers', 'Writers', 'Ops "night"'];

interface Person {
	present: boolean;
	active: boolean;
	renamed: boolean;
	title: string;
	department: string;
	manager: number;
	groups: boolean[];
}

/** Texts that servers and filters stumble over. */
const text = fc.constantFrom('', 'Analyst', 'Engineer "senior"', 'Ops \\ night', 'Überläufer', '日本');
const person = (size: number): fc.Arbitrary<Person> =>
	fc.record({
		present: fc.boolean(),
		active: fc.boolean(),
		renamed: fc.boolean(),
		title: text,
		department: text,
		manager: fc.integer({ min: -1, max: size - 1 }),
		groups: fc.array(fc.boolean(), { minLength: GROUPS.length, maxLength: GROUPS.length }),
	});

const populations = fc
	.integer({ min: 1, max: 7 })
	.chain((size) =>
		fc.tuple(
			fc.array(person(size), { minLength: size, maxLength: size }),
			fc.array(person(size), { minLength: size, maxLength: size }),
		),
	);

const userNameOf = (index: number, { renamed }: Person): string => `p${index}${renamed ? '.new' : ''}@example.com`;

function userOf(all: readonly Person[], index: number): Record<string, unknown> {
	const me = all[index] as Person;
	const manager = all[me.manager];
	return {
		externalId: `ext-${index}`,
		userName: userNameOf(index, me),
		name: { givenName: 'P', familyName: `N${index}` },
		title: me.title,
		active: me.active,
		emails: [{ value: userNameOf(index, me), type: 'work', primary: true }],
		[ENTERPRISE]: {
			department: me.department,
			...(manager?.present === true && manager.active ? { manager: { value: `ext-${me.manager}` } } : {}),
		},
	};
}

function stateOf(all: readonly Person[]): { users: unknown[]; groups: unknown[] } {
	const present = all.map((each, index) => ({ each, index })).filter(({ each }) => each.present);
	const groups = GROUPS.map((displayName, place) => ({
		displayName,
		members: present
			.filter(({ each }) => each.active && each.groups[place] === true)
			// Both ways of naming somebody are allowed.
			.map(({ each, index }) => (place === 0 ? { userName: userNameOf(index, each) } : { externalId: `ext-${index}` })),
	}));
	return { users: present.map(({ index }) => userOf(all, index)), groups };
}

/** What the server holds, without what only it decides; created accounts that were switched off don't count. */
function snapshot(server: ScimServer, ignore: ReadonlySet<string> = new Set()): unknown {
	const clean = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null)) as unknown;
	const users = [...server.users.values()]
		.filter(({ id }) => !ignore.has(id))
		.map((user) => {
			const { userName, title, active, name, emails, externalId } = user;
			const extension = (user[ENTERPRISE] ?? {}) as { department?: string; manager?: { value?: string } };
			return clean({
				id: user.id,
				userName,
				title: title ?? '',
				active,
				name,
				emails,
				externalId,
				department: extension.department ?? '',
				manager: extension.manager?.value ?? null,
			});
		});
	const groups = [...server.groups.values()].map(({ id, displayName }) => [displayName, server.membersOf(id).sort()]);
	return { users, groups: groups.sort() };
}

/** Reads the server by itself, without our client: who is in, as what, in which groups. */
function expectTarget(server: ScimServer, all: readonly Person[]): void {
	const active = all.flatMap((each, index) => (each.present && each.active ? [index] : []));
	const live = [...server.users.values()].filter((user) => user['active'] !== false);
	expect(live.map((user) => user['userName']).sort()).toEqual(
		active.map((index) => userNameOf(index, all[index] as Person)).sort(),
	);
	const idOf = new Map([...server.users.values()].map((user) => [user['externalId'], user.id]));
	for (const index of active) {
		const user = server.users.get(idOf.get(`ext-${index}`) ?? '');
		const { title, department, manager } = all[index] as Person;
		const extension = (user?.[ENTERPRISE] ?? {}) as { department?: string; manager?: { value?: string } };
		expect([user?.['title'] ?? '', extension.department ?? '']).toEqual([title, department]);
		const boss = all[manager];
		if (boss?.present === true && boss.active) expect(extension.manager?.value).toBe(idOf.get(`ext-${manager}`));
	}
	for (const group of server.groups.values()) {
		const place = GROUPS.indexOf(String(group['displayName']));
		const wanted = active.filter((index) => all[index]?.groups[place] === true);
		expect(server.membersOf(group.id).sort()).toEqual(wanted.map((index) => idOf.get(`ext-${index}`)).sort());
	}
}

describe('a desired state against a real server', () => {
	let server: ScimServer;
	let connection: TestClient;

	beforeAll(async () => {
		server = await startScimmy();
	});
	afterAll(() => server.close());
	beforeEach(() => (connection = connect(server.baseUrl)));
	afterEach(() => connection.close());

	const plan = (state: unknown): Promise<ScimPlan> =>
		planScim(connection.client, connection.client.profile, state, { deactivateMissing: true, createGroups: true });

	const apply = (planned: ScimPlan, journal?: MemoryJournal): Promise<ScimApplyReport> =>
		applyScim(planned, {
			client: connection.client,
			guard: { percent: 100 },
			...(journal === undefined ? {} : { journal }),
		});

	const failures = ({ results }: ScimApplyReport): unknown[] => results.filter(({ outcome }) => outcome === 'failed');

	it('reaches the target, then only reads, and undo restores the start', async () => {
		await fc.assert(
			fc.asyncProperty(populations, async ([before, after]) => {
				server.reset();
				const first = await apply(await plan(stateOf(before)));
				expect(failures(first)).toEqual([]);
				const start = snapshot(server);
				const known = new Set(server.users.keys());

				const journal = new MemoryJournal();
				const second = await apply(await plan(stateOf(after)), journal);
				expect(failures(second)).toEqual([]);
				expectTarget(server, after);

				const again = await plan(stateOf(after));
				expect(again.actions).toEqual([]);
				expect((await apply(again)).requests.writes).toBe(0);

				const undone = await undoScim(connection.client, journal);
				expect(undone.results.filter(({ outcome }) => outcome === 'failed' || outcome === 'conflict')).toEqual([]);
				const created = [...server.users.keys()].filter((id) => !known.has(id));
				for (const id of created) expect(server.users.get(id)?.['active']).toBe(false);
				expect(snapshot(server, new Set(created))).toEqual(start);
				expect((await undoScim(connection.client, journal)).requests.writes).toBe(0);
			}),
			{ numRuns: 25, seed: 20261120 },
		);
	});

	it('takes exactly the fewest requests', async () => {
		server.reset();
		const people = Array.from({ length: 5 }, (_, index) => ({
			present: true,
			active: true,
			renamed: false,
			title: 'Analyst',
			department: 'Ops',
			manager: index - 1,
			groups: [true, index % 2 === 0, false],
		}));
		const planned = await plan(stateOf(people));
		const { requests, minimum } = await apply(planned);
		// 5 creations, 4 managers, 3 groups with their members inside, and one read of each that was written.
		expect(minimum.writes).toBe(12);
		expect(requests).toEqual({ writes: minimum.writes, reads: minimum.readBack });
	});
});
