import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { compareVersions, renderRedline, type RedlineInput } from '../../../../core/contract';
import {
	sha256,
	type ContractChange,
	type ContractChangeSet,
	type ContractDocument,
	type TermExtractor,
} from '../../../../core/model';

const EFFECTIVE = {
	knownAt: '2026-11-20T09:00:00.000Z',
	from: '2026-12-01T00:00:00.000Z',
	retroactive: false,
	basis: 'stated' as const,
};

const doc = (text: string): ContractDocument => ({ sha256: sha256(text), format: 'markdown', text });

function redline(
	beforeText: string | null,
	afterText: string,
	more: { extractors?: Record<string, TermExtractor>; input?: Partial<RedlineInput> } = {},
): string {
	const before = beforeText === null ? null : doc(beforeText);
	const after = doc(afterText);
	const extractors = more.extractors ?? {};
	const changeSet = compareVersions({ contract: { id: 'MSA-7' }, before, after, effective: EFFECTIVE, extractors });
	return renderRedline(changeSet, { ...(before ? { before } : {}), after, ...more.input });
}

/** A change set as other tools of ours make them, with one change. */
function setOf(...changes: Array<Partial<ContractChange>>): ContractChangeSet {
	const base = compareVersions({
		contract: { id: 'c', title: 'T' },
		before: doc('# T\n'),
		after: doc('# T\n'),
		effective: EFFECTIVE,
	});
	return {
		...base,
		changes: changes.map((change, index) => ({
			id: `chg_${index}`,
			kind: 'clause',
			op: ['modified'],
			origin: 'diff',
			confidence: 1,
			...change,
		})),
	};
}

const NAMES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** What a reader sees: no markup, entities resolved, with `{+…+}` and `[-…-]` for the marks. */
function textOf(html: string): string {
	return html
		.replace(/^[\s\S]*<body>/, '')
		.replace(/<ins>/g, '{+')
		.replace(/<\/ins>/g, '+}')
		.replace(/<del>/g, '[-')
		.replace(/<\/del>/g, '-]')
		.replace(/<\/?(?:p|li|tr|td|th|h\d|article|section|div|dt|dd|summary|blockquote|label)\b[^>]*>/g, '\n')
		.replace(/<[^>]*>/g, '')
		.replace(/&(#?\w+);/g, (_, name: string) => NAMES[name] ?? '?')
		.replace(/[ \t]+/g, ' ')
		.replace(/ ?\n[ \n]*/g, '\n');
}

/** The part of the page that shows the contract, with folded text but without the line it is folded under. */
const contractPart = (html: string) =>
	textOf(html.replace(/<summary>[^\n]*<\/summary>/g, '')).split('The contract with its changes')[1] ?? '';

const BEFORE = `# Services Agreement

This Agreement is made between **Nord GmbH** (the "Customer") and **Sud Ltd** (the "Supplier").

## 1. Seats

The Supplier may use up to ten (10) seats.

## 2. Support

2.1 Support is given on working days.

2.2 Reports are sent each month.

## 3. Law

German law applies.

## Schedule A: Authorised Users

| Name | Email | Access |
|---|---|---|
| Ada | ada@sud.example | Member |
| Bo | bo@sud.example | Member |
| Cy | cy@sud.example | Member |
`;

const AFTER = BEFORE.replace('ten (10)', 'twelve (12)')
	.replace('## 3. Law', '## 3. Audits\n\nThe Customer may audit once a year.\n\n## 4. Law')
	.replace('| Bo | bo@sud.example | Member |\n', '')
	.replace('cy@sud.example | Member', 'cy@sud.example | Administrator');

describe('the redline', () => {
	it('shows what was inserted and removed as marks that need no colour, at their places in the clause', () => {
		const text = contractPart(redline(BEFORE, AFTER));
		expect(text).toContain('up to [-ten-]{+twelve+} ([-10-]{+12+}) seats.');
		expect(text).toContain('{+The Customer may audit once a year.+}');
		expect(text).toMatch(/\{\+3\+\} \{\+Audits\+\}/);
	});

	it('shows old and new number of a clause that was only renumbered, and says which one it is', () => {
		expect(contractPart(redline(BEFORE, AFTER))).toMatch(/1 clause renumbered\n\[-3-\] → \{\+4\+\} Law/);
	});

	it('shows rows as a table with every cell, changed ones among the unchanged', () => {
		const text = contractPart(redline(BEFORE, AFTER));
		expect(text).toMatch(/\nAda\nada@sud\.example\nMember\n− Removed\n\[-Bo-\]\n\[-bo@sud\.example-\]\n\[-Member-\]\n/);
		expect(text).toMatch(/± Modified\nCy\ncy@sud\.example\n\[-Member-\]\{\+Administrator\+\}/);
	});

	it('holds the whole contract: unchanged clauses stand folded between the changes, in order', () => {
		const text = contractPart(redline(BEFORE, AFTER));
		const places = [
			'This Agreement is made',
			'seats.',
			'Support is given',
			'Reports are sent',
			'may audit',
			'German law',
		];
		const found = places.map((words) => text.indexOf(words));
		expect(found).toEqual([...found].sort((a, b) => a - b));
		expect(found).not.toContain(-1);
	});

	it('shows each word of the later version exactly once in the text of the contract', () => {
		for (const word of ['Support is given', 'Reports are sent', 'German law applies', 'may audit once'])
			expect(contractPart(redline(BEFORE, AFTER)).split(word)).toHaveLength(2);
	});

	it('shows the words of a clause that was only moved', () => {
		const clauses = ['Alpha pays on the first day.', 'Beta delivers in the morning.', 'Gamma keeps all secrets safe.'];
		const text = (order: string[]) => `# T\n\n${order.map((clause) => `- ${clause}`).join('\n\n')}\n`;
		const [first = '', second = '', third = ''] = clauses;
		const page = contractPart(redline(text([first, second, third]), text([third, first, second])));
		expect(page).toMatch(/↕ Moved[^+]*Gamma keeps all secrets safe\./);
	});

	it('shows terms before and after, what they mean for access, and the words they were read from', () => {
		const page = textOf(redline(BEFORE, AFTER, { extractors: { seats: { type: 'number', clause: 'Seats' } } }));
		expect(page).toMatch(/seats\n10\nThe Supplier may use up to ten \(10\) seats\.1 Seats\n12\n[^▲]*▲ Widening/);
	});

	it('puts what a person has to look at before everything else', () => {
		const page = renderRedline(
			setOf(
				{ text: { before: 'a', after: 'b' }, clause: { numberAfter: '7', heading: 'Fees', path: [] } },
				{ needsHuman: { reason: 'Two clauses fit equally well.' }, clause: { heading: 'Term', path: [] } },
				{ refs: { broken: ['Section 9.9'], retargeted: [] }, clause: { heading: 'Notice', path: [] } },
			),
		);
		const text = textOf(page);
		const first = text.indexOf('Please look at these 2 points');
		expect(first).toBeGreaterThan(0);
		expect(first).toBeLessThan(text.indexOf('The contract with its changes'));
		expect(text).toContain('Term: Two clauses fit equally well.');
		expect(text).toContain('Notice: the reference to Section 9.9 leads nowhere now.');
		expect(page).toContain('href="#c2"');
	});

	it('tells to whom a change is limited, who tracked it, and which references follow', () => {
		const text = textOf(
			renderRedline(
				setOf({
					scope: 'solely with respect to the Berlin office',
					author: 'J. Doe',
					refs: { broken: [], retargeted: [{ from: 'Section 4', to: 'Section 5' }] },
					text: { before: 'x', after: 'y' },
				}),
			),
		);
		expect(text).toContain('Applies only: solely with respect to the Berlin office');
		expect(text).toContain('Tracked change by J. Doe');
		expect(text).toContain('Section 4 → Section 5');
	});

	it('shows every instruction of an amendment with what became of it, and on top those that were not carried out', () => {
		const html = renderRedline(setOf({ text: { before: 'a', after: 'b' } }), {
			instructions: [
				{ quote: 'Section 2 is deleted.', section: '1', status: 'applied' },
				{
					quote: '"ten" is replaced by "twelve".',
					section: '2',
					status: 'ambiguous',
					reason: '"ten" stands there twice.',
				},
				{ quote: 'For Berlin only, …', section: '3', status: 'apart', reason: 'solely for Berlin' },
				{
					quote: 'The rest applies mutatis mutandis.',
					section: '4',
					status: 'applied',
					needsHuman: true,
					reason: 'What changes with it is left open.',
				},
			],
		});
		const text = textOf(html);
		expect(text).toContain('Please look at these 2 points');
		expect(text).toContain('2 “"ten" is replaced by "twelve".”: "ten" stands there twice.');
		for (const [, target] of html.matchAll(/href="#(i\d+)"/g)) expect(html).toContain(`<tr id="${target ?? ''}">`);
		expect(text).toContain('4 instructions, 2 applied');
		expect(text).toMatch(/Section 2 is deleted\.\n✓ Applied/);
		expect(text).toMatch(/For Berlin only, …\n◇ Kept apart\nsolely for Berlin/);
	});

	it('does not show as a change of the text what an amendment orders and what was not carried out', () => {
		const evidence = {
			id: 'i1',
			amendmentId: 'a1',
			kind: 'replace_words',
			quote: 'Replace x by y.',
			span: { start: 0, end: 1 },
		};
		const ordered = {
			text: { before: 'left as it is', after: 'never written' },
			origin: 'instruction' as const,
			needsHuman: { reason: 'Two places fit.' },
			instruction: { ...evidence, status: 'ambiguous' },
		};
		const html = renderRedline(setOf({ text: { before: 'a', after: 'b' } }, ordered));
		expect(html).not.toContain('never written');
		const text = textOf(html);
		expect(text).toContain('1 change: ');
		expect(text).toContain('“Replace x by y.”: Two places fit.');
		expect(text).toMatch(/Replace x by y\.\n\? Ambiguous/);
		expect(text.split('Two places fit.')).toHaveLength(3);
	});

	it('gives days in the zone it is asked for', () => {
		expect(textOf(redline(BEFORE, AFTER))).toContain('From 1 December 2026 (UTC), as stated.');
		expect(textOf(redline(BEFORE, AFTER, { input: { zone: 'Europe/Berlin' } }))).toContain(
			'1 December 2026, 01:00 (Europe/Berlin)',
		);
	});

	it('says so where nothing changed', () => {
		expect(textOf(redline(BEFORE, BEFORE))).toContain('Nothing changed that has a meaning.');
	});

	it('shows a contract that is seen for the first time', () => {
		const text = textOf(redline(null, AFTER));
		expect(text).toContain('first seen');
		expect(text).toContain('German law applies.');
	});

	it('is the same bytes for the same change set', () => {
		expect(redline(BEFORE, AFTER)).toBe(redline(BEFORE, AFTER));
	});
});

describe('the list beside the redline', () => {
	it('leads to every change, each anchor once', () => {
		const html = redline(BEFORE, AFTER);
		const ids = [...html.matchAll(/ id="(c\d+)"/g)].map((match) => match[1]);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.length).toBe(5);
		for (const [, target] of html.matchAll(/href="#(c\d+)"/g)) expect(ids).toContain(target);
	});

	it('can be narrowed to one sort of change, with the number of each, without a script', () => {
		const html = redline(BEFORE, AFTER);
		expect(textOf(html)).toMatch(/All 5\nAdded 1\nRemoved 1\nModified 2\nRenumbered 1\nTable rows 2/);
		for (const [, name] of html.matchAll(/type="radio" name="show" id="show-((?:op|kind|is)-[a-z]+)"/g)) {
			expect(html).toContain(`body:has(#show-${name ?? ''}:checked)`);
			expect(html).toMatch(new RegExp(`class="[^"]*\\b${name ?? ''}\\b`));
		}
	});
});

describe('a redline opened from disk', () => {
	const HOSTILE =
		'<script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="x\' </style></title>&amp;\u202e\u0007';

	it('holds no script, loads nothing and sends nothing: its policy forbids it and allows the one style sheet by hash', () => {
		const html = redline(BEFORE, AFTER);
		const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
		const style = /<style>([^<]*)<\/style>/.exec(html)?.[1] ?? '';
		const hash = createHash('sha256').update(style).digest('base64');
		expect(policy.replaceAll('&#39;', "'")).toBe(
			`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
		);
		expect(html).not.toMatch(/<script|\ssrc=|<link|<iframe|url\(|@import|\son[a-z]+=|\sstyle=/i);
	});

	it('shows hostile contract text as text, wherever it stands', () => {
		const before = `# ${HOSTILE}\n\n## 1. ${HOSTILE}\n\nOne two three ${HOSTILE} four five.\n\n| A ${HOSTILE} | B |\n|---|---|\n| 1 | ${HOSTILE} |\n`;
		const after = before.replace('One two', `One ${HOSTILE} two`).replace('| 1 |', `| 1 | ${HOSTILE}x |\n| 2 |`);
		const changed = setOf({
			clause: { heading: HOSTILE, path: [HOSTILE], numberBefore: HOSTILE, numberAfter: `${HOSTILE}2` },
			text: { before: HOSTILE, after: `${HOSTILE}2` },
			field: { path: [HOSTILE], from: HOSTILE, to: HOSTILE, type: 'text' },
			refs: { broken: [HOSTILE], retargeted: [{ from: HOSTILE, to: HOSTILE }] },
			termsReached: [HOSTILE],
			scope: HOSTILE,
			author: HOSTILE,
			needsHuman: { reason: HOSTILE },
		});
		const pages = [
			redline(before, after, {
				input: { title: HOSTILE },
				extractors: { [HOSTILE]: { type: 'text', clause: HOSTILE } },
			}),
			renderRedline({
				...changed,
				warnings: [HOSTILE],
				unresolved: [HOSTILE],
				amendment: { id: HOSTILE, title: HOSTILE },
			}),
		];
		for (const html of pages) {
			expect(html).not.toMatch(/<script|<img|\u202e|\u0007/);
			expect(html.match(/<\/style>/g)).toHaveLength(1);
			expect(html).not.toMatch(/<[a-z][^>]*\sonmouseover=/);
			expect(html).toContain('&lt;script&gt;');
		}
	});

	it('is well-formed whatever the words of the contract are', () => {
		const word = fc.oneof(
			fc.constantFrom('the', 'seat', '<b>', '"', "'", '&', '| x | y |', '# H', '1. a', '\n\n', '*'),
			fc.string({ maxLength: 6 }),
		);
		const text = fc.array(word, { maxLength: 40 }).map((words) => `# T\n\n${words.join(' ').replaceAll('\0', '')}\n`);
		fc.assert(
			fc.property(text, text, (before, after) => {
				expect(unclosed(redline(before, after))).toEqual([]);
			}),
			{ numRuns: 150 },
		);
	});

	it('takes time in proportion to its changes', () => {
		const rows = (from: number, to: number) =>
			Array.from({ length: to - from }, (_, n) => `| u${n + from}@x.example | Member |`).join('\n');
		const table = (from: number, to: number) => `# T\n\n| Email | Access |\n|---|---|\n${rows(from, to)}\n`;
		const html = redline(table(0, 12_000), table(6_000, 18_000));
		expect(html.match(/<tr class="change/g)).toHaveLength(12_000);
	}, 30_000);
});

const VOID = new Set(['meta', 'input', 'br', '!doctype']);

/** Elements that are opened and not closed, or closed and not opened. */
function unclosed(html: string): string[] {
	const open: string[] = [];
	const wrong: string[] = [];
	for (const [, close, name = ''] of html.matchAll(/<(\/?)([!a-z][a-z0-9]*)(?:\s(?:[^"<>]|"[^"]*")*)?>/g)) {
		if (VOID.has(name)) continue;
		if (close === '') open.push(name);
		else if (open.pop() !== name) wrong.push(name);
	}
	return [...open, ...wrong];
}
