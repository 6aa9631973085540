import { scanReferences } from '../../../core/contract/references';
import { compare, outline } from './builders';

const shown = (text: string): string[] => scanReferences(text).map((reference) => reference.display);

describe('cross-references in a text', () => {
	it.each([
		['as set out in Section 4.2.', ['Section 4.2']],
		['under Clause 4.2(b)(ii) and otherwise', ['Clause 4.2(b)(ii)']],
		['Sections 4.1, 4.2(a) and 5 survive', ['Section 4.1', 'Section 4.2(a)', 'Section 5']],
		['Sections 4.1 to 4.3 apply', ['Section 4.1', 'Section 4.2', 'Section 4.3']],
		['Sections 4.2(a) and (c)', ['Section 4.2(a)', 'Section 4.2(c)']],
		['see paragraph (b) below', ['Paragraph (b)']],
		['under §§ 3 und 4 dieses Vertrages', ['§ 3', '§ 4']],
		['gemäß Ziffer 7.2 und Anlage 1', ['Ziffer 7.2', 'Anlage 1']],
		["conformément à l'article 9.3", ['Article 9.3']],
		['Article IV and Schedule A', ['Article IV', 'Schedule A']],
		['item 3 of Exhibit B', ['Item 3 of Exhibit B', 'Exhibit B']],
		['Section D.3 of these Terms', ['Section D.3']],
		['nach § 4 Absatz 2 und § 5 Abs. 1', ['§ 4 Absatz 2', '§ 5 Abs. 1']],
		['nach Absatz 3', ['Absatz 3']],
		["à l'article 4, alinéa 2", ['Article 4, alinéa 2']],
		['وفقا للمادة 2 والملحق 1', ['المادة 2', 'الملحق 1']],
		['بموجب المواد 2 و 5', ['المادة 2', 'المادة 5']],
		['כאמור בסעיף 4 ובנספח 2', ['סעיף 4', 'נספח 2']],
	])('reads %j', (text, expected) => expect(shown(text)).toEqual(expected));

	it.each([
		'Section 230 of the Communications Decency Act',
		'17 U.S.C. Section 101',
		'Article 28 GDPR',
		'nach § 312 Absatz 2 BGB',
		'Section 365(n) of the United States Bankruptcy Code',
		'this Section applies',
		'Section five',
		'a fee of 25',
	])('finds none in %j', (text) => expect(shown(text)).toEqual([]));

	it('does not take the days behind a number for another section', () => {
		expect(shown('under Sections 5, 10 days after notice')).toEqual(['Section 5']);
	});
});

const bodies = {
	scope: 'Scope. The provider runs the service for the customer during the term.',
	fees: 'Fees. The customer pays the fees within thirty days after the invoice.',
	audit: 'Audit. Records are open to inspection by the customer at any time.',
	law: 'Law. The laws of Germany govern this agreement and all disputes about it.',
};
const numbered = (...texts: string[]): string => texts.map((text, index) => `${index + 1}. ${text}`).join('\n\n');

describe('cross-references after a change', () => {
	it('follow a renumbering without being edits', () => {
		const before = numbered(bodies.scope, bodies.fees, 'Survival. Section 2 survives the end of this agreement.');
		const after = numbered(
			bodies.audit,
			bodies.scope,
			bodies.fees,
			'Survival. Section 3 survives the end of this agreement.',
		);
		const survival = compare(before, after).changes.at(-1);
		expect(survival).toMatchObject({
			op: ['renumbered'],
			refs: { broken: [], retargeted: [{ from: 'Section 2', to: 'Section 3' }] },
		});
		expect(survival?.needsHuman).toBeUndefined();
	});

	it('are told where they silently lead to another clause', () => {
		const before = numbered(bodies.scope, bodies.fees, bodies.law, 'Survival. Section 2 survives the end.');
		const after = numbered(
			bodies.scope,
			bodies.audit,
			bodies.fees,
			bodies.law,
			'Survival. Section 2 survives the end.',
		);
		const result = compare(before, after);
		const survival = result.changes.find((change) => change.clause?.heading === 'Survival');
		expect(survival).toMatchObject({ op: ['renumbered'], refs: { broken: ['Section 2'] } });
		expect(survival?.needsHuman?.reason).toContain('2 "Fees"');
		expect(survival?.needsHuman?.reason).toContain('2 "Audit"');
		expect(result.warnings).toEqual([survival?.needsHuman?.reason]);
		expect(result.unresolved).toEqual([survival?.id]);
	});

	it('are told of a clause of which nothing else changed, with no operation', () => {
		const before = numbered('Survival. Section 3 survives the end.', bodies.scope, bodies.fees, bodies.law);
		const after = numbered(
			'Survival. Section 3 survives the end.',
			bodies.scope,
			bodies.audit,
			bodies.fees,
			bodies.law,
		);
		const survival = compare(before, after).changes.find((change) => change.clause?.heading === 'Survival');
		expect(survival).toMatchObject({ op: [], refs: { broken: ['Section 3'], retargeted: [] } });
		expect(survival?.text).toBeUndefined();
	});

	it('are broken where their clause is gone', () => {
		const before = numbered(bodies.scope, 'Survival. Section 3 survives the end.', bodies.audit);
		const after = numbered(bodies.scope, 'Survival. Section 3 survives the end.');
		const survival = compare(before, after).changes.find((change) => change.clause?.heading === 'Survival');
		expect(survival?.refs?.broken).toEqual(['Section 3']);
	});

	it('follow letters in brackets', () => {
		const items = (letters: string[]): string => letters.map((text, i) => `(${'abcd'.charAt(i)}) ${text}`).join('\n\n');
		const text = (inserted: string[], letter: string): string =>
			`4.2 Duties. The provider shall:\n\n${items([...inserted, 'keep the records in good order;', 'answer all requests in writing;'])}\n\n4.3 Breach. A breach of Section 4.2(${letter}) is material.`;
		const result = compare(text([], 'b'), text(['train its own staff every year;'], 'c'), { format: 'text' });
		const breach = result.changes.find((change) => change.clause?.heading === 'Breach');
		expect(breach).toMatchObject({
			op: ['renumbered'],
			refs: { retargeted: [{ from: 'Section 4.2(b)', to: 'Section 4.2(c)' }] },
		});
		expect(
			compare(text([], 'b'), text(['train its own staff every year;'], 'b'), { format: 'text' }).warnings,
		).toHaveLength(1);
	});

	it('stay whole where a whole list of them was rewritten', () => {
		const before = numbered(bodies.scope, bodies.audit, bodies.fees, bodies.law, 'Survival. Sections 3 and 4 survive.');
		const after = numbered(bodies.scope, bodies.fees, bodies.law, 'Survival. Sections 2 and 3 survive the end.');
		const survival = compare(before, after).changes.find((change) => change.clause?.heading === 'Survival');
		expect(survival?.refs?.broken ?? []).toEqual([]);
	});

	it('of a schedule mean the schedule', () => {
		const text = (extra: string): string =>
			`1. Use. Seats are listed in item 1 of Schedule A.\n\n${extra}# Schedule A\n\n1. Seats for named users only.\n\n2. Support in office hours.`;
		expect(compare(text(''), text('2. Audit. Records are open to inspection.\n\n')).warnings).toEqual([]);
	});

	it('that were edited to mean something else are edits', () => {
		const before = numbered(bodies.scope, bodies.fees, bodies.law, 'Survival. Section 2 survives the end.');
		const result = compare(before, before.replace('Section 2', 'Section 3'));
		expect(outline(result)).toEqual(['modified clause 4']);
		expect(result.changes[0]?.refs).toBeUndefined();
	});
});

describe('a paragraph of another section, as German contracts name it,', () => {
	const contract = (notice: string, section: number): string =>
		`§ 1 Zahlung\n\n(1) Die Rechnung ist sofort fällig.\n\n(2) Bei Verzug gilt § ${section} Absatz 2.\n\n${notice}§ ${section} Haftung\n\n(1) Gehaftet wird für Vorsatz.\n\n(2) Zinsen betragen neun Prozent.`;
	const inserted = contract('§ 2 Zutritt\n\nZutritt erhält, wer benannt ist.\n\n', 3);

	it('follows the renumbering of its section', () => {
		const { changes } = compare(contract('', 2), inserted, { format: 'text' });
		const [follows] = changes.filter(({ refs }) => refs);
		expect(follows).toMatchObject({
			op: ['renumbered'],
			refs: { broken: [], retargeted: [{ from: '§ 2 Absatz 2', to: '§ 3 Absatz 2' }] },
		});
	});

	it('is broken where the paragraph is gone, and only then', () => {
		const broken = (after: string): string[] =>
			compare(contract('', 2), after, { format: 'text' }).changes.flatMap(({ refs }) => refs?.broken ?? []);
		expect(broken(contract('', 2).replace('\n\n(2) Zinsen betragen neun Prozent.', ''))).toEqual(['§ 2 Absatz 2']);
		expect(broken(contract('', 2).replace('neun', 'acht'))).toEqual([]);
	});
});
