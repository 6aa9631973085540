import { leaves, openPeopleLedger } from './governance-fixture';

const hash = (letter: string) => letter.repeat(64);
const version = (letter: string, more: object = {}) => ({
	hash: hash(letter),
	name: 'acme',
	source: `policy: acme # ${letter}`,
	author: 'ada@example.com',
	authorProof: 'claimed' as const,
	needsApproval: false,
	...more,
});

describe('a published policy', () => {
	it('is in force at once where no second person is asked for', async () => {
		const { ledger } = await openPeopleLedger();
		expect(await ledger.publishPolicy(version('a'))).toMatchObject({ number: 1, state: 'active' });
		expect(await ledger.publishPolicy(version('b'))).toMatchObject({ number: 2, state: 'active' });
		expect((await ledger.readPolicy({ name: 'acme' }))?.hash).toBe(hash('b'));
		// A draft that somebody only evaluates changes nothing of what is in force.
		await ledger.keepPolicy({ hash: hash('c'), name: 'acme', source: 'x', author: 'execution:1' });
		expect((await ledger.readPolicy({ name: 'acme' }))?.hash).toBe(hash('b'));
	});

	it('can be an old text again, which is then in force', async () => {
		const { ledger } = await openPeopleLedger();
		for (const letter of ['a', 'b', 'a']) await ledger.publishPolicy(version(letter));
		expect((await ledger.readPolicy({ name: 'acme' }))?.hash).toBe(hash('a'));
		expect((await ledger.policyVersions('acme')).map(({ number }) => number)).toEqual([3, 2, 1]);
	});

	it('is the same publication when nothing changed', async () => {
		const { ledger } = await openPeopleLedger();
		await ledger.publishPolicy(version('a'));
		expect(await ledger.publishPolicy(version('a'))).toMatchObject({ number: 1 });
		expect(await ledger.policyVersions('acme')).toHaveLength(1);
	});

	it('waits for a second person, who is not its author', async () => {
		const { ledger } = await openPeopleLedger();
		await ledger.publishPolicy(version('a'));
		await ledger.publishPolicy(version('b', { needsApproval: true }));
		expect((await ledger.readPolicy({ name: 'acme' }))?.hash).toBe(hash('a'));
		const decision = { name: 'acme', number: 2, decision: 'approve' as const, proof: 'proved' as const };
		await expect(ledger.decidePolicy({ ...decision, by: ' ADA@example.com' })).rejects.toMatchObject({
			code: 'LEDGER_REFUSED',
		});
		expect(await ledger.decidePolicy({ ...decision, by: 'bob@example.com' })).toMatchObject({ state: 'active' });
		expect((await ledger.readPolicy({ name: 'acme' }))?.hash).toBe(hash('b'));
		await expect(ledger.decidePolicy({ ...decision, by: 'bob@example.com' })).rejects.toMatchObject({
			code: 'INPUT_INVALID',
		});
		expect(await leaves(ledger)).not.toContain('@example.com');
	});

	it('stays out of force when it was rejected, or overtaken by a newer one', async () => {
		const { ledger } = await openPeopleLedger();
		await ledger.publishPolicy(version('a', { needsApproval: true }));
		await ledger.publishPolicy(version('b'));
		const decision = { name: 'acme', number: 1, by: 'bob@example.com', proof: 'claimed' as const };
		await expect(ledger.decidePolicy({ ...decision, decision: 'approve' })).rejects.toMatchObject({
			code: 'LEDGER_REFUSED',
		});
		await ledger.decidePolicy({ ...decision, decision: 'reject', reason: 'old' });
		expect((await ledger.readPolicy({ name: 'acme' }))?.hash).toBe(hash('b'));
	});

	it('is never taken for in force while the first one still waits', async () => {
		const { ledger } = await openPeopleLedger();
		await ledger.keepPolicy({ hash: hash('d'), name: 'acme', source: 'x', author: 'execution:1' });
		await ledger.publishPolicy(version('a', { needsApproval: true }));
		expect((await ledger.readPolicy({ name: 'acme' }))?.hash).toBe(hash('d'));
	});
});
