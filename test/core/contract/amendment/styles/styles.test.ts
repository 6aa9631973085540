import { consolidate, type Consolidated } from '../../../../../core/contract/consolidation';
import { document } from '../../builders';
import { BASES } from './agreements';
import { ELSEWHERE } from './elsewhere';
import { FIFTH } from './fifth';
import { FOURTH } from './fourth';
import { FURTHER } from './further';
import { LAST } from './last';
import { SIXTH } from './sixth';
import type { Style } from './style';
import { UK } from './uk';
import { US } from './us';

const HEAD = `AMENDMENT NO. 1

This Amendment No. 1 is dated 2 March 2026 and made between the parties to the agreement named above.

The parties agree as follows:

`;

const bare = (text: string): string => text.replace(/\s+/g, '').replace(/“|”/g, '"');

function carryOut({ base, text, whole, asOf }: Style): Consolidated {
	return consolidate({
		contract: { id: 'c-1' },
		base: document(BASES[base], base === 'DPA' ? 'markdown' : 'text'),
		amendments: [document(whole ? text : HEAD + text, 'text')],
		knownAt: '2026-11-20T09:00:00Z',
		...(asOf === undefined ? {} : { asOf }),
	});
}

function expected({ base, edits = [] }: Style): string {
	return edits.reduce((text, [from, to]) => {
		if (text.split(from).length !== 2) throw new Error(`"${from}" has to stand in the agreement once.`);
		return text.replace(from, () => to);
	}, BASES[base]);
}

const reasons = ({ instructions, changeSet }: Consolidated): string =>
	[...instructions.map(({ reason }) => reason ?? ''), ...changeSet.warnings].join('\n');

describe.each([
	['United States', US],
	['United Kingdom and Australia', UK],
	['elsewhere', ELSEWHERE],
	['written later', FURTHER],
	['written last', LAST],
	['written after that', FOURTH],
	['easily passed over', FIFTH],
	['with something behind', SIXTH],
])('amending language, %s', (_, styles) => {
	it.each(styles.map((style) => [style.is, style] as const))('%s', (_is, style) => {
		const done = carryOut(style);
		expect(bare(done.document.text)).toBe(bare(expected(style)));
		expect([done.complete, reasons(done)]).toEqual([
			style.asks === undefined,
			expect.stringMatching(style.asks ?? /^/) as string,
		]);
	});
});
