import {
	MemberVisibility,
	capabilityProfile,
	changeMembers,
	findGroup,
	readGroup,
	vendorProfile,
	type MemberChange,
} from '../../../core/scim';
import { playVendor } from '../../support/scim-fault-proxy';
import { Stage } from './support/stage';

const stage = Stage.set();
const GENERIC = capabilityProfile(vendorProfile('generic')).capabilities;

const add = (memberId: string): MemberChange => ({ kind: 'add', memberId });
const remove = (memberId: string): MemberChange => ({ kind: 'remove', memberId });
const outcomesOf = (verdicts: ReadonlyMap<MemberChange, { outcome: string }>): string[] =>
	[...verdicts.values()].map(({ outcome }) => outcome);

function population(size: number): { ids: string[]; group: string } {
	const ids = Array.from({ length: size }, (_, index) => stage.server.addUser({ userName: `u${index}` }));
	return { ids, group: stage.server.addGroup('staff', ids) };
}
const change = async (changes: MemberChange[]): ReturnType<typeof changeMembers> => {
	const { client } = stage.connection;
	return changeMembers(client, await findGroup(client, 'staff'), changes, new MemberVisibility());
};

describe('limits nobody documented', () => {
	test('on the number of changes are learned from refusals, and kept to afterwards', async () => {
		const { ids } = population(0);
		for (let index = 0; index < 40; index++) ids.push(stage.server.addUser({ userName: `n${index}` }));
		stage.proxy.fault(
			playVendor({ capabilities: { ...GENERIC, membership: { ...GENERIC.membership, changesPerRequest: 10 } } }),
		);
		expect(new Set(outcomesOf(await change(ids.slice(0, 20).map(add))))).toEqual(new Set(['verified']));
		expect(stage.connection.client.capabilities.membership.changesPerRequest).toBe(10);
		stage.proxy.seen.length = 0;
		await change(ids.slice(20).map(add));
		expect(stage.proxy.writes()).toHaveLength(2);
	});

	test('on mixing are learned', async () => {
		const { ids } = population(4);
		const next = stage.server.addUser({ userName: 'next' });
		stage.proxy.fault(
			playVendor({ capabilities: { ...GENERIC, membership: { ...GENERIC.membership, mixing: false } } }),
		);
		await change([remove(ids[0] ?? ''), add(next)]);
		expect(stage.connection.client.capabilities.membership.mixing).toBe(false);
		stage.proxy.seen.length = 0;
		await change([remove(ids[1] ?? ''), add(ids[0] ?? '')]);
		expect(stage.proxy.writes()).toHaveLength(2);
	});
});

describe('removals', () => {
	test.each([
		['refused', { status: 400, body: '{"scimType":"invalidPath"}' }],
		['accepted and not carried out', { status: 200, body: '{}' }],
	])('by filter that are %s are done by naming those who stay', async (_, answer) => {
		const { ids, group } = population(5);
		stage.proxy.fault(({ method, body }) => (method === 'PATCH' && body.includes('members[') ? answer : undefined));
		expect(outcomesOf(await change([remove(ids[0] ?? ''), remove(ids[1] ?? '')]))).toEqual(['verified', 'verified']);
		expect(stage.server.membersOf(group)).toEqual(ids.slice(2));
		expect(stage.proxy.writes().every(({ body }) => !body.includes('"op":"remove","path":"members"'))).toBe(true);
		stage.proxy.seen.length = 0;
		await change([remove(ids[2] ?? '')]);
		expect(stage.proxy.writes()).toHaveLength(1);
		expect(stage.server.membersOf(group)).toEqual(ids.slice(3));
	});

	test('that clear the group are undone at once', async () => {
		const { ids, group } = population(5);
		stage.proxy.fault(({ method, body }) => {
			if (method !== 'PATCH' || !body.includes('"remove"')) return undefined;
			const stored = stage.server.groups.get(group);
			if (stored !== undefined) stored['members'] = [];
			return { status: 204 };
		});
		expect(outcomesOf(await change([remove(ids[0] ?? '')]))).toEqual(['verified']);
		expect(stage.server.membersOf(group).sort()).toEqual(ids.slice(1).sort());
		stage.proxy.seen.length = 0;
		await change([remove(ids[1] ?? '')]);
		expect(stage.proxy.writes().some(({ body }) => body.includes('"remove"'))).toBe(false);
		expect(stage.server.membersOf(group).sort()).toEqual(ids.slice(2).sort());
	});

	test('of the last member leave an empty group', async () => {
		const { ids, group } = population(1);
		stage.server.addGroup('others', ids);
		expect(outcomesOf(await change([remove(ids[0] ?? '')]))).toEqual(['verified']);
		expect(stage.server.membersOf(group)).toEqual([]);
	});
});

test('the same change twice is sent once, and giving and taking at once is refused', async () => {
	const { ids, group } = population(2);
	const ann = stage.server.addUser({ userName: 'ann' });
	const changes = [add(ann), add(ann), remove(ids[0] ?? ''), add(ids[0] ?? '')];
	const verdicts = await change(changes);
	expect(changes.map((each) => verdicts.get(each)?.outcome)).toEqual(['verified', 'verified', 'verified', 'failed']);
	expect(stage.server.membersOf(group)).toEqual([ids[1], ann]);
});

test('chunk k of n fails without doing 1 to k−1 again', async () => {
	population(1);
	const ids = Array.from({ length: 50 }, (_, index) => stage.server.addUser({ userName: `n${index}` }));
	stage.connection.client.learn({ membership: { ...GENERIC.membership, changesPerRequest: 10 } }, 'test');
	let nth = 0;
	stage.proxy.fault(({ method }) => (method === 'PATCH' && ++nth === 3 ? 'reset' : undefined));
	expect(new Set(outcomesOf(await change(ids.map(add))))).toEqual(new Set(['verified']));
	expect(stage.proxy.writes()).toHaveLength(6);
});

test('a group of 100,000 is read once before and once after, and only what changes is sent', async () => {
	const members = new Set(Array.from({ length: 100_000 }, (_, index) => `member-${index}`));
	stage.proxy.fault(({ method, path, body }) => {
		if (method === 'PATCH') {
			for (const [, id] of body.matchAll(/eq \\"(member-\d+)\\"/g)) members.delete(id ?? '');
			for (const [, id] of body.matchAll(/"value":"(new-\d+)"/g)) members.add(id ?? '');
			return { status: 204 };
		}
		const group = { id: 'g', displayName: 'staff', members: [...members].map((value) => ({ value })) };
		return {
			status: 200,
			body: JSON.stringify(path.includes('filter') ? { totalResults: 1, Resources: [group] } : group),
		};
	});
	const changes = Array.from({ length: 1000 }, (_, index) =>
		index % 2 === 0 ? remove(`member-${index}`) : add(`new-${index}`),
	);
	expect(new Set(outcomesOf(await change(changes)))).toEqual(new Set(['verified']));
	expect(stage.proxy.seen.map(({ method }) => method)).toEqual(['GET', ...Array<string>(10).fill('PATCH'), 'GET']);
	expect((await readGroup(stage.connection.client, 'g')).members.size).toBe(100_000);
}, 30_000);

test('a server that insists on versions gets one with each write, and a newer one after 412', async () => {
	const { ids } = population(1);
	for (let index = 0; index < 30; index++) ids.push(stage.server.addUser({ userName: `n${index}` }));
	stage.connection.client.learn({ membership: { ...GENERIC.membership, changesPerRequest: 10 } }, 'test');
	let version = 1;
	let moved = false;
	stage.proxy.fault(({ method, path, headers }) => {
		if (!path.startsWith('/Groups')) return undefined;
		if (method === 'GET') return { rewrite: (answer) => ({ ...answer, headers: { etag: `W/"${version}"` } }) };
		if (headers['if-match'] === undefined) return { status: 428, body: '{}' };
		if (!moved) {
			moved = true;
			version++; // somebody else was faster
		}
		if (headers['if-match'] !== `W/"${version}"`) return { status: 412, body: '{}' };
		version++;
		return undefined;
	});
	const verdicts = await change(ids.slice(1).map(add));
	expect(new Set(outcomesOf(verdicts))).toEqual(new Set(['verified']));
	expect(stage.proxy.writes()).toHaveLength(1 + 1 + 3);
});

test('a full group takes no more, and nothing is sent for those without room', async () => {
	const { ids, group } = population(3);
	stage.connection.client.learn({ membership: { ...GENERIC.membership, maxMembers: 3 } }, 'test');
	const [ann, bob] = ['ann', 'bob'].map((userName) => stage.server.addUser({ userName }));
	const verdicts = await change([remove(ids[0] ?? ''), add(ann ?? ''), add(bob ?? '')]);
	expect(outcomesOf(verdicts).sort()).toEqual(['failed', 'verified', 'verified']);
	expect(stage.proxy.writes()).toHaveLength(1);
	expect(stage.server.membersOf(group)).toEqual([ids[1], ids[2], ann]);
});

describe('a limit that one request showed', () => {
	test('holds for the others of the same group: only the search for it is refused', async () => {
		population(0);
		const ids = Array.from({ length: 28 }, (_, index) => stage.server.addUser({ userName: `n${index}` }));
		const answers: boolean[] = [];
		stage.proxy.fault(({ method, body }) => {
			if (method !== 'PATCH') return undefined;
			const fits = [...body.matchAll(/"value":"/g)].length <= 5;
			answers.push(fits);
			return fits ? undefined : { status: 400, body: '{}' };
		});
		expect(new Set(outcomesOf(await change(ids.map(add))))).toEqual(new Set(['verified']));
		// 28, 14 and 7 are refused; 4 and 3 taken, and fours from then on.
		expect(answers.filter((fits) => !fits)).toHaveLength(3);
		expect(answers).toHaveLength(11);
	});
});
