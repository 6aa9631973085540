import { connect } from './support/client';
import { Stage } from './support/stage';

const stage = Stage.set();

describe('a whole run', () => {
	test('the second run of the same actions sends only reads', async () => {
		const lea = stage.server.addUser({ userName: 'lea@x.example' });
		stage.server.addGroup('staff', [lea]);
		stage.server.addGroup('last', [lea]);
		stage.create('ann@x.example');
		stage.forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		stage.forPerson('lea@x.example', 'disable_account');
		stage.forPerson('lea@x.example', 'remove_from_group', { target: 'staff' });
		stage.forPerson('lea@x.example', 'remove_from_group', { target: 'last' });
		const first = await stage.apply();
		expect(first.requests.writes).toBe(4);
		stage.proxy.reset();
		const second = await stage.apply();
		expect(second.results.map(({ outcome }) => outcome)).toEqual(Array(5).fill('verified'));
		expect(second.requests.writes).toBe(0);
		expect(stage.proxy.writes()).toEqual([]);
	});

	test('the journal is complete before the first write, and results come in one call', async () => {
		stage.server.addGroup('staff');
		stage.create('ann@x.example');
		stage.forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		let writesAtJournal = -1;
		stage.ledger.onJournal = () => (writesAtJournal = stage.proxy.writes().length);
		await stage.apply();
		expect(writesAtJournal).toBe(0);
		expect(stage.ledger.journal).toHaveLength(2);
		expect(stage.ledger.calls).toEqual(['claim', 'journal', 'complete']);
	});

	test('nothing is written when the journal is refused', async () => {
		stage.create('ann@x.example');
		stage.ledger.onJournal = () => {
			throw new Error('lease gone');
		};
		await expect(stage.apply()).rejects.toThrow('lease gone');
		expect(stage.proxy.writes()).toEqual([]);
		expect(stage.ledger.results).toEqual([]);
	});

	test('a run that breaks off records what it did', async () => {
		for (const name of ['a', 'b', 'c']) stage.create(`${name}@x.example`);
		const run = stage.apply({
			client: connect(stage.proxy.baseUrl, { limits: { concurrency: 1 } }).client,
			onProgress: ({ phase, done }) => {
				if (phase === 'accounts' && done === 2) throw new Error('stopped');
			},
		});
		await expect(run).rejects.toThrow('stopped');
		expect(stage.ledger.results.map(({ outcome }) => outcome)).toEqual(['verified', 'verified']);
		expect(stage.server.users.size).toBe(2);
	});

	test('no write begins once the lease is about to end', async () => {
		stage.server.addGroup('staff');
		stage.create('ann@x.example');
		stage.forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		stage.proxy.once(({ method }) => method === 'GET', { status: 429, headers: { 'retry-after': '20' } });
		const report = await stage.apply({ claim: { claimedBy: 'test', leaseSeconds: 20, limit: 10 } });
		expect(report.results).toEqual([]);
		expect(report.unfinished).toHaveLength(2);
		expect(stage.proxy.writes()).toEqual([]);
	});

	test('a throttled run ends with everything in place', async () => {
		for (let index = 0; index < 30; index++) stage.create(`user${index}@x.example`);
		stage.proxy.fault((_, nth) => (nth % 4 === 0 ? { status: 429, headers: { 'retry-after': '1' } } : undefined));
		const report = await stage.apply();
		expect(report.results.flatMap(({ note }) => note ?? [])).toEqual([]);
		expect(report.results).toHaveLength(30);
		expect(stage.server.users.size).toBe(30);
		expect(stage.connection.waits.length).toBeGreaterThan(0);
	});

	test('foreign applications and contradictions are refused with a reason', async () => {
		stage.server.addUser({ userName: 'ann@x.example' });
		stage.server.addGroup('staff');
		stage.forPerson('ann@x.example', 'update_account', { application: 'elsewhere' });
		stage.forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		stage.forPerson('ann@x.example', 'remove_from_group', { target: 'staff' });
		const report = await stage.apply();
		expect(report.results.map(({ outcome }) => outcome)).toEqual(Array(3).fill('failed'));
		expect(report.results.every(({ remedy }) => (remedy ?? '') !== '')).toBe(true);
		expect(stage.proxy.writes()).toEqual([]);
	});

	test('what SCIM has no requests for is neither done nor failed: it is handed back', async () => {
		stage.server.addUser({ userName: 'lea@x.example' });
		const disabled = stage.forPerson('lea@x.example', 'disable_account');
		const others = [
			stage.forPerson('lea@x.example', 'revoke_sessions'),
			stage.forPerson('lea@x.example', 'revoke_tokens'),
			stage.forPerson('lea@x.example', 'transfer_ownership', { transferTo: 'max@x.example' }),
		];
		const report = await stage.apply();
		expect(report).toMatchObject({ elsewhere: others, unfinished: [], refused: [] });
		expect(report.results).toMatchObject([{ actionId: disabled, outcome: 'verified', writes: 1 }]);
		expect(stage.ledger.results.map(({ actionId }) => actionId)).toEqual([disabled]);
		expect(stage.ledger.journal.map(({ actionId }) => actionId)).toEqual([disabled]);
	});

	test('neither token nor password reaches journal, results or errors', async () => {
		stage.server.addUser({ userName: 'bob@x.example', password: 'hunter2-hunter2' });
		stage.create('ann@x.example');
		stage.forPerson('bob@x.example', 'disable_account');
		stage.proxy.fault(({ method, headers }) =>
			method === 'POST'
				? { status: 400, body: JSON.stringify({ detail: `bad ${String(headers.authorization)}` }) }
				: undefined,
		);
		const report = await stage.apply();
		const everything = JSON.stringify([report, stage.ledger.journal, stage.ledger.results]);
		expect(everything).toContain('bad');
		expect(everything).not.toMatch(/test-token|hunter2/);
	});
});
