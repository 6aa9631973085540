import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { computeHere, policyHead, runDecision, simulate } from '../../../core/governance';
import { Ledger } from '../../../core/store';

const policy = (onCollision: string) => `
policy: acme
zone: Europe/Berlin
attributes: { login: { type: text } }
applications:
  crm: { connector: scim, owner: it@acme.example, onCollision: ${onCollision}, attributes: { userName: "{login}" } }
entitlements: { crm/user: { app: crm, account: true }, crm/all: { app: crm, group: all } }
rules: [{ id: all, when: { login: { exists: true } }, grant: [crm/user, crm/all] }]
`;
const NOW = '2026-11-20T09:00:00.000Z';
const PEOPLE = 6;

const person = fc.nat({ max: PEOPLE - 1 });
const people = fc.shuffledSubarray(
	Array.from({ length: PEOPLE }, (_, index) => index),
	{ minLength: 1 },
);
/** Names of which one may be a numbered other, with letters of which SQLite knows only the small form. */
const login = fc.constantFrom(
	'kim',
	'Kim',
	'kim2',
	'KIM22',
	'kim@acme.example',
	'Kim2@acme.example',
	'MÜLLER',
	'müller',
);
const step = fc.oneof(
	fc.record({ does: fc.constant('says' as const), person, login }),
	fc.record({ does: fc.constant('plan' as const), people }),
	fc.record({ does: fc.constantFrom('apply' as const, 'claim' as const), limit: fc.integer({ min: 1, max: 6 }) }),
);

/** Lets things happen to a company in any order, then until nothing is left to do; gives what is known in the end. */
async function live(onCollision: string, steps: ReadonlyArray<typeof step extends fc.Arbitrary<infer S> ? S : never>) {
	const source = policy(onCollision);
	const head = policyHead(source);
	const ledger = await Ledger.open({ file: ':memory:', clock: () => Date.parse(NOW), random: randomBytes });
	const ids = new Map<number, string>();
	const wanted = new Map<string, string>();
	let count = 0;
	const says = async (who: number, name: string) => {
		const event = {
			...{ id: `e-${(count += 1)}`, source: 'hris', type: 'change', effectiveAt: NOW },
			...{ createdAt: new Date(Date.parse(NOW) - 1_000_000 + count).toISOString() },
			...{ person: { hrId: `p${who}`, email: `p${who}@acme.example` }, attributes: { login: name } },
		} as Parameters<Ledger['receiveLifecycleEvents']>[0][number];
		const [receipt] = await ledger.receiveLifecycleEvents([event], { policyView: head.view, leaseSeconds: 600 });
		const id = receipt?.identityIds[0] ?? '';
		ids.set(who, id);
		wanted.set(id, name);
	};
	const plan = (identityIds: readonly string[]) =>
		runDecision(ledger, computeHere, {
			...{ policy: source, policyHash: head.hash, zone: head.zone, identityIds, eventIds: [] },
			...{ run: `run:${(count += 1)}`, author: 'test', asOf: NOW },
		});
	const claim = (limit: number) => ledger.claim({ application: 'crm', claimedBy: 't', leaseSeconds: 60, limit });
	type Claim = Awaited<ReturnType<typeof claim>>;
	// What the application itself knows: an action that gives no name reports the one that the account has by then.
	const named = new Map<string, string>();
	const complete = ({ leaseId, claimed }: Claim) =>
		ledger.complete(
			leaseId,
			claimed.map(({ id, content: { identityId, attributes, match } }) => {
				const given = attributes?.['userName'];
				if (typeof given === 'string') named.set(identityId, given);
				const userName = named.get(identityId) ?? match['userName'] ?? '';
				return { actionId: id, outcome: 'verified', writes: 1, account: { remoteId: identityId, userName } };
			}),
		);
	const underWay: Claim[] = [];
	for (const each of steps) {
		if (each.does === 'says') await says(each.person, each.login);
		else if (each.does === 'plan') await plan(each.people.flatMap((index) => ids.get(index) ?? []));
		else if (each.does === 'claim') underWay.push(await claim(each.limit));
		else await complete(await claim(each.limit));
		await expectNobodyShares(ledger);
	}
	for (const each of underWay) await complete(each);
	await expectNobodyShares(ledger);
	const everybody = [...ids.values()];
	for (let round = 0; round < 3; round++) {
		await plan(everybody);
		await complete(await claim(99));
		await expectNobodyShares(ledger);
	}
	const { actions, blocked } = await plan([...everybody].reverse());
	const accounts = await ledger.accountsIn({ application: 'crm' });
	await ledger.close();
	return { actions, blocked, accounts, wanted };
}

/** Read without the query that is under test: all accounts, and all actions that would give a name. */
async function expectNobodyShares(ledger: Ledger): Promise<void> {
	const { openActions } = await ledger.peopleState(await ledger.peopleIds({ limit: 100 }));
	const accounts = await ledger.accountsIn({ application: 'crm' });
	const holders = new Map<string, Set<string>>();
	const hold = (name: string, identityId: string) =>
		holders.set(name.toLowerCase(), (holders.get(name.toLowerCase()) ?? new Set()).add(identityId));
	for (const { userName, identityId } of accounts) hold(userName, identityId);
	for (const { content } of openActions) {
		const given = content.attributes?.['userName'];
		if (typeof given === 'string') hold(given, content.identityId);
	}
	expect([...holders].filter(([, who]) => who.size > 1)).toEqual([]);
}

describe('userNames of a company over time', () => {
	it('are never given twice, and with numbers everybody gets one and keeps it', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
				const { actions, blocked, accounts, wanted } = await live('suffix', steps);
				expect([actions, blocked]).toEqual([[], []]);
				expect(accounts.map(({ identityId }) => identityId)).toEqual([...wanted.keys()].sort());
				for (const { identityId, userName } of accounts) {
					const [stem = '', rest = ''] = (wanted.get(identityId) ?? '').toLowerCase().split('@');
					expect(userName.toLowerCase()).toMatch(new RegExp(`^${stem}\\d*${rest && `@${rest}`}$`));
				}
			}),
			{ numRuns: 40 },
		);
	});

	it('are never given twice, and whoever cannot have theirs is blocked for review', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
				const { actions, blocked, accounts, wanted } = await live('review', steps);
				expect(actions).toEqual([]);
				const named = new Map(accounts.map(({ identityId, userName }) => [identityId, userName.toLowerCase()]));
				const without = [...wanted].filter(([id, name]) => named.get(id) !== name.toLowerCase());
				const waiting = new Set(blocked.map(({ identityId }) => identityId));
				expect([...waiting].sort()).toEqual(without.map(([id]) => id).sort());
			}),
			{ numRuns: 40 },
		);
	});
});

describe('a simulation of more people than are read at once', () => {
	it('numbers the names of all of them together', async () => {
		const source = policy('suffix');
		const head = policyHead(source);
		const ledger = await Ledger.open({ file: ':memory:', clock: () => Date.parse(NOW), random: randomBytes });
		const events = Array.from({ length: 1_100 }, (_, who) => ({
			...{ id: `e-${who}`, source: 'hris', type: 'hire', createdAt: NOW, effectiveAt: NOW },
			...{ person: { hrId: `p${who}`, email: `p${who}@acme.example` }, attributes: { login: 'kim' } },
		})) as Parameters<Ledger['receiveLifecycleEvents']>[0];
		await ledger.receiveLifecycleEvents(events, { policyView: head.view, leaseSeconds: 600 });
		const { actions } = await simulate(ledger, computeHere, { policy: source, head, asOf: NOW, maxListed: 9_999 });
		const names = actions.flatMap(({ content }) => content.attributes?.['userName'] ?? []);
		expect(names).toHaveLength(1_100);
		expect(new Set(names).size).toBe(1_100);
		expect(names).toContain('kim1100');
		await ledger.close();
	});
});
