import type { TermChange, TermExtractor } from '../../../../core/model';
import { compare } from '../builders';

function change(
	type: TermExtractor['type'],
	before: string,
	after: string,
	more: Partial<TermExtractor> = {},
): TermChange {
	const extractors: Record<string, TermExtractor> = { it: { type, clause: 'Scope', ...more } };
	const [term] = compare(`## Scope\n\n${before}`, `## Scope\n\n${after}`, { extractors }).terms;
	if (!term) throw new Error('The term is missing.');
	return term;
}

const table = (...rows: string[]): string => `| Email | Level |\n| --- | --- |\n${rows.join('\n')}`;

describe('what a changed term does to access', () => {
	it.each<[TermExtractor['type'], string, string, string]>([
		['number', '25 users.', '40 users.', 'widening'],
		['number', '40 users.', '25 users.', 'narrowing'],
		['date', 'Until 1 May 2027.', 'Until 1 June 2027.', 'widening'],
		['date', 'Until 1 May 2027.', 'Until 1 April 2027.', 'narrowing'],
		['list', 'The modules are Payroll and Time.', 'The modules are Payroll, Time and Travel.', 'widening'],
		['list', 'The modules are Payroll and Time.', 'The module is Payroll.', 'narrowing'],
		// Something came and something went: somebody has to look at what came.
		['list', 'The modules are Payroll and Time.', 'The modules are Payroll and Travel.', 'widening'],
		['duration', 'For 30 days.', 'For 60 days.', 'widening'],
		['duration', 'For three years.', 'For 24 months.', 'narrowing'],
		['duration', 'For 30 days.', 'For one month.', 'widening'],
		['duration', 'For one year.', 'For 60 days.', 'narrowing'],
		['money', 'EUR 100.', 'EUR 200.', 'widening'],
		['money', 'EUR 200.', 'EUR 100.', 'narrowing'],
		['percent', '10%', '12%', 'widening'],
		['boolean', 'Access is prohibited.', 'Access is permitted.', 'widening'],
		['boolean', 'Access is permitted.', 'Access is prohibited.', 'narrowing'],
		['people', 'Users are Ann Lee and Bob Ray.', 'Users are Ann Lee, Bob Ray and Cy Tan.', 'widening'],
		['people', 'Users are Ann Lee and Bob Ray.', 'User is Ann Lee.', 'narrowing'],
		['text', 'Apollo.', 'Borealis.', 'neutral'],
		['table', table('| a@x.example | Reader |'), table('| b@x.example | Reader |'), 'widening'],
		['table', table('| a@x.example | R |', '| b@x.example | R |'), table('| a@x.example | R |'), 'narrowing'],
		['table', table('| a@x.example | Reader |'), table('| a@x.example | Owner |'), 'widening'],
	])('%s: %s → %s', (type, before, after, effect) => {
		const term = change(type, before, after, type === 'table' ? { key: 'Email' } : {});
		expect([term.changed, term.effect]).toEqual([true, effect]);
		expect([term.before?.quote, term.after?.quote]).not.toContain(undefined);
	});

	it.each<[TermExtractor['type'], string, string]>([
		['list', 'The modules are Payroll and Time.', 'Modules: time; payroll.'],
		['duration', 'For three (3) years.', 'For 36 months.'],
		['money', 'The fee is EUR 1,150.00.', 'The fee is 1.150,00 €.'],
		['percent', '19%', 'nineteen percent (19%)'],
		['boolean', 'Access is permitted.', 'The Supplier may have access.'],
		['date', 'Until 31 December 2027.', 'Until December 31st, 2027.'],
		['people', 'Users are Ann Lee and Bob Ray.', 'Users are Bob Ray and Ann Lee.'],
	])('%s is the same in another notation: %s = %s', (type, before, after) => {
		const term = change(type, before, after);
		expect([term.changed, term.effect, term.after?.problem]).toEqual([false, 'neutral', undefined]);
	});

	it.each<[TermExtractor['type'], string, string, RegExp]>([
		['money', 'EUR 200.', 'GBP 100.', /currency changed from EUR to GBP/],
		['money', 'The fee is EUR 100 per month.', 'The fee is EUR 100 per year.', /due per month and is due per year/],
		['money', 'EUR 10 per user monthly.', 'EUR 10 monthly.', /per month user and is due per month/],
		['number', 'Not more than 25 users.', 'At least 25 users.', /was a limit and is a floor/],
		['number', '25 users.', 'Not fewer than 30 users.', /was a limit and is a floor/],
		['number', '25 users.', '10-20 users.', /"10-20" is a range/],
		['number', '25 users.', 'Between 10 and 20 users.', /several numbers: 10, 20/],
		['number', '25 users.', 'Thirty (40) users.', /contradicts itself/],
	])('%s is left to a person: %s → %s', (type, before, after, reason) => {
		const term = change(type, before, after);
		expect(term).toMatchObject({ changed: true, effect: 'neutral' });
		expect(term).toHaveProperty('needsHuman.reason', expect.stringMatching(reason));
	});

	it('is widening where a limit goes, and narrowing where one comes', () => {
		const [limited, free] = ['25 users.', 'An unlimited number of users.'];
		expect(change('number', limited, free)).toMatchObject({ changed: true, effect: 'widening' });
		expect(change('number', free, limited)).toMatchObject({ changed: true, effect: 'narrowing' });
		expect(change('number', limited, '25 users with unlimited storage.').changed).toBe(false);
	});

	it.each<[TermExtractor['type'], string, string]>([
		['number', '25 users.', 'Up to 25 users.'],
		['money', 'The fee is EUR 1,200 annually.', 'The fee is EUR 1,200 p.a.'],
		['money', 'EUR 10 per month per user.', 'EUR 10 per user per month.'],
	])('%s is the same: %s = %s', (type, before, after) => {
		expect(change(type, before, after)).toMatchObject({ changed: false, effect: 'neutral' });
	});

	it('is widening where a term begins to renew itself', () => {
		const term = 'This Agreement commences on 1 January 2027 and continues for one year.';
		const renews = `${term} It renews automatically for successive terms of one year.`;
		expect(change('date', term, renews)).toMatchObject({ changed: true, effect: 'widening' });
		expect(change('date', renews, term)).toMatchObject({ changed: true, effect: 'narrowing' });
	});

	it('is told for the day from which the change holds', () => {
		const renews =
			'This Agreement commences on 1 January 2020, continues for one year and renews automatically for successive terms of one year.';
		expect(change('date', renews, renews).after?.value).toMatchObject({ value: '2026-12-31' });
	});
});
