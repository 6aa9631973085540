import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { LONGEST_ALLOWED_STALL, longestStall } from '../../support/event-loop';
import { runWorkflow, type EngineRun } from '../support';
import { ledgerFile, runNode } from './one-node';

const CONTRACT = { id: 'MSA-1', title: 'Agreement' };
const BEFORE =
	'# Agreement\n\n## 1. Fees\n\nThe fee is 100 EUR.\n\n## 2. Term\n\nThis Agreement ends on 31 December 2027.\n';
const AFTER = BEFORE.replace('100 EUR', '120 EUR');
const text = (value: string) => ({ format: 'markdown', text: value });

describe('Contract Diff', () => {
	it('compares the two versions of an item and says what changed, with an id that stays the same', async () => {
		const item = { contract: CONTRACT, before: text(BEFORE), after: text(AFTER) };
		const [one, two] = [await runNode('contractDiff', {}, [item]), await runNode('contractDiff', {}, [item])];
		const [change] = one.items('Node');
		expect(change).toMatchObject({ type: 'change', change: { op: ['modified'], clause: { heading: 'Fees' } } });
		expect(two.items('Node').map((each) => each['change'])).toEqual(one.items('Node').map((each) => each['change']));
	});

	it('keeps contract texts out of the items', async () => {
		const run = await runNode('contractDiff', {}, [{ contract: CONTRACT, before: text(BEFORE), after: text(AFTER) }]);
		expect(JSON.stringify(run.items('Node'))).not.toContain('31 December 2027');
	});

	it('gives one item that names the event when nothing changed, so that later nodes go on', async () => {
		const run = await runNode('contractDiff', {}, [{ contract: CONTRACT, before: text(BEFORE), after: text(BEFORE) }]);
		expect(run.items('Node')).toMatchObject([{ type: 'none' }]);
		expect(run.items('Node')[0]?.['eventId']).toMatch(/^evt_/);
	});

	it('compares an event once, also where each of its items names it', async () => {
		const file = ledgerFile();
		const item = { contract: CONTRACT, before: text(BEFORE), after: text(AFTER) };
		const first = await runNode('contractDiff', {}, [item], { file });
		const { eventId, ledger } = first.items('Node')[0] as { eventId: string; ledger: string };
		const again = await runNode(
			'contractDiff',
			{},
			[
				{ ledger, eventId },
				{ ledger, eventId },
			],
			{ file },
		);
		expect(again.items('Node')).toEqual(first.items('Node'));
	});

	it.each([
		['no contract', { after: text(AFTER) }, /"contract"/],
		['no document', { contract: CONTRACT }, /"after"/],
		['an event the ledger does not know', { eventId: 'evt_nope' }, /does not know/],
		['binary garbage', { contract: CONTRACT, after: text('a\0b') }, /NUL/],
	])('says what is wrong with an item that has %s', async (_name, item, message) => {
		const run = await runNode('contractDiff', {}, [item]);
		expect(run.status).toBe('error');
		expect(run.error).toMatch(message);
	});

	it('keeps an item it cannot read, with the reason, where the node continues on errors', async () => {
		const good = { contract: CONTRACT, before: text(BEFORE), after: text(AFTER) };
		const run = await runNode('contractDiff', {}, [{ after: text(AFTER) }, good], {
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.items('Node')).toMatchObject([{ error: { code: 'INPUT_INVALID' } }, { type: 'change' }]);
	});

	it('warns when the sender’s version before is not the one that was last evaluated', async () => {
		const file = ledgerFile();
		const first = { id: 'evt-1', contract: CONTRACT, after: text(BEFORE) };
		const { ledger, eventId } = (await runNode('contractDiff', {}, [first], { file })).items('Node')[0] as IDataObject;
		const policy = {
			operation: 'evaluate',
			policySource: 'define',
			policy: '{ policy: p, zone: Europe/Berlin, applications: {}, entitlements: {} }',
		};
		expect((await runNode('accessPolicy', policy, [{ ledger, eventId }], { file })).error).toBeUndefined();
		const other = { id: 'evt-2', contract: CONTRACT, before: text(`${BEFORE}\nA rider.`), after: text(AFTER) };
		const run = await runNode('contractDiff', {}, [other], { file });
		expect(run.tasks('Node')[0]?.hints?.map((hint) => hint.message)).toEqual([
			expect.stringContaining('not the one last evaluated'),
		]);
		const same = { id: 'evt-3', contract: CONTRACT, before: text(BEFORE), after: text(AFTER) };
		expect((await runNode('contractDiff', {}, [same], { file })).tasks('Node')[0]?.hints ?? []).toEqual([]);
	});

	it('leaves n8n’s event loop free while it compares 300 KB', async () => {
		const clause = (n: number, word: string) =>
			`## ${n}. Clause ${n}\n\n${`The ${word} shall deliver item ${n} in the manner of Section ${(n % 40) + 1}. `.repeat(21)}\n\n`;
		const version = (word: string) =>
			Array.from({ length: 220 }, (_, n) => clause(n + 1, n % 3 === 0 ? word : 'Supplier')).join('');
		const [before, after] = [version('Vendor'), version('Contractor')];
		expect(before.length).toBeGreaterThan(290_000);
		const item = { contract: CONTRACT, before: text(before), after: text(after) };
		// The worker is up and the code is warm, as in an n8n that has been running for a while.
		await runNode('contractDiff', {}, [{ contract: CONTRACT, before: text(BEFORE), after: text(AFTER) }]);
		const stall = await longestStall(async () => {
			const run = await runNode('contractDiff', { options: { output: 'changeSet' } }, [item]);
			expect(run.items('Node')).toHaveLength(1);
		});
		expect(stall).toBeLessThan(LONGEST_ALLOWED_STALL);
	});
});

/** Runs the node on one item with files. */
async function runOnFiles(
	parameters: IDataObject,
	files: Record<string, { data: string | Uint8Array; fileName?: string; mimeType?: string }>,
	more: { file?: string; json?: IDataObject; onError?: 'continueRegularOutput' } = {},
): Promise<EngineRun> {
	const binary: NonNullable<INodeExecutionData['binary']> = {};
	for (const [name, { data, fileName, mimeType = 'application/octet-stream' }] of Object.entries(files))
		binary[name] = {
			data: Buffer.from(data).toString('base64'),
			mimeType,
			...(fileName === undefined ? {} : { fileName }),
		};
	const plain = { typeVersion: 1, position: [0, 0] as [number, number] };
	return await runWorkflow({
		credentials: { accessLedgerApi: { file: more.file ?? ledgerFile() } },
		workflow: {
			nodes: [
				{ ...plain, id: 'start', name: 'Start', type: 'n8n-nodes-base.noOp', parameters: {} },
				{
					...plain,
					id: 'node',
					name: 'Node',
					type: 'n8n-nodes-contract-provisioning.contractDiff',
					parameters: parameters as INode['parameters'],
					...(more.onError ? { onError: more.onError } : {}),
				},
			],
			connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		},
		startNode: 'Start',
		items: [{ json: more.json ?? {}, binary }],
	});
}

const documents = (more: IDataObject = {}): IDataObject => ({
	operation: 'compareVersions',
	contractFrom: 'documents',
	contractId: 'MSA-1',
	...more,
});

/** A Word file of one paragraph for each text; runs may be tracked. */
function word(...paragraphs: string[]): Uint8Array {
	const body = paragraphs.map((runs) => `<w:p>${runs}</w:p>`).join('');
	const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
	const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
	const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
	return zipSync({
		'[Content_Types].xml': strToU8(
			`${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		),
		'_rels/.rels': strToU8(
			`${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relation}" Target="word/document.xml"/></Relationships>`,
		),
		'word/document.xml': strToU8(`${xml}<w:document xmlns:w="${w}"><w:body>${body}</w:body></w:document>`),
	});
}

const words = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const tracked = (op: 'ins' | 'del', text: string, author = 'Ada') =>
	`<w:${op} w:id="1" w:author="${author}" w:date="2026-11-01T10:00:00Z"><w:r><w:${op === 'del' ? 'delText' : 't'} xml:space="preserve">${text}</w:${op === 'del' ? 'delText' : 't'}></w:r></w:${op}>`;
const TRACKED = word(
	words('1. Fees'),
	`${words('The fee is ')}${tracked('del', '100')}${tracked('ins', '120')}${words(' EUR a month.')}`,
	`${words('Payment is due in ')}${tracked('ins', 'ten days', 'Bo')}${words(' May.')}`,
);

/** A PDF of one page without a text layer. */
const SCAN = (() => {
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>',
	];
	let body = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const at = body.length;
		body += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return `${String(at).padStart(10, '0')} 00000 n \n`;
	});
	return `${body}xref\n0 4\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
})();

/** The HTML page that a run attached to its first item. */
function redlineOf(run: EngineRun): string {
	const page = run.outputs('Node')[0]?.[0]?.binary?.['redline'];
	expect(page).toMatchObject({ mimeType: 'text/html', fileName: expect.stringMatching(/-redline\.html$/) as string });
	return Buffer.from(page?.data ?? '', 'base64').toString('utf8');
}

describe('Contract Diff on files and text', () => {
	it('compares two files of an item and keeps them in the ledger for later nodes', async () => {
		const file = ledgerFile();
		const run = await runOnFiles(
			documents({ beforeFrom: 'binary' }),
			{ before: { data: BEFORE, fileName: 'v1.md' }, after: { data: AFTER, fileName: 'v2.md' } },
			{ file },
		);
		expect(run.error).toBeUndefined();
		const [item] = run.items('Node');
		expect(item).toMatchObject({ type: 'change', change: { op: ['modified'], clause: { heading: 'Fees' } } });
		const terms = await runNode(
			'contractDiff',
			{ operation: 'extractTerms', policy: POLICY },
			[{ ledger: item?.['ledger'], eventId: item?.['eventId'] }],
			{ file },
		);
		expect(terms.items('Node')).toMatchObject([{ contract: { id: 'MSA-1' }, values: { end: '2027-12-31' } }]);
	});

	it('finds out the format by itself: a page against a Word file', async () => {
		const page = '<html><body><h2>1. Fees</h2><p>The fee is 100 EUR a month.</p></body></html>';
		const after = word(words('1. Fees'), words('The fee is 130 EUR a month.'));
		const run = await runOnFiles(documents({ beforeFrom: 'text', beforeText: page }), {
			after: { data: after, fileName: 'a.docx' },
		});
		expect(run.error).toBeUndefined();
		expect(JSON.stringify(run.items('Node'))).toContain('130');
	});

	it('takes a contract without a version before as seen for the first time, where it is told so', async () => {
		const run = await runOnFiles(documents({ beforeFrom: 'none' }), { after: { data: AFTER, fileName: 'a.md' } });
		expect(run.items('Node')).toMatchObject([{ change: { kind: 'lifecycle', op: ['added'] } }]);
	});

	it('passes on what is known of the contract besides its text, for policies', async () => {
		const details = { title: 'Agreement', kind: 'services', status: 'active', attributes: '{"project":"atlas"}' };
		const run = await runOnFiles(documents({ beforeFrom: 'none', contractDetails: details }), {
			after: { data: AFTER, fileName: 'a.md' },
		});
		expect(run.error).toBeUndefined();
		expect(run.items('Node')).toMatchObject([{ contract: { id: 'MSA-1', title: 'Agreement' } }]);
	});

	it('says since when a change is known where nobody said from when it holds', async () => {
		const run = await runOnFiles(documents({ beforeFrom: 'none', contractDetails: {} }), { after: { data: AFTER } });
		const whole = await runOnFiles(documents({ beforeFrom: 'none', options: { output: 'changeSet' } }), {
			after: { data: AFTER },
		});
		expect(run.error).toBeUndefined();
		const [item] = whole.items('Node') as Array<{
			changeSet: { effective: { basis: string; from: string; knownAt: string } };
		}>;
		expect(item?.changeSet.effective.basis).toBe('unstated');
		expect(item?.changeSet.effective.from).toBe(item?.changeSet.effective.knownAt);
	});

	it('attaches the changes as an HTML page to the first item only', async () => {
		const run = await runOnFiles(documents({ beforeFrom: 'text', beforeText: BEFORE, options: { redline: true } }), {
			after: { data: AFTER.replace('2027', '2028'), fileName: 'a.md' },
		});
		expect(run.error).toBeUndefined();
		expect(redlineOf(run)).toContain('<del>100</del><ins>120</ins>');
		expect(run.outputs('Node')[0]?.map(({ binary }) => binary !== undefined)).toEqual([true, false]);
	});

	it('compares two JSON records field by field, and keeps both in the ledger', async () => {
		const record = (level: number) => ({
			title: 'MSA',
			people: [
				{ login: 'ada', level: 1 },
				{ login: 'bo', level },
			],
		});
		const options = { recordKeys: '{"people":"login"}', redline: true };
		const json = {
			beforeFrom: 'json',
			beforeJson: JSON.stringify(record(1)),
			afterFrom: 'json',
			afterJson: JSON.stringify(record(2)),
		};
		const run = await runNode('contractDiff', documents({ ...json, options }), [{}]);
		expect(run.error).toBeUndefined();
		expect(run.items('Node')).toMatchObject([
			{ type: 'change', eventId: expect.stringMatching(/^evt_/) as string, change: { origin: 'record' } },
		]);
		expect(redlineOf(run)).toContain('<ins>2</ins>');
		const wrong = await runNode('contractDiff', documents({ ...json, options: { recordKeys: '[1]' } }), [{}]);
		expect(wrong.error).toMatch(/"Keys of Lists" is no object of texts.*\[item 0\]/);
	});

	it.each([
		[
			'a field the item does not have',
			{ afterBinary: 'contract' },
			/"Version After" names the binary field "contract".*\[item 0\]/,
		],
		['no contract ID', { contractId: ' ' }, /"Contract ID" is empty.*\[item 0\]/],
		['an empty text', { afterFrom: 'text', afterText: ' ' }, /"Version After" is empty.*\[item 0\]/],
		['a format that is another', { options: { afterFormat: 'pdf' } }, /"Version After": .*pdf.*\[item 0\]/],
		['attributes that are no JSON', { contractDetails: { attributes: '{' } }, /"Attributes" is no JSON.*\[item 0\]/],
	])('names parameter and item where it is given %s', async (_name, parameters, message) => {
		const run = await runOnFiles(documents({ beforeFrom: 'none', ...parameters }), {
			after: { data: AFTER, fileName: 'a.md' },
		});
		expect(run.status).toBe('error');
		expect(run.error).toMatch(message);
	});

	it('passes a scan on as an item that needs a person, and names no event', async () => {
		const run = await runOnFiles(documents({ beforeFrom: 'none' }), { after: { data: SCAN, fileName: 'scan.pdf' } });
		expect(run.error).toBeUndefined();
		const [item] = run.items('Node');
		expect(item).toMatchObject({ type: 'needsHuman', needsHuman: { document: 'Version After' } });
		expect(item).not.toHaveProperty('eventId');
	});

	it('keeps a file it cannot read as an item with the reason, where the node continues on errors', async () => {
		const run = await runOnFiles(
			documents({ beforeFrom: 'none' }),
			{ after: { data: Buffer.from('d0cf11e0a1b11ae1', 'hex'), fileName: 'old.doc' } },
			{ onError: 'continueRegularOutput' },
		);
		expect(run.items('Node')).toMatchObject([{ error: { code: 'DOCUMENT_UNREADABLE' } }]);
	});
});

const POLICY = `policy: acme
zone: Europe/Berlin
applications:
  slack: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}" } }
entitlements:
  slack/member: { app: slack, account: true }
terms:
  end: { type: date, clause: Term }
  seats: { type: number, clause: Seats }
`;

describe('Extract Terms', () => {
	it('gives values by name, and every term with its quote or the reason why it has none', async () => {
		const run = await runNode(
			'contractDiff',
			{ operation: 'extractTerms', contractFrom: 'text', contractText: BEFORE, policy: POLICY },
			[{}],
		);
		expect(run.error).toBeUndefined();
		expect(run.items('Node')).toMatchObject([
			{
				type: 'terms',
				values: { end: '2027-12-31', seats: null },
				terms: {
					end: { quote: { text: expect.stringContaining('31 December 2027') as string } },
					seats: { problem: expect.stringContaining('Seats') as string },
				},
			},
		]);
	});

	it('gives one item a term where that is asked for', async () => {
		const run = await runOnFiles(
			{ operation: 'extractTerms', contractFrom: 'binary', policy: POLICY, options: { output: 'term' } },
			{ data: { data: BEFORE, fileName: 'a.md' } },
		);
		expect(run.items('Node').map(({ type, summary }) => [type, summary])).toEqual([
			['term', 'end: 2027-12-31'],
			['term', expect.stringMatching(/^seats: /) as string],
		]);
	});

	it('asks for a policy', async () => {
		const run = await runNode(
			'contractDiff',
			{ operation: 'extractTerms', contractFrom: 'text', contractText: BEFORE, policy: ' ' },
			[{}],
		);
		expect(run.error).toMatch(/"Policy" is empty.*\[item 0\]/);
	});
});

describe('Read Tracked Changes', () => {
	const operation = { operation: 'readTrackedChanges' };
	const files = { data: { data: TRACKED, fileName: 'draft.docx' } };

	it('lists what was inserted and deleted, by whom and when', async () => {
		const run = await runOnFiles(operation, files);
		expect(run.error).toBeUndefined();
		expect(run.items('Node')).toMatchObject([
			{
				type: 'trackedChange',
				file: 'draft.docx',
				tracked: { kind: 'delete', before: '100', author: 'Ada', date: '2026-11-01T10:00:00Z' },
			},
			{ tracked: { kind: 'insert', after: '120' } },
			{ tracked: { kind: 'insert', after: 'ten days', author: 'Bo' } },
		]);
	});

	it('gives those of one author, or all of them in one item', async () => {
		const bo = await runOnFiles({ ...operation, options: { authors: 'Bo, Cy' } }, files);
		expect(bo.items('Node')).toMatchObject([{ tracked: { author: 'Bo' } }]);
		const whole = await runOnFiles({ ...operation, options: { output: 'file' } }, files);
		expect(whole.items('Node')).toMatchObject([{ type: 'trackedChanges', authors: ['Ada', 'Bo'] }]);
	});

	it('attaches what they come to, clause by clause, as an HTML page', async () => {
		const page = redlineOf(await runOnFiles({ ...operation, options: { redline: true } }, files));
		expect(page).toContain('<del>100</del><ins>120</ins>');
		expect(page).toMatch(/<ins> ?ten days ?<\/ins>/);
	});

	it('gives one item for a file without any, and refuses what is no Word file', async () => {
		const none = await runOnFiles(operation, { data: { data: word(words('Nothing tracked.')) } });
		expect(none.items('Node')).toMatchObject([{ type: 'none' }]);
		expect((await runOnFiles(operation, { data: { data: 'plain' } })).error).toMatch(
			/"Input Binary Field".*\[item 0\]/,
		);
	});
});

const AGREEMENT = `# Services Agreement

This Services Agreement (the "Agreement") is made on 3 March 2026 between **Nord GmbH** and **Sud Ltd**.

## 1. Seats

The Supplier may use up to ten (10) seats.

## 2. Support

Support is given on working days.
`;

const amendmentOf = (...instructions: string[]) =>
	`Amendment No. 1 to the Services Agreement

This Amendment No. 1 to the Services Agreement dated 3 March 2026 is made between Nord GmbH and Sud Ltd and is effective as of 1 December 2026.

${instructions.map((words, index) => `${index + 1}. ${words}`).join('\n\n')}

IN WITNESS WHEREOF, the parties have signed this Amendment.
`;
const CLEAR = amendmentOf('Section 1 of the Agreement is hereby amended by replacing "ten (10)" with "twelve (12)".');
const UNCLEAR = amendmentOf(
	'Section 1 of the Agreement is hereby amended by replacing "ten (10)" with "twelve (12)".',
	'Section 2 of the Agreement is hereby amended by replacing "public holidays" with "all days".',
);

describe('Apply Amendment', () => {
	const fields = (more: IDataObject = {}): IDataObject => ({
		operation: 'applyAmendment',
		contractId: 'MSA-1',
		baseFrom: 'binary',
		amendmentFrom: 'binary',
		...more,
	});
	const given = (amendment: string) => ({
		base: { data: AGREEMENT, fileName: 'msa.md' },
		amendment: { data: amendment, fileName: 'a1.txt' },
	});
	const consolidatedOf = (run: EngineRun) =>
		Buffer.from(run.outputs('Node')[0]?.[0]?.binary?.['consolidated']?.data ?? '', 'base64').toString('utf8');

	it('gives the changes with the instruction behind each, and the consolidated text as a file', async () => {
		const run = await runOnFiles(fields(), given(CLEAR));
		expect(run.error).toBeUndefined();
		expect(run.items('Node')).toMatchObject([
			{
				type: 'change',
				eventId: expect.stringMatching(/^evt_/) as string,
				amendment: { complete: true, instructions: { applied: 1 } },
				change: { origin: 'instruction', clause: { heading: 'Seats' }, instruction: { status: 'applied' } },
			},
		]);
		expect(consolidatedOf(run)).toBe(AGREEMENT.replace('ten (10)', 'twelve (12)'));
	});

	it('stores an amendment that was carried out whole as an event, dated by its own words', async () => {
		const file = ledgerFile();
		const applied = await runOnFiles(fields(), given(CLEAR), { file });
		const { eventId, ledger } = applied.items('Node')[0] as { eventId: string; ledger: string };
		const compared = await runNode('contractDiff', { options: { output: 'changeSet' } }, [{ eventId, ledger }], {
			file,
		});
		const [item] = compared.items('Node') as Array<{ changeSet: { effective: { from: string; basis: string } } }>;
		expect(item?.changeSet.effective).toMatchObject({ basis: 'stated' });
		expect(item?.changeSet.effective.from).toMatch(/^2026-1[12]-(?:30|01)T/);
	});

	it('names no event where an instruction was left undone: what is unclear decides about no access', async () => {
		const run = await runOnFiles(fields({ options: { output: 'changeSet', redline: true } }), given(UNCLEAR));
		expect(run.error).toBeUndefined();
		const [item] = run.items('Node');
		expect(item).not.toHaveProperty('eventId');
		expect(item).toMatchObject({
			amendment: { complete: false, instructions: { applied: 1 } },
			instructions: [{ status: 'applied' }, { needsHuman: true }],
		});
		expect(redlineOf(run)).toContain('Please look at');
	});

	it('takes the agreement as the ledger last evaluated it, and says so where there is none', async () => {
		const run = await runOnFiles(fields({ baseFrom: 'ledger' }), given(CLEAR));
		expect(run.error).toMatch(/"Agreement": the ledger has no version of contract "MSA-1".*\[item 0\]/);
	});

	it('takes several amendments in their fields, and names the one that is missing', async () => {
		const second = CLEAR.replaceAll('No. 1', 'No. 2')
			.replace('Section 1', 'Section 2')
			.replace('"ten (10)"', '"working"')
			.replace('"twelve (12)"', '"all"');
		const more = { ...given(CLEAR), second: { data: second, fileName: 'a2.txt' } };
		const run = await runOnFiles(fields({ amendmentBinary: 'amendment, second' }), more);
		expect(run.error).toBeUndefined();
		expect(consolidatedOf(run)).toContain('Support is given on all days.');
		const missing = await runOnFiles(fields({ amendmentBinary: 'amendment, third' }), more);
		expect(missing.error).toMatch(/"Amendment" names the binary field "third".*\[item 0\]/);
	});
});

describe('the preview of what an operation gives', () => {
	interface Schema {
		properties?: Record<string, Schema>;
	}
	const schemaOf = (operation: string) =>
		JSON.parse(
			readFileSync(join(__dirname, `../../../nodes/ContractDiff/__schema__/v1.0.0/${operation}.json`), 'utf8'),
		) as Schema;

	it('names every member that there really is', async () => {
		const runs: Array<[string, EngineRun]> = [
			[
				'compareVersions',
				await runNode('contractDiff', {}, [{ contract: CONTRACT, before: text(BEFORE), after: text(AFTER) }]),
			],
			[
				'extractTerms',
				await runNode(
					'contractDiff',
					{ operation: 'extractTerms', contractFrom: 'text', contractText: BEFORE, policy: POLICY },
					[{}],
				),
			],
			['readTrackedChanges', await runOnFiles({ operation: 'readTrackedChanges' }, { data: { data: TRACKED } })],
		];
		for (const [operation, run] of runs) {
			const { properties = {} } = schemaOf(operation);
			for (const item of run.items('Node')) {
				expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(item)));
				for (const name of ['change', 'tracked'])
					expect(Object.keys(properties[name]?.properties ?? {})).toEqual(
						expect.arrayContaining(Object.keys((item[name] as object | undefined) ?? {})),
					);
			}
		}
	});
});
