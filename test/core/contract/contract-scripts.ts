import fc from 'fast-check';

/** A clause of a made-up contract; its number is its place. */
export interface Clause {
	heading: string;
	body: string;
	items: string[];
}

export const VOCABULARY =
	'access agreement annual approval asset audit balance breach budget carrier claim consent copyright court customer damage data delay delivery deposit device dispute document duty employee event export failure fee goods guarantee harm hosting import income insurance interest inventor invoice journal keeper labour language lease licence manager material measure network notice object office option order outage owner partner password patent payment penalty permit person platform premium price product profit project property provider purchase quality quarter receipt record refund region release remedy renewal repair report request reserve revenue review royalty safety schedule security service session shipment signature software source storage supplier support surety system target tax tenant territory ticket title training transfer travel treaty trustee update usage vendor venue vessel visit voucher waiver warehouse warranty witness worker'.split(
		' ',
	);

const words = (least: number, most: number): fc.Arbitrary<string[]> =>
	fc.uniqueArray(fc.constantFrom(...VOCABULARY), { minLength: least, maxLength: most });
const sentence = (least: number, most: number): fc.Arbitrary<string> =>
	words(least, most).map((list) => `The ${list.join(' ')} applies.`);
const title = words(2, 3).map((list) => list.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '));

export const clause: fc.Arbitrary<Clause> = fc.record({
	heading: title,
	body: sentence(10, 24),
	items: fc.array(sentence(7, 12), { maxLength: 3 }),
});

/** Contracts whose headings and sentences differ from each other. */
export const contract: fc.Arbitrary<Clause[]> = fc.uniqueArray(clause, {
	minLength: 4,
	maxLength: 14,
	comparator: (a, b) => a.heading === b.heading || a.body === b.body || a.items.some((item) => b.items.includes(item)),
});

export function render(clauses: readonly Clause[], first = 1): string {
	return clauses
		.map(({ heading, body, items }, index) =>
			[`## ${index + first}. ${heading}`, body, ...items.map((item, place) => `(${'abc'.charAt(place)}) ${item}`)].join(
				'\n\n',
			),
		)
		.join('\n\n');
}

/** One step of an edit; places are taken modulo what is there. */
export type Edit =
	| { what: 'insert'; at: number; clause: Clause }
	| { what: 'remove'; at: number }
	| { what: 'move'; at: number; to: number }
	| { what: 'word'; at: number; word: string }
	| { what: 'item'; at: number; item: string };

const place = fc.nat(40);
const edit: fc.Arbitrary<Edit> = fc.oneof(
	fc.record({ what: fc.constant('insert' as const), at: place, clause }),
	fc.record({ what: fc.constant('remove' as const), at: place }),
	fc.record({ what: fc.constant('move' as const), at: place, to: place }),
	fc.record({ what: fc.constant('word' as const), at: place, word: fc.constantFrom(...VOCABULARY) }),
	fc.record({ what: fc.constant('item' as const), at: place, item: sentence(7, 12) }),
);

export const script: fc.Arbitrary<Edit[]> = fc.array(edit, { minLength: 1, maxLength: 8 });

export function perform(clauses: readonly Clause[], edits: readonly Edit[]): Clause[] {
	return edits.reduce<Clause[]>((list, step) => performOne(list, step), [...clauses]);
}

function performOne(list: Clause[], step: Edit): Clause[] {
	const at = step.at % Math.max(1, list.length);
	const target = list[at];
	if (step.what === 'insert') return list.toSpliced(at, 0, step.clause);
	if (!target) return list;
	if (step.what === 'remove') return list.toSpliced(at, 1);
	if (step.what === 'move') return list.toSpliced(at, 1).toSpliced(step.to % list.length, 0, target);
	if (step.what === 'word')
		return list.with(at, { ...target, body: target.body.replace(/ \w+ applies/, ` ${step.word} applies`) });
	return target.items.length >= 3 ? list : list.with(at, { ...target, items: [...target.items, step.item] });
}
