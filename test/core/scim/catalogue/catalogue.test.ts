import { parse } from 'yaml';
import { checkMapping, discover, importCatalogue } from '../../../../core/scim';
import { parsePolicy } from '../../../../core/policy';
import { Stage } from '../support/stage';

const stage = Stage.set();

describe('the catalogue of an application', () => {
	it('lists groups, roles and entitlements, and begins a policy that can be read', async () => {
		stage.server.addGroup('Readers');
		stage.server.addGroup('Ops: "night"\nshift');
		stage.server.addUser({ userName: 'ada', roles: [{ value: 'admin', display: 'Administrator' }] });
		stage.server.addUser({ userName: 'bob', roles: [{ value: 'admin' }], entitlements: [{ value: 'seat' }] });
		const catalogue = await importCatalogue(stage.connection.client, { application: 'Team Chat' });
		expect(catalogue.reasons).toEqual([]);
		expect(catalogue.complete).toBe(true);
		expect(catalogue.accounts).toMatchObject({ total: 2, active: 2, withoutExternalId: 2 });
		expect(catalogue.entries).toMatchObject([
			{ kind: 'entitlement', value: 'seat', holders: 1 },
			{ kind: 'group', name: 'Ops: "night"\nshift' },
			{ kind: 'group', name: 'Readers' },
			{ kind: 'role', value: 'admin', holders: 2 },
		]);
		const policy = parse(catalogue.policy) as { entitlements: Record<string, { group?: string; role?: string }> };
		expect(policy.entitlements['team-chat/readers']).toMatchObject({ group: 'Readers' });
		expect(policy.entitlements['team-chat/administrator']).toMatchObject({ role: 'admin' });
		expect(catalogue.policy).toContain('#   entitlement seat (seat): 1 accounts');
		expect(() => parsePolicy(`policy: adopted\nzone: UTC\n${catalogue.policy}`)).not.toThrow();
		expect(stage.proxy.writes()).toEqual([]);
	});

	it('finds what a mapping would run into', async () => {
		const { schemas } = await discover(stage.connection.client);
		const findings = checkMapping(schemas, {
			title: 'Engineer',
			favouriteColour: 'blue',
			displayName: 7,
			emails: [{ value: '{email}', type: 'work' }],
			'name.formatted': '{firstName}',
			'name.middle': 'x',
			nickName: ['a', 'b'],
		});
		expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
			'unknown_attribute favouriteColour',
			'wrong_type displayName',
			'unknown_attribute name.middle',
			'one_value nickName',
			'required_missing userName',
		]);
	});
});
