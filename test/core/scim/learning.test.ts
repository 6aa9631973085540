import fc from 'fast-check';

import {
	andFilter,
	capabilityProfile,
	equalsFilter,
	patchAccount,
	readAccount,
	vendorProfile,
} from '../../../core/scim';
import { playVendor } from '../../support/scim-fault-proxy';
import { connect } from './support/client';
import { ENTERPRISE, Stage } from './support/stage';

const stage = Stage.set();
const GENERIC = capabilityProfile(vendorProfile('generic')).capabilities;

const habits = fc.record({
	literalPaths: fc.boolean(),
	onlyPatch: fc.constantFrom(undefined, 'path' as const, 'nested' as const, 'none' as const),
	userOperations: fc.constantFrom(1, 100),
});
const state = fc.record({
	title: fc.constantFrom(null, 'X', 'Y'),
	givenName: fc.constantFrom('G', 'H'),
	familyName: fc.constantFrom('A', 'B'),
	department: fc.constantFrom(null, 'D1', 'D2'),
	active: fc.boolean(),
});

/**
 * Whatever forms of writing a server carries out, misreads or drops: what it can take arrives, nothing else changes, no
 * litter stays, and both a second run and a next one with the stored profile only read.
 */
test('any server that takes one form at all is brought to the target, and left clean', async () => {
	await fc.assert(
		fc.asyncProperty(habits, state, state, async ({ userOperations, onlyPatch, ...habit }, before, after) => {
			const play = { ...habit, ...(onlyPatch !== undefined && { onlyPatch }) };
			stage.server.reset();
			stage.proxy.reset();
			const id = stage.server.addUser({
				userName: 'ann@x.example',
				active: before.active,
				...(before.title === null ? {} : { title: before.title }),
				name: { givenName: before.givenName, familyName: before.familyName, middleName: 'kept' },
				nickName: 'kept',
				[ENTERPRISE]: { ...(before.department === null ? {} : { department: before.department }), costCenter: 'kept' },
			});
			stage.proxy.fault(playVendor({ capabilities: { ...GENERIC, userOperations }, ...play }));
			const desired = {
				active: after.active,
				title: after.title,
				name: { givenName: after.givenName, familyName: after.familyName },
				[ENTERPRISE]: { department: after.department },
			};
			const { client, close } = connect(stage.proxy.baseUrl);
			const current = await readAccount(client, id);
			if (current === undefined) throw new Error('no account');
			const outcome = await patchAccount(client, current, desired);
			expect(outcome.outcome).toBe('verified');
			const shown = await readAccount(client, id);
			expect(shown).toMatchObject({
				active: after.active,
				name: { givenName: after.givenName, familyName: after.familyName, middleName: 'kept' },
				nickName: 'kept',
				[ENTERPRISE]: { costCenter: 'kept' },
			});
			expect([
				shown?.['title'] ?? null,
				(shown?.[ENTERPRISE] as Record<string, unknown>)['department'] ?? null,
			]).toEqual([after.title, after.department]);
			expect(Object.keys(shown ?? {}).filter((key) => key.includes('.') && key !== ENTERPRISE)).toEqual([]);

			const profile = JSON.parse(JSON.stringify(client.profile)) as typeof client.profile;
			const next = connect(stage.proxy.baseUrl, { profile });
			stage.proxy.seen.length = 0;
			for (const each of [client, next.client]) {
				if (shown !== undefined) expect((await patchAccount(each, shown, desired)).note).toBe('already in place');
			}
			expect(stage.proxy.writes()).toEqual([]);
			next.close();
			close();
		}),
		{ numRuns: 100 },
	);
}, 120_000);

test('a filter is one JSON string whatever the value, so nothing in it is read as a filter', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string(), (left, right) => {
			const filter = andFilter(equalsFilter('userName', left), equalsFilter('externalId', right));
			const [, first = '', second = ''] =
				/^userName eq ("(?:[^"\\]|\\.)*") and externalId eq ("(?:[^"\\]|\\.)*")$/s.exec(filter) ?? [];
			expect([JSON.parse(first), JSON.parse(second)]).toEqual([left, right]);
			// Once through an address, and nothing has changed.
			expect(decodeURIComponent(encodeURIComponent(filter))).toBe(filter);
		}),
	);
});
