import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { compareVersions } from '../../../core/contract';
import { sha256, type ContractDocument } from '../../../core/model';
import { runInWorker } from '../../../nodes/runtime/worker';
import { LONGEST_ALLOWED_STALL, longestStall } from '../../support/event-loop';

const root = path.resolve(__dirname, '../../..');
const LIMITS = { timeoutMs: 60_000, maxMemoryMb: 512 };
const effective = {
	knownAt: '2026-11-20T09:00:00Z',
	from: '2026-12-01T00:00:00Z',
	retroactive: false,
	basis: 'stated' as const,
};

const words = 'the customer shall pay fees notice term seats data law user access service support order party'.split(
	' ',
);

function document(text: string): ContractDocument {
	return { sha256: sha256(text), format: 'markdown', text };
}

/** About `kilobytes` of numbered clauses; every `edited`-th differs between the two versions. */
function pair(kilobytes: number, edited = 7): { before: ContractDocument; after: ContractDocument } {
	const clause = (index: number, change: boolean): string => {
		const body = Array.from({ length: 40 }, (_, at) => words[(index * 31 + at * at * 7 + at) % words.length]).join(' ');
		return `## ${index}. Clause ${index}\n\n${body} number ${index}${change && index % edited === 0 ? ' as amended' : ''}.`;
	};
	const count = Math.ceil((kilobytes * 1_024) / clause(100, false).length);
	const text = (change: boolean): string =>
		Array.from({ length: count }, (_, index) => clause(index, change)).join('\n\n');
	return { before: document(text(false)), after: document(text(true)) };
}

const input = (kilobytes: number): Parameters<typeof compareVersions>[0] => ({
	contract: { id: 'c-1' },
	...pair(kilobytes),
	effective,
});

describe('work in a thread of its own', () => {
	it('gives what the same call gives here', async () => {
		const there = await runInWorker('compareVersions', input(20), LIMITS);
		expect(there).toEqual(compareVersions(input(20)));
		expect(there.stats.modified).toBeGreaterThan(0);
	});

	it('keeps the event loop free while 300 KB are compared', async () => {
		const large = input(300);
		await runInWorker('compareVersions', input(1), LIMITS);
		const stall = await longestStall(async () => {
			const result = await runInWorker('compareVersions', large, LIMITS);
			expect(result.stats.modified).toBeGreaterThan(100);
		});
		expect(stall).toBeLessThan(LONGEST_ALLOWED_STALL);
	});

	it('reads terms', async () => {
		const terms = await runInWorker(
			'extractTerms',
			{ document: document('## Seats\n\n25 users.'), extractors: { seats: { type: 'number', clause: 'Seats' } } },
			LIMITS,
		);
		expect(terms['seats']?.value).toEqual({ type: 'number', value: 25 });
	});

	it('carries a domain error across with code, message and remedy', async () => {
		const unreadable = { document: document('a\0b'), extractors: {} };
		await expect(runInWorker('extractTerms', unreadable, LIMITS)).rejects.toMatchObject({
			name: 'DomainError',
			code: 'DOCUMENT_UNREADABLE',
			message: expect.stringContaining('NUL') as string,
			remedy: expect.stringContaining('Pass the text') as string,
		});
	});

	it('stops a task that takes too long, and goes on with the next', async () => {
		const [slow, next] = await Promise.allSettled([
			runInWorker('compareVersions', input(2_000), { ...LIMITS, timeoutMs: 5 }),
			runInWorker('compareVersions', input(1), LIMITS),
		]);
		expect(slow).toMatchObject({
			status: 'rejected',
			reason: { code: 'WORKER_LIMIT', message: expect.stringContaining('timeoutMs') as string },
		});
		expect(next.status).toBe('fulfilled');
	});

	it('stops a task that needs too much memory, and goes on with the next', async () => {
		const greedy = runInWorker('compareVersions', input(4_000), { ...LIMITS, maxMemoryMb: 16 });
		await expect(greedy).rejects.toMatchObject({
			code: 'WORKER_LIMIT',
			message: expect.stringContaining('maxMemoryMb') as string,
		});
		await expect(runInWorker('compareVersions', input(1), LIMITS)).resolves.toMatchObject({
			schema: 'contract-change/1',
		});
	});

	it('works through a queue in order', async () => {
		const ended: number[] = [];
		await Promise.all(
			[3, 1, 2].map((size) => runInWorker('compareVersions', input(size), LIMITS).then(() => ended.push(size))),
		);
		expect(ended).toEqual([3, 1, 2]);
	});

	it('never keeps a process alive that has nothing else to do', () => {
		const script = `const { runInWorker } = require(${JSON.stringify(path.join(root, 'dist/nodes/runtime/worker'))});
			runInWorker('extractTerms', { document: { sha256: '', format: 'text', text: 'x' }, extractors: {} }, ${JSON.stringify(LIMITS)}).then(() => process.stdout.write('done'));`;
		expect(execFileSync(process.execPath, ['-e', script], { timeout: 20_000 }).toString()).toBe('done');
	});
});
