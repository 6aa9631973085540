import { parseCall } from '../../cli/command';
import { policyMatrix } from '../../cli/commands/policy-matrix';
import { folderWith, NOW, run } from './run';

const POLICY = `policy: acme
zone: Europe/Berlin
attributes:
  department: { type: text, values: [Finance, Sales, Legal] }
applications: { crm: { connector: scim, owner: it@acme.example } }
entitlements: { crm/user: { app: crm, account: true }, crm/admin: { app: crm, group: admins } }
roles: { seller: { grant: [crm/user], owner: it@acme.example } }
rules:
  - { id: sales, when: { department: [Sales, Legal] }, grant: [crm/user] }
  - { id: finance, when: { department: Finance }, grant: [crm/user, crm/admin] }
`;

async function matrix(files: Record<string, string>, ...words: string[]): Promise<string> {
	let out = '';
	const terminal = {
		folder: folderWith({ 'policy.yaml': POLICY, ...files }),
		now: () => NOW,
		out: (text: string) => (out += text),
		err: () => undefined,
		style: (_style: string, text: string) => text,
	};
	expect(await policyMatrix.run(parseCall(policyMatrix, ['policy.yaml', ...words], terminal))).toBe(0);
	return out;
}

describe('policy matrix', () => {
	it('prints who gets what, and makes the rules back from it', async () => {
		const csv = await matrix({}, '--dimensions', 'department');
		expect(csv.split(/\r?\n/)[0]).toContain('crm/admin');
		const rules = JSON.parse(
			await matrix({ 'm.csv': csv }, '--dimensions', 'department', '--from', 'm.csv', '--json'),
		) as unknown;
		expect(rules).toEqual([
			{ id: 'matrix-1', when: { department: 'Finance' }, grant: ['crm/admin'] },
			{ id: 'matrix-2', when: { department: ['Finance', 'Legal', 'Sales'] }, grant: ['crm/user'] },
		]);
		expect(await matrix({ 'm.csv': csv }, '--from', 'm.csv', '--prefix', 'table')).toMatch(
			/^rules:\n {2}- id: table-1/,
		);
		expect(await matrix({}, '--html')).toMatch(/^<!doctype html>/i);
	});

	it('knows roles as columns, and refuses names that the policy does not know', async () => {
		const table = 'department,seller\nSales,yes\n';
		expect(await matrix({ 'm.csv': table }, '--from', 'm.csv')).toContain('seller');
		await expect(matrix({ 'm.csv': 'department,crm/usr\nSales,yes\n' }, '--from', 'm.csv')).rejects.toThrow(
			/Row 1, column 2.*crm\/usr/,
		);
	});

	it('says why there is no row, where the values of an attribute are not known', async () => {
		const { code, out, err } = await run(folderWith({ 'p.yaml': POLICY }), 'policy', 'matrix', 'p.yaml');
		expect([code, out.trim()]).toEqual([0, 'title,department,employmentType']);
		expect(err).toMatch(/^No rows: of title, department, employmentType, not all have known values\..*--dimensions/);
	});
});
