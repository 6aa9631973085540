import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { runInWorker } from '../../runtime/worker';
import { policyText } from '../policy-source';
import { POLICY_LIMITS, policyHeadOf } from '../../runtime/policy-worker';

const show = { operation: ['render'] };

export const description: INodeProperties[] = [
	{
		displayName: 'As',
		name: 'form',
		type: 'options',
		options: [
			{ name: 'Document', value: 'document', description: 'A document that people can search and sign' },
			{
				name: 'Matrix',
				value: 'matrix',
				description: 'Every title, department and type against the entitlements it earns, as a page and as CSV',
			},
			{
				name: 'Rules From a Matrix',
				value: 'rules',
				description: 'The rules that give exactly what a CSV table says',
			},
		],
		default: 'document',
		displayOptions: { show },
	},
	{
		displayName: 'Dimensions',
		name: 'dimensions',
		type: 'string',
		default: 'title, department, employmentType',
		displayOptions: { show: { ...show, form: ['matrix'] } },
		description: 'Attributes whose combinations make the rows, separated by commas',
	},
	{
		displayName: 'Matrix Binary Field',
		name: 'matrixFile',
		type: 'string',
		default: 'data',
		required: true,
		displayOptions: { show: { ...show, form: ['rules'] } },
		hint: 'The name of the input field containing the CSV file: first the columns of attributes, then one for each entitlement or role of the policy; "yes" grants',
	},
];

/** One item with the page, and beside it Markdown or CSV, as binary files. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const source = await policyText(node, ledger);
	const { name, hash } = await policyHeadOf(source);
	const file = async (text: string, what: string, type: string) =>
		await node.helpers.prepareBinaryData(Buffer.from(text, 'utf8'), `${fileName(name)}-${what}`, type);
	const pairedItem = node.getInputData().map((_, item) => ({ item }));
	const json = { ledger: ledger.id, policy: name, hash };
	if (node.getNodeParameter('form', 0) === 'matrix') {
		const written = node.getNodeParameter('dimensions', 0, '') as string;
		const dimensions = written
			.split(',')
			.map((each) => each.trim())
			.filter((each) => each !== '');
		const { html, csv, rows } = await runInWorker('renderMatrix', { policy: source, dimensions }, POLICY_LIMITS);
		const binary = {
			page: await file(html, 'matrix.html', 'text/html'),
			csv: await file(csv, 'matrix.csv', 'text/csv'),
		};
		return [[{ json: toJson({ ...json, rows, dimensions }), binary, pairedItem }]];
	}
	if (node.getNodeParameter('form', 0) === 'rules') {
		const field = node.getNodeParameter('matrixFile', 0, 'data') as string;
		const csv = (await node.helpers.getBinaryDataBuffer(0, field)).toString('utf8');
		const { rules, yaml } = await runInWorker('rulesFromMatrix', { policy: source, csv }, POLICY_LIMITS);
		const binary = { rules: await file(yaml, 'rules.yaml', 'application/yaml') };
		return [[{ json: toJson({ ...json, rules, yaml }), binary, pairedItem }]];
	}
	const [publication] = await ledger.policyVersions(name);
	const published = publication?.hash === hash ? publication : undefined;
	const version = await ledger.readPolicy({ hash });
	const described = {
		hash,
		...(version && { version: version.version, publishedAt: version.publishedAt }),
		...(published && {
			author: published.author,
			authorProved: published.authorProof === 'proved',
			...(published.decidedBy !== undefined && { approvedBy: published.decidedBy }),
		}),
	};
	const { markdown, html } = await runInWorker('renderDocument', { policy: source, version: described }, POLICY_LIMITS);
	const binary = {
		page: await file(html, 'policy.html', 'text/html'),
		markdown: await file(markdown, 'policy.md', 'text/markdown'),
	};
	return [[{ json: toJson({ ...json, ...(version && { version: version.version }) }), binary, pairedItem }]];
}

function fileName(name: string): string {
	return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80);
}
