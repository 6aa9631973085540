import {
	MemoryJournal,
	applyScim,
	planScim,
	reconcileScim,
	type PlanOptions,
	type ScimPlan,
} from '../../../../core/scim';
import { connect, type TestClient } from '../support/client';
import { Directory, serve, type Entry, type Json, type OddServer } from '../../../support/odd-scim';

type Listed = (entries: Json[]) => Json[];

/** A server whose plain listing of accounts shows what it likes; filters and reads by id find everybody. */
async function start(
	listed: Listed,
	answer: (request: string) => number | undefined = () => undefined,
): Promise<OddServer> {
	const directory = new Directory({ twins: true });
	return serve(directory, (request, next) => {
		const status = answer(`${request.method} ${request.target}`);
		if (status !== undefined) return { status };
		const plain = request.method === 'GET' && request.segments.join('/') === 'Users' && !request.query.has('filter');
		if (!plain) return next(request);
		const all = listed([...directory.users.values()]);
		const from = Math.max(1, Number(request.query.get('startIndex') ?? 1)) - 1;
		const Resources = all.slice(from, from + 15);
		// The total counts the page only.
		return { status: 200, body: { totalResults: Resources.length, startIndex: from + 1, Resources } };
	});
}

const user = (name: string, extra: Json = {}): Json => ({
	externalId: `x-${name}`,
	userName: `${name}@example.com`,
	...extra,
});
const readers = (...names: string[]): Json => ({ displayName: 'Readers', members: names.map((name) => `x-${name}`) });

describe('accounts that a listing leaves out', () => {
	let server: OddServer;
	let connection: TestClient;

	const open = async (listed: Listed, answer?: Parameters<typeof start>[1]): Promise<void> => {
		server = await start(listed, answer);
		connection = connect(server.baseUrl);
	};
	afterEach(async () => {
		connection.close();
		await server.close();
	});

	const add = (...names: string[]): string[] => names.map((name) => server.directory.add('Users', user(name)));
	const addGroup = (ids: readonly string[]): string =>
		server.directory.add('Groups', { displayName: 'Readers', members: ids.map((value) => ({ value })) });
	const plan = (desired: Json, options: PlanOptions = {}): Promise<ScimPlan> =>
		planScim(connection.client, connection.client.profile, desired, options);
	const kinds = ({ actions }: ScimPlan): string[] => actions.map(({ kind, subject }) => `${kind} ${subject}`);
	const codes = ({ findings }: ScimPlan): string[] => findings.map(({ code }) => code);
	const requests = (): string[] => server.seen.map(({ method, target }) => `${method} ${decodeURIComponent(target)}`);
	const everybody: Listed = (entries) => entries;
	const without =
		(...names: string[]): Listed =>
		(entries) =>
			entries.filter(({ userName }) => !names.some((name) => userName === `${name}@example.com`));
	const people = ['ada', 'bob', 'cleo', 'dan', 'eve'];

	it('are read behind a page that calls itself the total, where somebody is absent', async () => {
		await open(everybody);
		add(...Array.from({ length: 40 }, (_, index) => `p${index}`));
		const wanted = ['p0', 'p1', 'p2', 'p3'].map((name) => user(name));
		const planned = await plan({ users: [...wanted, user('p33', { active: false })] });
		expect(kinds(planned)).toEqual(['deactivate_user p33@example.com']);
		expect(planned).toMatchObject({ complete: true, population: { activeAccounts: 40 } });
	});

	it('cost a healthy application nothing where everybody is there', async () => {
		await open(everybody);
		addGroup(add(...people));
		await plan({ users: people.map((name) => user(name)), groups: [readers(...people)] });
		expect(requests().filter((line) => line.includes('/Users'))).toHaveLength(2);
	});

	it('are found among the members of a group: a rename makes no twin, a leaver leaves', async () => {
		await open(without('bob', 'cleo'));
		addGroup(add(...people));
		const users = [
			user('ada'),
			user('bob', { userName: 'robert@example.com' }),
			user('cleo', { active: false }),
			user('dan'),
			user('eve'),
		];
		const planned = await plan({ users, groups: [readers('ada', 'bob', 'dan', 'eve')] });
		expect(kinds(planned)).toEqual([
			'rename_user robert@example.com',
			'deactivate_user cleo@example.com',
			'remove_members Readers',
		]);
		expect(planned.complete).toBe(false);
		expect(codes(planned)).toEqual(['incomplete_read']);
	});

	it('make everybody who is absent be searched for, also whom no group names', async () => {
		await open(without('ada', 'eve'));
		addGroup([add(...people)[0] ?? '']);
		const users = [...people.slice(0, 4).map((name) => user(name)), user('eve', { userName: 'eva@example.com' })];
		const planned = await plan({ users, groups: [readers('ada')] }, { deactivateMissing: true });
		expect(kinds(planned)).toEqual(['rename_user eva@example.com']);
		expect(codes(planned)).toEqual(['incomplete_read', 'incomplete_read']);
	});

	it('are asked for by filter before a leaver counts as absent', async () => {
		await open(without('cleo'));
		add(...people);
		const users = people.map((name) => user(name, { active: name !== 'cleo' }));
		const planned = await plan({ users });
		expect(kinds(planned)).toEqual(['deactivate_user cleo@example.com']);
		expect(planned.complete).toBe(false);
	});

	it('are asked for by filter before somebody gets an account, and a renamed one gets no second', async () => {
		await open(without('bob'));
		add(...people);
		const users = people.map((name) => user(name, name === 'bob' ? { userName: 'robert@example.com' } : {}));
		const planned = await plan({ users });
		expect(kinds(planned)).toEqual(['rename_user robert@example.com']);
		expect(planned.complete).toBe(false);
	});

	it('are read by the id that the state has', async () => {
		await open(without('bob'), (line) => (/filter=/.test(line) ? 400 : undefined));
		add(...people);
		const users = people.map((name) => user(name, name === 'bob' ? { id: 'u-2', title: 'Clerk' } : {}));
		expect(kinds(await plan({ users }))).toEqual(['update_user bob@example.com']);
	});

	it('are asked for in a few cases only where many get an account', async () => {
		await open(everybody);
		add(...people);
		const names = Array.from({ length: 300 }, (_, index) => `new${index}`);
		const planned = await plan({ users: [...people, ...names].map((name) => user(name)) });
		expect(planned.counts).toEqual({ create_user: 300 });
		expect(requests().length).toBeLessThan(50);
	});

	it('are known to the journal: whom a run created is neither created again nor taken out', async () => {
		let hidden: Listed = everybody;
		await open(
			(entries) => hidden(entries),
			(line) => (/filter=/.test(line) && /new/.test(line) ? 404 : undefined),
		);
		addGroup(add(...people));
		const desired = { users: [...people, 'new'].map((name) => user(name)), groups: [readers(...people, 'new')] };
		const journal = new MemoryJournal();
		await applyScim(await plan(desired), { client: connection.client, journal });
		hidden = without('new');
		const withJournal = await plan({ users: desired.users }, { earlier: await journal.read() });
		expect(kinds(withJournal)).toEqual([]);
		expect(kinds(await plan(desired))).toEqual([]);
	});

	it('stay members while nobody can tell who they are', async () => {
		await open(without('eve'), (line) => (/GET \S+\/Users\/u-5$/.test(line) ? 500 : undefined));
		addGroup(add(...people));
		const users = people.slice(0, 4).map((name) => user(name));
		const planned = await plan({ users, groups: [readers('ada', 'bob', 'cleo')] });
		const [removal] = planned.actions;
		expect(removal).toMatchObject({ kind: 'remove_members', members: ['u-4'] });
		expect(planned.findings).toMatchObject([{ severity: 'error', code: 'account_untold', subject: 'u-5' }]);
	});

	it('make a comparison incomplete, and nobody missing', async () => {
		await open(without('cleo'));
		addGroup(add(...people));
		const report = await reconcileScim(connection.client, {
			users: people.map((name) => user(name)),
			groups: [readers(...people)],
		});
		expect(report).toMatchObject({ complete: false, counts: { missing: 0, missing_membership: 0 } });
		expect(report.reasons).toEqual(['Accounts: the listing leaves out accounts that exist, at least 1.']);
	});

	it('are read behind the total of one page by a comparison, too', async () => {
		await open(everybody);
		const names = Array.from({ length: 40 }, (_, index) => `p${index}`);
		add(...names);
		const report = await reconcileScim(connection.client, { users: names.map((name) => user(name)) });
		expect(report).toMatchObject({ complete: true, counts: { accounts: 40, missing: 0 } });
	});

	it('are told by a leaver whom a comparison does not see', async () => {
		await open(without('cleo'));
		add(...people);
		const users = people.map((name) => user(name, { active: name !== 'cleo' }));
		const report = await reconcileScim(connection.client, { users });
		expect(report).toMatchObject({ complete: false, counts: { drift: 1 } });
	});

	it('that were deleted and are still listed join no group', async () => {
		await open(everybody, (line) => (/ \S+\/Users\/u-2$/.test(line) ? 404 : undefined));
		addGroup(add(...people).slice(0, 1));
		Object.assign(server.directory.users.get('u-2') as Entry, { active: false });
		const users = people.map((name) => user(name));
		const planned = await plan({ users, groups: [readers('ada', 'bob', 'cleo')] });
		expect(kinds(planned)).toEqual(['reactivate_user bob@example.com', 'add_members Readers']);
		const report = await applyScim(planned, { client: connection.client });
		expect(report.results.map(({ kind, outcome }) => [kind, outcome])).toEqual([
			['reactivate_user', 'failed'],
			['add_members', 'failed'],
		]);
		expect(server.directory.membersOf('Readers')).toEqual(['u-1', 'u-3']);
	});
});
