import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { startScimApplication } from '../../../sandbox/src/scim-server.js';
import { ADA, BOB, governedLedger, type GovernedLedger } from './governed-ledger';
import { runNode } from './one-node';

const ADA_MAIL = 'ada@example.com';
const BOB_MAIL = 'bob@example.com';
const STRAY = 'stray@example.com';
const person = (givenName: string) => ({ givenName, familyName: 'Example' });
const PEOPLE = { [ADA_MAIL]: person('Ada'), [BOB_MAIL]: person('Bob'), [STRAY]: person('Stray') };

let application: Awaited<ReturnType<typeof startScimApplication>>;
let governed: GovernedLedger;
let seeded: number;

beforeEach(async () => {
	application = await startScimApplication('github');
	await application.seed(
		{ accounts: [ADA_MAIL, BOB_MAIL, STRAY], groups: { eng: [ADA_MAIL, STRAY], admins: [], old: [BOB_MAIL] } },
		PEOPLE,
	);
	seeded = (await application.writes()).length;
	governed = await governedLedger();
});
afterEach(async () => {
	await application.stop();
});

async function scim(parameters: IDataObject, baseUrl = application.baseUrl) {
	const credentials = { scimBearerTokenApi: { baseUrl, token: application.token } };
	return await runNode('scim', { application: 'github', ...parameters }, [{}], { credentials, file: governed.file });
}

const reconcile = (mode: string, more: IDataObject = {}, baseUrl?: string) =>
	scim({ operation: 'reconcile', policyName: 'acme', mode, ...more }, baseUrl);
const adopt = () => reconcile('adopt', { owner: 'cto@example.com', reviewBy: '2099-01-31' });
const kinds = (items: readonly IDataObject[]) =>
	items.map((each) => `${each['kind'] as string} ${each['subject'] as string}`);
const written = async () => (await application.writes()).slice(seeded);
const holdings = () =>
	governed.within(async (ledger) => {
		const { held } = await ledger.peopleState([ADA, BOB]);
		return held.map(({ identityId, entitlement, source }) => [
			identityId === ADA ? 'ada' : 'bob',
			entitlement,
			source.kind,
		]);
	});

/** Somebody changes an account or a group behind our back. */
async function patch(collection: string, attribute: string, name: string, operations: object[]): Promise<void> {
	const found = (await application.call('GET', `/${collection}?count=100`)) as {
		Resources: Array<Record<string, string>>;
	};
	const id = found.Resources.find((each) => each[attribute] === name)?.['id'] ?? '';
	await application.call('PATCH', `/${collection}/${id}`, {
		schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
		Operations: operations,
	});
	seeded = (await application.writes()).length;
}

async function addToAdmins(userName: string): Promise<void> {
	const users = (await application.call('GET', '/Users?count=100')) as { Resources: Array<Record<string, string>> };
	const value = users.Resources.find((each) => each['userName'] === userName)?.['id'];
	await patch('Groups', 'displayName', 'admins', [{ op: 'add', path: 'members', value: [{ value }] }]);
}

describe('SCIM: Reconcile as a report', () => {
	it('says what the ledger does not know, writes nothing and counts everything', async () => {
		const done = await reconcile('report');
		expect(done.error).toBeUndefined();
		expect(kinds(done.items('Node', 0)).sort()).toEqual([
			`orphan ${ADA_MAIL}`,
			`orphan ${BOB_MAIL}`,
			`orphan ${STRAY}`,
			`unknown_membership ${ADA_MAIL}`,
			`unknown_membership ${STRAY}`,
		]);
		expect(done.items('Node', 1)).toMatchObject([
			{
				application: 'github',
				complete: true,
				counts: { accounts: 3, orphan: 3, unknown_membership: 2, missing: 0 },
				profile: { vendor: 'generic' },
				enforcement: 'enforce',
				writtenPastLedger: 0,
			},
		]);
		expect(await written()).toEqual([]);
	});

	it('lists at most as many findings as asked for', async () => {
		const done = await reconcile('report', { options: { maxFindings: 2 } });
		expect(done.items('Node', 0)).toHaveLength(2);
		expect(done.items('Node', 1)).toMatchObject([{ truncated: true, counts: { orphan: 3 } }]);
	});
});

describe('SCIM: Reconcile that adopts', () => {
	it('makes matched accounts and memberships grants with an owner and a review date, and reports the rest', async () => {
		const done = await adopt();
		expect(done.error).toBeUndefined();
		expect(kinds(done.items('Node', 0)).sort()).toEqual([`orphan ${STRAY}`, 'unmanaged_group old']);
		expect(done.items('Node', 1)).toMatchObject([{ adopted: { people: 2, accounts: 2, grants: 3, known: 0 } }]);
		expect(await holdings()).toEqual(
			expect.arrayContaining([
				['ada', 'github/eng', 'discovered'],
				['ada', 'github/member', 'discovered'],
				['bob', 'github/member', 'discovered'],
			]),
		);
		expect(await written()).toEqual([]);
		const log = await governed.within((ledger) => ledger.readLog({ after: 0, limit: 1000 }));
		const adopted = log.filter(({ leaf }) => leaf.includes('"account.adopted"'));
		expect(adopted).toHaveLength(2);
		expect(adopted.map(({ leaf }) => leaf).join()).not.toContain('example.com');
	});

	it('changes nothing the second time', async () => {
		await adopt();
		const before = await holdings();
		const again = await adopt();
		expect(again.items('Node', 1)).toMatchObject([{ adopted: { people: 0, accounts: 0, grants: 0, known: 3 } }]);
		expect(await holdings()).toEqual(before);
	});

	it('leaves no orphan of those whom it adopted', async () => {
		await adopt();
		const report = await reconcile('report');
		expect(kinds(report.items('Node', 0)).sort()).toEqual([`orphan ${STRAY}`, `unknown_membership ${STRAY}`]);
	});

	it('keeps adopted access when the people are evaluated', async () => {
		await adopt();
		const evaluated = await runNode(
			'accessPolicy',
			{ operation: 'evaluate', policySource: 'ledger', policyName: 'acme' },
			[{ identityId: ADA }, { identityId: BOB }],
			{ file: governed.file },
		);
		expect(evaluated.error).toBeUndefined();
		const planned = [0, 1, 2, 3].flatMap((output) => evaluated.items('Node', output));
		expect(planned.filter((each) => each['type'] === 'action')).toEqual([]);
		expect((await holdings()).length).toBe(3);
	});

	it('reminds of what should have been looked at', async () => {
		await adopt();
		await governed.within(async (ledger) => {
			const due = await ledger.adoptionsToReview({ application: 'github', at: '2099-02-01T00:00:00.000Z', limit: 10 });
			expect(due).toHaveLength(3);
			expect(due[0]).toMatchObject({ owner: 'cto@example.com', reviewBy: '2099-01-31T00:00:00.000Z' });
		});
	});

	it('adopts nobody where two accounts could be one person’s', async () => {
		await patch('Users', 'userName', STRAY, [
			{ op: 'replace', path: 'emails', value: [{ value: ADA_MAIL, type: 'work' }] },
		]);
		const done = await adopt();
		expect(kinds(done.items('Node', 0))).toContain(`ambiguous ${STRAY}`);
		expect(await holdings()).toEqual([['bob', 'github/member', 'discovered']]);
	});

	it('takes no review date that has passed', async () => {
		const done = await reconcile('adopt', { owner: 'cto@example.com', reviewBy: '2001-01-01' });
		expect(done.error).toContain('"Review By"');
		expect(await holdings()).toEqual([]);
	});
});

describe('SCIM: Reconcile that plans', () => {
	it('plans nothing in an application that nobody has seen a report of', async () => {
		await adopt();
		expect((await reconcile('plan')).error).toContain('never compared');
		expect(await written()).toEqual([]);
	});

	it('brings back what somebody changed, through the ledger, and then finds nothing to plan', async () => {
		await adopt();
		await addToAdmins(BOB_MAIL);
		await patch('Users', 'userName', ADA_MAIL, [{ op: 'replace', path: 'active', value: false }]);
		const report = await reconcile('report');
		expect(kinds(report.items('Node', 0))).toEqual(
			expect.arrayContaining([`unknown_membership ${BOB_MAIL}`, `drift ${ADA_MAIL}`]),
		);
		const planned = await reconcile('plan');
		expect(planned.error).toBeUndefined();
		const ready = planned.items('Node', 2);
		expect(ready.map((each) => [each['operation'], each['identityId']])).toEqual([
			['remove_from_group', BOB],
			['enable_account', ADA],
		]);
		expect(planned.items('Node', 0).filter((each) => each['planned'] === true)).toHaveLength(2);
		expect(await written()).toEqual([]);
		// The same again finds the plan under way.
		expect((await reconcile('plan')).items('Node', 2)).toEqual([]);

		const applied = await scim({ operation: 'applyActions', scope: 'due' });
		expect(applied.items('Node', 0)).toEqual([]);
		expect(applied.items('Node', 1)).toHaveLength(2);
		const now = await application.holdings();
		expect(now.groups['admins']).toEqual([]);
		expect(now.accounts[ADA_MAIL]).toEqual({ active: true });
		expect((await reconcile('plan')).items('Node', 2)).toEqual([]);
		expect((await holdings()).filter(([, entitlement]) => entitlement === 'github/admin')).toEqual([]);
	});

	it('takes something away once, also where the person is evaluated in between', async () => {
		await adopt();
		await addToAdmins(BOB_MAIL);
		await reconcile('report');
		const planned = await reconcile('plan');
		expect(planned.items('Node', 2)).toMatchObject([{ operation: 'remove_from_group', identityId: BOB }]);
		await runNode(
			'accessPolicy',
			{ operation: 'evaluate', policySource: 'ledger', policyName: 'acme' },
			[{ identityId: BOB }],
			{ file: governed.file },
		);
		const applied = await scim({ operation: 'applyActions', scope: 'due' });
		expect(applied.items('Node', 0)).toEqual([]);
		expect(applied.items('Node', 1).map((each) => each['operation'])).toEqual(['remove_from_group']);
		expect((await application.holdings()).groups['admins']).toEqual([]);
	});

	it('restores a membership and an account that somebody took away', async () => {
		await adopt();
		await patch('Groups', 'displayName', 'eng', [{ op: 'remove', path: 'members' }]);
		await reconcile('report');
		const planned = await reconcile('plan');
		expect(planned.items('Node', 2)).toMatchObject([{ operation: 'add_to_group', identityId: ADA, target: 'eng' }]);
		await scim({ operation: 'applyActions', scope: 'due' });
		expect((await application.holdings()).groups['eng']).toEqual([ADA_MAIL]);
	});

	it('takes nothing away where not everything could be read', async () => {
		await adopt();
		await addToAdmins(BOB_MAIL);
		await reconcile('report');
		const proxy = await halfOf(application.baseUrl);
		const planned = await reconcile('plan', {}, proxy.baseUrl);
		proxy.server.close();
		expect(planned.error).toBeUndefined();
		expect(planned.items('Node', 1)).toMatchObject([{ complete: false, counts: { missing: 0 } }]);
		expect(planned.items('Node', 2)).toEqual([]);
	});
});

/** The application with a list of accounts that ends too early. */
async function halfOf(target: string): Promise<{ baseUrl: string; server: Server }> {
	const server = createServer((request, response) => {
		void (async () => {
			const answer = await fetch(`${target}${request.url ?? ''}`, {
				headers: { authorization: request.headers.authorization ?? '' },
			});
			const body = (await answer.json()) as Record<string, unknown>;
			if ((request.url ?? '').startsWith('/Users?')) body['totalResults'] = 1000;
			response.writeHead(answer.status, { 'content-type': 'application/scim+json' }).end(JSON.stringify(body));
		})();
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('SCIM: Import Catalogue', () => {
	it('gives groups and the beginning of a policy, as items, text and a file', async () => {
		const done = await scim({ operation: 'importCatalogue' });
		expect(done.items('Node', 0).map((each) => [each['kind'], each['name']])).toEqual([
			['group', 'admins'],
			['group', 'eng'],
			['group', 'old'],
		]);
		const [summary] = done.outputs('Node')[1] ?? [];
		expect(summary?.json).toMatchObject({ application: 'github', complete: true, accounts: { total: 3, active: 3 } });
		expect(summary?.json['policy']).toContain('github/eng:');
		const file = Buffer.from(summary?.binary?.['data']?.data ?? '', 'base64').toString('utf8');
		expect(file).toBe(summary?.json['policy']);
		expect(await written()).toEqual([]);
	});

	it('says what a mapping would run into', async () => {
		const mapping = JSON.stringify({ userName: '{email}', nickname2: '{email}' });
		const done = await scim({ operation: 'importCatalogue', options: { mapping } });
		expect(JSON.stringify(done.items('Node', 1))).toContain('nickname2');
	});
});
