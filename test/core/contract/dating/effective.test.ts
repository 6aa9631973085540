import { readEffective, type EffectiveReading } from '../../../../core/contract';
import { document } from '../builders';

const KNOWN = '2026-11-20T09:00:00Z';
const read = (text: string, more: { signedAt?: string; zone?: string; base?: string } = {}): EffectiveReading => {
	const { base, ...rest } = more;
	return readEffective({ text, knownAt: KNOWN, ...rest, ...(base === undefined ? {} : { base: document(base) }) });
};

describe('from when an amendment holds', () => {
	it.each([
		['This Amendment is effective as of 1 December 2026.', '2026-12-01', 'stated'],
		[
			'This Amendment No. 2 to the Supply Agreement dated 5 May 2020 shall take effect on January 1, 2027.',
			'2027-01-01',
			'stated',
		],
		['The following amendments shall have effect on and from 1 March 2027.', '2027-03-01', 'stated'],
		['Dated as of March 27, 2026\n\nThe parties agree to modify the Agreement as follows.', '2026-03-27', 'stated'],
		[
			'THIS AMENDMENT is entered into this 15th day of July 2026, by and between A Ltd and B Ltd.',
			'2026-07-15',
			'signature',
		],
		[
			'This Amendment is made on 3 May 2026 between A and B. It changes Section 2. This Amendment shall be effective as of the date first written above.',
			'2026-05-03',
			'stated',
		],
		[
			'This Amendment is effective as of the date last signed below.\n\nBy: /s/ A\n\nDate: 4 May 2026\n\nBy: /s/ B\n\nDate: May 6, 2026',
			'2026-05-06',
			'signature',
		],
		['AMENDMENT\n\nAmendment Effective Date: July 1, 2026\n\nSection 2 is deleted.', '2026-07-01', 'stated'],
		[
			'AMENDMENT NO. 1\n\nThe parties change Section 2.\n\nIN WITNESS WHEREOF the parties have signed.\n\nBy: /s/ A\n\nDate: 4 May 2026',
			'2026-05-04',
			'signature',
		],
		[
			'This Amendment is effective thirty (30) days after the date of this Amendment. This Amendment is made on 1 May 2026.',
			'2026-05-31',
			'stated',
		],
		['With effect from 1 July 2026 the Agreement is amended as follows: Section 2 is deleted.', '2026-07-01', 'stated'],
		['Effective retroactively as of 1 January 2026, Section 4 is replaced by the following.', '2026-01-01', 'stated'],
		[
			'Effective as of the Effective Date of this Amendment, Section 2 is deleted. The effective date of this Amendment is 5 May 2026.',
			'2026-05-05',
			'stated',
		],
		[
			'This Amendment is entered into as of the last date of signature below (the "Amendment Effective Date").\n\nBy: /s/ X\n\nDate: 1 May 2026\n\nBy: /s/ Y\n\nDate: 3 May 2026',
			'2026-05-03',
			'stated',
		],
		['Dieser Nachtrag tritt am 1. Juli 2026 in Kraft.', '2026-07-01', 'stated'],
		['Le présent avenant entre en vigueur le 1er juillet 2026.', '2026-07-01', 'stated'],
	])('%s', (text, day, basis) => {
		const { effective, problems } = read(text);
		expect([effective.from, effective.basis, problems]).toEqual([`${day}T00:00:00.000Z`, basis, []]);
		expect(effective.quote?.text).not.toBe('');
	});

	it('quotes the words and where they stand', () => {
		const text = 'This *Amendment* is **effective as of 1\u00A0May 2026**. More.';
		const { effective } = readEffective({ document: document(text), knownAt: KNOWN });
		expect(effective.quote?.text).toBe('effective as of 1 May 2026');
		expect(text.slice(effective.quote?.span.start, effective.quote?.span.end)).toBe('effective as of 1\u00A0May 2026');
	});

	it('is the signature where it says so, from the caller or the signature block', () => {
		const text = 'This Amendment becomes effective upon execution by both parties.';
		expect(read(text, { signedAt: '2026-11-18T15:00:00Z' }).effective).toMatchObject({
			from: '2026-11-18T00:00:00.000Z',
			basis: 'signature',
		});
		expect(read(text)).toMatchObject({
			effective: { basis: 'unstated', from: KNOWN },
			problems: [expect.stringContaining('no dates')],
		});
	});

	it('is the moment we learnt of it where nothing is said', () => {
		expect(read('Section 4 is deleted.').effective).toEqual({
			knownAt: KNOWN,
			from: KNOWN,
			retroactive: false,
			basis: 'unstated',
		});
	});

	it('is retroactive before the day on which we learnt of it, and not on that day', () => {
		expect(read('This Amendment is effective retroactively to 1 January 2026.').effective.retroactive).toBe(true);
		expect(read('This Amendment is effective as of 20 November 2026.').effective.retroactive).toBe(false);
	});

	it('begins at midnight of the zone', () => {
		expect(read('This Amendment is effective as of 1 July 2026.', { zone: 'Europe/Berlin' }).effective.from).toBe(
			'2026-06-30T22:00:00.000Z',
		);
	});

	it('looks up days of the agreement that it amends', () => {
		const base = '# Agreement\n\n"Commencement Date" means 1 April 2026.';
		const text = 'This Amendment shall be effective as of the first anniversary of the Commencement Date.';
		expect(read(text, { base }).effective.from).toBe('2027-04-01T00:00:00.000Z');
		expect(read(text).problems.join()).toContain('not defined');
	});

	it.each([
		['Amendment to the Services Agreement dated as of January 1, 2004 between A and B.'],
		['WHEREAS the parties made an Amendment effective as of 1 May 2020; and so on.'],
		['Section 4 is replaced by: "This Agreement shall be effective as of 1 May 2020 and expire in 2021."'],
		['The Quality Agreement effective as of September 15, 2015 is amended.'],
	])('is not read from other documents: %s', (text) => {
		expect(read(text).effective.basis).toBe('unstated');
	});

	it('asks where it says two things', () => {
		const text = 'This Amendment is effective as of 1 May 2026. This Amendment shall take effect on 1 June 2026.';
		expect(read(text)).toMatchObject({
			effective: { basis: 'unstated' },
			problems: [expect.stringContaining('several days')],
		});
	});

	it('asks where it is not clear what holds from a day', () => {
		const text =
			'The parties hereby agree to amend the Agreement, effective June 1, 2026, as follows: Section 2 is deleted.';
		expect(read(text)).toMatchObject({
			effective: { basis: 'unstated' },
			problems: [expect.stringContaining('clearly')],
		});
	});

	it('asks where one party has not dated its signature', () => {
		const text =
			'This Amendment is effective as of the date of last signature.\n\nBy: /s/ A\n\nDate: 4 May 2026\n\nBy: ____\n\nDate: ______';
		expect(read(text).problems).toEqual(['a signature has no date']);
	});
});

describe('temporary and limited amendments', () => {
	it('end by themselves, and what was before holds again', () => {
		const reading = read(
			'This Amendment is effective as of 1 December 2026. This Amendment shall expire on 31 March 2027 and the Agreement shall revert to its former terms.',
		);
		expect(reading.effective).toMatchObject({ from: '2026-12-01T00:00:00.000Z', until: '2027-04-01T00:00:00.000Z' });
		expect(reading.revert?.at).toBe('2027-04-01T00:00:00.000Z');
		expect(reading.revert?.quote.text).toContain('shall expire');
	});

	it.each([
		[
			'The changes in Section 2 apply through June 30, 2027, after which they shall revert to the original terms.',
			'2027-07-01',
		],
		['This Addendum shall remain in effect until 30 June 2027.', '2027-07-01'],
		['2.1 For the period from 1 June 2027 to 31 August 2027 the number of users is increased to 40.', '2027-09-01'],
		[
			'On 1 July 2027 the fees continue, but they shall revert on 1 September 2027 to those in Exhibit A.',
			'2027-09-01',
		],
	])('%s', (text, at) => {
		expect(read(text).revert?.at).toBe(`${at}T00:00:00.000Z`);
	});

	it.each([
		'The Term of the Agreement is hereby extended to January 20, 2028.',
		'Section 4 is replaced by: "This Agreement shall expire on 31 December 2027."',
		'This Amendment shall remain in effect for the term of the Agreement.',
	])('do not end: %s', (text) => {
		expect(read(text).revert).toBeUndefined();
	});

	it.each([
		['Section 3 is amended solely with respect to the Hamburg site.', 'solely with respect to the Hamburg site'],
		['This Amendment shall apply only to users in France; all else stays.', 'only to users in France'],
		[
			'WHEREAS the parties desire to amend Exhibit A solely with respect to Funds, to provide for more.',
			'solely with respect to Funds',
		],
	])('keep their scope: %s', (text, scope) => {
		expect(read(text).scope).toBe(scope);
	});

	it.each([
		'WHEREAS Exhibit A was amended solely with respect to Funds; and nothing more.',
		'Section 3 is amended to read: "Use is allowed solely with respect to Funds."',
	])('have none: %s', (text) => {
		expect(read(text).scope).toBeUndefined();
	});
});
