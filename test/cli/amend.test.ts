import { folderWith, run } from './run';

const BASE = `# Services Agreement

This Services Agreement (the "Agreement") is made on 3 March 2026 between **Nord GmbH** (the "Customer") and **Sud Ltd** (the "Supplier").

## 1. Seats

The Supplier may use up to ten (10) seats.

## 2. Support

2.1 Support is given on working days.

2.2 Reports are sent each month.

## 3. Law

German law applies.
`;

const amendment = (number: number, ...instructions: string[]) =>
	`Amendment No. ${number} to the Services Agreement

This Amendment No. ${number} to the Services Agreement dated 3 March 2026 is made between Nord GmbH and Sud Ltd and is effective as of 1 December 2026.

${instructions.map((words, index) => `${index + 1}. ${words}`).join('\n\n')}

IN WITNESS WHEREOF, the parties have signed this Amendment.
`;

const FIRST = amendment(
	1,
	'Section 1 of the Agreement is hereby amended by replacing "ten (10) seats" with "twelve (12) seats".',
	'Section 2.2 of the Agreement is hereby deleted in its entirety.',
);
const SECOND = amendment(
	2,
	'Section 2.1 of the Agreement is hereby amended by replacing "working days" with "all days".',
);
const LOST = amendment(
	1,
	'Section 1 of the Agreement is hereby amended by replacing "ninety seats" with "twelve (12) seats".',
);
const files = { 'base.md': BASE, 'a1.txt': FIRST, 'a2.txt': SECOND, 'lost.txt': LOST };

const LIMITED = amendment(
	1,
	'Solely with respect to Sud Ireland Ltd, Section 1 of the Agreement is hereby amended by replacing "ten (10) seats" with "twelve (12) seats".',
);

describe('amend --within-scope', () => {
	it('prints the text of those whom the amendment is limited to, and says for whom', async () => {
		const folder = folderWith({ 'base.md': BASE, 'a.txt': LIMITED });
		const all = await run(folder, 'amend', 'base.md', 'a.txt', '--text');
		expect([all.code, all.out]).toEqual([1, BASE]);
		const some = await run(folder, 'amend', 'base.md', 'a.txt', '--text', '--within-scope');
		expect([some.code, some.out]).toEqual([0, BASE.replace('ten (10)', 'twelve (12)')]);
		expect(some.err).toMatch(/holds for some only: .*Sud Ireland Ltd/);
	});
});

describe('amend', () => {
	it('prints the consolidated text', async () => {
		const { code, out, err } = await run(folderWith(files), 'amend', 'base.md', 'a1.txt', '--text');
		expect(err).toBe('');
		expect(code).toBe(0);
		expect(out).toContain('up to twelve (12) seats.');
		expect(out).not.toContain('Reports are sent');
		expect(out).toContain('German law applies.');
	});

	it('says what became of every instruction, and what it changed', async () => {
		const { code, out } = await run(folderWith(files), 'amend', 'base.md', 'a1.txt');
		expect(code).toBe(0);
		expect(out.split('\n').slice(0, 2)).toEqual([
			expect.stringMatching(/^1 +applied +.*ten \(10\)/),
			expect.stringMatching(/^2 +applied +.*2\.2/),
		]);
		expect(out).toContain('up to [-ten-]{+twelve+} ([-10-]{+12+}) seats.');
	});

	it('carries out several files in the order of their numbers, and says that they were given otherwise', async () => {
		const folder = folderWith(files);
		const [right, wrong] = [
			await run(folder, 'amend', 'base.md', 'a1.txt', 'a2.txt', '--json'),
			await run(folder, 'amend', 'base.md', 'a2.txt', 'a1.txt', '--json'),
		];
		interface Done {
			document: { text: string };
			changeSet: { warnings: string[]; effective: { from: string } };
		}
		const [one, two] = [JSON.parse(right.out) as Done, JSON.parse(wrong.out) as Done];
		expect(two.document.text).toBe(one.document.text);
		expect(one.document.text).toContain('Support is given on all days.');
		expect(two.changeSet.warnings.join()).toContain('not given in the order');
		expect(one.changeSet.effective.from).toBe('2026-12-01T00:00:00.000Z');
	});

	it('leaves undone what is not clear, says why, and ends with exit code 1', async () => {
		const folder = folderWith(files);
		const shown = await run(folder, 'amend', 'base.md', 'lost.txt');
		expect(shown.code).toBe(1);
		expect(shown.out).toMatch(/^1 +! (?:NOT FOUND|CONFLICT) /m);
		const text = await run(folder, 'amend', 'base.md', 'lost.txt', '--text');
		expect(text).toMatchObject({ code: 1, out: BASE });
		expect(text.err).toMatch(/NOT FOUND|CONFLICT/);
	});

	it('keeps apart what does not hold yet on the day that is asked for', async () => {
		const { out } = await run(folderWith(files), 'amend', 'base.md', 'a1.txt', '--text', '--as-of', '2026-11-30');
		expect(out).toBe(BASE);
		expect(
			(await run(folderWith(files), 'amend', 'base.md', 'a1.txt', '--text', '--as-of', '2026-12-01')).out,
		).toContain('twelve');
	});

	it('gives a redline with the instructions', async () => {
		const { out } = await run(folderWith(files), 'amend', 'base.md', 'a1.txt', '--html');
		expect(out).toContain('2 instructions, all applied');
		expect(out).toContain('<del>ten</del><ins>twelve</ins>');
	});

	it('asks for an amendment', async () => {
		expect(await run(folderWith(files), 'amend', 'base.md')).toMatchObject({
			code: 2,
			err: expect.stringContaining('AMENDMENT is missing.') as string,
		});
	});
});
