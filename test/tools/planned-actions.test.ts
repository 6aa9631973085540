import { actionRow, isScheduled, scheduledRows } from '../../sandbox/src/planned-actions.js';

const NOW = '2026-11-20T10:00:00.000Z';
const END = '2030-12-31T23:00:00.000Z';

const source = (rule: string) => ({
	kind: 'contract',
	ref: `MSA/${rule}`,
	reason: '…',
	quote: { clause: 'Schedule A' },
});

const action = (content: object, rest: object = {}) => ({
	content: { identityId: 'i1', application: 'slack', operation: 'disable_account', dueAt: END, ...content },
	subject: 'Ann',
	executionState: 'planned',
	approvalState: 'not_needed',
	sources: [source('consultants')],
	...rest,
});

describe('actions for a person', () => {
	it('are scheduled when they are planned for later and wait for nobody', () => {
		expect(isScheduled(action({}), NOW)).toBe(true);
		expect(isScheduled(action({ dueAt: NOW }), NOW)).toBe(false);
		expect(isScheduled(action({}, { approvalState: 'pending' }), NOW)).toBe(false);
		expect(isScheduled(action({}, { executionState: 'verified' }), NOW)).toBe(false);
	});

	it('name the first source and count the others', () => {
		const sources = [source('consultants'), source('developers'), source('administrators')];
		const gives = { operation: 'add_to_group', target: 'project-atlas' };
		expect(actionRow(action(gives, { sources }))).toMatchObject({
			what: 'add to project-atlas',
			reason: 'Schedule A: rule consultants, +2 more',
		});
		expect(actionRow(action({}))).toMatchObject({
			what: 'disable account',
			reason: 'no longer earned by rule consultants',
		});
	});

	it('say that they wait for approval, and why they failed', () => {
		expect(actionRow(action({}, { approvalState: 'pending' })).state).toBe('waits for approval');
		const failed = actionRow(action({}, { executionState: 'failed', note: 'no such group' }));
		expect([failed.state, failed.reason]).toEqual(['failed', 'no longer earned by rule consultants: no such group']);
	});

	it('are summed up by application and instant when scheduled, in the zone of the policy', () => {
		const rows = scheduledRows(
			[
				action({ identityId: 'i2', operation: 'remove_from_group' }),
				action({}),
				action({ identityId: 'i2' }),
				action({ application: 'github' }),
				action({ operation: 'create_account', dueAt: '2027-06-30T22:00:00.000Z' }),
			],
			'Europe/Berlin',
		);
		expect(rows).toEqual([
			{ application: 'slack', what: 'access of 1 person begins on 2027-07-01 00:00 Europe/Berlin', actions: 1 },
			{ application: 'github', what: 'access of 1 person ends on 2031-01-01 00:00 Europe/Berlin', actions: 1 },
			{ application: 'slack', what: 'access of 2 people ends on 2031-01-01 00:00 Europe/Berlin', actions: 3 },
		]);
	});
});
