import { KnownKeys, keysOf, ownerOf, type SeenAccount } from '../../../../core/governance/adoption/account-matching';
import type { KeyHit } from '../../../../core/store';

const account = (more: Partial<SeenAccount>): SeenAccount => ({
	remoteId: '1',
	userName: 'login',
	emails: [],
	active: true,
	groups: [],
	roles: [],
	...more,
});
const hit = (kind: string, value: string, identityId: string): KeyHit => ({ kind, value, identityId });
const owner = (seen: Partial<SeenAccount>, ...hits: KeyHit[]) => ownerOf(account(seen), new KnownKeys(hits));

describe('whose account it is', () => {
	it('is told by our own id, an id of HR, the name or an address', () => {
		expect(owner({ externalId: 'idn_1' }, hit('id', 'idn_1', 'idn_1'))).toMatchObject({
			found: 'one',
			by: 'externalId',
		});
		expect(owner({ externalId: 'E7' }, hit('hrId:vms', 'E7', 'idn_7'))).toMatchObject({ identityId: 'idn_7' });
		const byName = owner({ userName: 'Ada@Example.com' }, hit('email', 'ada@example.com', 'idn_a'));
		expect(byName).toEqual({ found: 'one', identityId: 'idn_a', by: 'userName' });
		expect(owner({ emails: ['ADA@example.com'] }, hit('email', 'ada@example.com', 'idn_a'))).toMatchObject({
			by: 'email',
		});
	});

	it('is not told by a key that nobody has, nor by a name that only looks alike', () => {
		expect(owner({ userName: 'ada' }, hit('email', 'ada@example.com', 'idn_a'))).toEqual({ found: 'none' });
		expect(owner({ externalId: 'e7' }, hit('hrId', 'E7', 'idn_7'))).toEqual({ found: 'none' });
		expect(owner({ userName: '\u0430da@example.com' }, hit('email', 'ada@example.com', 'idn_a'))).toEqual({
			found: 'none',
		});
	});

	it('is unsure where two keys point at two people, whatever the strength of the keys', () => {
		const seen = { externalId: 'E1', emails: ['bob@example.com'] };
		const hits = [hit('hrId', 'E1', 'idn_a'), hit('email', 'bob@example.com', 'idn_b')];
		expect(owner(seen, ...hits)).toEqual({ found: 'unsure', because: 'its keys point at 2 people' });
		expect(owner({ externalId: 'E1' }, hit('hrId', 'E1', 'a'), hit('hrId:vms', 'E1', 'b'))).toMatchObject({
			found: 'unsure',
		});
	});

	it('is unsure where only a former address fits: addresses are given again', () => {
		const former = hit('otherEmail', 'ada@example.com', 'idn_a');
		expect(owner({ userName: 'ada@example.com' }, former)).toMatchObject({ found: 'unsure' });
		const now = hit('email', 'ada@example.com', 'idn_new');
		expect(owner({ userName: 'ada@example.com' }, former, now)).toMatchObject({ found: 'one', identityId: 'idn_new' });
	});

	it('asks for each key once', () => {
		const seen = [account({ externalId: 'E1', userName: 'a@b.example', emails: ['A@b.example', 'not an address'] })];
		expect(keysOf([...seen, ...seen])).toEqual({ ids: ['E1'], emails: ['a@b.example'] });
	});
});
