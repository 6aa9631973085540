import {
	AccountMatcher,
	DEFAULT_GUARD,
	MemoryJournal,
	applyScim,
	checkGuard,
	planScim,
	type PlanOptions,
	type ScimPlan,
} from '../../../../core/scim';
import { failure } from '../support/failure';
import { Stage } from '../support/stage';

const stage = Stage.set();
const TEAM = { value: 'team@example.com', type: 'work' };

const plan = (users: unknown[], options: PlanOptions = {}): Promise<ScimPlan> => {
	const { client } = stage.connection;
	return planScim(client, client.profile, { users }, options);
};
const kinds = ({ actions }: ScimPlan): string[] => actions.map(({ kind, subject }) => `${kind} ${subject}`);
const codes = ({ findings }: ScimPlan): string[] => findings.map(({ severity, code }) => `${severity} ${code}`);

/** Somebody whom the desired state doesn't mean. */
const stranger = (extra: Record<string, unknown> = {}): string =>
	stage.server.addUser(
		{
			userName: 'stranger@example.com',
			externalId: '9999',
			name: { givenName: 'S', familyName: 'T' },
			emails: [TEAM],
			...extra,
		},
		's',
	);

describe('an account with the same address', () => {
	const newcomer = { externalId: '5000', userName: 'new@example.com', emails: [TEAM] };

	it.each([
		['another externalId', {}, true],
		['another externalId', {}, false],
		['another userName and no externalId', { externalId: undefined }, true],
		['another userName and no externalId', { externalId: undefined }, false],
	])('and %s is neither changed nor locked out', async (_, extra, active) => {
		stranger(extra);
		const planned = await plan([{ ...newcomer, active }]);
		expect(kinds(planned)).toEqual([]);
		expect(codes(planned)).toEqual(['error other_person']);
	});

	it('is not locked out for missing from the state either, while it may be somebody of it', async () => {
		stranger();
		stage.server.addUser({ userName: 'gone@example.com' }, 'g');
		expect(kinds(await plan([newcomer], { deactivateMissing: true }))).toEqual(['deactivate_user gone@example.com']);
	});

	it('is a renamed person where the name says so and no externalId says otherwise', async () => {
		const name = { givenName: 'Nina', familyName: 'New' };
		stranger({ externalId: undefined, name });
		const planned = await plan([{ ...newcomer, name }]);
		expect(kinds(planned)).toEqual(['rename_user new@example.com']);
		expect(codes(planned)).toEqual(['warning renamed_by_email']);
	});

	it('is taken where the address is said to be the stronger key, unless the externalId differs', async () => {
		const match = ['externalId', 'email', 'userName'] as const;
		stranger();
		expect(kinds(await plan([newcomer], { match }))).toEqual([]);
		stage.server.reset();
		stranger({ externalId: undefined });
		expect(kinds(await plan([newcomer], { match }))).toEqual(['rename_user new@example.com']);
	});

	it('is not taken over when the application says that the new account exists', async () => {
		const planned = await plan([newcomer]);
		expect(kinds(planned)).toEqual(['create_user new@example.com']);
		stranger();
		stage.proxy.fault(({ method }) => (method === 'POST' ? { status: 409 } : undefined));
		const report = await applyScim(planned, { client: stage.connection.client, journal: new MemoryJournal() });
		expect(report.counts.failed).toBe(1);
		expect(stage.server.users.get('s')).toMatchObject({ userName: 'stranger@example.com', externalId: '9999' });
	});

	it('stops every search by keys, too', async () => {
		stranger();
		const keys = { externalId: '5000', email: TEAM.value };
		const found = new AccountMatcher().match(stage.connection.client, keys);
		expect(await failure(found)).toMatchObject({ code: 'SCIM_AMBIGUOUS' });
	});
});

describe('an account with the same userName and another externalId', () => {
	const named = { externalId: '5001', userName: 'stranger@example.com', emails: [TEAM] };

	it('is not locked out', async () => {
		stranger();
		const planned = await plan([{ ...named, active: false }]);
		expect([kinds(planned), codes(planned)]).toEqual([[], ['error other_person']]);
	});

	it('is not opened again: the name may have been passed on', async () => {
		stranger({ active: false });
		const planned = await plan([named]);
		expect([kinds(planned), codes(planned)]).toEqual([[], ['error other_person']]);
	});

	it('counts as the same person while it is active, and says so', async () => {
		stranger();
		const planned = await plan([named]);
		expect(kinds(planned)).toEqual(['update_user stranger@example.com']);
		expect(codes(planned)).toEqual(['warning other_external_id']);
	});

	it('is nothing special where people are matched by name first', async () => {
		stranger();
		const planned = await plan([{ ...named, active: false }], { match: ['userName', 'externalId'] });
		expect([kinds(planned), codes(planned)]).toEqual([['deactivate_user stranger@example.com'], []]);
	});
});

describe('everybody', () => {
	it('is not missing from a list that is not there', async () => {
		stranger();
		const { client } = stage.connection;
		const planned = planScim(client, client.profile, { groups: [] }, { deactivateMissing: true });
		expect(await failure(planned)).toMatchObject({ code: 'INPUT_INVALID' });
		expect(kinds(await plan([], { deactivateMissing: true }))).toEqual(['deactivate_user stranger@example.com']);
	});

	it.each([
		[2, 2, true],
		[10, 10, true],
		[9, 10, false],
		[1, 1, false],
	])('is a mass change, however few (%d of %d)', (deactivations, activeAccounts, tripped) => {
		const population = { activeAccounts, members: 0, deactivations, removals: 0 };
		expect(checkGuard(population, DEFAULT_GUARD).tripped).toBe(tripped);
		expect(checkGuard(population, { percent: 100 }).tripped).toBe(false);
	});
});

describe('a wanted member without account', () => {
	it('is an error, and others leave all the same where it certainly is nobody', async () => {
		const [ada, bob] = ['ada', 'bob'].map((name) =>
			stage.server.addUser({ externalId: `x-${name}`, userName: `${name}@example.com` }, name),
		);
		stage.server.addGroup('Readers', [ada ?? '', bob ?? '']);
		const connection = stage.connection.client;
		const groups = [{ displayName: 'Readers', members: [{ externalId: 'x-ada' }, { externalId: 'nobody' }] }];
		const planned = await planScim(connection, connection.profile, { groups });
		expect(codes(planned)).toEqual(['error member_unknown']);
		expect(planned.actions).toMatchObject([{ kind: 'remove_members', members: ['bob'] }]);
	});

	it('is a warning where the person is to be inactive', async () => {
		stage.server.addUser({ externalId: 'x-ada', userName: 'ada@example.com' }, 'ada');
		stage.server.addGroup('Readers', ['ada']);
		const connection = stage.connection.client;
		const users = [{ externalId: 'x-bob', userName: 'bob@example.com', active: false }];
		const groups = [{ displayName: 'Readers', members: ['x-ada', 'x-bob'] }];
		expect(codes(await planScim(connection, connection.profile, { users, groups }))).toEqual([
			'info inactive_absent',
			'warning member_unknown',
		]);
	});
});
