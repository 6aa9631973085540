import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startFaultProxy, type FaultProxy } from '../core/scim/support/fault-proxy';
import { TOKEN, startScimmy, type ScimServer } from '../core/scim/support/scimmy-server';
import { folderWith, run, type Outcome } from './run';

const DESIRED = {
	users: [
		{ externalId: 'x1', userName: 'ada@example.com', title: 'Engineer' },
		{ externalId: 'x2', userName: 'bob@example.com' },
	],
	groups: [{ displayName: 'Readers', members: [{ externalId: 'x1' }, { userName: 'bob@example.com' }] }],
};

describe('scim on the command line', () => {
	let server: ScimServer;
	let proxy: FaultProxy;
	let folder: string;

	beforeAll(async () => {
		server = await startScimmy();
		proxy = await startFaultProxy(server.baseUrl);
		process.env['SCIM_TEST_TOKEN'] = TOKEN;
		process.env['SCIM_TEST_WRONG'] = 'no-such-token-123';
	});
	afterAll(async () => {
		delete process.env['SCIM_TEST_TOKEN'];
		delete process.env['SCIM_TEST_WRONG'];
		await proxy.close();
		await server.close();
	});
	beforeEach(() => {
		server.reset();
		proxy.reset();
		folder = folderWith({ 'desired.json': JSON.stringify(DESIRED), 'broken.json': '{' });
		server.addUser({ externalId: 'x1', userName: 'ada@example.com', title: 'Analyst' }, 'u1');
		server.addGroup('Readers');
	});

	const scim = (verb: string, ...words: string[]): Promise<Outcome> =>
		run(folder, 'scim', verb, proxy.baseUrl, '--token-env', 'SCIM_TEST_TOKEN', ...words);
	const document = ({ out }: Outcome): Record<string, never> => JSON.parse(out) as Record<string, never>;
	const desired = ['--desired', 'desired.json'];

	it('probes: one document with the profile', async () => {
		const outcome = await scim('probe', '--json', '--vendor', 'slack');
		expect(outcome.code).toBe(0);
		expect(document(outcome)).toMatchObject({ connection: { ok: true }, profile: { vendor: 'slack' } });
	});

	it('plans, and the dry run and the run have its hash', async () => {
		const planned = await scim('plan', ...desired);
		const dry = await scim('apply', ...desired, '--dry-run', '--journal', 'j.jsonl');
		expect([planned.code, dry.code]).toEqual([0, 0]);
		expect(proxy.writes()).toEqual([]);
		const applied = await scim('apply', ...desired, '--journal', 'j.jsonl');
		expect(applied.code).toBe(0);
		const hashes = [planned, dry, applied].map((outcome) => document(outcome)['hash']);
		expect(new Set(hashes).size).toBe(1);
		expect(applied.err).not.toContain(TOKEN);
	});

	it('finds accounts by the keys it is given', async () => {
		server.reset();
		server.addUser(
			{ userName: 'stranger@example.com', externalId: '9', emails: [{ value: 'team@example.com' }] },
			'u9',
		);
		server.addUser({ userName: 'more@example.com', externalId: '8', emails: [{ value: 'more@example.com' }] }, 'u8');
		const users = [{ userName: 'new@example.com', externalId: '5', emails: [{ value: 'team@example.com' }] }];
		writeFileSync(path.join(folder, 'shared.json'), JSON.stringify({ users }));
		const shared = ['--desired', 'shared.json'];
		expect(document(await scim('plan', ...shared))).toMatchObject({
			actions: [],
			findings: [{ code: 'other_person' }],
		});
		const chosen = await scim('plan', ...shared, '--match', 'externalId,userName');
		expect(document(chosen)).toMatchObject({ actions: [{ kind: 'create_user' }], findings: [] });
		expect(await scim('plan', ...shared, '--match', 'phone')).toMatchObject({ code: 2 });
	});

	it('applies, then only reads; undo restores, then only reads', async () => {
		const words = ['apply', ...desired, '--journal', 'j.jsonl'] as const;
		expect(document(await scim(...words))).toMatchObject({ outcome: 'done', counts: { failed: 0 } });
		expect(server.users.get('u1')?.['title']).toBe('Engineer');
		expect(document(await scim(...words))).toMatchObject({ requests: { writes: 0 } });
		expect((await scim('reconcile', ...desired)).code).toBe(0);

		// A kill in the middle of a line costs that line only.
		appendFileSync(path.join(folder, 'j.jsonl'), '{"type":"aft');
		expect(document(await scim('undo', '--journal', 'j.jsonl'))).toMatchObject({ outcome: 'done' });
		expect(server.users.get('u1')?.['title']).toBe('Analyst');
		expect(server.user('bob@example.com')?.['active']).toBe(false);
		expect(document(await scim('undo', '--journal', 'j.jsonl'))).toMatchObject({ requests: { writes: 0 } });
		const lines = readFileSync(path.join(folder, 'j.jsonl'), 'utf8').trim().split('\n');
		expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toContain('end');
	});

	it('stops at the guard with exit code 1 before the first write', async () => {
		server.addUser({ userName: 'zoe@example.com' });
		const outcome = await scim('apply', ...desired, '--deactivate-missing', '--guard', '10%');
		expect(outcome.code).toBe(1);
		expect(document(outcome)).toMatchObject({ outcome: 'stopped' });
		expect(outcome.err).toContain('1 of 2 active accounts would be deactivated');
		expect(proxy.writes()).toEqual([]);
	});

	it('tells status and remedy where the credential is refused', async () => {
		const outcome = await run(folder, 'scim', 'plan', proxy.baseUrl, '--token-env', 'SCIM_TEST_WRONG', ...desired);
		expect(outcome.code).toBe(1);
		expect(document(outcome)).toMatchObject({
			error: { status: 401, remedy: expect.stringContaining('token') as string },
		});
	});

	it('imports the catalogue', async () => {
		const outcome = await scim('catalogue', '--name', 'chat');
		expect(outcome.code).toBe(0);
		expect(document(outcome)['policy']).toContain('chat/readers');
	});

	it.each([
		[['apply', ...desired, '--guard', 'half'], '--guard is "half"'],
		[['plan'], '--desired is missing'],
		[['undo'], '--journal is missing'],
		[['plan', ...desired, '--basic-env', 'X'], 'exclude each other'],
	])('calls %j a usage error', async (words, message) => {
		const [verb = '', ...rest] = words;
		const outcome = await scim(verb, ...rest);
		expect(outcome).toMatchObject({ code: 2, out: '' });
		expect(outcome.err).toContain(message);
	});

	it('names a file that is no JSON, and a variable that is not set', async () => {
		const broken = await scim('plan', '--desired', 'broken.json');
		expect(broken.code).toBe(1);
		expect(broken.err).toContain('broken.json');
		const unset = await run(folder, 'scim', 'probe', proxy.baseUrl, '--token-env', 'SCIM_TEST_UNSET');
		expect(unset).toMatchObject({ code: 2 });
		expect(unset.err).toContain('SCIM_TEST_UNSET');
	});
});
