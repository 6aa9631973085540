import { MemoryJournal, applyScim, type ScimApplyReport } from '../../../../core/scim';
import { DyingJournal, Runs, user } from '../support/desired';
import { failure } from '../support/failure';
import { Stage } from '../support/stage';

const stage = Stage.set();

const NOBODY = JSON.stringify({ totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] });

/** New accounts are in no answer to a search or a listing for a while; by id, too, if wanted. */
let blind = 0;
/** What the next creations are answered with, once they were carried out, or before. */
let fault: 'reset' | 'reset-after' | 'accepted' | undefined;

/** Says nothing of unique names, as many applications do. */
const application = ({ schemas = false } = {}): void => {
	stage.proxy.fault(({ method, path }) => {
		if (!schemas && path.startsWith('/Schemas')) return { status: 404, body: '{}' };
		const isUsers = path.startsWith('/Users');
		if (method === 'GET' && isUsers && blind-- > 0)
			return path.startsWith('/Users/') ? { status: 404, body: '{}' } : { status: 200, body: NOBODY };
		if (method !== 'POST' || !isUsers || fault === undefined) return undefined;
		const now = fault;
		fault = undefined;
		return now === 'accepted' ? { rewrite: () => ({ status: 202, headers: {}, body: '' }) } : now;
	});
};

beforeEach(() => {
	blind = 0;
	fault = undefined;
});

const posts = (): number => stage.proxy.writes().filter(({ method }) => method === 'POST').length;
const active = (): unknown[] => [...stage.server.users.values()].filter((each) => each['active'] !== false);
const runs = (journal = new MemoryJournal()): Runs => new Runs(stage, journal);
/** The plan sees the truth; what follows doesn't, for so many answers. */
const lose = async (made: Runs, how: NonNullable<typeof fault>, answers: number): Promise<ScimApplyReport> => {
	const wanted = [user('ada')];
	const { client } = stage.connection;
	const planned = await made.plan(wanted, []);
	[fault, blind] = [how, answers];
	return applyScim(planned, { client, journal: made.journal });
};

describe('a creation without a clear answer', () => {
	it.each(['reset-after', 'accepted'] as const)('is waited for where accounts are shown late (%s)', async (how) => {
		application();
		const made = runs();
		const report = await lose(made, how, 8);
		expect(report.results).toMatchObject([{ outcome: 'verified', writes: 1 }]);
		blind = 0;
		await made.undo();
		expect(active()).toEqual([]);
	});

	it('is not sent again where no look shows the account and nobody knows whether names are unique', async () => {
		application();
		const report = await lose(runs(), 'reset', 0);
		expect(report.results).toMatchObject([
			{ outcome: 'failed', writes: 1, remedy: expect.stringContaining('10 minutes') as string },
		]);
		expect(report.results[0]?.note).toContain('unclear');
		expect(stage.connection.client.clock()).toBeGreaterThan(30_000);
	});

	it('is sent again after a look where the schemas say that names are unique', async () => {
		application({ schemas: true });
		expect((await lose(runs(), 'reset', 0)).results).toMatchObject([{ outcome: 'verified', writes: 2 }]);
	});

	it('is ours where sending it again is refused: undo deactivates the account', async () => {
		application({ schemas: true });
		const made = runs();
		const report = await lose(made, 'reset-after', 3);
		expect(report.results).toMatchObject([{ outcome: 'verified', note: expect.stringContaining('created') as string }]);
		expect(posts()).toBe(2);
		blind = 0;
		await made.undo();
		expect(active()).toEqual([]);
	});

	it('is remembered: a later run takes the account that is there by then as its own', async () => {
		application();
		const made = runs();
		expect((await lose(made, 'reset-after', 100)).outcome).toBe('failed');
		// The plan doesn't see it yet, either.
		blind = 1000;
		const planned = await made.plan([user('ada')], []);
		expect(planned.counts).toEqual({ create_user: 1 });
		blind = 4;
		const report = await applyScim(planned, { client: stage.connection.client, journal: made.journal });
		expect(report.results).toMatchObject([{ outcome: 'verified', writes: 0 }]);
		expect(posts()).toBe(1);
		blind = 0;
		await made.undo();
		expect(active()).toEqual([]);
	});

	it('is found by undo, or undo says that it may be there', async () => {
		application();
		const made = runs();
		await lose(made, 'reset-after', 100);
		blind = 100;
		expect(await made.undo()).toMatchObject({ outcome: 'failed', results: [{ outcome: 'failed' }] });
		blind = 0;
		expect(await made.undo()).toMatchObject({ outcome: 'done', results: [{ outcome: 'undone' }] });
		expect(active()).toEqual([]);
	});

	it('is sent again by a later run once the account would be shown', async () => {
		application();
		const made = runs();
		await lose(made, 'reset', 0);
		expect((await made.apply([user('ada')], [])).results).toMatchObject([{ outcome: 'failed', writes: 0 }]);
		await stage.connection.client.sleep(10 * 60_000);
		expect((await made.apply([user('ada')], [])).results).toMatchObject([{ outcome: 'verified', writes: 1 }]);
		blind = 0;
		await made.undo();
		expect(active()).toEqual([]);
	});
});

describe('a killed run', () => {
	it('makes no account twice where new accounts are shown late, and undo finds all of them', async () => {
		application();
		const journal = new DyingJournal(2);
		const made = runs(journal);
		const wanted = [user('ada'), user('bob')];
		await failure(made.apply(wanted, []));
		expect(posts()).toBe(2);
		journal.left = Infinity;
		blind = 1000;
		const planned = await made.plan(wanted, []);
		expect(planned.counts).toEqual({ create_user: 2 });
		blind = 8;
		const report = await applyScim(planned, { client: stage.connection.client, journal });
		expect(report.outcome).toBe('done');
		expect(posts()).toBe(2);
		blind = 0;
		await made.undo();
		expect(active()).toEqual([]);
	});

	it('leaves open only what it may have sent, not all that it had planned', async () => {
		application();
		const journal = new DyingJournal(2);
		const made = runs(journal);
		const wanted = Array.from({ length: 30 }, (_, index) => user(`p${index}`));
		await failure(made.apply(wanted, []));
		const begun = journal.records.filter(({ type }) => type === 'before').length;
		expect(begun).toBeLessThanOrEqual(stage.connection.client.limits.concurrency);
		journal.left = Infinity;
		expect((await made.apply(wanted, [])).outcome).toBe('done');
		expect(stage.server.users.size).toBe(30);
		expect(posts()).toBe(30);
	});
});
