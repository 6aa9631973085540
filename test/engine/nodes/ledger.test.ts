import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { userFolder } from '../support';
import { runNode } from './one-node';

describe('the ledger of a node', () => {
	it('lies under the n8n user folder where no credential names another', async () => {
		const file = join(userFolder, '.n8n', 'contract-provisioning', 'ledger.sqlite');
		await runNode('auditLog', { operation: 'verify' }, [{}], { file: '' });
		expect(existsSync(file)).toBe(true);
	});

	it('is refused in queue mode, where several processes would write to one file', async () => {
		process.env['EXECUTIONS_MODE'] = 'queue';
		try {
			expect((await runNode('auditLog', { operation: 'verify' }, [{}])).error).toMatch(/queue mode/);
		} finally {
			delete process.env['EXECUTIONS_MODE'];
		}
	});

	it('is refused where the credential holds a relative path', async () => {
		expect((await runNode('auditLog', { operation: 'verify' }, [{}], { file: 'ledger.sqlite' })).error).toMatch(
			/relative/,
		);
	});

	it('refuses items that come from another ledger', async () => {
		const run = await runNode('accessPolicy', { operation: 'evaluate', policySource: 'define', policy: 'policy: p' }, [
			{ ledger: 'ldg_other', eventId: 'evt_1' },
		]);
		expect(run.error).toMatch(/comes from ledger "ldg_other"/);
	});
});
