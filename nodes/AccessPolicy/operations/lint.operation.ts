import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { runInWorker } from '../../runtime/worker';
import { policyText } from '../policy-source';
import { POLICY_LIMITS } from '../../runtime/policy-worker';

/** One item per finding; a clean policy gives one item that says so. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const policy = await policyText(node, await ledgerOf(node));
	const findings = await runInWorker('lintPolicy', { policy }, POLICY_LIMITS);
	const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
	const errors = count('error');
	const summary = `${errors} error(s), ${count('warning')} warning(s), ${count('info')} note(s)`;
	const [first] = findings;
	if (first) {
		node.addExecutionHints({
			message: `Policy: ${summary}. Line ${first.line}, column ${first.column}: ${first.message}`,
			type: errors > 0 ? 'danger' : 'warning',
			location: 'outputPane',
		});
	}
	const pairedItem = node.getInputData(0, NodeConnectionTypes.Main).map((_, item) => ({ item }));
	if (!first) return [[{ json: { severity: 'none', message: 'The policy is clean.', errors: 0 }, pairedItem }]];
	return [findings.map((finding) => ({ json: toJson({ ...finding, errors }), pairedItem }))];
}
