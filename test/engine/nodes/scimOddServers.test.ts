import type { IDataObject } from 'n8n-workflow';
import { BETTER_AUTH_TOKEN, startBetterAuth } from '../../support/better-auth-server';
import {
	startCursors,
	startExact,
	startFussy,
	startLagging,
	startOpinionated,
	startReplacing,
	startSloppy,
	startStrict,
	startTerse,
	startThrottled,
} from '../../support/odd-scim';
import { ledgerFile, runNode } from './one-node';

const ADA = 'ada@acme.example';
const by = (mode: string, value: string) => ({ __rl: true, mode, value });

interface Server {
	baseUrl: string;
	close(): unknown;
}

const SERVERS: ReadonlyArray<readonly [string, () => Promise<Server>]> = [
	['pages by cursors that expire', startCursors],
	['compares everything exactly', startExact],
	['is fussy about requests', startFussy],
	['answers from a copy that lags behind', startLagging],
	['changes what it is given', startOpinionated],
	['only takes whole resources', startReplacing],
	['wraps, renames and redirects', startSloppy],
	['insists on every rule of the RFC', startStrict],
	['says as little as it may', startTerse],
	['asks for slower requests', () => startThrottled(Date.now)],
	['is @better-auth/scim', startBetterAuth],
];

let server: Server | undefined;
afterEach(async () => {
	await server?.close();
});

/** Runs one operation and gives its only item; the error where it fails. */
async function call(file: string, parameters: IDataObject): Promise<IDataObject> {
	const token = BETTER_AUTH_TOKEN;
	const credentials = { scimBearerTokenApi: { baseUrl: server?.baseUrl ?? '', token, allowPastLedger: true } };
	const done = await runNode('scim', parameters, [{}], { credentials, file });
	if (done.error !== undefined) throw new Error(`${parameters['operation'] as string}: ${done.error}`);
	return done.items('Node')[0] ?? {};
}

describe.each(SERVERS)('a server that %s', (_name, start) => {
	it('is worked with by all operations of User, and a repeated one writes nothing', async () => {
		server = await start();
		const file = ledgerFile();
		const user = (operation: string, more: IDataObject) => call(file, { resource: 'user', operation, ...more });
		const additionalFields = { firstName: 'Ada', lastName: 'Lovelace', email: ADA, externalId: 'E-1' };
		const upsert = { userName: ADA, additionalFields };

		const dry = await user('upsert', { ...upsert, options: { dryRun: true } });
		const created = await user('upsert', upsert);
		expect(created).toMatchObject({ exception: true, plan: { hash: (dry['plan'] as IDataObject)['hash'] } });
		expect(await user('upsert', upsert)).toMatchObject({ outcome: 'unchanged' });

		const me = { user: by('userName', ADA) };
		// Some leave `active` out where it is true.
		expect((await user('get', me))['active']).not.toBe(false);
		const fields = { ...me, updateFields: { lastName: 'King' } };
		expect(await user('update', fields)).toMatchObject({ resource: { name: { familyName: 'King' } } });
		expect(await user('update', fields)).toMatchObject({ outcome: 'unchanged' });

		expect(await user('deactivate', me)).toMatchObject({ resource: { active: false } });
		expect(await user('deactivate', me)).toMatchObject({ outcome: 'unchanged' });
		const again = await user('update', { ...me, updateFields: { active: true } });
		expect((again['resource'] as IDataObject)['active']).not.toBe(false);

		expect(await user('delete', me)).toMatchObject({ outcome: 'verified' });
		await expect(user('get', me)).rejects.toThrow(/no account/);
	});

	it('is worked with by all operations of Group', async () => {
		server = await start();
		const file = ledgerFile();
		const group = (operation: string, more: IDataObject) => call(file, { resource: 'group', operation, ...more });
		const email = (name: string) => ({
			userName: `${name}@acme.example`,
			additionalFields: { email: `${name}@acme.example` },
		});
		for (const name of ['ada', 'bob']) await call(file, { resource: 'user', operation: 'create', ...email(name) });

		const created = await group('upsert', { displayName: 'Sales', additionalFields: { members: ADA } });
		expect(created).toMatchObject({ exception: true });
		const sales = { group: by('displayName', 'Sales') };
		const members = { ...sales, members: `${ADA}, bob@acme.example` };
		const dry = await group('addMembers', { ...members, options: { dryRun: true } });
		expect(await group('addMembers', members)).toMatchObject({ plan: dry['plan'] as IDataObject });
		expect(await group('addMembers', members)).toMatchObject({ outcome: 'unchanged' });
		await group('removeMembers', { ...sales, members: ADA });
		expect(await group('removeMembers', { ...sales, members: ADA })).toMatchObject({ outcome: 'unchanged' });

		await group('update', { ...sales, updateFields: { displayName: 'Revenue' } });
		const revenue = { group: by('id', (created['resource'] as IDataObject)['id'] as string) };
		expect(await group('get', revenue)).toMatchObject({ displayName: 'Revenue' });
		expect(await group('delete', revenue)).toMatchObject({ outcome: 'verified' });
		await expect(group('get', revenue)).rejects.toThrow(/no group/i);
	});
});
