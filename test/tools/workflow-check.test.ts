import { checkWorkflow } from '../../tools/workflow-check.js';

interface WorkflowFile {
	id: string;
	name: string;
	active: boolean;
	settings: Record<string, unknown>;
	nodes: Array<Record<string, unknown>>;
	connections: Record<string, unknown>;
}

const node = (id: string, name: string, more: Record<string, unknown> = {}) => ({
	id,
	name,
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...more,
});

const workflow = (change: Partial<WorkflowFile> = {}): string =>
	JSON.stringify({
		id: 'sample',
		name: 'Sample',
		active: false,
		settings: { executionOrder: 'v1' },
		nodes: [node('1', 'A'), node('2', 'B')],
		connections: { A: { main: [[{ node: 'B', type: 'main', index: 0 }]] } },
		...change,
	});

describe('an example workflow', () => {
	it('passes when anybody could import it', () => {
		expect(checkWorkflow(workflow())).toEqual([]);
	});

	it('is refused when it is no JSON', () => {
		expect(checkWorkflow('{')).toEqual([expect.stringContaining('is not JSON')]);
	});

	it('is refused when a connection leads to a node that is not there', () => {
		const connections = { A: { main: [[{ node: 'Gone', type: 'main', index: 0 }]] } };
		expect(checkWorkflow(workflow({ connections })).join()).toContain('Gone');
	});

	it.each([
		['switched on', { active: true }, 'active'],
		['without an id', { id: '' }, '"id"'],
		['in the old execution order', { settings: {} }, 'executionOrder'],
	])('is refused when it is %s', (_case, change, named) => {
		expect(checkWorkflow(workflow(change)).join()).toContain(named);
	});

	it('is refused when two nodes share an id', () => {
		expect(checkWorkflow(workflow({ nodes: [node('1', 'A'), node('1', 'B')] })).join()).toContain('B');
	});

	it("is refused when it carries somebody's credential", () => {
		const credentials = { scimBearerTokenApi: { id: 'x1', name: 'Ours' } };
		const nodes = [node('1', 'A', { credentials }), node('2', 'B')];
		expect(checkWorkflow(workflow({ nodes }))).toEqual([expect.stringContaining('"A" carries a credential id')]);
	});
});
