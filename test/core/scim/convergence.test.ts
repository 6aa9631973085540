import fc from 'fast-check';

import type { ActionOperation } from '../../../core/model';
import { MemoryLedger } from './support/memory-ledger';
import { ENTERPRISE, Stage } from './support/stage';

const stage = Stage.set();

const NAMES = ['ann', 'bob', 'cid', 'dan', 'eve'];
const GROUPS = ['staff', 'admins', 'the "A" team'];
const ROLES = ['VendorCreate', 'VendorApprove'];
/** Nothing that anybody asks for. */
const AUDITOR = { value: 'r-7', display: 'Auditor', primary: true };

interface Before {
	/** `undefined`: no account. */
	active?: boolean;
	title?: string;
	stray: string[];
	roles: string[];
	auditor: boolean;
}
interface Wanted {
	account: 'create' | 'update' | 'disable' | 'none';
	title: string | null;
	groups: Array<['add_to_group' | 'remove_from_group', string]>;
	roles: Array<['assign_role' | 'remove_role', string]>;
}

const before: fc.Arbitrary<Before> = fc.record(
	{
		active: fc.boolean(),
		title: fc.constantFrom('X', 'Y'),
		stray: fc.subarray(GROUPS),
		roles: fc.subarray(ROLES),
		auditor: fc.boolean(),
	},
	{ requiredKeys: ['stray', 'roles', 'auditor'] },
);
const wanted: fc.Arbitrary<Wanted> = fc.record({
	account: fc.constantFrom('create', 'update', 'disable', 'none'),
	title: fc.constantFrom('X', 'Y', null),
	groups: fc.uniqueArray(
		fc.tuple(
			fc.constantFrom<'add_to_group' | 'remove_from_group'>('add_to_group', 'remove_from_group'),
			fc.constantFrom(...GROUPS),
		),
		{ selector: ([, group]) => group },
	),
	roles: fc.uniqueArray(
		fc.tuple(fc.constantFrom<'assign_role' | 'remove_role'>('assign_role', 'remove_role'), fc.constantFrom(...ROLES)),
		{ selector: ([, role]) => role },
	),
});
const population = fc.array(fc.tuple(before, wanted), { minLength: NAMES.length, maxLength: NAMES.length });

/** Faults that change no outcome: throttling, and answers lost before or after the work. */
const mood = fc.constantFrom<'calm' | 'throttled' | 'lossy'>('calm', 'throttled', 'lossy');

test('whatever the state before and the mood of the network: what is verified holds, nobody is there twice, and a second run only reads', async () => {
	await fc.assert(
		fc.asyncProperty(population, mood, async (people, weather) => {
			stage.server.reset();
			stage.proxy.reset();
			stage.ledger = new MemoryLedger();
			const auditors = populate(people);
			request(people);
			// An application whose accounts show roles: one that shows none has none.
			stage.connection.client.learn({ roleAttribute: 'roles' }, 'test');
			stage.proxy.fault((_, nth) => {
				if (weather === 'throttled')
					return nth % 5 === 0 ? { status: 429, headers: { 'retry-after': '0' } } : undefined;
				if (weather === 'lossy') return nth % 7 === 0 ? 'reset-after' : nth % 11 === 0 ? 'reset' : undefined;
				return undefined;
			});
			const report = await stage.apply({ claim: { claimedBy: 'test', leaseSeconds: 100_000, limit: 1000 } });

			for (const result of report.results)
				if (result.outcome === 'verified') expectHolds(result.content, result.account?.remoteId);
			for (const id of auditors) expect(stage.server.users.get(id)?.['roles']).toContainEqual(AUDITOR);
			for (const { roles } of stage.server.users.values()) {
				const values = ((roles ?? []) as Array<{ value: string }>).map(({ value }) => value);
				expect(new Set(values).size).toBe(values.length);
			}
			const userNames = [...stage.server.users.values()].map(({ userName }) => String(userName).toLowerCase());
			expect(new Set(userNames).size).toBe(userNames.length);
			for (const { id } of stage.server.groups.values()) {
				const members = stage.server.membersOf(id);
				expect(new Set(members).size).toBe(members.length);
			}

			stage.proxy.reset();
			const second = await stage.apply();
			expect(stage.proxy.writes()).toEqual([]);
			expect(second.results.map(({ outcome }) => outcome)).toEqual(report.results.map(({ outcome }) => outcome));
		}),
		{ numRuns: 60 },
	);
}, 120_000);

/** @returns accounts that have a role which is none of our business */
function populate(people: Array<[Before, Wanted]>): string[] {
	const auditors: string[] = [];
	const groups = GROUPS.map((name) => [name, [] as string[]] as const);
	people.forEach(([{ active, title, stray, roles, auditor }], index) => {
		if (active === undefined) return;
		const held = [...roles.map((value) => ({ value })), ...(auditor ? [AUDITOR] : [])];
		const id = stage.server.addUser({ userName: `${NAMES[index] ?? ''}@x.example`, active, title, roles: held });
		if (auditor) auditors.push(id);
		for (const [name, members] of groups) if (stray.includes(name)) members.push(id);
	});
	for (const [name, members] of groups) stage.server.addGroup(name, members);
	// Somebody is a member somewhere, which shows that the application doesn't hide members.
	stage.server.addGroup('everyone', [stage.server.addUser({ userName: 'keeper@x.example' })]);
	return auditors;
}

function request(people: Array<[Before, Wanted]>): void {
	people.forEach(([, { account, title, groups, roles }], index) => {
		const email = `${NAMES[index] ?? ''}@x.example`;
		const attributes = { userName: email, title, [ENTERPRISE]: { department: 'D' } };
		if (account !== 'none')
			stage.forPerson(email, `${account}_account` as ActionOperation, account === 'disable' ? {} : { attributes });
		for (const [operation, target] of [...roles, ...groups]) stage.forPerson(email, operation, { target });
	});
}

function expectHolds(
	content: { operation: ActionOperation; target?: string; attributes?: Record<string, unknown> },
	id: string | undefined,
): void {
	const user = id === undefined ? undefined : stage.server.users.get(id);
	const group = [...stage.server.groups.values()].find(({ displayName }) => displayName === content.target);
	const member = id !== undefined && group !== undefined && stage.server.membersOf(group.id).includes(id);
	switch (content.operation) {
		case 'create_account':
			expect(user).toMatchObject({ active: true, [ENTERPRISE]: { department: 'D' } });
			break;
		case 'update_account':
			expect(user?.['title'] ?? null).toBe(content.attributes?.['title'] ?? null);
			break;
		case 'disable_account':
			expect(user?.['active'] ?? false).toBe(false);
			break;
		case 'assign_role':
		case 'remove_role': {
			const roles = (user?.['roles'] ?? []) as Array<{ value: string }>;
			expect(roles.some(({ value }) => value === content.target)).toBe(content.operation === 'assign_role');
			break;
		}
		case 'add_to_group':
			expect(member).toBe(true);
			break;
		default:
			expect(member).toBe(false);
	}
}
