import fc from 'fast-check';
import { readDocument, type ClauseNode } from '../../../../core/contract';
import { document } from '../builders';
import { amendment, apply } from './agreement';

/** How a Markdown agreement prints its sections and schedules. */
interface Style {
	word?: string;
	section: (n: string, title: string) => string;
	schedule: (n: string) => string;
}

const STYLES: readonly Style[] = [
	{ section: (n: string, title: string) => `## ${n} ${title}`, schedule: (n: string) => `## Schedule ${n} – People` },
	{ section: (n: string, title: string) => `## ${n}. ${title}`, schedule: (n: string) => `## Schedule ${n} – People` },
	{ section: (n: string, title: string) => `### Section ${n}. ${title}`, schedule: (n: string) => `# Schedule ${n}` },
	{
		word: 'Article',
		section: (n: string, title: string) => `## Article ${n} – ${title}`,
		schedule: (n: string) => `## Schedule ${n}: People`,
	},
	{
		section: (n: string, title: string) => `**${n}. ${title}**`,
		schedule: (n: string) => `**Schedule ${n} – People**`,
	},
];
const TITLES = ['Access', 'Fees and Payment', 'TERM', 'Data', 'General Terms', 'Notices'];

interface Shape {
	style: Style;
	sections: Array<{ parts: number; gap: string }>;
}

const shapes: fc.Arbitrary<Shape> = fc.record({
	style: fc.constantFrom(...STYLES),
	sections: fc.array(fc.record({ parts: fc.nat({ max: 2 }), gap: fc.constantFrom('\n\n', '\n\n\n') }), {
		minLength: 3,
		maxLength: 6,
	}),
});

function agreementOf({ style, sections }: Shape): string {
	const blocks = sections.map(({ parts, gap }, index) => {
		const n = String(index + 1);
		const body =
			parts === 0
				? `The Client keeps rule ${n} at all times.`
				: Array.from({ length: parts }, (_, i) => `${n}.${i + 1} The Client keeps rule ${n}-${i + 1}.`).join('\n\n');
		return `${style.section(n, TITLES[index] ?? 'Further')}\n\n${body}${gap}`;
	});
	const table = '| Name | Role |\n| --- | --- |\n| Ada Berg | Reader |\n| Bo Lind | Writer |';
	return `# Services Agreement\n\nBetween Acme and Client.\n\n${blocks.join('')}${style.schedule('1')}\n\n${table}\n`;
}

const PAYLOADS = [
	(n: string) => `"${n} Fresh Title\n\nFresh words hold."`,
	(n: string) => `"${n}. Fresh Title. Fresh words hold."`,
	(n: string) => `"${n}. FRESH\n\nFresh words hold.\n\nFresh words hold twice."`,
	() => '"Fresh words hold."',
	() => '"Fresh Title\n\nFresh words hold."',
];

/** Instructions on section `k` of `n`: the sentences, and the numbers of clauses that they name. */
const ORDERS: ReadonlyArray<
	(k: number, n: number, payload: string, added: string) => { says: string[]; names: string[] }
> = [
	(k) => ({ says: [`Section ${k} is deleted.`], names: [`${k}`] }),
	(k, _, payload) => ({
		says: [`Section ${k} is deleted and replaced with the following: ${payload}`],
		names: [`${k}`],
	}),
	(k, _, payload) => ({
		says: [`Section ${k} is amended and restated in its entirety to read as follows: ${payload}`],
		names: [`${k}`],
	}),
	(_, n, __, added) => ({ says: [`A new Section ${n + 1} is added: ${added}`], names: [`${n + 1}`] }),
	(_, n, __, added) => ({
		says: [`Section ${n} is deleted.`, `A new Section ${n + 1} is added: ${added}`],
		names: [`${n}`, `${n + 1}`],
	}),
	(k) => ({
		says: [`A new Section ${k}A is inserted after Section ${k}: "${k}A Fresh Title. Fresh words hold."`],
		names: [`${k}A`],
	}),
	(k) => ({
		says: [
			`Section ${k} is deleted.`,
			`A new Section ${k}A is inserted after Section ${k}: "${k}A Fresh Title. Fresh words hold."`,
		],
		names: [`${k}`, `${k}A`],
	}),
	() => ({
		says: ['Schedule 1 is replaced with the following: "Schedule 1 – Fresh\n\nFresh words hold."'],
		names: ['Schedule 1'],
	}),
	() => ({ says: ['A new Schedule 2 is added: "Schedule 2 – Fresh\n\nFresh words hold."'], names: ['Schedule 2'] }),
	(_, n, __, added) => ({
		says: ['Schedule 1 is deleted.', `A new Section ${n + 1} is added: ${added}`],
		names: ['Schedule 1', `${n + 1}`],
	}),
	() => ({ says: ['In Schedule 1, "Writer" is replaced by "Fresh" for Bo Lind.'], names: ['Schedule 1'] }),
];

interface Seen {
	number: string | undefined;
	heading: string | undefined;
	kind: string;
	text: string;
	within: string | undefined;
}

const bare = (number: string | undefined): string =>
	(number ?? '').replace(/^(?:section|article)\s+/i, '').replace(/[.:]$/, '');

/** The outermost number that a clause stands under. */
function outermost(nodes: readonly ClauseNode[], node: ClauseNode): string {
	let found = '';
	for (let up: ClauseNode | undefined = node; up; up = nodes[up.parent])
		if (up.number !== undefined) found = bare(up.number);
	return found;
}

/** All new text of these amendments says so; `3A` has no number of its own to a reader of clauses. */
const isNew = ({ heading, text }: ClauseNode): boolean => /fresh/i.test(`${heading ?? ''} ${text}`);

/** Clauses of a text that none of the numbers names, as a reader sees them. */
function others(text: string, names: readonly string[]): Seen[] {
	const { nodes } = readDocument(document(text));
	return nodes
		.filter((node) => !names.includes(outermost(nodes, node)) && !isNew(node))
		.map((node) => ({
			number: node.number,
			heading: node.heading,
			kind: node.kind,
			text: node.text,
			within: nodes[node.parent]?.number,
		}));
}

/** The sections as the agreement calls them. */
function worded(sentence: string, { style }: Shape): string {
	return style.word === undefined ? sentence : sentence.replaceAll('Section', style.word);
}

const shape = fc.tuple(shapes, fc.nat(), fc.constantFrom(...PAYLOADS), fc.constantFrom(...ORDERS));

describe('what an amendment does not name, in Markdown', () => {
	it('keeps its number, its heading, its kind and its words; and every line of it stays as it was', () => {
		fc.assert(
			fc.property(shape, ([given, at, payload, order]) => {
				const text = agreementOf(given);
				const n = given.sections.length;
				const k = (at % n) + 1;
				const { says, names } = order(k, n, payload(`${k}`), payload(`${n + 1}`));
				const done = apply(amendment(...says.map((one) => worded(one, given))), text);
				const after = done.text.text;
				if (done.results.every(({ status }) => status !== 'applied')) expect(after).toBe(text);
				expect(others(after, names)).toEqual(others(text, names));
				const lines = new Set(after.split('\n'));
				const touched = done.results.flatMap(({ changes }) => changes.map(({ before }) => before));
				let offset = 0;
				for (const line of text.split('\n')) {
					const [start, end] = [offset, offset + line.length];
					offset = end + 1;
					if (!touched.some((span) => span.start < end && span.end > start)) expect(lines).toContain(line);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('and what it names is a heading still, on the level of its neighbours', () => {
		const restated = fc.tuple(shapes, fc.nat(), fc.constantFrom(...PAYLOADS));
		fc.assert(
			fc.property(restated, ([given, at, payload]) => {
				const text = agreementOf(given);
				const k = String((at % given.sections.length) + 1);
				const says = `Section ${k} is deleted and replaced with the following: ${payload(k)}`;
				const done = apply(amendment(worded(says, given)), text);
				expect(done.results.map(({ status }) => status)).toEqual(['applied']);
				const find = (source: string): ClauseNode | undefined =>
					readDocument(document(source)).nodes.find((node) => bare(node.number) === k && node.kind !== 'table');
				const [before, after] = [find(text), find(done.text.text)];
				expect(after?.kind).toBe(before?.kind);
				expect(after?.heading).toBeDefined();
				expect(done.text.text).toMatch(/^Fresh words hold\.$|\*\* Fresh words hold\.$|\. Fresh words hold\.$/m);
			}),
			{ numRuns: 200 },
		);
	});
});
