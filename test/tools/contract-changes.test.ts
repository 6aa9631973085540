import { contractChanges } from '../../sandbox/src/contract-changes.js';

const WORKFLOW = { nodes: [{ name: 'Compare', type: 'package.contractDiff' }] };

function shown(changes: unknown[], terms: unknown[] = []) {
	const items = [{ json: { changeSet: { changes, terms } } }];
	const execution = { data: { resultData: { runData: { Compare: [{ data: { main: [items] } }] } } } };
	return contractChanges(WORKFLOW, execution);
}

const renumbered = (before: string, after: string, heading?: string) => ({
	op: ['renumbered'],
	kind: 'clause',
	clause: { numberBefore: before, numberAfter: after, ...(heading === undefined ? {} : { heading }) },
});

describe('the changes of a contract, for a person', () => {
	it('says in one row which clauses only got another number', () => {
		const { changes } = shown([
			renumbered('8', '9', 'Confidentiality'),
			renumbered('8.1', '9.1'),
			renumbered('9', '10', 'Notices'),
		]);
		expect(changes).toEqual([
			{ op: 'renumbered', where: '3 clauses', detail: '8 → 9 Confidentiality … 9 → 10 Notices' },
		]);
	});

	it('keeps a clause that was renumbered and reworded as a change of its own', () => {
		const inline = [
			{ op: '=', t: 'up to ' },
			{ op: '-', t: 'ten' },
			{ op: '+', t: 'twenty-five' },
			{ op: '=', t: ' (' },
			{ op: '-', t: '10' },
			{ op: '+', t: '25' },
			{ op: '=', t: ') users' },
		];
		const { changes } = shown([
			{
				op: ['modified', 'renumbered'],
				kind: 'clause',
				clause: { numberBefore: '3', numberAfter: '4', heading: 'Seats' },
				text: { before: 'up to ten (10) users', after: 'up to twenty-five (25) users', inline },
			},
		]);
		expect(changes).toEqual([
			{
				op: 'modified, renumbered',
				where: '4 Seats',
				detail: 'up to [−ten−] [+twenty-five+] ([−10−] [+25+]) users',
			},
		]);
	});

	it('shows a new clause as its text, on one line and without the heading again', () => {
		const { changes } = shown([
			{
				op: ['added'],
				kind: 'clause',
				clause: { numberAfter: '8', heading: 'Checks' },
				text: { after: 'Checks\nThe Supplier\nshall check.', inline: [{ op: '+', t: 'Checks\nThe Supplier' }] },
			},
		]);
		expect(changes).toEqual([{ op: 'added', where: '8 Checks', detail: 'The Supplier shall check.' }]);
	});

	it('cuts a long text before a word', () => {
		const after = `${'word '.repeat(60)}end`;
		const { changes } = shown([{ op: ['added'], kind: 'clause', clause: { numberAfter: '2' }, text: { after } }]);
		expect(changes[0]?.detail).toMatch(/^(word )+…$/);
		expect(changes[0]?.detail.length).toBeLessThanOrEqual(160);
	});

	it('shows of a row the cells beside its key, and of a changed one what changed', () => {
		const row = { key: 'a@x', table: 'Users' };
		const { changes } = shown([
			{ op: ['added'], kind: 'row', row: { ...row, after: { Name: 'Ann', Email: 'a@x', Access: 'Member' } } },
			{ op: ['modified'], kind: 'row', row: { ...row, before: { Access: 'Member' }, after: { Access: 'Admin' } } },
		]);
		expect(changes.map(({ where, detail }) => [where, detail])).toEqual([
			['Users: a@x', 'Ann, Member'],
			['Users: a@x', 'Access: Member → Admin'],
		]);
	});

	it('names the terms that changed, and why one could not be read', () => {
		const { terms } = shown(
			[],
			[
				{
					name: 'seats',
					changed: true,
					effect: 'widening',
					before: { value: { type: 'number', value: 10 } },
					after: { problem: 'two numbers' },
				},
				{ name: 'endDate', changed: false, effect: 'neutral' },
			],
		);
		expect(terms).toEqual([{ name: 'seats', before: '10', after: 'two numbers', effect: 'widening' }]);
	});
});
