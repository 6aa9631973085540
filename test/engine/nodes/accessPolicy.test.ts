import { readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';
import { join } from 'node:path';
import { amendedEvent, signedEvent } from '../../../sandbox/src/demo.js';
import { ledgerFile, runNode } from './one-node';

const POLICY = readFileSync(join(__dirname, '../../../sandbox/demo/policy.yaml'), 'utf8');
const evaluate = (policy = POLICY, more = {}) => ({ operation: 'evaluate', policySource: 'define', policy, ...more });

async function stored(file: string, event: object) {
	const run = await runNode('contractDiff', {}, [event as never], { file });
	const { ledger, eventId } = run.items('Node')[0] as { ledger: string; eventId: string };
	return { ledger, eventId };
}

describe('Access Policy: Evaluate', () => {
	it('sorts actions into Blocked, Ready, Needs Approval and Scheduled, each with its reason', async () => {
		const file = ledgerFile();
		const item = await stored(file, signedEvent());
		const run = await runNode('accessPolicy', evaluate(), [item], { file });
		const [blocked, ready, approval, scheduled] = run.outputs('Node').map((items) => items.map(({ json }) => json));
		expect(blocked).toEqual([]);
		expect(ready?.length).toBeGreaterThan(10);
		expect(approval).toEqual([]);
		expect(scheduled?.every((each) => (each['dueAt'] as string) > '2028')).toBe(true);
		for (const each of ready ?? []) {
			expect(each['reason']).toMatch(/MSA-2026-014/);
			expect(each['sources']).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'contract' })]));
		}
	});

	it('plans the same with the same input: the same actions on every ledger, under ids that only it can derive', async () => {
		const plan = async () => {
			const file = ledgerFile();
			const run = await runNode('accessPolicy', evaluate(), [await stored(file, signedEvent())], { file });
			return run.outputs('Node').map((items) => items.map(({ json }) => json));
		};
		const [one, two] = [await plan(), await plan()];
		const said = (items: IDataObject[][]) =>
			items.map((output) =>
				output.map(({ summary, reason, dueAt }) => JSON.stringify([summary, reason, dueAt])).sort(),
			);
		expect(said(one)).toEqual(said(two));
		expect(one[1]?.[0]?.['identityId']).not.toEqual(two[1]?.[0]?.['identityId']);
	});

	it('writes nothing in a dry run, and plans the same afterwards', async () => {
		const file = ledgerFile();
		const item = await stored(file, signedEvent());
		const dry = await runNode('accessPolicy', evaluate(POLICY, { options: { dryRun: true } }), [item], { file });
		const real = await runNode('accessPolicy', evaluate(), [item], { file });
		const hashes = (run: typeof dry) => run.items('Node', 1).map((each) => each['hash']);
		expect(hashes(dry)).toEqual(hashes(real));
		expect(dry.items('Node', 1).every((each) => each['dryRun'] === true)).toBe(true);
	});

	it('blocks who comes after the last seat, and says so', async () => {
		const file = ledgerFile();
		const event = signedEvent();
		const few = { ...event, after: { ...event.after, text: event.after.text.replace('ten (10)', 'seven (7)') } };
		const run = await runNode('accessPolicy', evaluate(), [await stored(file, few)], { file });
		expect(run.items('Node', 0)).toMatchObject([
			{ type: 'blocked', subject: expect.stringContaining('hugo.marchetti') as string },
		]);
		expect(JSON.stringify(run.items('Node', 1))).not.toContain('hugo.marchetti');
	});

	it('grants nothing where the contract contradicts itself', async () => {
		const file = ledgerFile();
		const event = signedEvent();
		const unclear = { ...event, after: { ...event.after, text: event.after.text.replace('ten (10)', 'ten (12)') } };
		const run = await runNode('accessPolicy', evaluate(), [await stored(file, unclear)], { file });
		expect(run.items('Node', 0).length).toBeGreaterThan(0);
		expect([...run.items('Node', 1), ...run.items('Node', 2)]).toEqual([]);
	});

	it('takes nothing away where an amendment cannot be read', async () => {
		const file = ledgerFile();
		await runNode('accessPolicy', evaluate(), [await stored(file, signedEvent())], { file });
		const event = amendedEvent();
		const unreadable = {
			...event,
			after: { ...event.after, text: event.after.text.replace(/## Schedule A.*/, '## Schedule A – Fees of Travel') },
		};
		const run = await runNode('accessPolicy', evaluate(), [await stored(file, unreadable)], { file });
		expect(run.items('Node', 0).length).toBeGreaterThan(0);
		expect(run.items('Node', 1).filter((each) => /disable|remove/.test(each['operation'] as string))).toEqual([]);
	});

	it('refuses a policy with a mistake, naming line and column', async () => {
		const file = ledgerFile();
		const item = await stored(file, signedEvent());
		const run = await runNode(
			'accessPolicy',
			evaluate(POLICY.replace('grant: [developer]', 'grant: [develloper]')),
			[item],
			{ file },
		);
		expect(run.error).toMatch(/line \d+, column \d+/);
		expect(run.error).toMatch(/developer/);
	});

	it('asks for an event where no item names one', async () => {
		expect((await runNode('accessPolicy', evaluate(), [{ hello: 1 }])).error).toMatch(/names an event/);
	});
});

describe('Access Policy: Lint', () => {
	it('lists findings with line, column and remedy', async () => {
		const broken = POLICY.replace('grant: [developer]', 'grant: [develloper]');
		const run = await runNode('accessPolicy', { operation: 'lint', policySource: 'define', policy: broken }, [{}]);
		const errors = run.items('Node').filter((each) => each['severity'] === 'error');
		expect(errors).toEqual([
			expect.objectContaining({ line: expect.any(Number) as number, column: expect.any(Number) as number }),
		]);
		expect(`${errors[0]?.['message'] as string} ${errors[0]?.['remedy'] as string}`).toContain('developer');
	});

	it('says so when a policy is clean of errors', async () => {
		const run = await runNode('accessPolicy', { operation: 'lint', policySource: 'define', policy: POLICY }, [{}]);
		expect(run.items('Node').filter((each) => each['severity'] === 'error')).toEqual([]);
		expect(run.items('Node')[0]).toMatchObject({ errors: 0 });
	});
});
