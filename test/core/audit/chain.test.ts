import { DatabaseSync } from 'node:sqlite';
import { chainHash, genesisHash, sealRecord } from '../../../core/audit';
import { openTestLedger } from '../store/ledger-fixture';

async function logOfFive() {
	const context = await openTestLedger();
	for (let n = 1; n <= 5; n++) {
		await context.ledger.append({
			type: 'test.noted',
			actor: { kind: 'package', id: 'test' },
			occurredAt: '2026-11-20T08:00:00.000Z',
			data: { n },
			personal: { email: `person${n}@example.com` },
		});
	}
	return context;
}

/** An attacker with the file: removes the triggers first. */
function attack(file: string, statement: string): void {
	const database = new DatabaseSync(file);
	database.exec('drop trigger audit_no_update; drop trigger audit_no_delete;');
	database.exec(statement);
	database.close();
}

describe('the audit log', () => {
	it('verifies when nobody touched it', async () => {
		const { ledger } = await logOfFive();
		expect(await ledger.verifyLog()).toMatchObject({ ok: true, records: 5, erased: 0, problems: [] });
	});

	it('refuses to change or delete a record', async () => {
		const { file } = await logOfFive();
		const database = new DatabaseSync(file);
		expect(() => database.exec(`update audit_records set leaf = '{}' where seq = 2`)).toThrow(/append-only/);
		expect(() => database.exec('delete from audit_records where seq = 2')).toThrow(/append-only/);
		database.close();
	});

	it.each([
		['a changed leaf', `update audit_records set leaf = replace(leaf, '"n":3', '"n":4') where seq = 3`, 3],
		['changed personal data', `update audit_records set personal = '{"email":"other@example.com"}' where seq = 2`, 2],
		['a removed record', 'delete from audit_records where seq = 4', 5],
		[
			'a changed order',
			'update audit_records set seq = case seq when 2 then -3 when 3 then -2 else seq end; update audit_records set seq = -seq where seq < 0',
			2,
		],
	])('finds %s', async (_name, statement, seq) => {
		const { ledger, file } = await logOfFive();
		attack(file, statement);
		const verdict = await ledger.verifyLog();
		expect(verdict.ok).toBe(false);
		expect(verdict.problems[0]?.seq).toBe(seq);
	});

	it('finds a cut-off end when the head was noted', async () => {
		const { ledger, file } = await logOfFive();
		const { records, head } = await ledger.verifyLog();
		attack(file, 'delete from audit_records where seq = 5');
		expect((await ledger.verifyLog()).ok).toBe(true);
		expect((await ledger.verifyLog({ records, head })).problems[0]?.what).toMatch(/ends early/);
	});

	it('finds a log that was rewritten as a whole when an earlier head was noted, and no fault in one that only grew', async () => {
		const { ledger } = await logOfFive();
		const noted = await ledger.verifyLog();
		await ledger.append({
			type: 'test.noted',
			actor: { kind: 'package', id: 'test' },
			occurredAt: '2026-11-20T08:00:00.000Z',
		});
		expect((await ledger.verifyLog(noted)).ok).toBe(true);
		expect((await ledger.verifyLog({ records: 5, head: 'e'.repeat(64) })).problems[0]?.what).toMatch(/rewritten/);
	});

	it('still verifies after personal data was erased', async () => {
		const { ledger, file } = await logOfFive();
		const database = new DatabaseSync(file);
		database.exec('update audit_records set personal = null, salt = null where seq = 2');
		database.close();
		expect(await ledger.verifyLog()).toMatchObject({ ok: true, erased: 1 });
	});

	it('keeps personal data out of the leaf', async () => {
		const { ledger } = await logOfFive();
		for (const record of await ledger.readLog({ after: 0, limit: 10 }))
			expect(record.leaf).not.toContain('@example.com');
	});

	it('writes the same leaf bytes for ever (format version 1)', () => {
		const sealed = sealRecord(
			{
				type: 'test.noted',
				actor: { kind: 'package', id: 'x' },
				occurredAt: '2026-01-01T00:00:00.000Z',
				data: { b: 1, a: 2 },
				personal: { p: 1 },
			},
			{ ledger: 'ldg_1', seq: 1, recordedAt: '2026-01-02T00:00:00.000Z', salt: Buffer.alloc(32, 7) },
		);
		// Computed apart from this code, with Python's hashlib.
		expect(sealed.leaf).toBe(
			'{"actor":{"id":"x","kind":"package"},"data":{"a":2,"b":1},"ledger":"ldg_1","occurredAt":"2026-01-01T00:00:00.000Z",' +
				'"personal":"6fef1982e9d588d5abe1c661a06537509f1ccf03e8d07bba64fc3aab20ff1a16",' +
				'"recordedAt":"2026-01-02T00:00:00.000Z","refs":{},"seq":1,"type":"test.noted","v":1}',
		);
		expect(sealed.leafHash).toBe('fb35e4736cc155e54407e2ac01e727379ca21cfd57010bfdc59726983b058b5b');
		expect(chainHash(genesisHash('ldg_1'), sealed.leafHash)).toBe(
			'29c4b7968b8daebd9bc9f0bc584f874840b525189aad963153b19f0d41995b2c',
		);
	});
});
