import { consolidate, type Consolidated } from '../../../../core/contract';
import { sha256, type ContractDocument, type DocumentFormat } from '../../../../core/model';

const doc = (text: string, format: DocumentFormat = 'text'): ContractDocument => ({
	sha256: sha256(text),
	format,
	text,
});

const BASE = doc(
	`# Services Agreement

This Services Agreement (the "Agreement") is made on 3 March 2026 between **Nord GmbH** and **Sud Ltd**.

## 1. Seats

The Supplier may use up to ten (10) seats.

## 2. Support

Support is given on working days.
`,
	'markdown',
);

const amendment = (instruction: string, more: { number?: number; effect?: string } = {}) =>
	doc(`Amendment No. ${more.number ?? 1} to the Services Agreement

This Amendment No. ${more.number ?? 1} to the Services Agreement dated 3 March 2026 is made between Nord GmbH and Sud Ltd${more.effect ?? ' and is effective as of 1 December 2026'}.

1. ${instruction}

IN WITNESS WHEREOF, the parties have signed this Amendment.
`);

const SEATS = 'Section 1 of the Agreement is hereby amended by replacing "ten (10)" with "twelve (12)".';
const SUPPORT = 'Section 2 of the Agreement is hereby amended by replacing "working days" with "all days".';

function done(
	amendments: ContractDocument[],
	more: { asOf?: string; zone?: string; withinScope?: boolean } = {},
): Consolidated {
	const knownAt = '2026-11-20T09:00:00.000Z';
	return consolidate({ contract: { id: 'c-1' }, base: BASE, amendments, knownAt, ...more });
}

describe('amendments that hold for some only', () => {
	const LIMITED = amendment(
		'Solely with respect to Sud Ireland Ltd, Section 1 of the Agreement is hereby amended by replacing "ten (10)" with "twelve (12)".',
	);

	it('leave the text as it is for everybody', () => {
		const { document, complete, instructions, holdsFor } = done([LIMITED]);
		expect([document.text, complete, holdsFor]).toEqual([BASE.text, false, undefined]);
		expect(instructions).toMatchObject([{ status: 'apart', reason: expect.stringMatching(/Sud Ireland/) as string }]);
	});

	it('give the text of those whom they hold for, which is never complete', () => {
		const { document, complete, holdsFor } = done([LIMITED], { withinScope: true });
		expect(document.text).toBe(BASE.text.replace('ten (10)', 'twelve (12)'));
		expect(complete).toBe(false);
		expect(holdsFor).toEqual({ scopes: [expect.stringMatching(/Sud Ireland Ltd/) as string], settled: true });
	});
});

describe('amendments that change what they do not name', () => {
	it('are not complete, and say why', () => {
		const { complete, changeSet } = done([
			amendment(
				`${SEATS}\n\n2. The provisions of Section 2 shall apply mutatis mutandis to every affiliate of the Supplier.`,
			),
		]);
		expect(complete).toBe(false);
		expect(changeSet.warnings.join('\n')).toMatch(/mutatis mutandis/);
	});
});

describe('amendments carried out on an agreement', () => {
	it('give its text, what became of each instruction, and from when it holds', () => {
		const { document, instructions, changeSet, complete } = done([amendment(SEATS)]);
		expect(document.text).toBe(BASE.text.replace('ten (10)', 'twelve (12)'));
		expect(instructions).toMatchObject([{ status: 'applied', section: '1' }]);
		expect(changeSet.effective).toMatchObject({
			from: '2026-12-01T00:00:00.000Z',
			basis: 'stated',
			retroactive: false,
		});
		expect(complete).toBe(true);
	});

	it('are dated in the zone that is asked for', () => {
		const { changeSet } = done([amendment(SEATS)], { zone: 'Europe/Berlin' });
		expect(changeSet.effective.from).toBe('2026-11-30T23:00:00.000Z');
		expect(done([amendment(SEATS)], { zone: 'Europe/Berlin', asOf: '2026-12-01' }).document.text).toContain('twelve');
	});

	it('hold from when the last of them does', () => {
		const second = amendment(SUPPORT, { number: 2, effect: ' and is effective as of 1 March 2027' });
		const { changeSet, document } = done([amendment(SEATS), second]);
		expect(changeSet.effective.from).toBe('2027-03-01T00:00:00.000Z');
		expect(document.text).toContain('all days');
	});

	it('leave out what does not hold yet on the day that is asked for, which is no loss', () => {
		const second = amendment(SUPPORT, { number: 2, effect: ' and is effective as of 1 March 2027' });
		const { document, instructions, complete } = done([amendment(SEATS), second], { asOf: '2026-12-31' });
		expect(document.text).toContain('twelve (12)');
		expect(document.text).toContain('working days');
		expect(instructions.map(({ status }) => status)).toEqual(['applied', 'apart']);
		expect(complete).toBe(true);
	});

	it.each([
		['words that the agreement does not have', amendment(SEATS.replace('ten (10)', 'ninety'))],
		['a part only', amendment(`Solely with respect to the Berlin office, ${SEATS}`)],
		['nothing that could be carried out', amendment('The parties shall meet for lunch.')],
	])('are not complete where they speak of %s', (_name, one) => {
		expect(done([one])).toMatchObject({ complete: false });
	});

	it('change nothing where nothing can be carried out', () => {
		const { document } = done([amendment(SEATS.replace('ten (10)', 'ninety'))]);
		expect(document.text).toBe(BASE.text);
	});
});
