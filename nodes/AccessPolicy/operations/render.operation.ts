import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { compiledPolicy } from '../../../core/governance';
import { accessMatrix, matrixCsv, parsePolicy, renderMatrixPage, renderPolicy } from '../../../core/policy';
import { toJson } from '../../runtime/items';
import { ledgerOf } from '../../runtime/ledger';
import { policyText } from '../policy-source';

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
];

/** One item with the page, and beside it Markdown or CSV, as binary files. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const source = await policyText(node, ledger);
	const { policy, hash } = parsePolicy(source);
	const compiled = compiledPolicy(source, hash);
	const file = async (text: string, name: string, type: string) =>
		await node.helpers.prepareBinaryData(Buffer.from(text, 'utf8'), `${fileName(policy.policy)}-${name}`, type);
	const pairedItem = node.getInputData().map((_, item) => ({ item }));
	const json = { ledger: ledger.id, policy: policy.policy, hash };
	if (node.getNodeParameter('form', 0) === 'matrix') {
		const written = node.getNodeParameter('dimensions', 0, '') as string;
		const dimensions = written
			.split(',')
			.map((name) => name.trim())
			.filter((name) => name !== '');
		const matrix = accessMatrix(compiled, { dimensions });
		const binary = {
			page: await file(renderMatrixPage(matrix), 'matrix.html', 'text/html'),
			csv: await file(matrixCsv(matrix), 'matrix.csv', 'text/csv'),
		};
		return [[{ json: toJson({ ...json, rows: matrix.rows.length, dimensions }), binary, pairedItem }]];
	}
	const [publication] = await ledger.policyVersions(policy.policy);
	const published = publication?.hash === hash ? publication : undefined;
	const version = await ledger.readPolicy({ hash });
	const { markdown, html } = renderPolicy(compiled, {
		hash,
		...(version && { version: version.version, publishedAt: version.publishedAt }),
		...(published && {
			author: published.author,
			authorProved: published.authorProof === 'proved',
			...(published.decidedBy !== undefined && { approvedBy: published.decidedBy }),
		}),
	});
	const binary = {
		page: await file(html, 'policy.html', 'text/html'),
		markdown: await file(markdown, 'policy.md', 'text/markdown'),
	};
	return [[{ json: toJson({ ...json, ...(version && { version: version.version }) }), binary, pairedItem }]];
}

function fileName(name: string): string {
	return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80);
}
