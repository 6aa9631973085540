import { randomBytes } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';
import { hashToken } from '../../../core/approval';
import { Ledger } from '../../../core/store';
import { runWorkflow } from '../support';
import { ledgerFile, runNode } from './one-node';

const POLICY = `
policy: acme
zone: Europe/Berlin
attributes:
  department: { type: text, from: [hris], owner: hr@acme.example }
  title: { type: text, owner: hr@acme.example }
applications:
  chat: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}" } }
  erp: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}" } }
entitlements:
  chat/member: { app: chat, account: true }
  erp/member: { app: erp, account: true }
  erp/admin: { app: erp, group: admins, privileged: true }
rules:
  - { id: everybody, when: { department: { exists: true } }, grant: [chat/member], owner: hr@acme.example }
  - { id: finance, when: { department: Finance }, grant: [erp/member], owner: cfo@acme.example }
approvals:
  - { id: privileged, when: { entitlement.privileged: true }, approvers: [group:security] }
groups: { security: [sec@acme.example] }
guards: { maxInferredRevokes: 10 }
`;
const WIDER = POLICY.replace('department: Finance }', 'department: [Finance, Sales] }');
const WITH_ADMIN = POLICY.replace('grant: [erp/member]', 'grant: [erp/member, erp/admin]');

const hire = (id: string, department: string, more: object = {}) => ({
	type: 'hire',
	id: `h-${id}`,
	effectiveAt: '2026-01-05',
	createdAt: '2026-01-02T09:00:00Z',
	person: { hrId: id, email: `p${id}@acme.example` },
	attributes: { firstName: 'P', lastName: id, department },
	...more,
});
const define = (policy: string, more: IDataObject): IDataObject => ({ policySource: 'define', policy, ...more });
const evaluate = (policy = POLICY, options = {}) => define(policy, { operation: 'evaluate', options });

async function run(file: string, parameters: IDataObject, items: object[]) {
	const done = await runNode('accessPolicy', parameters, items as IDataObject[], { file });
	if (done.error !== undefined) throw new Error(done.error);
	return done.outputs('Node').map((output) => output.map(({ json }) => json));
}
const steps = (items: IDataObject[] | undefined) =>
	(items ?? []).map((each) => `${each['operation'] as string} ${each['entitlement'] as string}`).sort();

describe('Access Policy and people', () => {
	it('takes HR events as items, stores each once, and plans all people together', async () => {
		const file = ledgerFile();
		const items = [hire('1', 'Finance'), hire('2', 'Sales')];
		const [blocked, ready, approval, scheduled] = await run(file, evaluate(), items);
		expect(blocked).toEqual([]);
		expect(steps(ready)).toEqual([
			'create_account chat/member',
			'create_account chat/member',
			'create_account erp/member',
		]);
		expect([approval, scheduled]).toEqual([[], []]);
		expect(new Set(ready?.map((each) => each['planId'])).size).toBe(1);
		const again = await run(file, evaluate(), items);
		expect(again.map((output) => output.length)).toEqual([0, 3, 0, 0]);
		expect(again[1]?.map((each) => each['actionId']).sort()).toEqual(ready?.map((each) => each['actionId']).sort());
	});

	it('shows in a dry run what would follow, and stores neither plan nor event', async () => {
		const file = ledgerFile();
		const dry = await run(file, evaluate(POLICY, { dryRun: true }), [hire('1', 'Finance')]);
		expect(steps(dry[1])).toEqual(['create_account chat/member', 'create_account erp/member']);
		const asked = define(POLICY, { operation: 'explain', lookUpBy: 'email', person: 'p1@acme.example' });
		await expect(run(file, asked, [{}])).rejects.toThrow(/knows nobody/);
	});

	it('sends privileged access to approval, and an event that is not understood to Blocked where it goes on', async () => {
		const [, ready, approval] = await run(ledgerFile(), evaluate(WITH_ADMIN), [hire('1', 'Finance')]);
		expect(steps(approval)).toEqual(['add_to_group erp/admin']);
		expect(approval?.[0]?.['risk']).toMatchObject({ score: 65 });
		expect(ready).toHaveLength(2);
		await expect(run(ledgerFile(), evaluate(), [{ ...hire('1', 'Finance'), efectiveAt: 'x' }])).rejects.toThrow(
			/Item 0.*efectiveAt/s,
		);
	});

	it('puts an event whose person is not certain on Blocked, with candidates and remedy', async () => {
		const file = ledgerFile();
		const known = hire('1', 'Finance', { person: { hrId: '1', email: 'p1@acme.example', birthDate: '1990-01-01' } });
		await run(file, evaluate(), [known]);
		const other = { ...hire('9', 'Sales'), person: { hrId: '9', email: 'p1@acme.example', birthDate: '1970-01-01' } };
		const [blocked, ...rest] = await run(file, evaluate(), [other]);
		expect(blocked).toMatchObject([{ type: 'held', findings: [{ code: 'KEYS_CONTRADICT' }] }]);
		expect(rest.flat()).toEqual([]);
	});

	it('explains what is earned by which rule, and of the others the clause that does not hold', async () => {
		const file = ledgerFile();
		await run(file, evaluate(), [hire('1', 'Sales')]);
		const ask = (entitlement: string) =>
			run(file, define(POLICY, { operation: 'explain', lookUpBy: 'hrId', person: '1', entitlement }), [{}]);
		const [[given] = []] = await ask('chat/member');
		expect(given).toMatchObject({ earned: true, held: false, granting: [{ ref: 'everybody' }] });
		const [[not] = []] = await ask('erp/member');
		expect(not).toMatchObject({ earned: false, notGranting: [{ rule: 'finance', actual: 'Sales' }] });
	});

	it('simulates a draft for everybody without any effect, and publishing it makes those whom it touches due', async () => {
		const file = ledgerFile();
		await run(file, evaluate(), [hire('1', 'Finance'), hire('2', 'Sales'), hire('3', 'Legal')]);
		await run(file, define(POLICY, { operation: 'publish', author: 'ada@acme.example' }), [{}]);
		const [[result] = []] = await run(
			file,
			define(WIDER, { operation: 'simulate', population: 'everybody', maxListed: 10 }),
			[{}],
		);
		expect(result).toMatchObject({ people: { total: 3 }, granted: 5, revoked: 0 });
		expect(JSON.stringify(result?.['changes'])).toContain('rules.finance.when.department');
		const [[published] = []] = await run(file, define(WIDER, { operation: 'publish', author: 'ada@acme.example' }), [
			{},
		]);
		expect(published).toMatchObject({ state: 'active', number: 2, authorProof: 'claimed', peopleToEvaluate: 3 });
	});

	it('waits for a second person where one is asked for, who is not the author', async () => {
		const file = ledgerFile();
		const publish = (more: IDataObject) =>
			define(POLICY, { operation: 'publish', author: 'ada@acme.example', secondPerson: true, ...more });
		const [[waiting] = []] = await run(file, publish({ decision: 'submit' }), [{}]);
		expect(waiting).toMatchObject({ state: 'pending' });
		await expect(run(file, publish({ decision: 'approve', decidedBy: 'ada@acme.example' }), [{}])).rejects.toThrow();
		const [[agreed] = []] = await run(file, publish({ decision: 'approve', decidedBy: 'grace@acme.example' }), [{}]);
		expect(agreed).toMatchObject({ state: 'active' });
	});

	it('asks a second person by links of the gate, whose vote puts the version in force, proved', async () => {
		const file = ledgerFile();
		await run(file, evaluate(), [hire('1', 'Finance'), hire('2', 'Sales')]);
		const publish = (more: IDataObject = {}) =>
			define(POLICY, {
				operation: 'publish',
				author: 'p1@acme.example',
				secondPerson: true,
				decision: 'gate',
				...more,
			});
		await expect(run(file, publish({ approvers: 'p1@acme.example' }), [{}])).rejects.toThrow(
			/nobody besides the author/,
		);
		await expect(run(file, publish({ approvers: ' ' }), [{}])).rejects.toThrow(/"Approvers"/);
		await expect(run(file, publish({ approvers: 'p2@acme.example', decideWithin: '3 days' }), [{}])).rejects.toThrow(
			/"Decide Within"/,
		);
		const approvers = 'p2@acme.example, sec@acme.example';
		const [links = []] = await run(file, publish({ approvers, authorConfirms: true }), [{}]);
		expect(links.map((link) => link['approver'])).toEqual(['p2@acme.example', 'sec@acme.example', 'p1@acme.example']);
		const tokens = links.map((link) => new URL(link['link'] as string).searchParams.get('approval') ?? '');
		const ledger = await Ledger.open({ file, clock: Date.now, random: randomBytes });
		for (const token of [tokens[2], tokens[1]]) {
			const view = await ledger.approverView(hashToken(token ?? ''));
			const executionId = view?.bundle.executionId ?? '';
			const decisions = new Map([[view?.requests[0]?.request.id ?? '', 'approve' as const]]);
			expect(await ledger.castVotes({ tokenHash: hashToken(token ?? ''), executionId, decisions })).toMatchObject({
				status: 'recorded',
			});
		}
		await ledger.close();
		const [[version] = []] = await run(file, publish({ approvers }), [{}]);
		expect(version).toMatchObject({
			state: 'active',
			authorProof: 'proved',
			decidedProof: 'proved',
			decidedBy: 'sec@acme.example',
		});
	});

	it('refuses to publish a policy with errors, naming line and column', async () => {
		const broken = define(POLICY.replace('grant: [chat/member]', 'grant: [chat/membr]'), {
			operation: 'publish',
			author: 'a@b.example',
		});
		await expect(run(ledgerFile(), broken, [{}])).rejects.toThrow(/line \d+, column \d+/);
	});

	it('renders a policy as a document and as a matrix', async () => {
		const file = ledgerFile();
		const document = await runNode('accessPolicy', define(POLICY, { operation: 'render', form: 'document' }), [{}], {
			file,
		});
		expect(Object.keys(document.outputs('Node')[0]?.[0]?.binary ?? {})).toEqual(['page', 'markdown']);
		const matrix = await runNode(
			'accessPolicy',
			define(POLICY, { operation: 'render', form: 'matrix', dimensions: 'department' }),
			[{}],
			{ file },
		);
		expect(matrix.outputs('Node')[0]?.[0]?.json['rows']).toBeGreaterThan(0);
	});

	it('makes rules from the matrix that it rendered, which give the same', async () => {
		const own = (name: string, parameters: IDataObject): INode => ({
			...{ id: name, name, typeVersion: 1, position: [0, 0], type: 'n8n-nodes-contract-provisioning.accessPolicy' },
			parameters: parameters as INode['parameters'],
		});
		const matrix = define(WIDER, { operation: 'render', form: 'matrix', dimensions: 'department' });
		const rules = define(WIDER, { operation: 'render', form: 'rules', matrixFile: 'csv' });
		const done = await runWorkflow({
			credentials: { accessLedgerApi: { file: ledgerFile() } },
			workflow: {
				nodes: [own('Matrix', matrix), own('Rules', rules)],
				connections: { Matrix: { main: [[{ node: 'Rules', type: 'main', index: 0 }]] } },
			},
			startNode: 'Matrix',
			items: [{ json: {} }],
		});
		expect(done.error).toBeUndefined();
		const [made] = done.items('Rules');
		expect(made?.['rules']).toEqual([
			{ id: 'matrix-1', when: { department: ['Finance', 'Sales'] }, grant: ['chat/member', 'erp/member'] },
		]);
		expect(done.outputs('Rules')[0]?.[0]?.binary).toHaveProperty('rules');
	});

	it('stops with the parameter and the remedy where no item names anybody', async () => {
		await expect(run(ledgerFile(), evaluate(), [{ hello: 'world' }])).rejects.toThrow(/names an event or a person/);
	});
});
