import { readFileSync } from 'node:fs';
import { lintPolicy } from '../../core/policy';
import { workforcePolicy } from '../../sandbox/src/demo-people.js';
import { drawnWorkflows } from '../../tools/make-workflows.js';
import { checkWorkflow } from '../../tools/workflow-check.js';

interface Node {
	name: string;
	type: string;
	position: [number, number];
	parameters: Record<string, unknown>;
	notes?: string;
}

const drawn = drawnWorkflows().map(({ name, file, text }) => ({ name, text, shipped: readFileSync(file, 'utf8') }));

/** A workflow as a graph: where items go from each output of a node. */
function graphOf(text: string) {
	const { nodes, connections } = JSON.parse(text) as {
		nodes: Node[];
		connections: Record<string, { main: Array<Array<{ node: string }>> }>;
	};
	const targets = (name: string, output: number) => (connections[name]?.main[output] ?? []).map(({ node }) => node);
	const reach = (starts: readonly string[]): Set<string> => {
		const seen = new Set(starts);
		for (const name of seen) {
			for (const links of connections[name]?.main ?? []) for (const { node } of links) seen.add(node);
		}
		return seen;
	};
	const isNote = ({ type }: Node) => type.endsWith('.stickyNote');
	return { steps: nodes.filter((node) => !isNote(node)), notes: nodes.filter(isNote), targets, reach };
}

const typeOf = ({ type }: Node) => type.split('.')[1] ?? '';
const operation = ({ parameters }: Node) => parameters['operation'] as string;
const writes = (node: Node) => ['applyActions', 'claim', 'recordResult'].includes(operation(node));
/** Outputs of what makes plans: what is ready, and what needs an approval. */
const OUTPUTS: Record<string, { ready: number; approval: number }> = {
	evaluate: { ready: 1, approval: 2 },
	reconcile: { ready: 2, approval: 3 },
};
const plans = (node: Node) =>
	operation(node) === 'evaluate' || (operation(node) === 'reconcile' && node.parameters['mode'] === 'plan');

it('ships a policy for people without errors and warnings', () => {
	expect(lintPolicy(workforcePolicy()).filter(({ severity }) => severity !== 'info')).toEqual([]);
});

describe.each(drawn)('the workflow "$name"', ({ text, shipped }) => {
	const { steps, notes, targets, reach } = graphOf(shipped);
	const named = new Map(steps.map((node) => [node.name, node]));
	const planning = steps.filter((node) => plans(node) && !node.name.startsWith('Sample'));
	const applications = steps.filter((node) => writes(node) && node.name.startsWith('Apply')).map(({ name }) => name);

	it('is as tools/make-workflows.js draws it, and fit to import', () => {
		expect(shipped).toBe(text);
		expect(checkWorkflow(shipped)).toEqual([]);
	});

	it('can be tried by its manual trigger, and leads from there to a decision', () => {
		const manual = steps.find((node) => typeOf(node) === 'manualTrigger');
		const reached = reach([manual?.name ?? '']);
		expect(planning.map(({ name }) => reached.has(name))).toEqual([true]);
	});

	it('leads no harmless output to anything that writes', () => {
		const harmless = steps.flatMap((node) => {
			const gated = ['evaluate', 'reconcile', 'waitForDecision', 'planRollback', 'claim'].includes(operation(node));
			return gated && !node.name.startsWith('Sample') ? targets(node.name, 0) : [];
		});
		const reached = [...reach(harmless)].flatMap((name) => named.get(name) ?? []);
		expect(harmless.length).toBeGreaterThan(1);
		expect(reached.filter(writes).map(({ name }) => name)).toEqual([]);
	});

	it('asks for approval before it writes what needs one', () => {
		expect(applications).not.toEqual([]);
		for (const node of planning) {
			const { ready = 0, approval = 0 } = OUTPUTS[operation(node)] ?? {};
			expect(targets(node.name, approval)).toEqual(['Request Approval']);
			expect(targets(node.name, ready)).toEqual(expect.arrayContaining(applications));
		}
	});

	it('waits below whatever else has to be done: n8n works from top to bottom', () => {
		for (const { name } of planning) {
			const next = [0, 1, 2, 3].flatMap((output) => targets(name, output)).flatMap((each) => named.get(each) ?? []);
			const lowest = next.reduce((low, node) => (node.position[1] >= low.position[1] ? node : low));
			expect(lowest.name).toBe('Request Approval');
		}
	});

	it('says of every placeholder what to put there', () => {
		const silent = steps.filter((node) => typeOf(node) === 'noOp' && (node.notes ?? '').length < 20);
		expect(silent.map(({ name }) => name)).toEqual([]);
	});

	it('has every node in one section, and no two that overlap', () => {
		const frames = notes.map(({ name, position: [x, y], parameters }) => ({
			name,
			x,
			y,
			right: x + Number(parameters['width']),
			bottom: y + Number(parameters['height']),
		}));
		for (const { name, position } of steps) {
			const [x, y] = position;
			const around = frames.filter((each) => x >= each.x && x < each.right && y >= each.y && y < each.bottom);
			expect([name, around.length]).toEqual([name, 1]);
		}
		const overlapping = frames.filter((a) =>
			frames.some((b) => a !== b && a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom),
		);
		expect(overlapping.map(({ name }) => name)).toEqual([]);
		const places = steps.map(({ position }) => position.join());
		expect(new Set(places).size).toBe(places.length);
	});
});
