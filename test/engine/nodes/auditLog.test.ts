import { DatabaseSync } from 'node:sqlite';
import { ledgerFile, runNode } from './one-node';

const APPEND = {
	operation: 'append',
	type: 'ticket.closed',
	data: '{"ticket":"T-1"}',
	personal: '{"by":"ada@example.com"}',
};

describe('Audit Log', () => {
	it('appends one record an item, passes the items on, and verifies', async () => {
		const file = ledgerFile();
		const appended = await runNode('auditLog', APPEND, [{ n: 1 }, { n: 2 }], { file });
		expect(appended.items('Node')).toEqual([{ n: 1 }, { n: 2 }]);
		const verified = await runNode('auditLog', { operation: 'verify' }, [{}], { file });
		expect(verified.items('Node')).toMatchObject([{ ok: true, records: 2, problems: [] }]);
	});

	it('stops the workflow when the log was tampered with, saying which record', async () => {
		const file = ledgerFile();
		await runNode('auditLog', APPEND, [{}, {}], { file });
		const database = new DatabaseSync(file);
		database.exec(
			`drop trigger audit_no_update; update audit_records set leaf = replace(leaf, 'T-1', 'T-2') where seq = 2`,
		);
		database.close();
		const stopped = await runNode('auditLog', { operation: 'verify' }, [{}], { file });
		expect(stopped.status).toBe('error');
		expect(stopped.error).toMatch(/record 2.*changed/);
		const told = await runNode('auditLog', { operation: 'verify', failWhenBroken: false }, [{}], { file });
		expect(told.items('Node')).toMatchObject([{ ok: false, problems: [{ seq: 2 }] }]);
	});

	it.each([
		['a type with spaces', { type: 'Ticket closed' }, /"Type" of item 0/],
		['data that is not JSON', { data: '{oops' }, /"data" of item 0 is not JSON/],
		['data that is far too long', { data: JSON.stringify('x'.repeat(70_000)) }, /longer than/],
	])('refuses %s with the name of the parameter, and writes nothing', async (_name, parameters, message) => {
		const file = ledgerFile();
		const run = await runNode('auditLog', { ...APPEND, ...parameters }, [{}], { file });
		expect(run.error).toMatch(message);
		const verified = await runNode('auditLog', { operation: 'verify' }, [{}], { file });
		expect(verified.items('Node')).toMatchObject([{ records: 0 }]);
	});
});
