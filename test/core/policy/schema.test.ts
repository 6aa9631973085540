import { lintPolicy, overlapsOf, parsePolicy } from '../../../core/policy';
import { BASE, policyText } from './builders';

const SHAPE_CODES = new Set(['MISSING', 'WRONG_TYPE', 'WRONG_VALUE', 'UNKNOWN_KEY', 'INVALID_NAME']);

const shapeErrors = (changes: Record<string, unknown>) =>
	lintPolicy(policyText(changes))
		.filter(({ code }) => SHAPE_CODES.has(code))
		.map(({ code, path }) => `${code} ${path}`);

const GOVERNANCE = {
	attributes: {
		...BASE.attributes,
		teams: { type: 'list', from: ['hris', 'device-feed'], values: ['core', 'eu'], owner: 'it@acme.example' },
	},
	joiner: { preProvision: 'P7D', applications: ['slack'] },
	overlap: [{ id: 'move', on: ['department', 'project'], keep: ['slack/*'], for: 'P14D' }],
	separationOfDuties: [
		{ id: 'pair', any: ['github/eng'], with: ['github/admin'], action: 'block' },
		{
			id: 'all',
			all: ['github/eng', 'github/admin'],
			action: 'record',
			compensating: 'monthly review',
			exempt: [{ person: 'ada@acme.example', until: '2027-01-31', owner: 'group:security', reason: 'migration' }],
		},
	],
	risk: {
		weights: { privileged: 30, off_hours: 10 },
		peers: { by: ['department'], minGroup: 5, rareBelowPercent: 10 },
	},
	breakGlass: {
		grant: ['github/admin'],
		by: { department: 'Engineering' },
		for: 'PT4H',
		review: { approvers: ['group:security'], within: 'P1D' },
	},
	exceptions: { maxDuration: 'P90D', owners: ['group:security'] },
	batch: { grant: { from: '20:00', to: '06:00' }, revoke: 'realtime' },
	guards: { window: 'PT1H', perApplication: { maxInferredRevokesPercent: 20 }, minFeedPercent: 90 },
	approvals: [
		{
			id: 'risky',
			when: {
				'risk.score': { gte: 50 },
				'action.operation': 'add_to_group',
				'grant.widening': true,
				'person.level': 1,
			},
			approvers: ['owner'],
		},
	],
};

describe('the shape of governance', () => {
	it('knows every key', () => {
		expect(shapeErrors(GOVERNANCE)).toEqual([]);
	});

	it('reads one overlap window like a list of one', () => {
		const [window] = GOVERNANCE.overlap;
		const overlap = (written: unknown) => overlapsOf(parsePolicy(policyText({ overlap: written })).policy);
		const { on: _on, ...rest } = window ?? {};
		expect(overlap({ ...rest, on: 'department' })).toEqual(overlap([{ ...rest, on: 'department' }]));
	});

	it.each([
		['any without with', { separationOfDuties: [{ id: 'x', any: ['github/eng'], action: 'block' }] }],
		['any and all', { separationOfDuties: [{ id: 'x', any: ['a/b'], all: ['a/b'], with: ['a/c'], action: 'block' }] }],
		['neither', { separationOfDuties: [{ id: 'x', with: ['a/c'], action: 'block' }] }],
		['points beyond the scale', { risk: { weights: { privileged: 300 } } }],
		['a window that is none', { batch: { grant: 'nightly' } }],
		[
			'an exemption without end',
			{ separationOfDuties: [{ ...GOVERNANCE.separationOfDuties[1], exempt: [{ person: 'a' }] }] },
		],
		['an unknown key deep inside', { guards: { perApplication: { maxRevokes: 1 } } }],
		['an unknown status', { rules: [{ id: 'r', grant: ['consultant'], status: 'draft' }] }],
	])('refuses %s', (_, changes) => {
		expect(shapeErrors(changes)).not.toEqual([]);
	});
});
