import {
	SchemaIndex,
	asResource,
	capabilityProfile,
	patchAccount,
	readAccount,
	readSchemas,
	vendorProfile,
	type AccountOutcome,
	type ScimObject,
} from '../../../core/scim';
import { playVendor, type VendorPlay } from '../../support/scim-fault-proxy';
import { failure } from './support/failure';
import { ENTERPRISE, Stage, edit } from './support/stage';

const stage = Stage.set();
const GENERIC = capabilityProfile(vendorProfile('generic')).capabilities;

let id = '';
beforeEach(() => {
	id = stage.server.addUser({
		userName: 'ann@x.example',
		title: 'Old',
		name: { givenName: 'Ann', familyName: 'Old' },
		[ENTERPRISE]: { department: 'Old', costCenter: 'kept' },
	});
});

const vendor = (play: Partial<VendorPlay>): void => stage.proxy.fault(playVendor({ capabilities: GENERIC, ...play }));
const methods = (): string[] => stage.proxy.writes().map(({ method }) => method);

async function change(desired: ScimObject): Promise<AccountOutcome> {
	const { client } = stage.connection;
	const current = await readAccount(client, id);
	if (current === undefined) throw new Error('no account');
	return patchAccount(client, current, desired);
}

const NEW = { name: { familyName: 'New' }, [ENTERPRISE]: { department: 'New' } };
const expectNew = (): void =>
	expect(stage.server.users.get(id)).toMatchObject({
		name: { givenName: 'Ann', familyName: 'New' },
		[ENTERPRISE]: { department: 'New', costCenter: 'kept' },
	});

describe('forms of writing', () => {
	test('one PATCH and one read-back where the server takes paths', async () => {
		expect(await change(NEW)).toMatchObject({
			outcome: 'verified',
			attributes: [
				{ path: 'name.familyName', verdict: 'applied' },
				{ path: `${ENTERPRISE}:department`, verdict: 'applied' },
			],
		});
		expect(stage.proxy.seen.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET']);
		expectNew();
	});

	test.each([
		['refused', (): void => stage.proxy.fault(({ body }) => (body.includes('"path"') ? { status: 400 } : undefined))],
		['accepted and not carried out', (): void => vendor({ onlyPatch: 'nested' })],
	])('paths that are %s give way to nested values, and the next account begins with them', async (_, fault) => {
		fault();
		expect((await change(NEW)).outcome).toBe('verified');
		expect(methods()).toEqual(['PATCH', 'PATCH']);
		expectNew();
		expect(stage.connection.client.profile.basis.patch?.from).toBe('learned');
		expect((await change({ title: 'New' })).outcome).toBe('verified');
		expect(methods()).toHaveLength(3);
	});

	test('without any PATCH, a PUT after a fresh read keeps what it does not know', async () => {
		vendor({ capabilities: { ...GENERIC, patch: 'put' } });
		expect((await change(NEW)).outcome).toBe('verified');
		expectNew();
		expect(stage.server.users.get(id)).toMatchObject({ title: 'Old', active: true });
		const put = stage.proxy.writes().at(-1);
		expect(put?.method).toBe('PUT');
		expect(Object.keys(JSON.parse(put?.body ?? '{}') as object)).not.toContain('meta');
		stage.proxy.seen.length = 0;
		expect((await change({ title: 'New' })).outcome).toBe('verified');
		expect(stage.proxy.seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'PUT', 'GET']);
	});

	test.each([404, 405])('a PUT that is answered %i is not taken for a missing account', async (status) => {
		vendor({ capabilities: { ...GENERIC, patch: 'put', put: false }, putAnswer: { status, body: '<html>' } });
		expect((await change(NEW)).outcome).toBe('failed');
		expect(stage.connection.client.capabilities.put).toBe(false);
		stage.proxy.seen.length = 0;
		await change(NEW);
		expect(methods()).not.toContain('PUT');
	});

	test('paths that are stored as literal names are found, written otherwise, and the litter is taken away', async () => {
		vendor({ literalPaths: true });
		const outcome = await change(NEW);
		expect(outcome.outcome).toBe('verified');
		expectNew();
		expect(Object.keys(outcome.resource ?? {})).not.toContain('name.familyName');
		expect(Object.keys(outcome.resource ?? {})).not.toContain(`${ENTERPRISE}:department`);
		expect(stage.connection.client.capabilities.patch).toBe('nested');
	});

	test('a URN that is cut at its dot leaves nothing behind either', async () => {
		const cut = 'urn:ietf:params:scim:schemas:extension:enterprise:2';
		let litter = false;
		stage.proxy.fault(({ method, body }) => {
			if (method === 'PATCH' && body.includes(`"path":"${ENTERPRISE}:department"`)) {
				litter = true;
				return { status: 200, body: '{}' };
			}
			if (method === 'PATCH' && body.includes(`"path":"${cut}"`)) {
				litter = false;
				return { status: 200, body: '{}' };
			}
			if (method !== 'GET') return undefined;
			return { rewrite: edit((user) => litter && (user[cut] = { '0:User:department': 'New' })) };
		});
		const outcome = await change({ [ENTERPRISE]: { department: 'New' } });
		expect([outcome.outcome, litter]).toEqual(['verified', false]);
		expect(Object.keys(outcome.resource ?? {})).not.toContain(cut);
	});

	test('one attribute that is refused does not keep the others out', async () => {
		stage.proxy.fault(({ method, body }) =>
			method !== 'GET' && body.includes('Forbidden') ? { status: 400, body: '{"scimType":"invalidValue"}' } : undefined,
		);
		const outcome = await change({ title: 'Forbidden', name: { familyName: 'New' } });
		expect(outcome).toMatchObject({
			outcome: 'failed',
			attributes: [
				{ path: 'title', verdict: 'not_applied' },
				{ path: 'name.familyName', verdict: 'applied' },
			],
		});
	});

	test('what no form could write is not tried in all of them again', async () => {
		stage.proxy.fault(({ method }) =>
			method === 'GET' ? { rewrite: edit((user) => (user['title'] = 'Fixed')) } : undefined,
		);
		expect((await change({ title: 'New' })).outcome).toBe('failed');
		expect(methods()).toHaveLength(3);
		expect((await change({ title: 'Newer' })).outcome).toBe('failed');
		expect(methods()).toHaveLength(4);
	});

	test('an operation at a time where the vendor takes no more', async () => {
		vendor({ capabilities: { ...GENERIC, userOperations: 1 } });
		stage.connection.client.learn({ userOperations: 1 }, 'test');
		expect((await change(NEW)).outcome).toBe('verified');
		expect(methods()).toEqual(['PATCH', 'PATCH']);
	});
});

describe('attributes', () => {
	test('that the server spells in its own way count as written, and are left alone afterwards', async () => {
		stage.proxy.fault(({ method }) =>
			method === 'GET' ? { rewrite: edit((user) => (user['title'] = String(user['title']).toUpperCase())) } : undefined,
		);
		expect(await change({ title: 'Head  of Sales' })).toMatchObject({
			outcome: 'verified',
			attributes: [{ path: 'title', verdict: 'normalised' }],
		});
		expect(methods()).toHaveLength(1);
		expect((await change({ title: 'Head  of Sales' })).note).toBe('already in place');
		expect(methods()).toHaveLength(1);
	});

	test('that schemas call read-only, immutable or never returned are not written', async () => {
		const attribute = (name: string, more: object): object => ({ name, type: 'string', ...more });
		const schema = {
			id: 'urn:ietf:params:scim:schemas:core:2.0:User',
			attributes: [
				attribute('title', { mutability: 'readOnly' }),
				attribute('nickName', { mutability: 'immutable' }),
				attribute('pin', { returned: 'never' }),
			],
		};
		const { client } = stage.connection;
		client.takeDiscovery({}, 'test', new SchemaIndex(readSchemas({ Resources: [schema] })));
		expect(await change({ title: 'New', pin: '1', password: 'x' })).toMatchObject({
			outcome: 'failed',
			attributes: [
				{ path: 'title', verdict: 'not_applied', reason: 'read-only' },
				{ path: 'pin', verdict: 'hidden' },
				{ path: 'password', verdict: 'hidden' },
			],
		});
		expect(methods()).toEqual([]);
		expect((await change({ nickName: 'Annie' })).outcome).toBe('verified');
		expect((await change({ nickName: 'Other' })).outcome).toBe('failed');
		expect(methods()).toHaveLength(1);
	});

	test.each([
		['with its address', { value: 'm1', $ref: 'https://host/Users/m1', displayName: 'Max' }],
		['by its address alone', { $ref: 'https://host/scim/Users/m1' }],
		['as a bare id', 'm1'],
	])('a manager shown %s is the manager wanted', async (_, manager) => {
		stage.proxy.fault(({ method }) =>
			method === 'GET' ? { rewrite: edit((user) => (user[ENTERPRISE] = { manager })) } : undefined,
		);
		expect((await change({ [ENTERPRISE]: { manager: { value: 'm1' } } })).note).toBe('already in place');
	});
});

describe('versions', () => {
	/** A server that counts versions and checks If-Match, or insists on it. */
	function versions(required: boolean): { bump(): void } {
		let version = 1;
		stage.proxy.fault(({ method, headers }) => {
			const tag = `W/"${version}"`;
			if (method === 'GET') return { rewrite: (answer) => ({ ...answer, headers: { etag: tag } }) };
			const stated = headers['if-match'];
			if (stated === undefined && required) return { status: 428, body: '{}' };
			if (stated !== undefined && stated !== tag) return { status: 412, body: '{}' };
			version++;
			return undefined;
		});
		return {
			bump: () => {
				version++;
			},
		};
	}

	test('are not sent where nothing says that they are checked', async () => {
		versions(false);
		await change(NEW);
		expect(stage.proxy.writes()[0]?.headers['if-match']).toBeUndefined();
	});

	test('are supplied where the server asks with 428, and from then on', async () => {
		versions(true);
		expect((await change(NEW)).outcome).toBe('verified');
		expect(methods()).toHaveLength(2);
		expect((await change({ title: 'New' })).outcome).toBe('verified');
		expect(methods()).toHaveLength(3);
	});

	test('that have moved on are read again and the change is planned again, once', async () => {
		const server = versions(false);
		const { client } = stage.connection;
		client.learn({ etag: 'checked' }, 'test');
		const current = await readAccount(client, id);
		server.bump();
		const user = stage.server.users.get(id);
		if (current === undefined || user === undefined) throw new Error('no account');
		user['title'] = 'New'; // somebody else did half of it
		expect((await patchAccount(client, current, { ...NEW, title: 'New' })).outcome).toBe('verified');
		expect(methods()).toHaveLength(2);
		expect(stage.proxy.writes()[1]?.body).not.toContain('title');
	});

	test('that never match end as an error, without a loop', async () => {
		stage.proxy.fault(({ method }) => (method === 'PATCH' ? { status: 412, body: '{}' } : undefined));
		expect(await failure(change(NEW))).toMatchObject({ details: { status: 412 } });
		expect(methods()).toHaveLength(2);
	});
});

test('an account that vanishes while it is changed is an error, not a success', async () => {
	const current = asResource({ id: 'gone', userName: 'gone' });
	if (current === undefined) throw new Error('no resource');
	expect(await failure(patchAccount(stage.connection.client, current, { title: 'x' }))).toMatchObject({
		code: 'SCIM_FAILED',
		message: expect.stringContaining('disappeared') as unknown,
	});
});
