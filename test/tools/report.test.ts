import { reportLines, table } from '../../sandbox/src/report.js';

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
	applications: [
		{ name: 'github', before: holdings(['a@x', 'b@x'], ['a@x']), after: holdings(['a@x', 'c@x'], ['a@x']) },
	],
	approvals: [{ subject: 'Elif', what: 'org-admins', links: [{ approver: 'ciso@x', url: 'http://n8n/approve' }] }],
	audit: { intact: true, records: 7, head: 'abcdef0123456789abcdef' },
	eventToAccessMs: 840,
};

describe('the report of the main job', () => {
	const text = reportLines(outcome, { colour: false, width: 120 }).join('\n');

	it('names who came and who went in each application', () => {
		expect(text).toMatch(/github\s+active accounts\s+2 → 2\s+\+ c@x, − b@x/);
		expect(text).toMatch(/group org-admins\s+1 → 1\s+unchanged/);
	});

	it('gives the link to the one who has to decide', () => {
		expect(text).toContain('ciso@x: http://n8n/approve');
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

describe('a table', () => {
	it('aligns its columns, counting characters rather than bytes', () => {
		expect(
			table(
				[
					['Zoë', 'x'],
					['Anna', 'y'],
				],
				100,
			),
		).toEqual(['  Zoë   x', '  Anna  y']);
	});

	it('folds the last column under itself', () => {
		const words = Array.from({ length: 12 }, () => 'seven77').join(' ');
		const lines = table([['a', words]], 50);
		expect(lines.length).toBeGreaterThan(1);
		expect(lines.slice(1).every((line) => line.startsWith('     seven77'))).toBe(true);
		expect(lines.map((line) => line.trim().replace(/^a +/, '')).join(' ')).toBe(words);
	});
});
