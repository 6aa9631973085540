import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
	amendmentChangeSet,
	applyAmendment,
	applyAmendments,
	readAmendments,
	type Amendment,
	type Consolidation,
} from '../../core/contract/amendment';
import { readDocument, type ContractTree } from '../../core/contract';
import { sha256, type ContractDocument } from '../../core/model';
import { EFFECTIVE } from '../core/contract/builders';

const setting = process.env['CONTRACT_CORPUS'];
const corpus = path.resolve(setting ?? path.join(__dirname, '../../../shared/corpus'));
const amendments = path.join(corpus, 'amendments');
const files = existsSync(amendments)
	? readdirSync(amendments)
			.filter((name) => name.endsWith('.txt'))
			.sort()
	: [];

function read(...parts: string[]): ContractDocument {
	const file = path.join(corpus, ...parts);
	const text = readFileSync(file, 'utf8');
	return { sha256: sha256(text), format: file.endsWith('.md') ? 'markdown' : 'text', text };
}

const named = (start: string): string => files.find((name) => name.startsWith(start)) ?? start;
const amendmentsOf = (start: string): Amendment[] => readAmendments(read('amendments', named(start)));

/** Base agreement of an amendment by `SOURCES.tsv`; undefined where the corpus has none. */
function baseOf(file: string): ContractDocument | undefined {
	const rows = readFileSync(path.join(amendments, 'SOURCES.tsv'), 'utf8').split('\n');
	const name = rows.map((row) => row.split('\t')).find(([first]) => first === file)?.[2] ?? '';
	return name !== '' && existsSync(path.join(amendments, 'base', name)) ? read('amendments', 'base', name) : undefined;
}

/** But for emphasis and white space. */
const bare = (text: string): string => text.replace(/[*_]/g, '').replace(/\s+/g, '');

/** Where two texts first differ but for emphasis and white space, with a few words of each. */
function firstDifference(ours: string, oracle: string): { ours: string; oracle: string } | undefined {
	const [a, b] = [bare(ours), bare(oracle)];
	if (a === b) return undefined;
	let at = 0;
	while (a[at] === b[at]) at++;
	return { ours: a.slice(at - 20, at + 60), oracle: b.slice(at - 20, at + 60) };
}

const kinds = (list: Amendment[]): string[] => list.flatMap(({ instructions }) => instructions.map(({ kind }) => kind));

/** Covenants of the amendment itself: told to a person each, never carried out, and not among what it orders of clauses. */
function covenants(list: Amendment[]): Set<string> {
	const told = list
		.flatMap(({ instructions }) => instructions)
		.filter(({ kind, target, needsHuman }) => kind === 'supplement' && target.places.length === 0 && needsHuman);
	return new Set(told.map(({ id }) => id));
}

/** Status of each instruction by its kind. */
function outcomes(done: Consolidation, list: Amendment[]): string[] {
	const all = list.flatMap(({ instructions }) => instructions);
	const besides = covenants(list);
	for (const { instructionId, status } of done.results)
		if (besides.has(instructionId)) expect(status).toBe('ambiguous');
	return done.results
		.filter(({ instructionId }) => !besides.has(instructionId))
		.map(({ instructionId, status }) => `${status} ${all.find(({ id }) => id === instructionId)?.kind ?? ''}`);
}

/** Joins the base's untouched stretches to the reported ones: nothing else may have changed. */
function expectOnlyReported(base: ContractDocument, done: Consolidation): void {
	const changes = done.results
		.flatMap((result) => result.changes)
		.sort((a, b) => b.after.start - a.after.start || b.before.start - a.before.start);
	let { text } = done.text;
	for (const { before, after } of changes)
		text = text.slice(0, after.start) + base.text.slice(before.start, before.end) + text.slice(after.end);
	expect(text).toBe(base.text);
}

function ordersOn(number: string): string[] {
	return [
		`Section ${number} is hereby deleted.`,
		`Section ${number} is deleted in its entirety and replaced with the following: "${number} Quiet hours hold.\n\nAt night too."`,
		`The first sentence of Section ${number} is deleted and replaced with the following: "Quiet hours hold."`,
		`The second sentence of Section ${number} is deleted.`,
		`Section ${number} is amended by adding the following at the end thereof: "Quiet hours hold."`,
	];
}

/** How many clauses of the earlier tree are not found again in the later one, at its start or end, with number and words. */
function lost(before: ContractTree, after: ContractTree): number {
	const signs = (tree: ContractTree): string[] =>
		tree.nodes.map((node) => `${node.number ?? ''}|${node.heading ?? ''}|${node.text.slice(0, 60)}`);
	const [a, b] = [signs(before), signs(after)];
	let start = 0;
	while (start < a.length && a[start] === b[start]) start++;
	let end = 0;
	while (end < a.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
	return a.length - start - end;
}

if (setting === 'none') {
	it('was told that there is no corpus (CONTRACT_CORPUS=none)', () => expect(true).toBe(true));
} else {
	describe('real amendments', () => {
		it('are there', () => {
			if (files.length === 0)
				throw new Error(
					`There are no amendments at ${amendments}. Set CONTRACT_CORPUS to the folder that holds "amendments", or to "none" to go without.`,
				);
		});

		describe('D05: nine instructions', () => {
			const base = read('pairs', 'D05', 'before.md');
			const list = readAmendments(read('pairs', 'D05', 'amendment.txt'));
			const ops = JSON.parse(read('pairs', 'D05', 'ops.json').text) as Array<{
				id: number;
				op: string;
				target: string;
				part?: string;
			}>;

			it.each(ops)('$id: $op $target', ({ id, op, target, part }) => {
				const instruction = list[0]?.instructions[id - 1];
				const [place] = [...(instruction?.target.adds ?? []), ...(instruction?.target.places ?? [])];
				const number = place?.steps.find((step) => step.by === 'number');
				const [first, ...rest] = number?.by === 'number' ? number.parts : [];
				expect(`${first ?? ''}${rest.map((one) => `(${one})`).join('')}`).toBe(target);
				expect(instruction?.kind.split('_')[0]).toBe(op);
				const sentence = place?.steps.find((step) => step.by === 'sentence');
				const which = sentence?.by === 'sentence' ? sentence.which : instruction?.position?.ordinal;
				if (part !== undefined) expect(which === -1 ? 'last sentence' : `sentence ${which ?? 0}`).toBe(part);
			});

			it('give the consolidated text', () => {
				const done = applyAmendments({ base, amendments: list });
				expect(new Set(done.results.map(({ status }) => status))).toEqual(new Set(['applied']));
				expect(firstDifference(done.text.text, read('pairs', 'D05', 'after.md').text)).toBeUndefined();
				expectOnlyReported(base, done);
			});

			it('stand behind each change of the change set', () => {
				const set = amendmentChangeSet({ contract: { id: 'D05' }, base, amendments: list, effective: EFFECTIVE });
				const told = new Set(set.changes.map((change) => change.instruction?.id));
				expect(list[0]?.instructions.filter(({ id }) => !told.has(id))).toEqual([]);
				expect(set.changes.filter(({ origin }) => origin !== 'instruction')).toEqual([]);
			});
		});

		it.each([
			['D01', '06'],
			['D03', '08'],
			['D04', '17'],
		])('%s: the amendment gives the consolidated text', (pair, start) => {
			const base = read('pairs', pair, 'before.txt');
			const list = amendmentsOf(start);
			const done = applyAmendments({ base, amendments: list });
			expect(firstDifference(done.text.text, read('pairs', pair, 'after.txt').text)).toBeUndefined();
			expectOnlyReported(base, done);
			const besides = covenants(list);
			expect(done.unresolved.filter(({ instructionId }) => !besides.has(instructionId))).toEqual([]);
		});

		it('D02: the words told by an instruction of our own about them', () => {
			const [base, after] = [read('pairs', 'D02', 'before.txt'), read('pairs', 'D02', 'after.txt')];
			let start = 0;
			while (base.text[start] === after.text[start]) start++;
			start = base.text.lastIndexOf(' ', start) + 1;
			const inserted = after.text.slice(start, start + after.text.length - base.text.length);
			const anchor = base.text.slice(0, start).trimEnd().split(' ').slice(-4).join(' ');
			const text = `AMENDMENT\n\nThe parties agree as follows:\n\n1. Solely with respect to some accounts, Exhibit A is amended by inserting "${inserted.trim()}" after "${anchor}".`;
			const list = readAmendments({ sha256: sha256(text), format: 'text', text });
			expect(applyAmendments({ base, amendments: list }).apart).toMatchObject([{ why: 'scope' }]);
			expect(
				firstDifference(applyAmendments({ base, amendments: list, withinScope: true }).text.text, after.text),
			).toBeUndefined();
		});

		it('D03: what its recitals limit to some accounts keeps that limit, and is not in the text for everyone', () => {
			const base = read('pairs', 'D03', 'before.txt');
			const amended = { base, amendments: amendmentsOf('08') };
			const done = applyAmendments(amended);
			const scope = expect.stringMatching(/^solely with respect to Accounts/) as string;
			expect(done.results).toMatchObject([{ status: 'applied', scope, needsHuman: {} }]);
			expect(done.forEveryone?.text).toBe(base.text);
			const { changes } = amendmentChangeSet({ ...amended, contract: { id: 'D03' }, effective: EFFECTIVE });
			expect(changes.map((change) => change.scope)).toEqual(changes.map(() => scope));
			expect(changes.filter((change) => !change.needsHuman)).toEqual([]);
			expect(applyAmendments({ ...amended, withinScope: true }).results[0]?.needsHuman).toBeUndefined();
		});

		it('D04: the extension is a fact, and a number that was taken is told', () => {
			const list = amendmentsOf('17');
			const done = applyAmendments({ base: read('pairs', 'D04', 'before.txt'), amendments: list });
			const besides = covenants(list);
			const [first, second] = done.results.filter(({ instructionId }) => !besides.has(instructionId));
			expect(first).toMatchObject({ status: 'applied', fact: { name: 'term' }, changes: [] });
			expect(second?.needsHuman?.reason).toMatch(/6\.7 was there already/);
			expect(besides.size).toBe(1);
		});

		it.each(files)('%s: is read into instructions, and what is applied changes nothing else', (file) => {
			const list = readAmendments(read('amendments', file));
			for (const { instructions, needsHuman } of list)
				expect(instructions.length + needsHuman.length).toBeGreaterThan(0);
			const base = baseOf(file);
			if (!base) return;
			for (const amendment of list) {
				const done = applyAmendment({ base, amendment });
				expectOnlyReported(base, done);
				expect(done.results.length + done.apart.length).toBe(amendment.instructions.length);
			}
			const again = applyAmendments({ base, amendments: [...list, ...list] });
			expect(again.results.length + again.apart.length).toBe(kinds(list).length);
		});

		// Each read beside the filed text by a person: what is applied is right, what is not applied says why.
		it.each([
			['01', ['applied replace_clause']],
			[
				'04',
				[
					'ambiguous rename_party',
					'applied add_entry',
					'applied add_entry',
					'applied add_rights',
					'applied replace_words',
					'ambiguous supplement',
					'ambiguous supplement',
					'ambiguous supplement',
				],
			],
			['05', ['applied add_rights']],
			['06', ['applied replace_clause', 'applied replace_words', 'applied delete_words']],
			['09', ['applied change_value', 'ambiguous add_schedule', 'applied change_value']],
			['12', ['ambiguous supplement', 'applied insert_words', 'applied insert_clause']],
			['16', ['applied replace_clause']],
			['17', ['applied extend', 'applied insert_clause', 'applied replace_clause', 'applied replace_clause']],
			['19', ['applied replace_clause', 'applied replace_clause']],
		])('%s: none is misapplied', (start, expected) => {
			const list = amendmentsOf(start);
			const base = baseOf(named(start));
			if (!base) throw new Error(`The base agreement of ${named(start)} is missing.`);
			expect(outcomes(applyAmendments({ base, amendments: list }), list)).toEqual(expected);
		});

		it('14: twenty-four sections give twenty-four instructions', () => {
			const list = amendmentsOf('14');
			expect(list[0]?.instructions.map(({ section }) => section)).toEqual(
				Array.from({ length: 24 }, (_, i) => String(i + 1)),
			);
			expect(list[0]?.needsHuman).toHaveLength(1);
		});

		it('09 and 12: two amendments in one file', () => {
			expect(amendmentsOf('09').map(({ number }) => number)).toEqual([undefined, '2']);
			expect(amendmentsOf('12')).toHaveLength(2);
		});

		it('20: the party changes everywhere', () => {
			const list = amendmentsOf('20');
			const besides = covenants(list);
			expect(list[0]?.instructions.find(({ id }) => !besides.has(id))).toMatchObject({
				kind: 'rename_party',
				target: { everywhere: true },
			});
		});

		it('04, 05 and 06 stack in the order of their numbers, whatever order they come in', () => {
			const list = ['06', '04', '05'].flatMap(amendmentsOf);
			const base = baseOf(named('06'));
			if (!base) throw new Error('The base agreement is missing.');
			const done = applyAmendments({ base, amendments: list });
			expect(done.warnings).toEqual([
				'The amendments were not given in the order of their numbers; they are carried out in that order.',
			]);
			expect(done.text.text).toBe(applyAmendments({ base, amendments: list.toReversed() }).text.text);
			expectOnlyReported(base, done);
		});

		describe('instructions of our own on every agreement of the corpus', () => {
			const pairs = path.join(corpus, 'pairs');
			const bases = existsSync(pairs)
				? readdirSync(pairs)
						.filter((name) => existsSync(path.join(pairs, name, 'source.txt')))
						.map(
							(name) => [name, existsSync(path.join(pairs, name, 'before.md')) ? 'before.md' : 'before.txt'] as const,
						)
				: [];

			it.each(bases)('%s: what is applied leaves every other clause its words and number', (name, file) => {
				const base = read('pairs', name, file);
				if (base.text.length > 200_000) return;
				const tree = readDocument(base);
				const clauses = tree.nodes.filter(({ kind, number }) => kind === 'clause' && /^\d/.test(number ?? ''));
				for (const number of [...new Set(clauses.map((node) => node.number ?? ''))]
					.filter((_, index) => index % 7 === 2)
					.slice(0, 4)) {
					for (const order of ordersOn(number)) {
						const text = `AMENDMENT NO. 1\n\nThe parties agree as follows:\n\n1. ${order}`;
						const [amendment] = readAmendments({ sha256: sha256(text), format: 'text', text });
						if (!amendment) throw new Error('There is always one.');
						expect(amendment.instructions).toHaveLength(1);
						const done = applyAmendment({ base, amendment });
						expectOnlyReported(base, done);
						const change = done.results[0]?.changes[0]?.before;
						if (!change) continue;
						const touched = tree.nodes.filter(
							({ span }) => span.end >= change.start && span.start <= change.end,
						).length;
						expect([order, lost(tree, readDocument(done.text)) - touched <= 1]).toEqual([order, true]);
					}
				}
			});
		});
	});
}
