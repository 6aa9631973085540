import { randomBytes } from 'node:crypto';
import { computeHere, policyHead, runDecision, simulate } from '../../../core/governance';
import { Ledger } from '../../../core/store';

const policy = (onCollision: string | undefined) => `
policy: acme
zone: Europe/Berlin
attributes: { login: { type: text }, department: { type: text } }
applications:
  crm: { connector: scim, owner: it@acme.example, ${onCollision === undefined ? '' : `onCollision: ${onCollision}, `}attributes: { userName: "{login}", title: "{department}" } }
entitlements: { crm/user: { app: crm, account: true }, crm/sales: { app: crm, group: sales } }
rules: [{ id: all, when: { department: { exists: true } }, grant: [crm/user, crm/sales] }]
`;
const NOW = '2026-11-20T09:00:00.000Z';

async function company(onCollision: string) {
	const source = policy(onCollision);
	const ledger = await Ledger.open({ file: ':memory:', clock: () => Date.parse(NOW), random: randomBytes });
	const head = policyHead(source);
	let runs = 0;
	const say = async (id: string, attributes: object) => {
		const event = {
			...{ id: `${id}-${(runs += 1)}`, source: 'hris', type: 'change', createdAt: NOW, effectiveAt: NOW },
			...{ person: { hrId: id, email: `${id}@acme.example` }, attributes },
		} as Parameters<Ledger['receiveLifecycleEvents']>[0][number];
		const [receipt] = await ledger.receiveLifecycleEvents([event], { policyView: head.view, leaseSeconds: 600 });
		return receipt?.identityIds[0] ?? '';
	};
	const hire = (id: string, login: string) => say(id, { department: 'Sales', login });
	const run = (identityIds: readonly string[], dryRun = false, text = source) =>
		runDecision(ledger, computeHere, {
			...{ policy: text, policyHash: policyHead(text).hash, zone: head.zone, identityIds, eventIds: [] },
			...{ run: `run:${(runs += 1)}`, author: 'test', asOf: NOW, dryRun },
		});
	/** Names that new actions give, and whom something was blocked for. */
	const plan = async (identityIds: readonly string[]) => {
		const { actions, blocked } = await run(identityIds);
		const named = actions.flatMap(({ content: { operation, identityId, attributes } }) =>
			attributes === undefined ? [] : [[operation, identityId, attributes['userName']]],
		);
		return { named, actions, blocked };
	};
	const claim = () => ledger.claim({ application: 'crm', claimedBy: 't', leaseSeconds: 60, limit: 99 });
	const complete = async ({ leaseId, claimed }: Awaited<ReturnType<typeof claim>>) => {
		const account = ({ match, attributes }: (typeof claimed)[number]['content']) => {
			const given = attributes?.['userName'];
			const userName = typeof given === 'string' ? given : (match['userName'] ?? '');
			return { remoteId: `remote-${userName}`, userName };
		};
		await ledger.complete(
			leaseId,
			claimed.map(({ id, content }) => ({
				...{ actionId: id, outcome: 'verified', writes: 1 },
				account: account(content),
			})),
		);
	};
	const apply = async () => complete(await claim());
	const simulated = () => simulate(ledger, computeHere, { policy: source, head, asOf: NOW });
	return { ledger, say, hire, run, plan, claim, complete, apply, simulated };
}

describe('onCollision: review', () => {
	it('blocks the account and what hangs on it where the name is another person’s, whatever its case', async () => {
		const { ledger, hire, plan, apply } = await company('review');
		const ada = await hire('ada', 'a.miller');
		await plan([ada]);
		const amy = await hire('amy', 'A.Miller');
		for (const state of ['to be created', 'created']) {
			const { actions, blocked } = await plan([amy]);
			expect([state, actions]).toEqual([state, []]);
			expect(blocked.map(({ identityId, entitlement }) => [identityId, entitlement])).toEqual([
				[amy, 'crm/sales'],
				[amy, 'crm/user'],
			]);
			expect(blocked[0]?.reason).toContain('crm');
			expect(blocked[0]?.reason).toContain(ada);
			expect(blocked[0]?.remedy).toContain('onCollision: suffix');
			await apply();
		}
		expect(await ledger.accountsIn({ application: 'crm' })).toMatchObject([{ identityId: ada, userName: 'a.miller' }]);
		expect((await plan([ada])).actions).toEqual([]);
		await ledger.close();
	});

	it.each([
		['müller', 'MÜLLER'],
		['ÉMILE', 'émile'],
		['Émile', 'émile'],
	])('knows %s and %s for one name', async (one, other) => {
		const { ledger, hire, plan, apply } = await company('review');
		await plan([await hire('ada', one)]);
		await apply();
		expect((await plan([await hire('amy', other)])).named).toEqual([]);
		await ledger.close();
	});

	it('gives the name of one run to the first by identity id, in whatever order people are named', async () => {
		for (const turned of [false, true]) {
			const { ledger, hire, plan } = await company('review');
			const ids = [await hire('ada', 'miller'), await hire('amy', 'miller'), await hire('bob', 'bob')];
			const [first = '', second = ''] = ids.slice(0, 2).sort();
			const { named, blocked } = await plan(turned ? ids.reverse() : ids);
			expect(named).toHaveLength(2);
			expect(named).toContainEqual(['create_account', first, 'miller']);
			expect(new Set(blocked.map(({ identityId }) => identityId))).toEqual(new Set([second]));
			await ledger.close();
		}
	});

	it('lets the rest of an account be updated, and keeps its name, where only the new name is taken', async () => {
		const { ledger, say, hire, plan, apply } = await company('review');
		const ada = await hire('ada', 'miller');
		const amy = await hire('amy', 'smith');
		await plan([ada, amy]);
		await apply();
		await say('amy', { login: 'Miller', department: 'Support' });
		const { actions, blocked } = await plan([amy]);
		expect(actions.map(({ content }) => [content.operation, content.attributes])).toEqual([
			['update_account', { userName: 'smith', title: 'Support' }],
		]);
		expect(blocked).toMatchObject([{ identityId: amy, reason: expect.stringContaining(ada) as string }]);
		await ledger.close();
	});

	it('frees a name that a superseded action would have given', async () => {
		const { ledger, say, hire, plan } = await company('review');
		const ada = await hire('ada', 'miller');
		await plan([ada]);
		const amy = await hire('amy', 'miller');
		expect((await plan([amy])).named).toEqual([]);
		await say('ada', { login: 'ada' });
		expect((await plan([ada, amy])).named.sort()).toEqual(
			[
				['create_account', ada, 'ada'],
				['create_account', amy, 'miller'],
			].sort(),
		);
		await ledger.close();
	});
});

describe('names that were planned before the policy said what happens on a collision', () => {
	const before = policy(undefined);

	it('go to the first by identity id, whoever is planned first', async () => {
		for (const turned of [false, true]) {
			const { ledger, hire, run, plan } = await company('review');
			const ids = [await hire('ada', 'miller'), await hire('amy', 'Miller')].sort();
			await run(ids, false, before);
			for (const id of turned ? [...ids].reverse() : ids) {
				const { named } = await plan([id]);
				expect(named.map(([operation, identityId]) => [operation, identityId])).toEqual(
					id === ids[0] ? [['create_account', id]] : [],
				);
			}
			await ledger.close();
		}
	});

	it('stay with whoever’s account is being made', async () => {
		const { ledger, hire, run, plan, claim, complete } = await company('suffix');
		const ids = [await hire('ada', 'miller'), await hire('amy', 'miller')].sort();
		const [first = '', second = ''] = ids;
		await run([second], false, before);
		const underWay = await claim();
		await run([first], false, before);
		expect((await plan(ids)).named).toEqual([['create_account', first, 'miller2']]);
		await complete(underWay);
		expect((await plan(ids)).named).toEqual([]);
		await ledger.close();
	});
});

describe('onCollision: suffix', () => {
	it('numbers the name, before the @ of an address, and leaves everybody the name they have', async () => {
		const { ledger, say, hire, plan, apply } = await company('suffix');
		const ada = await hire('ada', 'miller@acme.example');
		expect((await plan([ada])).named).toEqual([['create_account', ada, 'miller@acme.example']]);
		const amy = await hire('amy', 'Miller@acme.example');
		expect((await plan([amy])).named).toEqual([['create_account', amy, 'Miller2@acme.example']]);
		await apply();
		expect((await plan([ada, amy])).named).toEqual([]);
		// Her colleague goes by another name now: nobody moves up.
		await say('ada', { login: 'ada@acme.example' });
		expect((await plan([amy, ada])).named).toEqual([['update_account', ada, 'ada@acme.example']]);
		await apply();
		const bob = await hire('bob', 'miller@acme.example');
		expect((await plan([bob, amy])).named).toEqual([['create_account', bob, 'miller@acme.example']]);
		// What else changes keeps the name as well.
		await say('amy', { department: 'Support' });
		expect((await plan([amy])).named).toEqual([['update_account', amy, 'Miller2@acme.example']]);
		await ledger.close();
	});

	it('keeps the number of an action that is still open, and finds the next free one among many', async () => {
		const { ledger, hire, plan, apply } = await company('suffix');
		const ids: string[] = [];
		for (let number = 1; number <= 23; number++) ids.push(await hire(`p${number}`, 'kim'));
		const half = ids.slice(0, 14);
		const first = (await plan(half)).named;
		expect((await plan(half)).named).toEqual([]);
		await apply();
		const rest = (await plan([...ids].reverse())).named;
		const names = [...first, ...rest].map(([, , userName]) => userName).sort();
		const expected = ['kim', ...Array.from({ length: 22 }, (_, index) => `kim${index + 2}`)].sort();
		expect(names).toEqual(expected);
		await ledger.close();
	});

	it('is the same for the same people in one run, however they are ordered', async () => {
		const { ledger, hire, run, simulated } = await company('suffix');
		const ids = [
			await hire('ada', 'lee'),
			await hire('amy', 'LEE'),
			await hire('bob', 'lee'),
			await hire('cem', 'lee2'),
		];
		const of = (actions: Awaited<ReturnType<typeof run>>['actions']) =>
			actions.flatMap(({ content: { identityId, attributes } }) =>
				attributes === undefined ? [] : [`${identityId} ${String(attributes['userName'])}`],
			);
		const once = of((await run(ids, true)).actions).sort();
		expect(of((await run([...ids].reverse(), true)).actions).sort()).toEqual(once);
		const names = once.map((each) => each.split(' ')[1]?.toLowerCase());
		expect(new Set(names).size).toBe(4);
		expect((await simulated()).actions.flatMap(({ content }) => content.attributes?.['userName'] ?? []).sort()).toEqual(
			once.map((each) => each.split(' ')[1]).sort(),
		);
		await ledger.close();
	});
});
