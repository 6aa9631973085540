import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { callWebhook } from '../support';
import { governedLedger, type GovernedLedger } from './governed-ledger';

const SECRET = 'a-secret-of-the-hr-system';

let ledger: GovernedLedger;
beforeEach(async () => {
	ledger = await governedLedger();
});

function signed(body: string, secret = SECRET) {
	const timestamp = String(Math.floor(Date.now() / 1_000));
	const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
	return { 'X-Webhook-Timestamp': timestamp, 'X-Webhook-Signature': `sha256=${signature}` };
}

async function send(event: unknown, more: { secret?: string; parameters?: IDataObject } = {}) {
	const body = JSON.stringify(event);
	const node = {
		id: 'trigger',
		name: 'HRIS Trigger',
		type: 'n8n-nodes-contract-provisioning.hrisTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: { path: 'hr-events', policyName: 'acme', ...more.parameters } as Record<string, string>,
	};
	const { response, run } = await callWebhook({
		workflow: { nodes: [node], connections: {} },
		credentials: { contractWebhookSecretApi: { secret: SECRET }, accessLedgerApi: { file: ledger.file } },
		node: 'HRIS Trigger',
		headers: signed(body, more.secret),
		body,
	});
	return { status: response.status, body: JSON.parse(response.body) as IDataObject, items: run?.items('HRIS Trigger') };
}

const hire = (more: IDataObject = {}) => ({
	id: 'hr-1',
	type: 'hire',
	createdAt: '2026-11-20T08:00:00Z',
	effectiveAt: '2027-01-04',
	person: { hrId: '1042', email: 'grace@example.com', birthDate: '1990-12-09' },
	attributes: { firstName: 'Grace', department: 'Engineering' },
	...more,
});

describe('HRIS Trigger', () => {
	it('stores an event once and starts the workflow with whom it touches', async () => {
		const first = await send(hire());
		expect(first).toMatchObject({ status: 202, body: { status: 'accepted' } });
		expect(first.items).toMatchObject([
			{ type: 'hire', status: 'accepted', effectiveAt: '2027-01-03T23:00:00.000Z', findings: [] },
		]);
		const identityId = first.items?.[0]?.['identityId'];
		expect(identityId).toMatch(/^idn_/);
		const again = await send(hire());
		expect(again).toMatchObject({ status: 202, body: { status: 'in_progress' } });
		expect(again.items).toBeUndefined();
		const other = await send(hire({ id: 'hr-1b' }));
		expect(other).toMatchObject({ status: 202, body: { status: 'duplicate_content' } });
		expect(other.items).toBeUndefined();
	});

	it('answers 409 where the id is known with other content', async () => {
		await send(hire());
		const conflict = await send(hire({ effectiveAt: '2027-02-01' }));
		expect(conflict).toMatchObject({ status: 409, body: { error: 'conflict' } });
		expect(conflict.items).toBeUndefined();
	});

	it('holds what contradicts, and says so', async () => {
		await send(hire());
		const other = hire({ id: 'hr-2', person: { hrId: '2000', email: 'grace@example.com', birthDate: '1971-01-01' } });
		const held = await send(other);
		expect(held).toMatchObject({ status: 202, body: { status: 'held' } });
		expect(held.items).toMatchObject([{ status: 'held', findings: [{ code: 'KEYS_CONTRADICT' }] }]);
		expect(held.items?.[0]?.['identityId']).toBeUndefined();
	});

	it('takes lists, all of them or none', async () => {
		const batch = [hire(), hire({ id: 'hr-3', person: { hrId: '3', email: 'alan@example.com' } })];
		const bad = await send({ events: [...batch, { id: 'hr-4', type: 'hire', person: {} }] });
		expect(bad.status).toBe(422);
		expect(bad.body['message']).toMatch(/\[event 2\].*"person" must have a key/);
		const good = await send({ events: batch });
		expect(good).toMatchObject({ status: 202, body: { events: [{ status: 'accepted' }, { status: 'accepted' }] } });
		expect(good.items).toHaveLength(2);
	});

	it.each([
		['a misspelt member', { ...hire(), efectiveAt: '2027-01-01' }, /"efectiveAt" is not known/],
		['no type', { id: 'x', person: { hrId: '1' } }, /"type"/],
		['an empty list', [], /holds 0 events/],
		['a text', 'hello', /no JSON object/],
	])('answers 422 to %s, with what to correct', async (_name, event, message) => {
		const refused = await send(event);
		expect(refused.status).toBe(422);
		expect(refused.body['message']).toMatch(message);
		expect(refused.body['remedy']).not.toBe('');
		expect(refused.items).toBeUndefined();
	});

	it('believes nothing that is not signed', async () => {
		const forged = await send(hire(), { secret: 'some-other-secret-entirely' });
		expect(forged).toMatchObject({ status: 401, body: { error: 'signature_not_accepted' } });
		const ids = await ledger.within((open) => open.identityByKey({ kind: 'hrId', value: '1042' }));
		expect(ids).toBeUndefined();
	});

	it('says that it can store nothing where the policy is not there', async () => {
		const refused = await send(hire(), { parameters: { policyName: 'other' } });
		expect(refused.status).toBe(500);
	});

	it('is handed out by Get Due when its work was cut off', async () => {
		await send(hire());
		const due = await ledger.within((open) =>
			open.dueTasks({
				limit: 10,
				leaseSeconds: 60,
				kinds: ['event'],
				at: new Date(Date.now() + 700_000).toISOString(),
			}),
		);
		expect(due.tasks).toMatchObject([
			{ kind: 'event', type: 'hire', identityId: expect.stringMatching(/^idn_/) as string },
		]);
	});
});
