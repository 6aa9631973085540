import { compilePolicy, parsePolicy, renderPolicy } from '../../../../core/policy';
import { BASE, compiled } from '../builders';

const VERSION = {
	version: 7,
	author: 'Ada Example',
	authorProved: true,
	publishedAt: '2026-11-20T09:00:00.000Z',
	approvedBy: 'Bo Example',
};

const FULL = {
	rules: [
		{ id: 'seniors', when: { department: 'Engineering', level: { gte: 2 } }, grant: ['developer', 'github/admin'] },
		{ id: 'everybody', grant: ['consultant'], status: 'deprecated' },
	],
	separationOfDuties: [
		{
			id: 'pay',
			any: ['github/admin'],
			with: ['slack/*', 'github/eng'],
			action: 'block',
			compensating: 'quarterly review',
			exempt: [{ person: 'cy@acme.example', until: '2027-01-31', owner: 'it@acme.example', reason: 'migration' }],
		},
	],
	approvals: [
		{ id: 'privileged', when: { 'entitlement.privileged': true }, approvers: ['owner', 'manager'], expires: 'P3D' },
	],
	breakGlass: {
		grant: ['github/admin'],
		by: { department: 'Engineering' },
		for: 'PT4H',
		review: { approvers: ['group:security'], within: 'P1D' },
	},
	guards: { window: 'PT1H', maxInferredRevokes: 100, maxLeavers: 500 },
	overlap: { on: 'department', keep: ['slack/*'], for: 'P14D' },
	leaver: { order: ['disable', 'groups'], transferTo: 'manager' },
	joiner: { preProvision: 'P7D' },
	sla: { leaver: 'PT15M' },
	batch: { grant: { from: '20:00', to: '06:00' } },
};

describe('a policy version as a document', () => {
	const policy = compiled(FULL);
	const { markdown, html } = renderPolicy(policy, VERSION);

	it('says in sentences who gets what', () => {
		for (const sentence of [
			'**seniors**. Whoever has: department is Engineering and level is at least 2, gets `developer` and `github/admin`.',
			'**everybody**. Everybody gets `consultant`. This rule is deprecated: whoever holds it keeps it, nobody new gets it.',
			'gets `consultant`, until the end of the day in `terms.endDate`. No more people than `terms.seats` says.',
			'**pay**. Nobody holds `github/admin` together with any of `slack/*` or `github/eng`. The later one is withheld.',
			'Compensating control: quarterly review. Except cy@acme.example until 2027-01-31',
			'**privileged**. Where entitlement.privileged is true, a change that gives access needs the approval of 1 of `owner` and 1 of `manager` within P3D.',
			'The run stops where more than 100 rights would be taken within PT1H',
			'Where `department` changes, `slack/*` stays for another P14D.',
		]) {
			expect(markdown).toContain(sentence);
		}
	});

	it('names version, author and hash, and leaves room to sign', () => {
		for (const text of [markdown, html]) {
			expect(text).toContain(policy.hash);
			expect(text).toContain('Ada Example (proved)');
			expect(text).toContain('Bo Example');
			expect(text).toContain('Signature');
		}
		expect(markdown.indexOf(policy.hash)).not.toBe(markdown.lastIndexOf(policy.hash));
	});

	it('lists every entitlement with its owner, role, rule, contract rule, approval and separation', () => {
		for (const names of [
			policy.policy.entitlements,
			policy.policy.roles ?? {},
			policy.policy.applications,
			policy.policy.terms ?? {},
		]) {
			for (const name of Object.keys(names)) {
				expect(markdown).toContain(`${name}\``);
				expect(html).toContain(`${name}</code>`);
			}
		}
		for (const { id } of [
			...(policy.policy.rules ?? []),
			...(policy.policy.contracts ?? []),
			...(policy.policy.approvals ?? []),
		]) {
			expect(html).toContain(`<strong>${id}</strong>`);
		}
		expect(markdown).toContain('| `github/admin` | group `org-admins` | group:security | privileged |');
	});

	it('is the same for the same version, whatever order it was written in', () => {
		expect(renderPolicy(compiled(FULL), VERSION)).toEqual({ markdown, html });
	});

	it('lets no text out of its place', () => {
		const hostile = '</code><script>alert(1)</script> `x` | **y** [z](http://x)';
		const { policy: parsed, hash } = parsePolicy(
			JSON.stringify({
				...BASE,
				policy: hostile,
				entitlements: { ...BASE.entitlements, 'github/eng': { app: 'github', group: hostile } },
			}),
		);
		const rendered = renderPolicy(compilePolicy(parsed, hash), { author: hostile });
		expect(rendered.html).not.toContain('<script>');
		const [title, ...lines] = rendered.markdown.split('\n');
		expect(title).toBe('# \\</code\\>\\<script\\>alert(1)\\</script\\> \\`x\\` \\| \\*\\*y\\*\\* \\[z\\](http://x)');
		const row = lines.find((line) => line.startsWith('| `github/eng`')) ?? '';
		expect(row.replaceAll('\\|', '').split('|')).toHaveLength(6);
	});
});
