import { compare } from './builders';

const FEES = (amount: string, seats = 'an employee of the customer'): string =>
	[
		'# Services Agreement',
		'This Services Agreement (the "Agreement") is made as of January 15, 2024 (the "Effective Date") by and between Kestrel Cloud, Inc., 410 Harbor Street ("Provider"), and Tamarack Foods LLC ("Subscriber").',
		'## 1. Definitions',
		`"Seat" means ${seats}.`,
		'## 2. Fees',
		`Subscriber pays an annual fee of ${amount} (the "Fee"). Late payments bear interest.`,
		'## 3. Refunds',
		'Provider repays the Fee where the service fails.',
		'## 4. Start',
		'The service begins on the Effective Date.',
		'# Schedule A',
		'| Item | Basis |',
		'|---|---|',
		'| Planning | one Seat |',
		'| Reports | part of the Fee |',
		'| Hosting | none |',
	]
		.join('\n\n')
		.replaceAll('|\n\n|', '|\n|');

const reached = (before: string, after: string): Record<string, string[]> =>
	Object.fromEntries(
		compare(before, after).changes.map(({ clause, row, termsReached }) => [
			row?.key ?? clause?.heading ?? clause?.numberAfter ?? '',
			termsReached ?? [],
		]),
	);

describe('what a changed definition reaches', () => {
	it('are rows of tables, too', () => {
		expect(reached(FEES('$10'), FEES('$10', 'a person'))).toEqual({ Seat: ['Schedule A, row "Planning"'] });
	});

	it('is told of terms that are defined in brackets', () => {
		expect(reached(FEES('$10'), FEES('$20'))).toEqual({
			Fees: ['3 "Refunds"', 'Schedule A, row "Reports"'],
		});
	});

	it('is not told where a clause changes and the words of its definition stay', () => {
		const before = FEES('$10');
		expect(reached(before, before.replace('Late payments bear interest.', 'Late payments bear no interest.'))).toEqual({
			Fees: [],
		});
	});

	it('goes by the words of each term, and leaves the parties out', () => {
		const before = FEES('$10');
		const moved = before.replace('410 Harbor Street', '12 Quay');
		expect(Object.values(reached(before, moved)).flat()).toEqual([]);
		const dated = before.replace('January 15, 2024', 'March 1, 2024');
		expect(Object.values(reached(before, dated)).flat()).toEqual(['4 "Start"']);
	});

	it('leaves out rows that changed themselves', () => {
		const before = FEES('$10');
		const after = FEES('$20').replace('part of the Fee', 'half of the Fee');
		expect(reached(before, after)).toEqual({ Fees: ['3 "Refunds"'], Reports: [] });
	});

	it('counts rows where there are many', () => {
		const rows = Array.from({ length: 9 }, (_, at) => `| Site ${at} | one Seat |`).join('\n');
		const text = (seats: string): string => FEES('$10', seats).replace('| Planning | one Seat |', rows);
		expect(reached(text('an employee'), text('a person'))).toEqual({
			Seat: ['Schedule A, rows "Site 0", "Site 1", "Site 2", "Site 3", "Site 4" and 4 more'],
		});
	});

	it.each([
		['Die Vergütung beträgt 100 EUR (nachfolgend „Gebühr“).', '100', '200', 'Die Gebühr ist fällig.'],
		['La redevance est de 100 euros (ci-après « la Redevance »).', '100', '200', 'La Redevance est due.'],
		['The fee (together with taxes, the "Charges") is due.', 'fee', 'price', 'The Charges are final.'],
		['The fee (each a "Charge" and together the "Charges") is due.', 'fee', 'price', 'A Charge is final.'],
	])('is told of: %s', (clause, from, to, use) => {
		const text = `## 1. Fees\n\n${clause}\n\n## 2. Use\n\n${use}`;
		const expected = /together with/.test(clause) ? [] : ['2 "Use"'];
		expect(Object.values(reached(text, text.replace(from, to))).flat()).toEqual(expected);
	});

	it.each([
		['These General Terms of Service ("Terms") hold.', 'General', 'Common', 'The Terms are final.'],
		['Courts in the European Union ("EU") decide.', 'Courts', 'Judges', 'The EU is large.'],
		['You take part in the Sponsors Program (the "Program") at will.', 'You take', 'They take', 'The Program ends.'],
	])('is not told where nothing else is meant: %s', (clause, from, to, use) => {
		const text = `## 1. Fees\n\n${clause}\n\n## 2. Use\n\n${use}`;
		const said = reached(text, text.replace(from, to));
		expect(Object.values(said)).toEqual([[]]);
	});

	it('is told of rows of a table of terms', () => {
		const text = (seats: string): string =>
			`## 1. Definitions\n\n| Term | Meaning |\n|---|---|\n| Seat | ${seats} |\n| Seat Report | the list of each Seat |\n\n## 2. Use\n\nEach Seat counts once.\n\n## 3. Reports\n\nThe Seat Report is sent.`;
		expect(reached(text('an employee'), text('a person'))).toEqual({
			Seat: ['2 "Use"', '1 "Definitions", row "Seat Report"'],
		});
	});

	it('is found in time that grows with the text', () => {
		const text = (seats: string): string =>
			`"Seat" means ${seats}.\n\n${'The fee (the "Fee") is due for a Seat ((("x" (a "Charge").\n\n'.repeat(3_000)}`;
		const [change] = compare(text('an employee'), text('a person')).changes;
		expect(change?.termsReached?.length).toBeGreaterThan(0);
	});
});
