import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readContractPeriod, readDates, readEffective } from '../../core/contract';
import { sha256, type ContractDocument } from '../../core/model';

const setting = process.env['CONTRACT_CORPUS'];
const corpus = path.resolve(setting ?? path.join(__dirname, '../../../shared/corpus'));
const KNOWN = '2026-11-20T09:00:00Z';

function list(folder: string): string[] {
	const full = path.join(corpus, folder);
	return existsSync(full) ? readdirSync(full).sort() : [];
}

const amendments = list('amendments').filter((name) => name.endsWith('.txt'));
const bases = list('amendments/base').filter((name) => name.endsWith('.txt'));
const versions = list('pairs').flatMap((pair) =>
	['before.md', 'before.txt', 'after.md', 'after.txt']
		.map((name) => path.join('pairs', pair, name))
		.filter((name) => existsSync(path.join(corpus, name))),
);

function document(name: string): ContractDocument {
	const text = readFileSync(path.join(corpus, name), 'utf8');
	return { sha256: sha256(text), format: name.endsWith('.md') ? 'markdown' : 'text', text };
}

/** `day basis` of an amendment, or `unstated` with the first problem. */
function effect(name: string): string {
	const { effective, problems } = readEffective({ document: document(`amendments/${name}`), knownAt: KNOWN });
	return effective.basis === 'unstated'
		? `unstated: ${problems[0] ?? ''}`
		: `${effective.from.slice(0, 10)} ${effective.basis}`;
}

/** Read by a person in each file. */
const EFFECTS: Record<string, string> = {
	'01': '2018-06-11 stated',
	'04': '2005-11-11 stated',
	'05': '2006-03-27 stated',
	'06': '2007-02-19 stated',
	'08': '2016-03-01 stated',
	'11': '2017-12-21 stated',
	'12': '2011-07-05 stated',
	'13': '2018-06-22 signature',
	'16': '1998-02-23 stated',
	'19': '2016-01-06 signature',
	'20': '2019-07-01 stated',
	'22': '1996-12-09 stated',
	// Its day was left out of the published text.
	'14': 'unstated: the text gives no date for "Effective Date"',
	// It holds from its last signature, and that has no century.
	'17': 'unstated: "8/4/10" names no century',
};

const PERIODS: Record<string, { start?: string; initialEnd?: string; problem?: string }> = {
	Bellring: { start: '2017-07-01', initialEnd: '2022-12-31' },
	GluMobile: { start: '2004-12-16', initialEnd: '2006-12-31' },
	NETGEAR: { start: '1996-03-01', initialEnd: '1997-02-28' },
	BIOAMBER: { problem: 'is not defined' },
	Scansource: { problem: 'names no century' },
};

if (setting === 'none') {
	it('was told that there is no corpus (CONTRACT_CORPUS=none)', () => expect(amendments).toEqual([]));
} else {
	describe('days of real contracts', () => {
		it('are there to be read', () => {
			if (amendments.length === 0 || bases.length === 0 || versions.length === 0) {
				throw new Error(
					`There is no corpus at ${corpus}. Set CONTRACT_CORPUS to the folder that holds "pairs" and "amendments", or to "none" to go without.`,
				);
			}
		});

		const all = [
			...versions,
			...amendments.map((name) => `amendments/${name}`),
			...bases.map((name) => `amendments/base/${name}`),
		];

		it.each(all)('%s: every day stands in the text it is quoted from', (name) => {
			const whole = document(name);
			for (const { day, problem, quote, steps } of readDates(whole)) {
				expect([day, problem].filter((part) => part !== undefined)).toHaveLength(1);
				expect(whole.text.length).toBeGreaterThanOrEqual(quote.span.end);
				// A date that needed no working out has its year in the words.
				if (day !== undefined && steps.length === 0) expect(quote.text).toContain(day.slice(0, 4));
			}
		});

		it.each(all)('%s: a term either has an end or says why not', (name) => {
			const { initialEnd, problems, quote } = readContractPeriod({ document: document(name), asOf: '2026-01-01' });
			expect(initialEnd !== undefined || problems.length > 0).toBe(true);
			if (initialEnd !== undefined) expect(quote).toBeDefined();
		});

		for (const name of amendments.filter((file) => Object.hasOwn(EFFECTS, file.slice(0, 2)))) {
			it(`${name}: holds from the day that its words name`, () => expect(effect(name)).toBe(EFFECTS[name.slice(0, 2)]));
		}

		for (const name of amendments.filter((file) => file.startsWith('08'))) {
			it(`${name}: keeps to whom it is limited, and does not end by itself`, () => {
				const read = readEffective({ document: document(`amendments/${name}`), knownAt: KNOWN });
				expect(read.scope).toMatch(/^solely with respect to /);
				expect(read.revert).toBeUndefined();
			});
		}

		for (const [name, wanted] of Object.entries(PERIODS)) {
			for (const file of bases.filter((base) => base.startsWith(name))) {
				it(`${file}: has the term that its words name`, () => {
					const period = readContractPeriod({ document: document(`amendments/base/${file}`) });
					const { problem, ...days } = wanted;
					expect(period).toMatchObject(days);
					if (problem === undefined) expect(period.problems).toEqual([]);
					else
						expect([period.initialEnd, period.problems.join()]).toEqual([undefined, expect.stringContaining(problem)]);
				});
			}
		}
	});
}
