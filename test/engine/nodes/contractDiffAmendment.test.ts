import type { IDataObject, INode } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { signedEvent } from '../../../sandbox/src/demo.js';
import { runWorkflow, type EngineRun } from '../support';
import { ledgerFile, runNode } from './one-node';

const POLICY = readFileSync(join(__dirname, '../../../sandbox/demo/policy.yaml'), 'utf8');
const NEWCOMER = 'nora.quist@acme-consulting.example';
const ROW = `| Nora Quist | ${NEWCOMER} | Developer | atlas | 2026-03-01 |`;
const ADDS = `Schedule A of the Agreement is hereby amended by adding the following row at the end of the table:\n\n${ROW}`;
const LOST = 'Section 2 of the Agreement is hereby amended by replacing "words that stand nowhere" with "others".';

const amendmentOf = (...instructions: string[]): string =>
	`AMENDMENT NO. 1

This Amendment No. 1 is effective as of 1 March 2026 and made between the parties to the agreement.

The parties agree as follows:

${instructions.map((words, index) => `${index + 1}. ${words}`).join('\n\n')}
`;

const plain = { typeVersion: 1, position: [0, 0] as [number, number] };
const node = (name: string, type: string, parameters: IDataObject): INode => ({
	...plain,
	id: name,
	name,
	type: `n8n-nodes-contract-provisioning.${type}`,
	parameters: parameters as INode['parameters'],
});

/** The agreement is in force; an amendment is applied and its items go straight to Access Policy, as a canvas may have it. */
async function amended(amendment: string): Promise<{ run: EngineRun; given: number[][] }> {
	const file = ledgerFile();
	const evaluate = { operation: 'evaluate', policySource: 'define', policy: POLICY };
	const signed = (await runNode('contractDiff', {}, [signedEvent()], { file })).items('Node')[0];
	expect((await runNode('accessPolicy', evaluate, [signed as IDataObject], { file })).error).toBeUndefined();
	const before = rowsIn(file);
	const run = await runWorkflow({
		credentials: { accessLedgerApi: { file } },
		workflow: {
			nodes: [
				{ ...plain, id: 'start', name: 'Start', type: 'n8n-nodes-base.noOp', parameters: {} },
				node('Amend', 'contractDiff', {
					operation: 'applyAmendment',
					contractId: signedEvent().contract.id,
					contractDetails: { kind: 'services', status: 'active' },
					baseFrom: 'ledger',
					amendmentFrom: 'text',
					amendmentText: amendment,
				}),
				node('Decide', 'accessPolicy', evaluate),
			],
			connections: {
				Start: { main: [[{ node: 'Amend', type: 'main', index: 0 }]] },
				Amend: { main: [[{ node: 'Decide', type: 'main', index: 0 }]] },
			},
		},
		startNode: 'Start',
		items: [{ json: {} }],
	});
	return { run, given: [before, rowsIn(file)] };
}

/** How many actions and assignments the ledger holds. */
function rowsIn(file: string): number[] {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		return ['actions', 'assignments'].map((table) => {
			const row = database.prepare(`select count(*) as n from ${table}`).get();
			return Number(row?.['n']);
		});
	} finally {
		database.close();
	}
}

describe('what access follows from an amendment', () => {
	it('that was carried out whole and for everybody: that of its text', async () => {
		const { run, given } = await amended(amendmentOf(ADDS));
		expect(run.error).toBeUndefined();
		expect(run.items('Amend')[0]).toMatchObject({ amendment: { complete: true } });
		expect(JSON.stringify(run.outputs('Decide'))).toContain('Quist');
		expect(given[1]?.every((rows, at) => rows > (given[0]?.[at] ?? Infinity))).toBe(true);
	});

	it.each([
		['of which one instruction was left undone', amendmentOf(ADDS, LOST)],
		['that holds for some only', amendmentOf(`Solely with respect to the Riga office, ${ADDS}`)],
		['that stands under a condition', amendmentOf(`If the Customer approves the budget, ${ADDS}`)],
		[
			'that limits itself to some',
			amendmentOf(ADDS).replace('1. Schedule', 'This Amendment shall apply only to the Riga office.\n\n1. Schedule'),
		],
		[
			'that goes on with what it does not name',
			amendmentOf(ADDS, 'Section 6 shall apply mutatis mutandis to every affiliate of the Supplier.'),
		],
	])('%s: none, not even where its items are wired to Access Policy', async (_, amendment) => {
		const { run, given } = await amended(amendment);
		for (const item of run.items('Amend')) {
			expect(item).not.toHaveProperty('eventId');
			expect(item).toMatchObject({ amendment: { complete: false } });
		}
		expect(JSON.stringify(run.outputs('Decide'))).not.toContain('"action"');
		expect(given[1]).toEqual(given[0]);
		expect(given[0]?.every((rows) => rows > 0)).toBe(true);
	});
});
