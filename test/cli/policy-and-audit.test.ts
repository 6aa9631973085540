import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Ledger } from '../../core/store';
import { folderWith, NOW, run } from './run';

const GOOD = readFileSync(path.resolve(__dirname, '../../sandbox/demo/policy.yaml'), 'utf8');

describe('policy lint', () => {
	it('has nothing to say about a good policy', async () => {
		expect(await run(folderWith({ 'p.yaml': GOOD }), 'policy', 'lint', 'p.yaml')).toEqual({
			code: 0,
			out: 'No findings.\n',
			err: '',
		});
	});

	it('lists findings with file, line and column, as editors jump to them, and ends with exit code 1', async () => {
		const bad = GOOD.replace('connector: scim', 'connector: scimm');
		const { code, out } = await run(folderWith({ 'p.yaml': bad }), 'policy', 'lint', 'p.yaml');
		expect(code).toBe(1);
		expect(out).toMatch(/^p\.yaml:\d+:\d+ +error +[A-Z_]+ +applications\./m);
		expect(out).toMatch(/\n\n1 error\.\n$/);
	});

	it('gives them as JSON', async () => {
		const { code, out } = await run(folderWith({ 'p.yaml': 'policy: [' }), 'policy', 'lint', 'p.yaml', '--json');
		expect(code).toBe(1);
		expect(JSON.parse(out)).toMatchObject([{ severity: 'error', line: 1 }]);
	});
});

describe('audit verify', () => {
	async function ledgerWith(records: number): Promise<{ folder: string; file: string; head: string }> {
		const folder = folderWith({});
		const file = path.join(folder, 'ledger.sqlite');
		const ledger = await Ledger.open({ file, clock: () => Date.parse(NOW), random: randomBytes });
		for (let n = 0; n < records; n++)
			await ledger.append({ type: 'custom.test', actor: { kind: 'system', id: 'test' }, occurredAt: NOW, data: { n } });
		const { head } = await ledger.verifyLog();
		await ledger.close();
		return { folder, file, head };
	}

	/** As somebody with the file could. */
	function tamper(file: string, statement: string): void {
		const database = new DatabaseSync(file);
		database.exec(`DROP TRIGGER audit_no_delete; DROP TRIGGER audit_no_update; ${statement}`);
		database.close();
	}

	it('finds an untouched log unchanged, with its head', async () => {
		const { folder, head } = await ledgerWith(3);
		const { code, out } = await run(folder, 'audit', 'verify', 'ledger.sqlite');
		expect(code).toBe(0);
		expect(out).toMatch(/^Records {2}3$/m);
		expect(out).toContain(head);
		expect(out).toMatch(/^Verdict {2}unchanged$/m);
	});

	it('names the record that was changed and ends with exit code 1', async () => {
		const { folder, file } = await ledgerWith(3);
		tamper(file, `UPDATE audit_records SET leaf = replace(leaf, '"n":1', '"n":7') WHERE seq = 2`);
		const { code, out } = await run(folder, 'audit', 'verify', 'ledger.sqlite');
		expect(code).toBe(1);
		expect(out).toContain('BROKEN');
		expect(out).toMatch(/record 2: +the leaf was changed/);
	});

	it('finds a log that was cut off at its end, given the head that was noted', async () => {
		const { folder, file, head } = await ledgerWith(3);
		tamper(file, 'DELETE FROM audit_records WHERE seq = 3');
		expect((await run(folder, 'audit', 'verify', 'ledger.sqlite')).code).toBe(0);
		const noted = await run(folder, 'audit', 'verify', 'ledger.sqlite', '--head', head, '--records', '3', '--json');
		expect(noted.code).toBe(1);
		expect(JSON.parse(noted.out)).toMatchObject({ ok: false, records: 2 });
	});

	it('leaves other files alone', async () => {
		const folder = folderWith({ 'notes.txt': 'no ledger' });
		const other = path.join(folder, 'other.sqlite');
		const database = new DatabaseSync(other);
		database.exec('CREATE TABLE mine (x)');
		database.close();
		const bytes = readFileSync(other);
		const foreign = await run(folder, 'audit', 'verify', 'other.sqlite');
		expect(foreign).toMatchObject({
			code: 1,
			err: expect.stringContaining('is an SQLite database, but no ledger') as string,
		});
		expect(readFileSync(other).equals(bytes)).toBe(true);
		expect((await run(folder, 'audit', 'verify', 'notes.txt')).err).toContain('is no SQLite database');
		writeFileSync(path.join(folder, 'empty.sqlite'), '');
		expect((await run(folder, 'audit', 'verify', 'empty.sqlite')).code).toBe(1);
	});
});
