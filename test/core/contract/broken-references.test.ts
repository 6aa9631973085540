import { renderRedline } from '../../../core/contract';
import { compare, document } from './builders';

const BEFORE = `# Lease

## 1. Rent

1.1 The rent is due monthly, subject to Section 2.2.

1.2 EXCEPT AS SET OUT IN SECTIONS 2.1 AND 2.2, NO PARTY IS LIABLE FOR ANY LOSS OF THE RENT.

## 2. General

2.1 Notices are sent by letter.

2.2 Amendments are made in writing and signed by both parties.
`;
const CUT = BEFORE.replace('\n2.2 Amendments are made in writing and signed by both parties.\n', '');

describe('a reference whose clause is gone', () => {
	const result = compare(BEFORE, CUT);
	const broken = result.changes.filter(({ refs }) => (refs?.broken.length ?? 0) > 0);

	it('needs a person and is unresolved', () => {
		expect(broken.map(({ clause }) => clause?.numberAfter)).toEqual(['1.1', '1.2']);
		expect(broken.map(({ needsHuman }) => needsHuman?.reason)).toEqual([
			'The reference to Section 2.2 leads nowhere now.',
			'The reference to Section 2.2 leads nowhere now.',
		]);
		expect(result.unresolved).toEqual(broken.map(({ id }) => id));
	});

	it('stands on the redline once', () => {
		const page = renderRedline(result, { before: document(BEFORE), after: document(CUT) });
		expect(page).toContain('1 removed, 2 with broken references only');
		const attention = /<section class="attention">.*?<\/section>/s.exec(page)?.[0] ?? '';
		expect(attention.match(/leads nowhere now/g)).toHaveLength(2);
	});

	it('is found in clauses that were put together, too', () => {
		const joined = CUT.replace(
			'2.1 Notices are sent by letter.\n',
			'2.1 Notices are sent by letter.\n\n2.2 The tenant sweeps the stairs, subject to Section 3.1.\n\n## 3. Keys\n\n3.1 Keys are counted.\n',
		);
		const merged = joined
			.replace('2.1 Notices are sent by letter.\n\n2.2 The', '2.1 Notices are sent by letter. The')
			.replace('\n\n## 3. Keys\n\n3.1 Keys are counted.\n', '\n');
		const [change] = compare(joined, merged).changes.filter(({ op }) => op.includes('merged'));
		expect(change?.refs?.broken).toEqual(['Section 3.1']);
		expect(change?.needsHuman?.reason).toContain('Section 3.1');
	});
});

describe('a clause in capitals', () => {
	it('has references that follow a renumbering', () => {
		const moved = BEFORE.replace('## 2. General', '## 2. Pets\n\n2.1 Dogs are welcome.\n\n## 3. General')
			.replace('2.1 Notices', '3.1 Notices')
			.replace('2.2 Amendments', '3.2 Amendments')
			.replace('subject to Section 2.2', 'subject to Section 3.2')
			.replace('SECTIONS 2.1 AND 2.2', 'SECTIONS 3.1 AND 3.2');
		expect(compare(BEFORE, moved).stats).toMatchObject({ modified: 0, removed: 0 });
	});

	it('has no reference to a statute', () => {
		const law = 'NOTHING LIMITS LIABILITY UNDER SECTION 2.2 OF THE CIVIL CODE.';
		const text = BEFORE.replace(/EXCEPT AS.*/, law);
		const result = compare(
			text,
			text.replace('\n2.2 Amendments are made in writing and signed by both parties.\n', ''),
		);
		expect(result.changes.filter(({ refs }) => refs).map(({ clause }) => clause?.numberAfter)).toEqual(['1.1']);
	});

	it('is reached by a term whose definition changed', () => {
		const terms = (meaning: string): string => BEFORE.replace('1.1 The', `1.3 "Rent" means ${meaning}.\n\n1.1 The`);
		const [change] = compare(terms('EUR 900'), terms('EUR 950')).changes;
		expect(change?.termsReached).toEqual(['1.2']);
	});
});
