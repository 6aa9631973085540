import fc from 'fast-check';

import { AS_OF, compiled, contract, date, row } from '../policy/builders';
import type { ContractInput } from '../../../core/policy';
import { Ledger } from './builders';

const NAMES = ['Ada', 'Bob', 'Cleo', 'Dan'];
const rules = [
	{ id: 'experts', when: { level: { gte: 5 } }, grant: ['developer'] },
	{ id: 'listed', when: { email: { prefix: 'c' } }, grant: ['consultant'] },
];
const attributes = { level: { type: 'number' }, department: { type: 'text' } };
const policy = compiled({ rules, attributes });

interface World {
	rows: Array<{ name: string; access: string; level: string }>;
	end: string;
	status: string;
}

const world: fc.Arbitrary<World> = fc.record({
	rows: fc.uniqueArray(
		fc.record({
			name: fc.constantFrom(...NAMES),
			access: fc.constantFrom('Member', 'Developer', 'None'),
			level: fc.constantFrom('', '1', '7'),
		}),
		{ selector: ({ name }) => name },
	),
	end: fc.constantFrom('2026-01-31', '2027-03-31', '2027-12-31', '2028-12-31'),
	status: fc.constantFrom('active', 'active', 'active', 'terminated'),
});
const worlds = fc.tuple(world, world);

const columns = ['Name', 'Email', 'Access', 'Level'];

function contracts([first, second]: readonly [World, World]): ContractInput[] {
	return [first, second].map(({ rows, end, status }, index) => {
		const built = rows.map(({ name, access, level }) => row(name, access, { Level: level }));
		const users = { name: 'users', value: { type: 'table' as const, columns, rows: built } };
		return contract([], { users, endDate: date(end) }, { id: `C-${index}`, status });
	});
}

/** Holding with its end, by identity and entitlement. */
function heldNow(ledger: Ledger): string[] {
	const ends = new Map<string, string>();
	for (const { identityId, entitlement, validUntil } of ledger.held) {
		const key = `${identityId} ${entitlement}`;
		const end = validUntil ?? 'open';
		const before = ends.get(key) ?? '';
		ends.set(key, before > end ? before : end);
	}
	return [...ends].map(([key, end]) => `${key} ${end}`).sort();
}

describe('laws of planning', () => {
	it('applying the plan gives what is desired, and planning again gives nothing', () => {
		fc.assert(
			fc.property(fc.array(worlds, { minLength: 1, maxLength: 4 }), (states) => {
				const ledger = new Ledger(policy);
				for (const state of states) {
					ledger.plan(contracts(state));
					ledger.run();
					const { desired } = ledger.evaluate(contracts(state));
					const expected = desired.map((each) => `${each.identityId} ${each.entitlement} ${each.validUntil ?? 'open'}`);
					expect(heldNow(ledger)).toEqual(expected.sort());
					const again = ledger.preview(contracts(state));
					expect(again).toMatchObject({
						actions: [],
						superseded: [],
						blocked: [],
						grantChanges: { open: [], close: [] },
					});
				}
			}),
		);
	});

	it('plans that were never applied net out: the last one alone decides', () => {
		fc.assert(
			fc.property(fc.array(worlds, { minLength: 1, maxLength: 4 }), (states) => {
				const last = states.at(-1);
				if (last === undefined) return;
				const ledger = new Ledger(policy);
				for (const state of states) ledger.plan(contracts(state));
				ledger.run();
				const direct = new Ledger(policy);
				for (const [id, identity] of ledger.identities) direct.identities.set(id, identity);
				direct.plan(contracts(last));
				direct.run();
				expect(heldNow(ledger)).toEqual(heldNow(direct));
			}),
		);
	});

	it('each time-limited holding has exactly one end scheduled, at its end, and no other holding has one', () => {
		fc.assert(
			fc.property(fc.array(worlds, { minLength: 1, maxLength: 4 }), (states) => {
				const ledger = new Ledger(policy);
				for (const state of states) {
					ledger.plan(contracts(state));
					ledger.run();
				}
				const ends = ledger.open.map(
					({ content }) => `${content.identityId} ${content.entitlement ?? ''} ${content.dueAt}`,
				);
				expect(ends.sort()).toEqual(heldNow(ledger).filter((line) => !line.endsWith('open')));
				expect(ledger.open.every(({ content }) => content.dueAt > AS_OF)).toBe(true);
			}),
		);
	});

	it('hashes do not depend on the order of rows, contracts, grants or open actions', () => {
		fc.assert(
			fc.property(worlds, worlds, (before, after) => {
				const ledger = new Ledger(policy);
				ledger.plan(contracts(before));
				ledger.run();
				const forwards = ledger.preview(contracts(after));
				const reversed = contracts(after)
					.reverse()
					.map(({ header, terms }) => {
						const { users } = terms;
						if (users?.value?.type !== 'table') return { header, terms };
						return {
							header,
							terms: {
								...terms,
								users: { ...users, value: { ...users.value, rows: [...users.value.rows].reverse() } },
							},
						};
					});
				ledger.held.reverse();
				ledger.open.reverse();
				const backwards = ledger.preview(reversed);
				expect(backwards.actions.map(({ hash }) => hash)).toEqual(forwards.actions.map(({ hash }) => hash));
			}),
		);
	});

	it('with two sources, taking one away revokes nothing', () => {
		fc.assert(
			fc.property(world, world, (shared, other) => {
				const active = { ...shared, status: 'active', end: '2027-12-31' };
				const both: [World, World] = [active, active];
				const ledger = new Ledger(policy);
				ledger.plan(contracts(both));
				ledger.run();
				const removed = { ...other, rows: [], status: 'active', end: '2027-12-31' };
				expect(ledger.plan(contracts([active, removed])).actions).toEqual([]);
			}),
		);
	});
});
