import { monitorEventLoopDelay } from 'node:perf_hooks';
import { ledgerFile, runNode } from './one-node';

const CONTRACT = { id: 'MSA-1', title: 'Agreement' };
const BEFORE =
	'# Agreement\n\n## 1. Fees\n\nThe fee is 100 EUR.\n\n## 2. Term\n\nThis Agreement ends on 31 December 2027.\n';
const AFTER = BEFORE.replace('100 EUR', '120 EUR');
const text = (value: string) => ({ format: 'markdown', text: value });

describe('Contract Diff', () => {
	it('compares the two versions of an item and says what changed, with an id that stays the same', async () => {
		const item = { contract: CONTRACT, before: text(BEFORE), after: text(AFTER) };
		const [one, two] = [await runNode('contractDiff', {}, [item]), await runNode('contractDiff', {}, [item])];
		const [change] = one.items('Node');
		expect(change).toMatchObject({ type: 'change', change: { op: ['modified'], clause: { heading: 'Fees' } } });
		expect(two.items('Node').map((each) => each['change'])).toEqual(one.items('Node').map((each) => each['change']));
	});

	it('keeps contract texts out of the items', async () => {
		const run = await runNode('contractDiff', {}, [{ contract: CONTRACT, before: text(BEFORE), after: text(AFTER) }]);
		expect(JSON.stringify(run.items('Node'))).not.toContain('31 December 2027');
	});

	it('gives one item that names the event when nothing changed, so that later nodes go on', async () => {
		const run = await runNode('contractDiff', {}, [{ contract: CONTRACT, before: text(BEFORE), after: text(BEFORE) }]);
		expect(run.items('Node')).toMatchObject([{ type: 'none' }]);
		expect(run.items('Node')[0]?.['eventId']).toMatch(/^evt_/);
	});

	it('compares an event once, also where each of its items names it', async () => {
		const file = ledgerFile();
		const item = { contract: CONTRACT, before: text(BEFORE), after: text(AFTER) };
		const first = await runNode('contractDiff', {}, [item], { file });
		const { eventId, ledger } = first.items('Node')[0] as { eventId: string; ledger: string };
		const again = await runNode(
			'contractDiff',
			{},
			[
				{ ledger, eventId },
				{ ledger, eventId },
			],
			{ file },
		);
		expect(again.items('Node')).toEqual(first.items('Node'));
	});

	it.each([
		['no contract', { after: text(AFTER) }, /"contract"/],
		['no document', { contract: CONTRACT }, /"after"/],
		['an event the ledger does not know', { eventId: 'evt_nope' }, /does not know/],
		['binary garbage', { contract: CONTRACT, after: text('a\0b') }, /NUL/],
	])('says what is wrong with an item that has %s', async (_name, item, message) => {
		const run = await runNode('contractDiff', {}, [item]);
		expect(run.status).toBe('error');
		expect(run.error).toMatch(message);
	});

	it('keeps an item it cannot read, with the reason, where the node continues on errors', async () => {
		const good = { contract: CONTRACT, before: text(BEFORE), after: text(AFTER) };
		const run = await runNode('contractDiff', {}, [{ after: text(AFTER) }, good], {
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.items('Node')).toMatchObject([{ error: { code: 'INPUT_INVALID' } }, { type: 'change' }]);
	});

	it('leaves n8n’s event loop free while it compares 300 KB', async () => {
		const clause = (n: number, word: string) =>
			`## ${n}. Clause ${n}\n\n${`The ${word} shall deliver item ${n} in the manner of Section ${(n % 40) + 1}. `.repeat(21)}\n\n`;
		const version = (word: string) =>
			Array.from({ length: 220 }, (_, n) => clause(n + 1, n % 3 === 0 ? word : 'Supplier')).join('');
		const [before, after] = [version('Vendor'), version('Contractor')];
		expect(before.length).toBeGreaterThan(290_000);
		const item = { contract: CONTRACT, before: text(before), after: text(after) };
		// The worker is up and the code is warm, as in an n8n that has been running for a while.
		await runNode('contractDiff', {}, [{ contract: CONTRACT, before: text(BEFORE), after: text(AFTER) }]);
		const delay = monitorEventLoopDelay({ resolution: 5 });
		delay.enable();
		const run = await runNode('contractDiff', { options: { output: 'changeSet' } }, [item]);
		delay.disable();
		expect(run.items('Node')).toHaveLength(1);
		expect(delay.max / 1e6).toBeLessThan(50);
	});
});
