import fc from 'fast-check';

import { VENDOR_PROFILES, capabilityProfile, type VendorProfile } from '../../../core/scim';
import { playVendor } from '../../support/scim-fault-proxy';
import { connect } from './support/client';
import { MemoryLedger } from './support/memory-ledger';
import { ENTERPRISE, Stage } from './support/stage';

const stage = Stage.set();

/** A vendor in front of the real server, and a client that knows its documentation, or learns as it goes. */
function play(vendor: VendorProfile, knows = true): void {
	const profile = capabilityProfile(vendor);
	stage.connection.close();
	stage.connection = connect(stage.proxy.baseUrl, knows ? { profile } : {});
	stage.proxy.fault(playVendor({ capabilities: profile.capabilities, lowercase: vendor.id === 'entra' }));
}

const MEMBERS = 45;

describe.each(VENDOR_PROFILES.map((vendor) => [vendor.id, vendor] as const))('%s', (_, vendor) => {
	const limits = capabilityProfile(vendor).capabilities.membership;

	test('group changes take as few requests as its limits allow, and a second run writes nothing', async () => {
		const ids = Array.from({ length: MEMBERS * 2 }, (_, index) =>
			stage.server.addUser({
				userName: `u${index}@x.example`,
				externalId: `person-u${index}`,
				emails: [{ value: `u${index}@x.example` }],
			}),
		);
		const group = stage.server.addGroup('staff', ids.slice(0, MEMBERS));
		play(vendor);
		const order = (): void => {
			for (let index = 0; index < MEMBERS * 2; index++) {
				const operation = index < MEMBERS ? 'remove_from_group' : 'add_to_group';
				stage.forPerson(`u${index}@x.example`, operation, { target: 'staff' });
			}
		};
		order();
		const report = await stage.apply();
		expect(report.results.flatMap(({ note }) => note ?? [])).toEqual([]);
		expect(stage.server.membersOf(group).sort()).toEqual(ids.slice(MEMBERS).sort());

		const perOperation = limits.removeForm === 'filter' ? 1 : limits.valuesPerOperation;
		const removals = Math.min(
			limits.changesPerRequest,
			limits.removesPerRequest ?? Infinity,
			limits.operationsPerRequest * perOperation,
		);
		const adds = Math.min(limits.changesPerRequest, limits.operationsPerRequest * limits.valuesPerOperation);
		const apart = Math.ceil(MEMBERS / removals) + Math.ceil(MEMBERS / adds);
		const minimum = limits.mixing ? Math.ceil((MEMBERS * 2) / Math.min(limits.changesPerRequest, adds)) : apart;
		expect(stage.proxy.writes()).toHaveLength(minimum);

		const before = stage.proxy.writes().length;
		await stage.apply();
		expect(stage.proxy.writes()).toHaveLength(before);
	});
});

/** Vendors whose accounts can be changed after their creation. */
const CHANGEABLE = VENDOR_PROFILES.filter(({ capabilities }) => capabilities.mutableUser === undefined);
const person = fc.record(
	{
		title: fc.constantFrom('X', 'Y'),
		department: fc.constantFrom('D1', 'D2'),
		familyName: fc.constantFrom('A', 'B'),
		active: fc.boolean(),
		member: fc.boolean(),
	},
	{ requiredKeys: ['active', 'member'] },
);

test.each([
	['documented', true],
	['unknown', false],
])(
	'from any population to any other, at any %s vendor: the target is reached, and a second run only reads',
	async (_, knows) => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...CHANGEABLE),
				fc.array(fc.tuple(fc.option(person), person), { minLength: 1, maxLength: 4 }),
				async (vendor, people) => {
					stage.server.reset();
					stage.proxy.reset();
					stage.ledger = new MemoryLedger();
					const members: string[] = [stage.server.addUser({ userName: 'keeper@x.example' })];
					people.forEach(([before], index) => {
						if (before === null) return;
						const id = stage.server.addUser({
							userName: `p${index}@x.example`,
							active: before.active,
							title: before.title,
							name: { familyName: before.familyName, givenName: 'G' },
							[ENTERPRISE]: { department: before.department, costCenter: 'kept' },
						});
						if (before.member) members.push(id);
					});
					const group = stage.server.addGroup('staff', members);
					people.forEach(([, after], index) => {
						const email = `p${index}@x.example`;
						const attributes = {
							userName: email,
							title: after.title ?? null,
							'name.familyName': after.familyName ?? 'C',
							[`${ENTERPRISE}:department`]: after.department ?? null,
						};
						if (after.active) stage.forPerson(email, 'create_account', { attributes });
						else stage.forPerson(email, 'disable_account');
						stage.forPerson(email, after.active && after.member ? 'add_to_group' : 'remove_from_group', {
							target: 'staff',
						});
					});
					play(vendor, knows);
					const report = await stage.apply();
					expect(report.results.filter(({ outcome }) => outcome === 'failed').map(({ note }) => note)).toEqual([]);
					people.forEach(([before, after], index) => {
						const user = stage.server.user(`p${index}@x.example`);
						if (!after.active) return expect(user?.['active'] ?? false).toBe(false);
						expect(user).toMatchObject({ active: true, name: { familyName: after.familyName ?? 'C' } });
						expect(user?.['title'] ?? null).toBe(after.title ?? null);
						const extension = (user?.[ENTERPRISE] ?? {}) as Record<string, unknown>;
						expect(extension['department'] ?? null).toBe(after.department ?? null);
						if (before !== null) expect(extension['costCenter']).toBe('kept');
						expect(stage.server.membersOf(group).includes(user?.id ?? '')).toBe(after.member);
					});
					expect(stage.server.membersOf(group)).toContain(members[0]);
					stage.proxy.seen.length = 0;
					await stage.apply();
					const hidden = !knows && !capabilityProfile(vendor).capabilities.membership.readableMembers;
					// Where nobody can tell whether somebody is a member, a removal is sent again: that is the safe direction.
					const writes = stage.proxy.writes().filter(({ body }) => !(hidden && body.includes('"remove"')));
					expect(writes).toEqual([]);
				},
			),
			{ numRuns: 60 },
		);
	},
	120_000,
);
