import { folderWith, run } from './run';

const COMMANDS = [
	'diff',
	'amend',
	'read',
	'terms',
	'policy lint',
	'policy evaluate',
	'policy explain',
	'policy simulate',
	'policy matrix',
	'replay',
	'audit verify',
	'scim probe',
	'scim plan',
	'scim apply',
	'scim reconcile',
	'scim undo',
	'scim catalogue',
];

describe('the command line', () => {
	it('lists its commands when asked for help, and when called with nothing', async () => {
		const help = await run('.', '--help');
		expect(help.code).toBe(0);
		for (const name of COMMANDS) expect(help.out).toMatch(new RegExp(`^  ${name} [A-Z]`, 'm'));
		expect(await run('.')).toEqual({ code: 2, out: '', err: help.out });
	});

	it.each(COMMANDS)('explains %s with every option it takes', async (name) => {
		const { code, out } = await run('.', ...name.split(' '), '--help');
		expect(code).toBe(0);
		expect(out).toContain(`Usage: contract-provisioning ${name} `);
		expect(out).toMatch(/^ {2}-h, --help +Show this text$/m);
		for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
	});

	it('lists the commands of a group', async () => {
		const { code, out } = await run('.', 'scim', '--help');
		expect(code).toBe(0);
		for (const word of ['probe', 'plan', 'apply', 'reconcile', 'undo', 'catalogue'])
			expect(out).toContain(`scim ${word} URL`);
		expect(out).not.toContain('policy lint');
	});

	it('says its version', async () => {
		expect(await run('.', '--version')).toEqual({ code: 0, out: '0.1.0\n', err: '' });
	});

	it.each([
		[['dif'], 'There is no command "dif". Commands: diff'],
		[
			['policy'],
			'"policy" needs a second word: policy lint, policy evaluate, policy explain, policy simulate, policy matrix.',
		],
		[['diff'], 'BEFORE is missing. Run: contract-provisioning diff --help'],
		[['diff', 'a'], 'AFTER is missing.'],
		[['diff', 'a', 'b', 'c'], '"c" is one argument too many.'],
		[['diff', 'a', 'b', '--jsn'], "Unknown option '--jsn'."],
		[['diff', 'a', 'b', '--json', '--html'], '--json and --html exclude each other.'],
		[['diff', 'a', 'b', '--as-of', '2026-02-30'], '--as-of is "2026-02-30"; it takes a day (2026-12-01)'],
		[['diff', 'a', 'b', '--as-of', 'tomorrow'], '--as-of is "tomorrow"'],
		[['read', 'a', '--view', 'final'], '--view is "final"; it takes one of: original, accepted, rejected.'],
		[['terms', 'a'], '--policy is missing: it says which terms to read.'],
		[['audit', 'verify', 'x', '--head', 'abc'], '--head and --records belong together'],
	])('answers a call it cannot understand with one line and exit code 2: %j', async (words, message) => {
		const { code, out, err } = await run('.', ...words);
		expect(code).toBe(2);
		expect(out).toBe('');
		expect(err).toContain(message);
		expect(err.trimEnd()).not.toContain('\n');
	});

	it.each([
		[['diff', 'none.md', 'none.md'], 'BEFORE: the file "none.md" does not exist.'],
		[['read', '.'], 'FILE: the file "." is a folder.'],
		[['terms', 'none.md', '-p', 'none.yaml'], 'POLICY: the file "none.yaml" does not exist.'],
		[['policy', 'lint', 'none.yaml'], 'FILE: the file "none.yaml" does not exist.'],
		[['audit', 'verify', 'none.sqlite'], 'LEDGER: the file "none.sqlite" does not exist.'],
	])('names the file it cannot read, and what it was for, with exit code 1: %j', async (words, message) => {
		const { code, err } = await run(folderWith({}), ...words);
		expect(code).toBe(1);
		expect(err).toContain(message);
		expect(err.trimEnd()).not.toContain('\n');
	});
});
