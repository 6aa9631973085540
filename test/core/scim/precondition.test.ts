import { ENTERPRISE, Stage, outcomes } from './support/stage';

const stage = Stage.set();

/** Actions that take something back say how we left it; what somebody changed since is theirs. */
const left = { title: 'Engineer', active: true, [ENTERPRISE]: { department: 'R&D' } };
const takesBack = (attributes: Record<string, unknown>, after: unknown = left): void => {
	const id = stage.forPerson('ann@x.example', 'update_account', { attributes });
	const action = stage.ledger.open.get(id);
	if (action !== undefined) stage.ledger.open.set(id, { ...action, precondition: { after } });
};

test('what is as we left it goes back', async () => {
	const id = stage.server.addUser({ userName: 'ann@x.example', ...left });
	takesBack({ title: 'Analyst', [ENTERPRISE]: { department: 'Ops' } });
	expect(outcomes(await stage.apply())).toEqual(['verified 1']);
	expect(stage.server.users.get(id)).toMatchObject({ title: 'Analyst', [ENTERPRISE]: { department: 'Ops' } });
});

test('what somebody changed since is a conflict that names the attribute, and nothing is sent', async () => {
	stage.server.addUser({ userName: 'ann@x.example', ...left, title: 'Director' });
	takesBack({ title: 'Analyst', [ENTERPRISE]: { department: 'Ops' } });
	const [result] = (await stage.apply()).results;
	expect(result).toMatchObject({ outcome: 'conflict', writes: 0 });
	expect(result?.note).toMatch(/^Conflict: .*title/);
	expect(result?.note).not.toContain('Director');
	expect(stage.proxy.writes()).toEqual([]);
});

test('what already is as it was before is no conflict', async () => {
	stage.server.addUser({ userName: 'ann@x.example', ...left, title: 'Analyst' });
	takesBack({ title: 'Analyst' });
	expect(outcomes(await stage.apply())).toEqual(['verified 0']);
});

test('what others changed beside it stays, and is no conflict', async () => {
	const id = stage.server.addUser({ userName: 'ann@x.example', ...left, nickName: 'Annie' });
	takesBack({ title: 'Analyst' }, { ...left, nickName: 'A' });
	expect(outcomes(await stage.apply())).toEqual(['verified 1']);
	expect(stage.server.users.get(id)).toMatchObject({ title: 'Analyst', nickName: 'Annie' });
});

test.each([
	['an account that was deleted since', undefined],
	['an account that somebody disabled since', { userName: 'ann@x.example', active: false }],
])('%s is not brought back by taking back a change', async (_, account) => {
	if (account !== undefined) stage.server.addUser(account);
	const id = stage.forPerson('ann@x.example', 'create_account', { attributes: { userName: 'ann@x.example' } });
	const action = stage.ledger.open.get(id);
	if (action !== undefined)
		stage.ledger.open.set(id, { ...action, precondition: { after: { id: '1', active: true } } });
	const [result] = (await stage.apply()).results;
	expect(result).toMatchObject({ outcome: 'conflict', note: expect.stringMatching(/^Conflict:/) as string });
	expect(stage.ledger.results).toMatchObject([{ actionId: id, outcome: 'conflict', writes: 0 }]);
	expect(stage.proxy.writes()).toEqual([]);
});

test('a membership is taken back in the same group only, not in another one of that name', async () => {
	const ann = stage.server.addUser({ userName: 'ann@x.example' });
	const group = stage.server.addGroup('admins', [ann]);
	const id = stage.forPerson('ann@x.example', 'remove_from_group', { target: 'admins' });
	const action = stage.ledger.open.get(id);
	const after = { group: { id: 'another', displayName: 'admins' }, memberId: ann, member: true };
	if (action !== undefined) stage.ledger.open.set(id, { ...action, precondition: { after } });
	expect((await stage.apply()).results).toMatchObject([
		{ outcome: 'conflict', note: expect.stringMatching(/^Conflict:/) as string },
	]);
	expect(stage.server.membersOf(group)).toEqual([ann]);
});
