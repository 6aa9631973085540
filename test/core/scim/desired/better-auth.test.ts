import {
	MemoryJournal,
	applyScim,
	importCatalogue,
	planScim,
	reconcileScim,
	undoScim,
	type ScimPlan,
} from '../../../../core/scim';
import { connectBetterAuth } from '../support/better-auth';
import type { TestClient } from '../support/client';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let connection: TestClient;
beforeAll(async () => {
	connection = await connectBetterAuth();
});
afterAll(() => connection.close());

const person = (name: string, extra: Record<string, unknown> = {}): Record<string, unknown> => ({
	externalId: `x-${name}`,
	userName: `${name}@x.example`,
	name: { givenName: name, familyName: 'Test' },
	title: 'Engineer',
	emails: [{ value: `${name}@x.example`, type: 'work', primary: true }],
	[ENTERPRISE]: { department: 'Sales' },
	...extra,
});
const plan = (state: unknown): Promise<ScimPlan> =>
	planScim(connection.client, connection.client.profile, state, { createGroups: true });
const apply = async (state: unknown, journal = new MemoryJournal()): Promise<number> => {
	const report = await applyScim(await plan(state), { client: connection.client, journal, guard: { percent: 100 } });
	expect(report.results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
	return report.requests.writes;
};
const start = {
	users: [person('ann'), person('bea'), person('cid')],
	groups: [{ displayName: 'Team', members: [{ externalId: 'x-ann' }, { userName: 'bea@x.example' }] }],
};
const target = {
	users: [
		person('ann', { title: 'Head' }),
		person('bea', { active: false }),
		person('cid', { userName: 'cyd@x.example' }),
		person('dee', { [ENTERPRISE]: { department: 'Sales', manager: { value: 'x-ann' } } }),
	],
	groups: [{ displayName: 'Team', members: [{ externalId: 'x-ann' }, { externalId: 'x-dee' }] }],
};

describe('a desired state against @better-auth/scim', () => {
	it('is reached, stays without a write, is reconciled, and taken back', async () => {
		await apply(start);
		expect(await apply(start)).toBe(0);

		const journal = new MemoryJournal();
		await apply(target, journal);
		expect(await apply(target)).toBe(0);
		expect(await reconcileScim(connection.client, target)).toMatchObject({ complete: true, items: [] });

		const undone = await undoScim(connection.client, journal);
		expect(undone.results.filter(({ outcome }) => outcome !== 'undone' && outcome !== 'nothing')).toEqual([]);
		expect((await plan(start)).actions).toEqual([]);
		expect((await undoScim(connection.client, journal)).requests.writes).toBe(0);
	});

	it('has a catalogue', async () => {
		const catalogue = await importCatalogue(connection.client, { application: 'auth' });
		expect(catalogue.entries.map(({ name }) => name)).toContain('Team');
		expect(catalogue.complete).toBe(true);
	});
});
