import { Worker } from 'node:worker_threads';
import { contentId } from '../../../core/model';
import { LONGEST_ALLOWED_STALL, longestStall } from '../../support/event-loop';
import { governedLedger } from './governed-ledger';
import { runNode } from './one-node';

const PEOPLE = 5_000;
const nameOf = (index: number) => `p${index}@example.com`;

/** A SCIM server in a thread of its own, with all people in one group: its work is none of this thread's. */
const SERVER = `
const { parentPort, workerData } = require('node:worker_threads');
const users = Array.from({ length: workerData }, (_, index) => ({
	id: 'u' + index, userName: 'p' + index + '@example.com', active: true,
	name: { givenName: 'P' + index, familyName: 'Person' }, emails: [{ value: 'p' + index + '@example.com', type: 'work' }],
}));
const members = users.map(({ id, userName }) => ({ value: id, display: userName }));
const groups = [{ id: 'g1', displayName: 'eng', members }, { id: 'g2', displayName: 'admins', members: [] }];
require('node:http').createServer((request, response) => {
	const url = new URL(request.url, 'http://stub');
	const [collection, id] = url.pathname.split('/').filter(Boolean);
	const all = collection === 'Users' ? users : collection === 'Groups' ? groups : undefined;
	const start = Number(url.searchParams.get('startIndex') ?? 1);
	const page = (all ?? []).slice(start - 1, start - 1 + Number(url.searchParams.get('count') ?? 100));
	const body = id ? (all ?? []).find((each) => each.id === id) : { totalResults: all?.length, Resources: page };
	response.writeHead(all === undefined ? 404 : 200, { 'content-type': 'application/scim+json' });
	response.end(JSON.stringify(all === undefined ? {} : body));
}).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });
`;

describe('SCIM: a large application', () => {
	it('is adopted and compared without holding n8n up', async () => {
		const server = new Worker(SERVER, { eval: true, workerData: PEOPLE });
		const port = await new Promise((resolve) => server.once('message', resolve));
		const { file, within, hash } = await governedLedger();
		await within(async (ledger) => {
			const { revision } = await ledger.peopleState([]);
			const asOf = new Date().toISOString();
			await ledger.savePlan({
				revision,
				id: 'pln_many',
				policyHash: hash,
				asOf,
				effectiveFrom: asOf,
				identities: Array.from({ length: PEOPLE }, (_, index) => ({
					id: contentId('idn', nameOf(index)),
					keys: { email: nameOf(index) },
					attributes: {},
				})),
				actions: [],
				kept: [],
				superseded: [],
				grantChanges: { open: [], close: [] },
				blocked: [],
			});
		});
		const credentials = {
			scimBearerTokenApi: { baseUrl: `http://127.0.0.1:${String(port)}`, token: 'a-token-0123456789' },
		};
		const run = (mode: string) =>
			runNode(
				'scim',
				{ operation: 'reconcile', application: 'github', policyName: 'acme', mode, owner: 'cto@example.com' },
				[{}],
				{ credentials, file },
			);
		// The first run loads the package, which is n8n's to wait for.
		const adopted = await run('adopt');
		expect(adopted.items('Node', 1)).toMatchObject([
			{ complete: true, adopted: { people: PEOPLE, grants: 2 * PEOPLE } },
		]);
		const stall = await longestStall(async () => {
			const report = await run('report');
			expect(report.items('Node', 1)).toMatchObject([{ complete: true, counts: { accounts: PEOPLE, orphan: 0 } }]);
			expect(report.items('Node', 0)).toEqual([]);
		});
		expect(stall).toBeLessThan(LONGEST_ALLOWED_STALL);
		await server.terminate();
	});
});
