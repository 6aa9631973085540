import { matchPerson, type Directory, type PersonEvidence } from '../../../core/lifecycle';

interface Known {
	id: string;
	keys: Record<string, string[]>;
	birthDate?: string;
	birthName?: string;
}

function directory(...people: Known[]): Directory {
	return {
		find: (kind, value) => people.find(({ keys }) => keys[kind]?.includes(value))?.id,
		findBirthName: (value) => people.filter(({ birthName }) => birthName === value).map(({ id }) => id),
		person: (identityId) => {
			const known = people.find(({ id }) => id === identityId);
			const keys = new Map(Object.entries(known?.keys ?? {}).map(([kind, values]) => [kind, new Set(values)]));
			return { identityId, keys, ...(known?.birthDate !== undefined && { birthDate: known.birthDate }) };
		},
		idKinds: () => ['hrId', 'hrId:vms'],
	};
}

const ada: Known = {
	id: 'ada',
	keys: { hrId: ['7'], email: ['a@x'], otherEmail: ['old@x'], nationalId: ['n1'] },
	birthDate: 'b1',
	birthName: 'b1|ada',
};
const bob: Known = { id: 'bob', keys: { hrId: ['8'], email: ['b@x'] } };
const match = (evidence: Partial<PersonEvidence>, ...people: Known[]) =>
	matchPerson({ idKind: 'hrId', starts: false, ...evidence }, directory(...(people.length > 0 ? people : [ada, bob])));

describe('matching', () => {
	it.each<[string, Partial<PersonEvidence>]>([
		['HR id', { hrId: '7', email: 'new@x' }],
		['previous HR id', { hrId: '70', previousHrId: '7' }],
		['national id', { hrId: '70', nationalId: 'n1' }],
		['birth date and name', { birthDate: 'b1', birthName: 'b1|ada', email: 'new@x' }],
		['e-mail', { email: 'a@x' }],
		['previous e-mail', { email: 'new@x', previousEmail: 'a@x' }],
		['former e-mail', { email: 'old@x' }],
	])('finds a person by %s', (by, evidence) => {
		expect(match(evidence)).toEqual({ kind: 'match', identityId: 'ada', by });
	});

	it.each<[string, Partial<PersonEvidence>]>([
		['two people', { hrId: '7', email: 'b@x' }],
		['another birth date', { email: 'a@x', birthDate: 'b2' }],
		['another birth date under the same HR id', { hrId: '7', birthDate: 'b2' }],
		['another national id', { email: 'a@x', nationalId: 'n2' }],
		['an address that was somebody else’s, with a new number', { hrId: '9', email: 'old@x', starts: true }],
	])('leaves %s to people', (_, evidence) => {
		expect(match(evidence).kind).toBe('review');
	});

	it('leaves namesakes with one birth date to people', () => {
		expect(match({ birthDate: 'b1', birthName: 'b1|ada' }, ada, { ...ada, id: 'twin', keys: {} })).toMatchObject({
			kind: 'review',
			candidates: ['ada', 'twin'],
		});
	});

	it('of a new number under an old address asks whether the person has left', () => {
		expect(match({ hrId: '70', email: 'a@x', starts: true })).toMatchObject({
			kind: 'match_if_left',
			identityId: 'ada',
		});
	});

	it('keeps the numbers of two systems apart, unless the event starts nothing', () => {
		const evidence = { idKind: 'hrId:vms', hrId: '7' };
		expect(match({ ...evidence, starts: true })).toEqual({ kind: 'new' });
		expect(match(evidence)).toEqual({ kind: 'match', identityId: 'ada', by: 'HR id' });
	});

	it('an address in use is stronger than one that somebody had before', () => {
		const heir: Known = { id: 'heir', keys: { hrId: ['9'], email: ['old@x'] } };
		expect(match({ email: 'old@x' }, ada, heir)).toMatchObject({ kind: 'match', identityId: 'heir' });
	});
});
