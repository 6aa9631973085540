import { AccountMatcher, type AccountKeys, type AccountMatch } from '../../../core/scim';
import type { Answer } from './support/fault-proxy';
import { Stage } from './support/stage';

// On Express 5 this scimmy ignores startIndex and repeats its first page: the harder of the two.
const stage = Stage.set('express5');

const match = (keys: AccountKeys, thorough = false): Promise<AccountMatch | undefined> =>
	new AccountMatcher().match(stage.connection.client, keys, { thorough });
const found = async (keys: AccountKeys): Promise<[string, string] | undefined> => {
	const hit = await match(keys);
	return hit === undefined ? undefined : [hit.by, hit.resource.id];
};
const ann = { userName: 'ann@x.example', emails: [{ value: 'ann@x.example' }], externalId: 'p-1' };

describe('matching', () => {
	test('takes the strongest key and asks no more than needed', async () => {
		const id = stage.server.addUser(ann);
		const keys = { externalId: 'p-1', userName: 'ANN@x.example', email: 'ann@X.example' };
		expect(await found(keys)).toEqual(['externalId', id]);
		expect(stage.proxy.seen).toHaveLength(1);
	});

	test('goes on to the next key, and says when there is nobody', async () => {
		const id = stage.server.addUser({ ...ann, externalId: undefined });
		expect(await found({ externalId: 'p-1', userName: 'ann@x.example' })).toEqual(['userName', id]);
		expect(await found({ externalId: 'p-1', userName: 'other', email: 'ann@x.example' })).toEqual(['email', id]);
		expect(await found({ externalId: 'p-2', userName: 'bob', email: 'bob@x.example' })).toBeUndefined();
	});

	test('falls back to the other keys where the stored id has gone', async () => {
		const id = stage.server.addUser(ann);
		expect(await found({ remoteId: 'gone', externalId: 'p-1' })).toEqual(['externalId', id]);
	});

	test('tries lower case for servers that compare userName with regard to case', async () => {
		const id = stage.server.addUser(ann);
		expect(await found({ userName: 'Ann@X.Example' })).toEqual(['userName', id]);
	});

	test.each<[string, AccountKeys]>([
		['externalId and userName', { externalId: 'p-1', userName: 'bob@x.example' }],
		['the stored id and externalId', { remoteId: 'bob', externalId: 'p-1' }],
		['userName and e-mail', { userName: 'bob@x.example', email: 'ann@x.example' }],
	])('stops where %s point at two accounts', async (_, keys) => {
		stage.server.addUser(ann);
		stage.server.addUser({ userName: 'bob@x.example', emails: [{ value: 'bob@x.example' }] }, 'bob');
		await expect(match(keys)).rejects.toMatchObject({ code: 'SCIM_AMBIGUOUS' });
	});

	test('stops where one key matches several accounts', async () => {
		stage.server.addUser({ userName: 'a', emails: [{ value: 'shared@x.example' }] });
		stage.server.addUser({ userName: 'b', emails: [{ value: 'shared@x.example' }] });
		await expect(match({ email: 'shared@x.example' })).rejects.toMatchObject({ code: 'SCIM_AMBIGUOUS' });
	});

	test('does not believe a server that ignores filters, and lists instead', async () => {
		const id = stage.server.addUser(ann);
		stage.server.addUser({ userName: 'bob' });
		const everybody = JSON.stringify({ totalResults: 1, Resources: [{ id: 'x', userName: 'synthetic' }] });
		stage.proxy.fault(({ path }) => (path.includes('filter=') ? { status: 200, body: everybody } : undefined));
		expect(await found({ userName: 'ann@x.example' })).toEqual(['userName', id]);
		expect(await found({ userName: 'nobody' })).toBeUndefined();
	});

	test('lists once a run where a key cannot be searched', async () => {
		stage.server.addUser(ann);
		stage.proxy.fault(({ path }) =>
			path.includes('externalId') ? { status: 400, body: '{"scimType":"invalidFilter"}' } : undefined,
		);
		const matcher = new AccountMatcher();
		for (const name of ['a', 'b', 'c'])
			expect(await matcher.match(stage.connection.client, { externalId: name, userName: name })).toBeUndefined();
		expect(stage.proxy.seen.filter(({ path }) => path.includes('startIndex'))).toHaveLength(1);
		expect(stage.proxy.seen.filter(({ path }) => path.includes('externalId'))).toHaveLength(1);
	});

	test('an e-mail that cannot be searched is listed for, unless the userName that was searched is the same', async () => {
		// scimmy refuses emails.value as soon as one account has no address.
		stage.server.addUser({ userName: 'nobody' });
		const id = stage.server.addUser({ userName: 'a.miller', emails: [{ value: 'ann@x.example' }] });
		expect(await found({ userName: 'ann', email: 'ANN@x.example' })).toEqual(['email', id]);
		stage.proxy.reset();
		expect(await found({ userName: 'new@x.example', email: 'new@x.example' })).toBeUndefined();
		expect(stage.proxy.seen.some(({ path }) => path.includes('startIndex'))).toBe(false);
	});

	test('fails where it can neither search nor list to the end', async () => {
		for (let index = 0; index < 150; index++) stage.server.addUser({ userName: `u${index}` });
		stage.proxy.fault(({ path }) => (/filter=|\.search/.test(path) ? { status: 501 } : undefined));
		await expect(match({ userName: 'nobody' })).rejects.toMatchObject({
			code: 'SCIM_FAILED',
			message: expect.stringContaining('repeats') as unknown,
		});
	});

	test.each([
		'" or userName pr or userName eq "',
		'a"b',
		'back\\slash',
		'a) or (id pr',
		"o'neil",
		'ünïcødé 𝒳',
		'x&filter=y#z%22',
	])('a hostile value finds only itself (%s)', async (userName) => {
		stage.server.addUser(ann);
		expect(await found({ userName })).toBeUndefined();
		const id = stage.server.addUser({ userName });
		expect(await found({ userName })).toEqual(['userName', id]);
	});

	test('letters that only look alike after case folding are somebody else', async () => {
		stage.server.addUser({ userName: '\u212Aevin@x.example' });
		expect(await match({ userName: 'kevin@x.example' }, true)).toBeUndefined();
	});

	test('an account found by an externalId that the server hides needs another key to agree', async () => {
		const id = stage.server.addUser(ann);
		stage.proxy.fault(() => ({
			rewrite: (answer: Answer) => ({ ...answer, body: (answer.body ?? '').replaceAll('"externalId"', '"hidden"') }),
		}));
		expect(await found({ externalId: 'p-1', userName: 'ann@x.example' })).toEqual(['externalId', id]);
	});

	test.each([
		['externalId', { externalId: 'p-1', userName: 'other@x.example' }],
		['emails.value', { userName: 'other@x.example', email: 'ann@x.example' }],
		['userName', { userName: 'ann@x.example' }],
	])('does not believe "nobody" of a server that answers filters on %s with nothing', async (path, keys) => {
		const id = stage.server.addUser(ann);
		stage.proxy.fault(({ path: asked }) =>
			asked.includes(`filter=${path}`) ? { status: 200, body: '{"totalResults":0,"Resources":[]}' } : undefined,
		);
		expect((await found(keys))?.[1]).toBe(id);
	});

	test('lists where the vendor is known to answer unknown filters with nothing', async () => {
		const id = stage.server.addUser(ann);
		stage.server.addUser({ userName: 'bob' });
		stage.connection.client.learn(
			{ filter: { users: ['username'], groups: [], and: false, emptyIsProof: false, members: false } },
			'test',
		);
		expect(await found({ externalId: 'p-1', userName: 'other' })).toEqual(['externalId', id]);
		expect(stage.proxy.seen.some(({ path }) => path.includes('externalId'))).toBe(false);
	});

	test('keeps to the order it is given', async () => {
		const id = stage.server.addUser(ann);
		const keys = { externalId: 'p-1', userName: 'ann@x.example', email: 'ann@x.example' };
		const matcher = new AccountMatcher({ order: ['email', 'userName'] });
		expect(await matcher.match(stage.connection.client, keys)).toMatchObject({ by: 'email', resource: { id } });
	});
});
