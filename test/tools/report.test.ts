import { reportLines } from '../../sandbox/src/report.js';

const holdings = (active: string[], admins: string[]) => ({
	accounts: Object.fromEntries(active.map((email) => [email, { active: true }])),
	groups: { 'org-admins': admins },
});

const outcome = {
	contract: { id: 'C-1', title: 'Services', event: 'amended' },
	changes: [{ op: 'modified', where: '3 Licensed Users', detail: 'ten (10) → twenty-five (25)' }],
	terms: [{ name: 'seats', before: '10', after: '25', effect: 'widening' }],
	actions: [
		{ application: 'github', what: 'add to org-admins', subject: 'Elif', state: 'waiting', reason: 'Schedule A' },
	],
	scheduled: [{ application: 'github', what: 'access of 5 people ends on 2031-01-01 00:00 UTC', actions: 11 }],
	applications: [
		{ name: 'github', before: holdings(['a@x', 'b@x'], ['a@x']), after: holdings(['a@x', 'c@x'], ['a@x']) },
	],
	approvals: [
		{
			subject: 'Elif',
			what: 'org-admins',
			decideBy: '2026-11-23 10:00 UTC',
			links: [{ approver: 'ciso@x', url: `http://n8n/approve?signature=${'5'.repeat(64)}&approval=${'t'.repeat(43)}` }],
		},
	],
	audit: { intact: true, records: 7, head: 'abcdef0123456789abcdef' },
	eventToAccessMs: 840,
};

describe('the report of the main job', () => {
	const text = reportLines(outcome, { colour: false, width: 120 }).join('\n');

	it('names who came and who went in each application, a line each', () => {
		expect(text).toMatch(/github\s+active accounts\s+2 → 2\s+\+ c@x\n +− b@x\n/);
		expect(text).toMatch(/group org-admins\s+1 → 1\s+unchanged/);
	});

	it('counts the rest where many came', () => {
		const many = Array.from({ length: 40 }, (_, index) => `p${index}@x`);
		const applications = [{ name: 'slack', before: holdings([], []), after: holdings(many, []) }];
		const lines = reportLines({ ...outcome, applications }, { colour: false, width: 120 });
		expect(lines.filter((line) => /\+ p\d+@x/.test(line))).toHaveLength(4);
		expect(lines.join('\n')).toContain('+ 36 more');
	});

	it('gives the link to the one who has to decide, whole and on a line of its own', () => {
		expect(text).toContain('Elif: org-admins, asked of ciso@x, by 2026-11-23 10:00 UTC\n');
		expect(text.split('\n').map((line) => line.trim())).toContain(outcome.approvals[0]?.links[0]?.url);
	});

	it('sums up what is only scheduled', () => {
		expect(text).toMatch(
			/Scheduled\n +github +access of 5 people ends on 2031-01-01 00:00 UTC \(11 scheduled actions\)/,
		);
		expect(reportLines({ ...outcome, scheduled: [] }, { colour: false }).join('\n')).not.toContain('Scheduled');
	});

	it('names each person once and lists what follows for them below', () => {
		const action = {
			application: 'slack',
			what: 'give account',
			subject: 'Ines',
			state: 'verified',
			reason: 'Schedule A',
		};
		const actions = [action, ...outcome.actions, { ...action, what: 'add to project-atlas' }];
		const lines = reportLines({ ...outcome, actions }, { colour: false, width: 120 });
		const start = lines.indexOf('What followed from it');
		expect(lines.slice(start + 1, start + 4).map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
			'Ines',
			'slack',
			'Elif',
		]);
	});

	it('folds what is asked of whom, however long it is', () => {
		const [approval] = outcome.approvals;
		const approvals = [{ ...approval, what: 'org-admins in github, '.repeat(8), links: approval?.links ?? [] }];
		const lines = reportLines({ ...outcome, approvals } as typeof outcome, { colour: false, width: 80 });
		expect(lines.filter((line) => [...line].length > 80 && !line.includes('http'))).toEqual([]);
	});

	it.each([80, 100, 120])('keeps to %i columns, except for links', (width) => {
		const tooLong = reportLines(outcome, { colour: false, width }).filter(
			(line) => [...line].length > width && !line.includes('http'),
		);
		expect(tooLong).toEqual([]);
	});

	it('says how long it took and that the log is intact', () => {
		expect(text).toContain('0.8 s');
		expect(text).toMatch(/intact\s+7 records/);
	});

	it('says what is wrong with a broken log', () => {
		const audit = { intact: false, records: 7, head: '', problem: 'record 3 was changed' };
		expect(reportLines({ ...outcome, audit }, { colour: false }).join('\n')).toMatch(/BROKEN\s+record 3 was changed/);
	});

	it('uses no colour codes where nobody asked for colour', () => {
		expect(text).not.toContain('\u001b');
		expect(reportLines(outcome, { colour: true }).join('')).toContain('\u001b[1m');
	});
});
