import { consolidate } from '../../../../core/contract';
import { FRENCH, GERMAN } from '../amendment/styles/agreements';
import { document } from '../builders';

const ERSETZT = 'In § 5 wird „drei Monaten“ durch „vier Monaten“ ersetzt.';
const REMPLACE = 'à l’article 2, les mots « vingt (20) » sont remplacés par « trente (30) ».';

function told(base: string, amendment: string): unknown[] {
	const { changeSet, complete } = consolidate({
		contract: { id: 'c-1' },
		base: document(base, 'text'),
		amendments: [document(amendment, 'text')],
		knownAt: '2026-11-20T09:00:00.000Z',
	});
	const { effective } = changeSet;
	return [complete, effective.basis, effective.from.slice(0, 10), changeSet.amendment?.number];
}

describe('amendments in German and French are dated by their own words', () => {
	it.each([
		[`Nachtrag Nr. 1\n\nMit Wirkung zum 1. Juli 2027 wird der Vertrag wie folgt geändert:\n\n1. ${ERSETZT}`, '1'],
		[
			`Änderungsvereinbarung\n\nDiese Änderungsvereinbarung tritt am 1. Juli 2027 in Kraft.\n\n1. ${ERSETZT}`,
			undefined,
		],
		[`2. Nachtrag\n\n1. ${ERSETZT}\n\n2. Dieser Nachtrag gilt ab dem 1. Juli 2027.`, '2'],
	])('%s', (amendment, number) => {
		expect(told(GERMAN, amendment)).toEqual([true, 'stated', '2027-07-01', number]);
	});

	it.each([
		[`Avenant n° 1\n\nLe présent avenant prend effet à compter du 1er juillet 2027.\n\n1. ${REMPLACE}`, '1'],
		[`Avenant n° 3\n\n1. À compter du 1er juillet 2027, ${REMPLACE}`, '3'],
	])('%s', (amendment, number) => {
		expect(told(FRENCH, amendment)).toEqual([true, 'stated', '2027-07-01', number]);
	});

	it('and by their signature', () => {
		const amendment = `Nachtrag Nr. 1\n\nDieser Nachtrag tritt mit Unterzeichnung in Kraft.\n\n1. ${ERSETZT}\n\nBremen, den 3. Mai 2026`;
		expect(told(GERMAN, amendment)).toEqual([true, 'signature', '2026-05-03', '1']);
	});

	it('but not by what they say of the agreement', () => {
		expect(told(GERMAN, `Nachtrag Nr. 1 zum Vertrag vom 12. März 2023\n\n1. ${ERSETZT}`)[1]).toBe('unstated');
	});
});
