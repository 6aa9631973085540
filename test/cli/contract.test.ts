import { createHash } from 'node:crypto';
import { folderWith, NOW, run } from './run';

const BEFORE = `# Services Agreement

## 1. Seats

The Supplier may use up to ten (10) seats.

## 2. Law

German law applies.

## Schedule A: Authorised Users

| Name | Email | Access |
|---|---|---|
| Ada | ada@sud.example | Member |
| Bo | bo@sud.example | Member |
`;
const AFTER = BEFORE.replace('ten (10)', 'twelve (12)')
	.replace('## 2. Law', '## 2. Audits\n\nThe Customer may audit.\n\n## 3. Law')
	.replace('bo@sud.example | Member', 'bo@sud.example | Administrator')
	.concat('| Cy | cy@sud.example | Member |\n');
const POLICY = `policy: acme
zone: Europe/Berlin
applications:
  slack: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}" } }
entitlements:
  slack/member: { app: slack, account: true }
terms:
  seats: { type: number, clause: Seats }
  users: { type: table, schedule: Authorised Users, key: Email }
`;
const files = { 'v1.md': BEFORE, 'v2.md': AFTER, 'policy.yaml': POLICY };

describe('diff', () => {
	it('says for people what changed, readable without colour', async () => {
		const { code, out } = await run(folderWith(files), 'diff', 'v1.md', 'v2.md', '--policy', 'policy.yaml');
		expect(code).toBe(0);
		expect(out).toBe(`Services Agreement
5 changes: 2 added, 2 modified, 1 renumbered, 2 of 2 terms

Terms
  seats  10 → 12          widening
  users  2 rows → 3 rows  widening

±  1 Seats  modified
   The Supplier may use up to [-ten-]{+twelve+} ([-10-]{+12+}) seats.

+  2 Audits  added
   {+Audits
   The Customer may audit.+}

#  2 → 3 Law  renumbered

±  row “bo@sud.example” of Authorised Users  modified
   Access: [-Member-]{+Administrator+}

+  row “cy@sud.example” of Authorised Users  added
   {+Cy | cy@sud.example | Member+}
`);
	});

	it('gives the change set as JSON, the same bytes for the same files and day', async () => {
		const folder = folderWith(files);
		const [one, two] = [
			await run(folder, 'diff', 'v1.md', 'v2.md', '--json'),
			await run(folder, 'diff', 'v1.md', 'v2.md', '--json'),
		];
		expect(two.out).toBe(one.out);
		expect(JSON.parse(one.out)).toMatchObject({
			schema: 'contract-change/1',
			contract: { id: 'v1' },
			effective: { knownAt: NOW, basis: 'unstated' },
			before: { sha256: createHash('sha256').update(BEFORE).digest('hex') },
			stats: { added: 2, modified: 2, renumbered: 1 },
		});
	});

	it('gives a redline as one HTML page', async () => {
		const { out } = await run(folderWith(files), 'diff', 'v1.md', 'v2.md', '--html', '--zone', 'Europe/Berlin');
		expect(out).toMatch(/^<!doctype html>/);
		expect(out).toContain('<del>ten</del><ins>twelve</ins>');
		expect(out).toContain('(Europe/Berlin)');
	});

	it('takes the day on which the change became known, and the contract’s id', async () => {
		const words = ['diff', 'v1.md', 'v2.md', '--json', '--as-of', '2026-12-01', '--contract', 'MSA-1'];
		expect(JSON.parse((await run(folderWith(files), ...words)).out)).toMatchObject({
			contract: { id: 'MSA-1' },
			effective: { knownAt: '2026-12-01T00:00:00.000Z' },
		});
	});

	it('tells a script whether anything changed that has a meaning, where it asks', async () => {
		const folder = folderWith({ ...files, 'v1b.md': BEFORE.replace(/\n/g, '\r\n') });
		expect((await run(folder, 'diff', 'v1.md', 'v2.md', '--exit-code')).code).toBe(1);
		const same = await run(folder, 'diff', 'v1.md', 'v1b.md', '--exit-code');
		expect(same.code).toBe(0);
		expect(same.out).toContain('Nothing changed that has a meaning.');
	});

	it('shortens long stretches without change', async () => {
		const long = 'The parties agree on many things that take a great number of words to be told. '.repeat(6);
		const folder = folderWith({
			'a.md': `# T\n\n## 1. A\n\n${long}One end.\n`,
			'b.md': `# T\n\n## 1. A\n\n${long}Two end.\n`,
		});
		const { out } = await run(folder, 'diff', 'a.md', 'b.md');
		expect(out).toMatch(/^ {3}… .{20,80}\n? *.*\[-One-\]\{\+Two\+\} end\.$/m);
		expect(out.length).toBeLessThan(300);
	});

	it('reads the terms of a policy from two JSON records', async () => {
		const folder = folderWith({
			'a.json': JSON.stringify({ title: 'MSA', seats: 10 }),
			'b.json': JSON.stringify({ title: 'MSA', seats: 25 }),
			'policy.yaml':
				'policy: p\nzone: UTC\napplications: {}\nentitlements: {}\nterms:\n  seats: { type: number, clause: seats }\n',
		});
		const { code, out } = await run(folder, 'diff', 'a.json', 'b.json', '--json', '--policy', 'policy.yaml');
		expect(code).toBe(0);
		expect((JSON.parse(out) as { terms: unknown[] }).terms).toMatchObject([
			{ name: 'seats', before: { value: { value: 10 } }, after: { value: { value: 25 } }, effect: 'widening' },
		]);
	});

	it('compares two JSON records field by field, entries of lists by the field that is named', async () => {
		const record = (fee: string, people: object[]) => JSON.stringify({ title: 'MSA', fee, people });
		const folder = folderWith({
			'a.json': record('1,200.00', [
				{ login: 'ada', level: 1 },
				{ login: 'bo', level: 1 },
			]),
			'b.json': record('1300', [
				{ login: 'bo', level: 2 },
				{ login: 'ada', level: 1 },
			]),
		});
		const { code, out } = await run(folder, 'diff', 'a.json', 'b.json', '--json', '--keys', 'people=login');
		expect(code).toBe(0);
		const { changes } = JSON.parse(out) as {
			changes: Array<{ origin: string; op: string[]; field?: { path: string[] } }>;
		};
		expect(changes.every(({ origin }) => origin === 'record')).toBe(true);
		expect(changes.filter(({ op }) => op.includes('modified')).map(({ field }) => field?.path.at(-1))).toEqual([
			'fee',
			'level',
		]);
		expect((await run(folder, 'diff', 'a.json', 'b.json', '--html')).out).toContain('<ins>1300</ins>');
		expect((await run(folder, 'diff', 'a.json', 'b.json')).out).toMatch(/fee: .*1300/);
		expect((await run(folder, 'diff', 'a.json', 'b.json', '--keys', 'login')).code).toBe(2);
	});

	it('reads what is neither Markdown nor text: a page, for one', async () => {
		const folder = folderWith({
			...files,
			'v1.html': '<html><body><h2>1. Seats</h2><p>The Supplier may use up to ten (10) seats.</p></body></html>',
		});
		const { code, out } = await run(folder, 'terms', 'v1.html', '--policy', 'policy.yaml');
		expect(out).toMatch(/^seats {2}10$/m);
		expect(code).toBe(1);
	});

	it('says in one line what is wrong with a file it cannot read', async () => {
		const { code, err } = await run(folderWith({ ...files, 'bad.md': 'a\0b' }), 'diff', 'v1.md', 'bad.md');
		expect(code).toBe(1);
		expect(err).toMatch(/^contract-provisioning: .*NUL.*\n$/);
	});
});

describe('read', () => {
	it('gives the text of a contract', async () => {
		expect((await run(folderWith(files), 'read', 'v1.md')).out).toBe(BEFORE);
	});

	it('gives its clauses as JSON', async () => {
		const { out } = await run(folderWith(files), 'read', 'v1.md', '--json');
		const { title, clauses } = JSON.parse(out) as {
			title: string;
			clauses: Array<{ number?: string; heading?: string }>;
		};
		expect(title).toBe('Services Agreement');
		expect(clauses.map(({ number, heading }) => [number, heading])).toContainEqual(['2', 'Law']);
	});
});

describe('terms', () => {
	it('reads what the policy names, with the words it stands in', async () => {
		const { code, out } = await run(folderWith(files), 'terms', 'v1.md', '--policy', 'policy.yaml');
		expect(code).toBe(0);
		expect(out).toBe(`seats  10
  “The Supplier may use up to ten (10) seats.”
  (1 Seats)

users  2 rows
  Name  Email            Access
  Ada   ada@sud.example  Member
  Bo    bo@sud.example   Member
`);
	});

	it('ends with exit code 1 where a term cannot be read, and says why instead of guessing', async () => {
		const folder = folderWith({ ...files, 'odd.md': BEFORE.replace('ten (10)', 'ten (12)') });
		const { code, out } = await run(folder, 'terms', 'odd.md', '--policy', 'policy.yaml');
		expect(code).toBe(1);
		expect(out).toMatch(/^seats {2}\? .*(?:ten|10|12)/m);
	});

	it('says where a policy has problems, with line and column', async () => {
		const folder = folderWith({ ...files, 'bad.yaml': 'policy: p\nterms:\n  seats: { type: nmber }\n' });
		const { code, err } = await run(folder, 'terms', 'v1.md', '--policy', 'bad.yaml');
		expect(code).toBe(1);
		expect(err).toMatch(/line 3, column \d+/);
	});
});
