import {
	MemoryJournal,
	VENDOR_PROFILES,
	applyScim,
	capabilityProfile,
	planScim,
	undoScim,
	type ScimApplyReport,
	type ScimPlan,
	type VendorProfile,
} from '../../../../core/scim';
import { playVendor } from '../../../support/scim-fault-proxy';
import { connect } from '../support/client';
import { Stage } from '../support/stage';

const stage = Stage.set();

/** A vendor's documented limits in front of the real server. */
function play(vendor: VendorProfile): void {
	const profile = capabilityProfile(vendor);
	stage.connection.close();
	stage.connection = connect(stage.proxy.baseUrl, { profile });
	stage.proxy.fault(playVendor({ capabilities: profile.capabilities, lowercase: vendor.id === 'entra' }));
}

const person = (index: number, extra: Record<string, unknown> = {}): Record<string, unknown> => ({
	externalId: `x${index}`,
	userName: `u${index}@x.example`,
	displayName: `U${index}`,
	name: { givenName: 'U', familyName: String(index) },
	emails: [{ value: `u${index}@x.example`, type: 'work', primary: true }],
	...extra,
});
const members = (...indexes: number[]): unknown[] => indexes.map((index) => ({ externalId: `x${index}` }));

const plan = (state: unknown): Promise<ScimPlan> =>
	planScim(stage.connection.client, stage.connection.client.profile, state);

function apply(planned: ScimPlan, journal?: MemoryJournal): Promise<ScimApplyReport> {
	const { client } = stage.connection;
	return applyScim(planned, {
		client,
		guard: { percent: 100 },
		random: (bytes) => Buffer.alloc(bytes, 9),
		...(journal === undefined ? {} : { journal }),
	});
}

describe.each(VENDOR_PROFILES.map((vendor) => [vendor.id, vendor] as const))('%s', (_, vendor) => {
	const { capabilities } = capabilityProfile(vendor);
	const mayChange = (name: string): boolean => capabilities.mutableUser?.includes(name) !== false;

	it('reaches the target with the fewest requests, then only reads, and undo restores the start', async () => {
		for (let index = 0; index < 6; index++)
			stage.server.addUser({ ...person(index), active: index !== 5 }, `id${index}`);
		const group = stage.server.addGroup('staff', ['id0', 'id1', 'id2']);
		const start = JSON.stringify([...stage.server.users.values()].map(({ meta: _meta, ...user }) => user));
		play(vendor);
		const state = {
			users: [
				person(0, mayChange('displayname') ? { displayName: 'Zero' } : {}),
				person(1),
				person(2, { active: false }),
				person(3),
				person(4),
				person(5),
				person(6),
			],
			groups: [{ displayName: 'staff', members: members(0, 3, 4, 6) }],
		};
		const journal = new MemoryJournal();
		const planned = await plan(state);
		const report = await apply(planned, journal);
		expect(report.results.flatMap(({ note, outcome }) => (outcome === 'failed' ? [note] : []))).toEqual([]);
		expect(stage.proxy.writes()).toHaveLength(planned.minimum.writes);

		const six = stage.server.user('u6@x.example')?.id ?? '';
		// Where members can't be seen they are asked about, and the plan says that strangers aren't seen.
		const hidden = !capabilities.membership.readableMembers;
		expect(planned.findings.some(({ code }) => code === 'members_hidden')).toBe(hidden);
		expect(stage.server.membersOf(group).sort()).toEqual(['id0', 'id3', 'id4', six].sort());
		expect([2, 5].map((index) => stage.server.users.get(`id${index}`)?.['active'])).toEqual([false, true]);

		const writes = stage.proxy.writes().length;
		await apply(await plan(state));
		expect(stage.proxy.writes()).toHaveLength(writes);

		const undone = await undoScim(stage.connection.client, journal);
		expect(undone.results.filter(({ outcome }) => outcome !== 'undone')).toEqual([]);
		expect(stage.server.membersOf(group).sort()).toEqual(['id0', 'id1', 'id2']);
		const end = [...stage.server.users.values()].filter(({ id }) => id !== six).map(({ meta: _meta, ...user }) => user);
		expect(JSON.parse(JSON.stringify(end))).toMatchObject(JSON.parse(start) as object[]);
		expect(stage.server.users.get(six)?.['active']).toBe(false);
	});
});
