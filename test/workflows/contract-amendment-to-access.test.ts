import { readFileSync } from 'node:fs';
import { lintPolicy } from '../../core/policy';
import { WORKFLOW, withDemo } from '../../tools/embed-demo.js';

interface Workflow {
	nodes: Array<{ name: string; type: string; parameters: Record<string, unknown> }>;
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}

const text = readFileSync(WORKFLOW, 'utf8');
const workflow = JSON.parse(text) as Workflow;

describe('the workflow "Contract amendment to access"', () => {
	it('carries the policy and the amendment of the demo as they are now', () => {
		expect(withDemo(text)).toBe(text);
	});

	it('ships a policy without errors and warnings', () => {
		const settings = workflow.nodes.find((node) => node.name === 'Settings');
		const { assignments } = settings?.parameters['assignments'] as {
			assignments: Array<{ name: string; value: string }>;
		};
		const policy = assignments.find((assignment) => assignment.name === 'policy')?.value ?? '';
		expect(lintPolicy(policy).filter((finding) => finding.severity !== 'info')).toEqual([]);
	});

	it('sends only what was approved from the gate to an application', () => {
		const [notApproved, approved] = workflow.connections['Wait for Decision']?.main ?? [];
		expect(notApproved?.map((link) => link.node)).toEqual(['Not Approved']);
		expect(approved?.map((link) => link.node)).toEqual(['Apply to Slack', 'Apply to GitHub']);
	});

	it('leads the harmless output of the policy to no application', () => {
		const [blocked] = workflow.connections['Evaluate Access']?.main ?? [];
		expect(blocked?.map((link) => link.node)).toEqual(['Blocked: Ask the Owner']);
	});
});
