import { ManagedGroups } from '../../../../core/governance/adoption/managed-groups';
import { compilePolicy, parsePolicy } from '../../../../core/policy';

function managed(entitlements: string): ManagedGroups {
	const { policy, hash } = parsePolicy(`policy: acme
zone: Europe/Berlin
applications: { jira: { connector: scim, owner: it@acme.example }, chat: { connector: scim, owner: it@acme.example } }
entitlements:
${entitlements}
`);
	return new ManagedGroups(compilePolicy(policy, hash), 'jira');
}

describe('the groups that a policy governs', () => {
	it('are those it declares for the application, and no others', () => {
		const groups = managed(`  jira/member: { app: jira, account: true }
  jira/dev: { app: jira, group: Developers }
  chat/dev: { app: chat, group: Chatters }`);
		expect(groups.account).toBe('jira/member');
		expect(groups.entitlementOf('Developers')).toBe('jira/dev');
		expect(groups.entitlementOf('developers')).toBeUndefined();
		expect(groups.entitlementOf('Chatters')).toBeUndefined();
		expect(groups.groupOf('jira/dev')).toBe('Developers');
		expect(groups.groupOf('jira/member')).toBeUndefined();
		expect(groups.has('chat/dev')).toBe(false);
	});

	it('are found by their names where a wildcard stands in for many', () => {
		const groups = managed(`  "jira/project:*": { app: jira, group: "project-{1}" }`);
		expect(groups.entitlementOf('project-atlas')).toBe('jira/project:atlas');
		expect(groups.entitlementOf('project-')).toBeUndefined();
		expect(groups.entitlementOf('other-atlas')).toBeUndefined();
		expect(groups.groupOf('jira/project:atlas')).toBe('project-atlas');
	});

	it('are found where several wildcards stand in another order in the name of the group', () => {
		const groups = managed(`  "jira/*:*": { app: jira, group: "{2} of {1}" }`);
		expect(groups.entitlementOf('admins of atlas')).toBe('jira/atlas:admins');
		expect(groups.groupOf('jira/atlas:admins')).toBe('admins of atlas');
	});

	it('are not taken for one whose wildcard could not stand for that text', () => {
		const groups = managed(`  "jira/role-*": { app: jira, group: "role {1}" }`);
		expect(groups.entitlementOf('role *')).toBeUndefined();
		expect(groups.entitlementOf('role {x}')).toBeUndefined();
		expect(groups.entitlementOf('role editor')).toBe('jira/role-editor');
	});
});
