import fc from 'fast-check';
import { compare, outline } from './builders';
import {
	applyStructured,
	everySection,
	linesOf,
	render,
	section,
	structured,
	type Article,
	type Structured,
} from './structured-contracts';

// LAW_RUNS=5000 looks further than every run has time for.
const runs = { numRuns: Number(process.env['LAW_RUNS'] ?? 100) };
const place = fc.nat(60);

/** Article and place of the section that is `at`-th of all, modulo what there is. */
function find({ articles }: Structured, at: number): { article: number; place: number } {
	const all = articles.flatMap(({ sections }, article) => sections.map((_, index) => ({ article, place: index })));
	return all[at % all.length] ?? { article: 0, place: 0 };
}

function withArticle(made: Structured, at: number, change: (article: Article) => Article): Structured {
	return { ...made, articles: made.articles.map((each, index) => (index === at ? change(each) : each)) };
}

type Edit = (made: Structured) => Structured;

const edit: fc.Arbitrary<Edit> = fc.oneof(
	fc.tuple(place, section).map(([at, added]): Edit => (made) => {
		const { article, place: index } = find(made, at);
		return withArticle(made, article, (each) => ({ ...each, sections: each.sections.toSpliced(index, 0, added) }));
	}),
	place.map((at): Edit => (made) => {
		const { article, place: index } = find(made, at);
		return withArticle(made, article, (each) => ({ ...each, sections: each.sections.toSpliced(index, 1) }));
	}),
	fc.tuple(place, place).map(
		([at, to]): Edit =>
			(made) =>
				moved(made, at, to),
	),
	fc.tuple(place, fc.constantFrom('never', 'always', 'twice')).map(([at, word]): Edit => (made) => {
		const { article, place: index } = find(made, at);
		return withArticle(made, article, (each) => ({
			...each,
			sections: each.sections.map((one, number) =>
				number === index ? { ...one, body: one.body.replace(' applies', ` ${word} applies`) } : one,
			),
		}));
	}),
	fc.tuple(place, fc.integer({ min: 1, max: 900 })).map(([at, seats]): Edit => (made) => ({
		...made,
		rows: made.rows.map((row, index) => (index === at % made.rows.length ? { ...row, seats } : row)),
	})),
	place.map((at): Edit => (made) => ({ ...made, rows: made.rows.toSpliced(at % Math.max(1, made.rows.length), 1) })),
	place.map((at): Edit => (made) => ({
		...made,
		terms: made.terms.map((term, index) =>
			index === at % made.terms.length ? { ...term, meaning: `${term.meaning} It is final.` } : term,
		),
	})),
	place.map((at): Edit => (made) => {
		const [article] = made.articles.slice(at % made.articles.length);
		const rest = made.articles.filter((each) => each !== article);
		return article ? { ...made, articles: rest.toSpliced((at * 7) % (rest.length + 1), 0, article) } : made;
	}),
);

function moved(made: Structured, at: number, to: number): Structured {
	const { article, place: index } = find(made, at);
	const target = made.articles[article]?.sections[index];
	if (!target) return made;
	const without = withArticle(made, article, (each) => ({ ...each, sections: each.sections.toSpliced(index, 1) }));
	const into = to % made.articles.length;
	return withArticle(without, into, (each) => ({
		...each,
		sections: each.sections.toSpliced(to % (each.sections.length + 1), 0, target),
	}));
}

describe('laws of comparison over contracts with articles, lists, definitions, references and schedules', () => {
	it('finds nothing between equal contracts', () => {
		fc.assert(
			fc.property(structured, (made) => {
				expect(compare(render(made), render(made)).changes).toEqual([]);
			}),
			runs,
		);
	});

	it('gives the later contract, numbers and rows included, when its changes are carried out on the earlier one', () => {
		fc.assert(
			fc.property(structured, fc.array(edit, { minLength: 1, maxLength: 6 }), (made, edits) => {
				const [before, after] = [render(made), render(edits.reduce((each, step) => step(each), made))];
				const result = compare(before, after);
				fc.pre(result.stats.split + result.stats.merged === 0);
				expect(applyStructured(before, result)).toEqual(linesOf(after));
			}),
			runs,
		);
	});

	it('adds, removes and edits nothing where sections and rows only changed places', () => {
		fc.assert(
			fc.property(structured, place, place, (made, at, to) => {
				const after = { ...moved(made, at, to), rows: made.rows.toReversed() };
				const { stats, changes } = compare(render(made), render(after));
				expect(stats).toMatchObject({ added: 0, removed: 0, modified: 0 });
				expect(changes.flatMap(({ refs }) => refs?.broken ?? [])).toEqual([]);
			}),
			runs,
		);
	});

	it('tells an inserted section as one addition; all else is renumbering, and references follow it', () => {
		fc.assert(
			fc.property(structured, section, place, (made, added, at) => {
				const extra = { ...added, heading: 'Entirely Other Matters', items: [] };
				const { article, place: index } = find(made, at);
				const after = withArticle(made, article, (each) => ({
					...each,
					sections: each.sections.toSpliced(index, 0, extra),
				}));
				const result = compare(render(made), render(after));
				expect(result.stats).toMatchObject({ added: 1, removed: 0, modified: 0, moved: 0 });
				const others = outline(result).filter((line) => !line.startsWith('added') && !line.startsWith('renumbered'));
				expect(others).toEqual([]);
			}),
			runs,
		);
	});

	it('tells a party of another name as one change, and nothing else', () => {
		fc.assert(
			fc.property(structured, (made) => {
				const named = (supplier: string): string =>
					render(
						everySection({ ...made, supplier }, (each) => ({ ...each, body: `${each.body} ${supplier} agrees.` })),
					);
				const { changes } = compare(named(made.supplier), named('Aurora Cloud SE'));
				expect(changes.map(({ kind, field }) => [kind, field?.to])).toEqual([['party', 'Aurora Cloud SE']]);
			}),
			runs,
		);
	});

	it('tells a defined term of another name as one change, and nothing else', () => {
		fc.assert(
			fc.property(structured, (made) => {
				const [first, ...others] = made.terms;
				if (!first) return;
				const named = (term: string): string =>
					render(
						everySection({ ...made, terms: [{ ...first, term }, ...others] }, (each) => ({
							...each,
							body: `${each.body} Each ${term} counts.`,
						})),
					);
				const { changes } = compare(named('Zonal Quota'), named('Regional Allotment'));
				expect(changes.map(({ kind, field }) => [kind, field?.from, field?.to])).toEqual([
					['definition', 'Zonal Quota', 'Regional Allotment'],
				]);
			}),
			runs,
		);
	});

	it('names the sections that a changed definition reaches', () => {
		fc.assert(
			fc.property(structured, place, (made, at) => {
				const { article, place: index } = find(made, at);
				const user = made.articles[article]?.sections[index];
				const [first, ...others] = made.terms;
				if (!user || !first) return;
				const text = (meaning: string): string =>
					render(
						everySection({ ...made, terms: [{ term: 'Zonal Quota', meaning }, ...others] }, (each) =>
							each.heading === user.heading ? { ...each, body: `${each.body} No Zonal Quota lapses.` } : each,
						),
					);
				const [change, ...rest] = compare(text(first.meaning), text(`${first.meaning} It is final.`)).changes;
				expect(rest).toEqual([]);
				expect(change).toMatchObject({ kind: 'definition', op: ['modified'] });
				expect(change?.termsReached).toEqual([`${article + 1}.${index + 1} "${user.heading}"`]);
			}),
			runs,
		);
	});
});
