import type { IDataObject } from 'n8n-workflow';
import {
	contentHash,
	contentId,
	type ActionContent,
	type ActionOperation,
	type PlannedAction,
} from '../../../core/model';
import { startScimApplication } from '../../../sandbox/src/scim-server.js';
import { startFaultProxy, type FaultProxy } from '../../support/scim-fault-proxy';
import { ADA, actionFor, governedLedger, type GovernedLedger } from './governed-ledger';
import { runNode } from './one-node';

const ADA_MAIL = 'ada@example.com';
const MATCH = { userName: ADA_MAIL, email: ADA_MAIL };

let application: Awaited<ReturnType<typeof startScimApplication>>;
let governed: GovernedLedger;

beforeEach(async () => {
	application = await startScimApplication('github');
	governed = await governedLedger();
});
let proxy: FaultProxy | undefined;
afterEach(async () => {
	await proxy?.close();
	proxy = undefined;
	await application.stop();
});
const proxied = async (): Promise<FaultProxy> => (proxy = await startFaultProxy(application.baseUrl));

const node = (type: string, parameters: IDataObject, items: IDataObject[] = [{}], baseUrl = application.baseUrl) => {
	const scimBearerTokenApi = { baseUrl, token: application.token };
	return runNode(type, parameters, items, { credentials: { scimBearerTokenApi }, file: governed.file });
};
const apply = (scope = 'due', items: IDataObject[] = [{}], baseUrl?: string) =>
	node('scim', { operation: 'applyActions', application: 'github', scope }, items, baseUrl);
const access = (parameters: IDataObject, items?: IDataObject[]) => node('accessLedger', parameters, items);
const seed = () =>
	application.seed(
		{ accounts: [ADA_MAIL], groups: {} },
		{ [ADA_MAIL]: { givenName: 'Ada', familyName: 'Example', title: 'Analyst' } },
	);

/** An action about an account itself, which no entitlement is behind. */
function accountAction(operation: ActionOperation, more: Partial<ActionContent> = {}): PlannedAction {
	const { entitlement: _none, target: _group, ...base } = actionFor(governed.hash).content;
	const content: ActionContent = { ...base, operation, match: MATCH, ...more };
	const hash = contentHash(content);
	return { ...actionFor(governed.hash), id: contentId('act', hash), hash, content, sources: [] };
}

async function adasAccount(): Promise<Record<string, unknown>> {
	const { Resources } = (await application.call('GET', '/Users?count=100')) as {
		Resources: Array<Record<string, unknown>>;
	};
	return Resources.find((each) => each['userName'] === ADA_MAIL) ?? {};
}

async function setTitle(title: string): Promise<void> {
	const { id } = await adasAccount();
	await application.call('PATCH', `/Users/${String(id)}`, {
		schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
		Operations: [{ op: 'replace', path: 'title', value: title }],
	});
}

interface Leaf {
	type: string;
	refs: Record<string, string>;
	data: Record<string, unknown>;
}
const recorded = async (type: string): Promise<Leaf[]> => {
	const log = await governed.within((ledger) => ledger.readLog({ after: 0, limit: 10_000 }));
	return log.map(({ leaf }) => JSON.parse(leaf) as Leaf).filter((leaf) => leaf.type === type);
};

/** What records keep of people, beside the leaf that is never erased. */
const personalOf = async (type: string): Promise<unknown[]> => {
	const log = await governed.within((ledger) => ledger.readLog({ after: 0, limit: 10_000 }));
	return log
		.filter(({ leaf }) => (JSON.parse(leaf) as Leaf).type === type)
		.map(({ personal }) => JSON.parse(personal ?? 'null') as unknown);
};

describe('SCIM: Apply Actions of a rollback', () => {
	async function rollback(): Promise<string> {
		await seed();
		await governed.save([accountAction('update_account', { attributes: { userName: ADA_MAIL, title: 'Engineer' } })]);
		expect((await apply()).items('Node', 1)).toMatchObject([{ outcome: 'verified', writes: 1 }]);
		const planned = await access({
			operation: 'planRollback',
			rollbackOf: 'identity',
			identityId: ADA,
			policyName: 'acme',
		});
		expect(planned.error).toBeUndefined();
		const [undo] = planned.items('Node', 1);
		expect(undo).toMatchObject({ operation: 'update_account' });
		return undo?.['actionId'] as string;
	}

	it('restores what is as we left it', async () => {
		const actionId = await rollback();
		expect((await apply()).items('Node', 1)).toMatchObject([{ actionId, outcome: 'verified', writes: 1 }]);
		expect(await adasAccount()).toMatchObject({ title: 'Analyst' });
	});

	it('leaves alone what somebody changed since, says so at Failed, and is never tried again', async () => {
		const actionId = await rollback();
		await setTitle('Director');
		const before = await application.writes();
		const run = await apply();
		expect(run.items('Node', 1)).toEqual([]);
		expect(run.items('Node', 0)).toMatchObject([
			{
				actionId,
				execution: 'cancelled',
				outcome: 'conflict',
				writes: 0,
				error: { code: 'SCIM_FAILED', message: expect.stringMatching(/^Conflict: .*title/) as string },
			},
		]);
		expect(await application.writes()).toEqual(before);
		expect(await adasAccount()).toMatchObject({ title: 'Director' });
		expect(await recorded('action.conflict')).toMatchObject([{ refs: { action: actionId } }]);

		const again = await apply();
		expect(again.outputs('Node').flat()).toEqual([]);
		const asked = await apply('items', [{ actionId }]);
		expect(asked.items('Node', 0)).toMatchObject([
			{ actionId, error: { code: 'LEDGER_REFUSED', message: expect.stringContaining('cancelled') as string } },
		]);
	});
});

describe('SCIM: Apply Actions of a leaver', () => {
	it.each(['due', 'items'])('passes on what SCIM can not do, still to be claimed and recorded (%s)', async (scope) => {
		await seed();
		const update = accountAction('update_account', { attributes: { userName: ADA_MAIL, title: 'Former' } });
		const sessions = accountAction('revoke_sessions');
		const ownership = accountAction('transfer_ownership', { transferTo: 'bob@example.com' });
		await governed.save([update, sessions, ownership]);
		const items = [update, sessions, ownership].map(({ id }) => ({ actionId: id }));
		const run = await apply(scope, scope === 'due' ? [{}] : items);
		expect(run.items('Node', 0)).toEqual([]);
		expect(run.items('Node', 1)).toMatchObject([{ actionId: update.id, outcome: 'verified' }]);
		const others = run.items('Node', 2);
		expect(others).toMatchObject([
			{ actionId: sessions.id, operation: 'revoke_sessions', execution: 'planned' },
			{ actionId: ownership.id, operation: 'transfer_ownership', execution: 'planned' },
		]);
		expect(await recorded('action.verified')).toHaveLength(1);
		// Passing on is no attempt, however often it happens.
		await apply(scope, scope === 'due' ? [{}] : items);
		expect((await recorded('action.claimed')).map(({ refs }) => refs['action'])).toEqual([update.id]);

		const claimed = (await access({ operation: 'claim', application: 'github', scope: 'items' }, others)).items(
			'Node',
			1,
		);
		expect(claimed).toMatchObject([{ actionId: sessions.id }, { transferTo: 'bob@example.com' }]);
		expect((await recorded('action.claimed')).map(({ data }) => data['attempt'])).toEqual([1, 1, 1]);
		const done = await access(
			{ operation: 'recordResult', outcome: 'applied', note: 'Handed over 3 repositories' },
			claimed,
		);
		expect(done.items('Node', 0)).toMatchObject([{ execution: 'applied' }, { execution: 'applied' }]);
		expect((await recorded('action.applied')).map(({ data }) => data['operation'])).toEqual([
			'revoke_sessions',
			'transfer_ownership',
		]);
		expect(await personalOf('action.applied')).toEqual([
			{ subject: 'Ada Example', account: null, note: 'Handed over 3 repositories' },
			{ subject: 'Ada Example', account: null, note: 'Handed over 3 repositories', transferTo: 'bob@example.com' },
		]);
	});

	it('keeps who was to take over, too, where the hand-over failed, apart from what can’t be erased', async () => {
		const ownership = accountAction('transfer_ownership', { transferTo: 'bob@example.com' });
		await governed.save([ownership]);
		const claim = { operation: 'claim', application: 'github', scope: 'items' };
		const claimed = (await access(claim, [{ actionId: ownership.id }])).items('Node', 1);
		const failed = { operation: 'recordResult', outcome: 'failed', note: 'Bob has no seat' };
		expect((await access(failed, claimed)).items('Node', 0)).toMatchObject([{ execution: 'failed' }]);
		expect(await personalOf('action.failed')).toMatchObject([
			{ note: 'Bob has no seat', transferTo: 'bob@example.com' },
		]);
		expect(JSON.stringify(await recorded('action.failed'))).not.toContain('bob@example.com');
		expect(await governed.within((ledger) => ledger.verifyLog())).toMatchObject({ ok: true });
		// It stays to be done, and names the same person.
		const again = await access({ ...claim, scope: 'items' }, [{ actionId: ownership.id }]);
		expect(again.items('Node', 1)).toMatchObject([{ actionId: ownership.id, transferTo: 'bob@example.com' }]);
	});
});

describe('SCIM: Apply Actions of a joiner', () => {
	it('gives an account a generated initial password, which nothing keeps', async () => {
		const attributes = { userName: ADA_MAIL, password: '{generated}' };
		await governed.save([accountAction('create_account', { attributes })]);
		const front = await proxied();
		const run = await apply('due', [{}], front.baseUrl);
		const sent = front.writes().map(({ body }) => (JSON.parse(body) as { password?: string }).password ?? '');
		expect(run.items('Node', 0)).toEqual([]);
		expect(run.items('Node', 1)).toMatchObject([{ outcome: 'verified', writes: 1 }]);
		expect(sent).toEqual([expect.stringMatching(/^[^{}]{24}$/)]);
		const [action] = await governed
			.within((ledger) => ledger.rollbackInputs({ identityId: ADA }))
			.then(({ entries }) => entries);
		expect(JSON.stringify([run.data, action, await recorded('action.verified')])).not.toContain(sent[0]);
	});
});

describe('SCIM: Apply Actions where the application offers bulk', () => {
	const NAMES = ['ann', 'bob', 'cid', 'dan'];

	async function planAccounts(): Promise<void> {
		const people = NAMES.map((name) => {
			const email = `${name}@example.com`;
			return { id: contentId('idn', name), keys: { email }, attributes: { email } };
		});
		const actions = people.map(({ id, attributes: { email } }) =>
			accountAction('create_account', { identityId: id, match: { email }, attributes: { userName: email } }),
		);
		await governed.save(actions, { identities: people });
	}

	/** The application in front of which everything is noted; it says that it takes bulk requests. */
	async function offering(bulkAnswer?: number) {
		const front = await proxied();
		front.fault(({ path }) => {
			if (path === '/Bulk' && bulkAnswer !== undefined) return { status: bulkAnswer, body: '{}' };
			if (!path.startsWith('/ServiceProviderConfig')) return undefined;
			return {
				rewrite: ({ status, body }) => {
					const bulk = { supported: true, maxOperations: 100, maxPayloadSize: 100_000 };
					return { status, body: JSON.stringify({ ...(JSON.parse(body ?? '{}') as object), bulk }) };
				},
			};
		});
		return front;
	}

	it('sends the accounts of a run in one request, and records each of them', async () => {
		await planAccounts();
		const front = await offering();
		const run = await apply('due', [{}], front.baseUrl);
		const again = await apply('due', [{}], front.baseUrl);
		expect(front.writes().map(({ path }) => path)).toEqual(['/Bulk']);
		expect(run.items('Node', 1)).toMatchObject(
			Array(4).fill({ outcome: 'verified', execution: 'verified', writes: 1 }),
		);
		expect(again.outputs('Node').flat()).toEqual([]);
		expect(Object.keys((await application.holdings()).accounts).sort()).toEqual(
			NAMES.map((name) => `${name}@example.com`),
		);
	});

	it('goes on alone where it refuses bulk all the same, and remembers that', async () => {
		await planAccounts();
		const front = await offering(404);
		const run = await apply('due', [{}], front.baseUrl);
		expect(run.items('Node', 1)).toMatchObject(Array(4).fill({ outcome: 'verified' }));
		expect(front.writes().map(({ path }) => path)).toEqual(['/Bulk', ...Array<string>(4).fill('/Users')]);
		const [item] = run.items('Node', 1);
		expect(item?.['profile']).toMatchObject({ bulk: false, learned: ['bulk'] });
	});
});
