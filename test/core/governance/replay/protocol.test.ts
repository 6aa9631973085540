import type { StoredRecord } from '../../../../core/audit';
import { Protocol } from '../../../../core/governance/replay/protocol';

const record = (seq: number): StoredRecord => ({
	seq,
	leaf: JSON.stringify({ type: 'action.planned', refs: {}, data: {} }),
	leafHash: '',
	chainHash: '',
	salt: null,
	personal: null,
});

it('shows every audit record of a line, however many one line brings, and each once', async () => {
	const log = Array.from({ length: 25_000 }, (_, index) => record(index + 1));
	const protocol = new Protocol({
		readLog: ({ after, limit }) => Promise.resolve(log.filter(({ seq }) => seq > after).slice(0, limit)),
	});
	await protocol.write({ line: 1, at: '2026-11-20T00:00:00.000Z', type: 'hire', status: 'accepted' }, undefined, []);
	log.push(record(25_001));
	await protocol.write(
		{ line: 2, at: '2026-11-20T00:00:01.000Z', type: 'clock', status: 'time goes on' },
		undefined,
		[],
	);
	expect(protocol.entries.map(({ records }) => records.length)).toEqual([25_000, 1]);
});
