import { MemberVisibility, changeMembers, findGroup, type Capabilities, type MemberChange } from '../../../core/scim';
import { Runs, group, user } from './support/desired';
import { Stage } from './support/stage';

const stage = Stage.set();

const people = ['ada', 'bob', 'cleo', 'dan', 'eve'];
const users = people.map((name) => user(name));
let staff = '';
beforeEach(() => {
	for (const name of people) stage.server.addUser(user(name), name);
	staff = stage.server.addGroup('staff', ['ada', 'bob']);
});

const members = (): string[] => stage.server.membersOf(staff).sort();
const setMembers = (ids: readonly string[]): void => {
	Object.assign(stage.server.groups.get(staff) ?? {}, { members: ids.map((value) => ({ value })) });
};
interface Operation {
	op: string;
	path?: string;
	value?: Array<{ value: string }>;
}
const operationsOf = (body: string): Operation[] => (JSON.parse(body) as { Operations: Operation[] }).Operations;

/** `add` says who the members are: the others are thrown out. `replace` and PUT may be refused. */
function replaceOnAdd(refused: { replace?: boolean; put?: boolean } = {}): void {
	stage.proxy.fault(({ method, path, body }) => {
		if (!path.startsWith('/Groups/')) return undefined;
		if (method === 'PUT' && refused.put === true) return { status: 405, body: '{}' };
		if (method !== 'PATCH') return undefined;
		for (const { op, value = [] } of operationsOf(body)) {
			if (op === 'replace' && refused.replace === true) return { status: 400, body: '{}' };
			if (op !== 'add') return undefined;
			setMembers(value.map((each) => each.value));
		}
		return { status: 204 };
	});
}

describe('where adding a member throws out the others', () => {
	it('they are put back, the form is learned, and a second run writes nothing', async () => {
		replaceOnAdd();
		const runs = new Runs(stage);
		const report = await runs.apply(users, [group('staff', 'ada', 'bob', 'cleo', 'dan')]);
		expect(report.results).toMatchObject([{ kind: 'add_members', outcome: 'verified' }]);
		expect(members()).toEqual(['ada', 'bob', 'cleo', 'dan']);
		expect((await runs.apply(users, [group('staff', 'ada', 'bob', 'cleo', 'dan')])).requests.writes).toBe(0);
		expect((await runs.apply(users, [group('staff', ...people)])).requests.writes).toBe(1);
		expect(members()).toEqual([...people].sort());
	});

	it('undo leaves the group as it was', async () => {
		replaceOnAdd();
		const runs = new Runs(stage);
		await runs.apply(users, [group('staff', 'ada', 'cleo', 'dan')]);
		expect(members()).toEqual(['ada', 'cleo', 'dan']);
		stage.connection.client.learn({ membership: withoutAddForm() }, 'another process');
		expect(await runs.undo()).toMatchObject({ outcome: 'done', counts: { failed: 0, conflict: 0 } });
		expect(members()).toEqual(['ada', 'bob']);
	});

	it('those added by an earlier request come back, too', async () => {
		replaceOnAdd();
		const { client } = stage.connection;
		client.learn({ membership: { ...client.capabilities.membership, changesPerRequest: 2 } }, 'test');
		const changes = ['cleo', 'dan', 'eve'].map((memberId): MemberChange => ({ kind: 'add', memberId }));
		const found = await findGroup(client, 'staff');
		const verdicts = await changeMembers(client, found, changes, new MemberVisibility());
		expect([...verdicts.values()].map(({ outcome }) => outcome)).toEqual(['verified', 'verified', 'verified']);
		expect(members()).toEqual([...people].sort());
	});

	it('PUT does it where `replace` is refused', async () => {
		replaceOnAdd({ replace: true });
		await new Runs(stage).apply(users, [group('staff', 'ada', 'bob', 'cleo')]);
		expect(members()).toEqual(['ada', 'bob', 'cleo']);
	});

	it('it is a failure where nothing brings them back, and undo does once something does', async () => {
		replaceOnAdd({ replace: true, put: true });
		const runs = new Runs(stage);
		const report = await runs.apply(users, [group('staff', 'ada', 'bob', 'cleo')]);
		expect(report.results).toMatchObject([{ kind: 'add_members', outcome: 'failed' }]);
		expect(report.results[0]?.note).toContain('2 members of "staff"');
		stage.proxy.reset();
		expect(await runs.undo()).toMatchObject({ outcome: 'done' });
		expect(members()).toEqual(['ada', 'bob']);
	});
});

it('one of several who goes in between was taken out by somebody else, and stays out', async () => {
	let isTaken = false;
	stage.proxy.fault(({ method, path }) => {
		if (method === 'PATCH' && path.startsWith('/Groups/') && !isTaken) {
			isTaken = true;
			setMembers(['ada']);
		}
		return undefined;
	});
	await new Runs(stage).apply(users, [group('staff', 'ada', 'bob', 'cleo')]);
	expect(members()).toEqual(['ada', 'cleo']);
});

describe('where reads lag behind', () => {
	/** Each write is shown by the third read after it. */
	function lag(): void {
		let [old, left] = ['', 0];
		stage.proxy.fault(({ method, path }) => {
			if (path !== `/Groups/${staff}`) return undefined;
			if (method === 'PATCH') {
				old = JSON.stringify({ id: staff, displayName: 'staff', members: elements() });
				left = 2;
				return undefined;
			}
			return method === 'GET' && left-- > 0 ? { status: 200, body: old } : undefined;
		});
	}
	const elements = (): unknown[] => stage.server.membersOf(staff).map((value) => ({ value }));

	it('a group changed by several requests is read as patiently as after one', async () => {
		lag();
		const { client } = stage.connection;
		client.learn({ membership: { ...client.capabilities.membership, changesPerRequest: 1 } }, 'test');
		const runs = new Runs(stage);
		const report = await runs.apply(users, [group('staff', 'ada', 'bob', 'cleo', 'dan')]);
		expect(report.results).toMatchObject([{ outcome: 'verified' }]);
	});

	it('undo does not take the first look at its word', async () => {
		const runs = new Runs(stage);
		await runs.apply(users, [group('staff', 'ada', 'bob', 'cleo')]);
		stage.connection.client.learn({ readsBehind: 3 }, 'test');
		const before = JSON.stringify({ id: staff, displayName: 'staff', members: [{ value: 'ada' }, { value: 'bob' }] });
		let left = 2;
		stage.proxy.fault(({ method, path }) =>
			method === 'GET' && path === `/Groups/${staff}` && left-- > 0 ? { status: 200, body: before } : undefined,
		);
		expect((await runs.undo()).counts).toMatchObject({ undone: 1 });
		expect(members()).toEqual(['ada', 'bob']);
	});
});

it('undo looks at a change that failed although it was accepted', async () => {
	const old = JSON.stringify({ id: staff, displayName: 'staff', members: [{ value: 'ada' }, { value: 'bob' }] });
	stage.proxy.fault(({ method, path }) =>
		method === 'GET' && path === `/Groups/${staff}` ? { status: 200, body: old } : undefined,
	);
	const runs = new Runs(stage);
	const report = await runs.apply(users, [group('staff', 'ada', 'bob', 'cleo')]);
	expect(report.results).toMatchObject([{ outcome: 'failed' }]);
	stage.proxy.reset();
	expect(members()).toEqual(['ada', 'bob', 'cleo']);
	expect(await runs.undo()).toMatchObject({ outcome: 'done', counts: { undone: 1 } });
	expect(members()).toEqual(['ada', 'bob']);
});

function withoutAddForm(): Capabilities['membership'] {
	const { addForm: _addForm, ...membership } = stage.connection.client.capabilities.membership;
	return membership;
}
