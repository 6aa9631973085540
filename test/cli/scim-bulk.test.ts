import { startFaultProxy, type FaultProxy } from '../core/scim/support/fault-proxy';
import { TOKEN, startScimmy, type ScimServer } from '../core/scim/support/scimmy-server';
import { folderWith, run } from './run';

const users = Array.from({ length: 8 }, (_, index) => ({ externalId: `x${index}`, userName: `p${index}@example.com` }));
const DESIRED = { users, groups: [{ displayName: 'Readers', members: users }] };

describe('scim apply, where the application says that it takes bulk requests', () => {
	let server: ScimServer;
	let proxy: FaultProxy;
	let folder: string;

	beforeAll(async () => {
		server = await startScimmy();
		proxy = await startFaultProxy(server.baseUrl);
		process.env['SCIM_BULK_TOKEN'] = TOKEN;
	});
	afterAll(async () => {
		delete process.env['SCIM_BULK_TOKEN'];
		await proxy.close();
		await server.close();
	});
	beforeEach(() => {
		server.reset();
		proxy.reset();
		folder = folderWith({ 'desired.json': JSON.stringify(DESIRED) });
		server.addGroup('Readers');
	});

	const apply = async (...words: string[]): Promise<Record<string, never>> => {
		const outcome = await run(
			...[folder, 'scim', 'apply', proxy.baseUrl, '--token-env', 'SCIM_BULK_TOKEN', '--desired', 'desired.json'],
			...words,
		);
		expect(outcome.code).toBe(0);
		return JSON.parse(outcome.out) as Record<string, never>;
	};
	const paths = (): unknown[] => proxy.writes().map(({ path }) => path.split('/')[1]);

	it('sends the changes of accounts together, says how many requests that saved, and then only reads', async () => {
		expect(await apply('--journal', 'j.jsonl')).toMatchObject({
			outcome: 'done',
			counts: { verified: 9 },
			requests: { writes: 2 },
			minimum: { writes: 9 },
			bulk: { requests: 1, operations: 8, saved: 7 },
		});
		expect(paths()).toEqual(['Bulk', 'Groups']);
		expect(await apply('--journal', 'j.jsonl')).toMatchObject({ requests: { writes: 0 } });
	});

	it('sends each change alone with --no-bulk', async () => {
		expect(await apply('--no-bulk')).toMatchObject({ outcome: 'done', requests: { writes: 9 } });
		expect(paths()).toEqual([...Array<string>(8).fill('Users'), 'Groups']);
	});
});
