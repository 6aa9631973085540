import type { IDataObject } from 'n8n-workflow';
import type { ActionContent, PlannedAction } from '../../../core/model';
import { startScimApplication } from '../../../sandbox/src/scim-server.js';
import { ADA, actionFor, governedLedger, type GovernedLedger } from './governed-ledger';
import { runNode } from './one-node';

const MAIL = 'ada@example.com';
const AUDITOR = { value: 'r-7', display: 'Auditor' };

let application: Awaited<ReturnType<typeof startScimApplication>>;
let governed: GovernedLedger;
beforeEach(async () => {
	application = await startScimApplication('erp');
	governed = await governedLedger();
	await application.seed({ accounts: [MAIL], groups: {} }, { [MAIL]: { givenName: 'Ada', familyName: 'Example' } });
	await patch({ op: 'add', path: 'roles', value: [AUDITOR] });
});
afterEach(() => application.stop());

const node = (type: string, parameters: IDataObject, items: IDataObject[] = [{}]) => {
	const scimBearerTokenApi = { baseUrl: application.baseUrl, token: application.token };
	return runNode(type, parameters, items, { credentials: { scimBearerTokenApi }, file: governed.file });
};
const apply = () => node('scim', { operation: 'applyActions', application: 'erp', scope: 'due' });
const rollback = () =>
	node('accessLedger', { operation: 'planRollback', rollbackOf: 'identity', identityId: ADA, policyName: 'acme' });

async function account(): Promise<Record<string, unknown>> {
	const answer = (await application.call('GET', '/Users?count=100')) as { Resources: Array<Record<string, unknown>> };
	return answer.Resources.find(({ userName }) => userName === MAIL) ?? {};
}

async function patch(operation: object): Promise<void> {
	const { id } = await account();
	await application.call('PATCH', `/Users/${String(id)}`, {
		schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
		Operations: [operation],
	});
}

function roleAction(operation: ActionContent['operation']): PlannedAction {
	return actionFor(governed.hash, { application: 'erp', operation, entitlement: 'erp/pay', target: 'Pay' });
}

describe('SCIM: Apply Actions of roles', () => {
	it('gives the role, and a rollback of it takes just that role', async () => {
		await governed.save([roleAction('assign_role')]);
		const given = await apply();
		expect(given.items('Node', 0)).toEqual([]);
		expect(given.items('Node', 1)).toMatchObject([{ operation: 'assign_role', outcome: 'verified', writes: 1 }]);
		expect(await account()).toMatchObject({ roles: [AUDITOR, { value: 'Pay' }], active: true });
		const writes = await application.writes();
		expect((await apply()).outputs('Node').flat()).toEqual([]);
		expect(await application.writes()).toEqual(writes);

		const [undo] = (await rollback()).items('Node', 1);
		expect(undo).toMatchObject({ operation: 'remove_role' });
		expect((await apply()).items('Node', 1)).toMatchObject([{ actionId: undo?.['actionId'], outcome: 'verified' }]);
		expect((await account())['roles']).toEqual([AUDITOR]);
	});

	it('a role that somebody had before us is not taken back from them', async () => {
		await patch({ op: 'add', path: 'roles', value: [{ value: 'Pay' }] });
		await governed.save([roleAction('assign_role')]);
		expect((await apply()).items('Node', 1)).toMatchObject([{ outcome: 'verified', writes: 0 }]);
		const planned = await rollback();
		expect(planned.error).toBeUndefined();
		expect(JSON.stringify(planned.data)).not.toContain('remove_role');
	});

	it('a role whose person got another account since is not taken back: that is a conflict, and over', async () => {
		await governed.save([roleAction('assign_role')]);
		await apply();
		const [undo] = (await rollback()).items('Node', 1);
		const { id, ...before } = await account();
		await application.call('DELETE', `/Users/${String(id)}`);
		await application.call('POST', '/Users', { ...before, meta: undefined });
		expect((await apply()).items('Node', 0)).toMatchObject([
			{ actionId: undo?.['actionId'], outcome: 'conflict', execution: 'cancelled', writes: 0 },
		]);
		expect((await account())['roles']).toEqual([AUDITOR, { value: 'Pay' }]);
	});
});

describe('SCIM: Verify', () => {
	it('says which roles an account that is inactive still shows', async () => {
		await governed.save([roleAction('assign_role')]);
		await apply();
		await patch({ op: 'replace', path: 'active', value: false });
		const people = [{ identityId: ADA }];
		const seen = await node('scim', { operation: 'verify', application: 'erp', accountsOf: 'items' }, people);
		expect(seen.items('Node', 1)).toMatchObject([
			{
				verdict: 'inactive',
				rolesLeft: ['Auditor', 'Pay'],
				says: expect.stringContaining('roles: Auditor, Pay') as string,
			},
		]);
	});
});
