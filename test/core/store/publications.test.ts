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

	describe('that is asked for by the gate', () => {
		const EXECUTION = 'exec-1';
		async function asked(more: object = {}) {
			const context = await openPeopleLedger();
			await context.ledger.publishPolicy(version('a'));
			await context.ledger.publishPolicy(version('b', { needsApproval: true }));
			const ask = {
				name: 'acme',
				number: 2,
				approvers: ['bob@example.com', 'ciso@example.com'],
				authorConfirms: false,
				bundleId: 'apb_1',
				requestId: 'req_1',
				executionId: EXECUTION,
				workflowId: 'w1',
				deadline: '2026-11-23T09:00:00.000Z',
				tokens: ['ada', 'bob', 'ciso'].map((name) => ({ approver: `${name}@example.com`, hash: `token-${name}` })),
				...more,
			};
			const bundle = await context.ledger.askForPolicy(ask);
			const vote = (name: string, said: 'approve' | 'deny') =>
				context.ledger.castVotes({
					tokenHash: `token-${name}`,
					executionId: EXECUTION,
					decisions: new Map([['req_1', said]]),
				});
			return { ...context, bundle, vote };
		}

		it('comes into force with the vote, proved', async () => {
			const { ledger, vote } = await asked();
			expect((await ledger.readPolicy({ name: 'acme' }))?.hash).toBe(hash('a'));
			expect(await vote('bob', 'approve')).toMatchObject({ status: 'recorded', resume: true });
			expect((await ledger.readPolicy({ name: 'acme' }))?.hash).toBe(hash('b'));
			expect((await ledger.policyVersions('acme'))[0]).toMatchObject({
				state: 'active',
				authorProof: 'claimed',
				decidedBy: 'bob@example.com',
				decidedProof: 'proved',
			});
			expect(await vote('ciso', 'deny')).toMatchObject({ status: 'expired' });
			expect(await leaves(ledger)).not.toContain('@example.com');
		});

		it('waits for its author too where the author confirms, who is proved then and cannot agree alone', async () => {
			const { ledger, vote } = await asked({ authorConfirms: true });
			await vote('ada', 'approve');
			expect((await ledger.policyVersions('acme'))[0]).toMatchObject({ state: 'pending', authorProof: 'claimed' });
			await vote('ciso', 'approve');
			expect((await ledger.policyVersions('acme'))[0]).toMatchObject({
				state: 'active',
				authorProof: 'proved',
				decidedBy: 'ciso@example.com',
			});
		});

		it('never comes into force where somebody denies it, or where a newer one is in force', async () => {
			const denied = await asked();
			await denied.vote('bob', 'deny');
			expect((await denied.ledger.policyVersions('acme'))[0]).toMatchObject({ state: 'rejected' });
			const overtaken = await asked();
			await overtaken.ledger.publishPolicy(version('c'));
			expect(await overtaken.vote('bob', 'approve')).toMatchObject({ status: 'stale' });
			expect((await overtaken.ledger.readPolicy({ name: 'acme' }))?.hash).toBe(hash('c'));
		});

		it('is refused for an author whom nobody knows, and where only the author would be asked', async () => {
			const { ledger } = await openPeopleLedger();
			await ledger.publishPolicy(version('a', { needsApproval: true, author: 'stranger@example.com' }));
			await ledger.publishPolicy(version('b', { needsApproval: true }));
			const ask = {
				...{ name: 'acme', approvers: ['bob@example.com'], authorConfirms: false, bundleId: 'apb_1' },
				...{ requestId: 'req_1', executionId: EXECUTION, workflowId: 'w1', tokens: [] },
				deadline: '2026-11-23T09:00:00.000Z',
			};
			await expect(ledger.askForPolicy({ ...ask, number: 1 })).rejects.toThrow(/knows nobody/);
			const own = { ...ask, number: 2, approvers: ['ADA@example.com'] };
			await expect(ledger.askForPolicy(own)).rejects.toThrow(/nobody besides the author/);
			await expect(ledger.askForPolicy({ ...ask, number: 3 })).rejects.toThrow(/does not wait/);
		});
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
