import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { compiledPolicy, simulate } from '../../../core/governance';
import { DomainError } from '../../../core/model';
import { parsePolicy } from '../../../core/policy';
import { toJson } from '../../runtime/items';
import type { LedgerApi } from '../../../core/store';
import { ledgerOf } from '../../runtime/ledger';
import { runInWorker } from '../../runtime/worker';
import { textParameter } from '../../runtime/parameters';
import { policyText } from '../policy-source';
import { computeInWorker, POLICY_LIMITS } from '../policy-worker';

const show = { operation: ['publish'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Author',
		name: 'author',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ada@example.com',
		displayOptions: { show },
		description: 'E-mail address of who wrote this version. It is recorded as claimed: nobody proves it here.',
	},
	{
		displayName: 'Note',
		name: 'note',
		type: 'string',
		default: '',
		placeholder: 'e.g. Contractors lose standing access to the ERP',
		displayOptions: { show },
		description: 'What changed and why, for whoever reads the history',
	},
	{
		displayName: 'Needs a Second Person',
		name: 'secondPerson',
		type: 'boolean',
		default: false,
		displayOptions: { show },
		description: 'Whether somebody else has to agree before the version is in force',
	},
	{
		displayName: 'Second Person Says',
		name: 'decision',
		type: 'options',
		options: [
			{ name: 'Agree', value: 'approve', description: 'Put the waiting version in force' },
			{ name: 'Nothing Yet', value: 'submit', description: 'Submit the version and wait' },
			{ name: 'Refuse', value: 'reject', description: 'The waiting version never comes into force' },
		],
		default: 'submit',
		displayOptions: { show: { ...show, secondPerson: [true] } },
	},
	{
		displayName: 'Second Person',
		name: 'decidedBy',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. grace@example.com',
		displayOptions: { show: { ...show, secondPerson: [true], decision: ['approve', 'reject'] } },
		description: 'E-mail address of who decides; not the author',
	},
];

/** Puts a policy in force as an immutable version. A policy with errors is never published. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const source = await policyText(node, ledger);
	const findings = await runInWorker('lintPolicy', { policy: source }, POLICY_LIMITS);
	const errors = findings.filter(({ severity }) => severity === 'error');
	const [first] = errors;
	if (first) {
		throw new DomainError(
			'POLICY_INVALID',
			`Parameter "Policy" has ${errors.length} error(s); line ${first.line}, column ${first.column}: ${first.message}.`,
			first.remedy,
		);
	}
	const { policy, hash } = parsePolicy(source);
	const before = await ledger.readPolicy({ name: policy.policy });
	const secondPerson = node.getNodeParameter('secondPerson', 0) === true;
	const decision = secondPerson ? textParameter(node, 'decision') : 'submit';
	const note = textParameter(node, 'note').trim();
	const publication = await ledger.publishPolicy({
		hash,
		name: policy.policy,
		source,
		author: required(node, 'author', 'Author'),
		authorProof: 'claimed',
		needsApproval: secondPerson,
		...(note !== '' && { note }),
	});
	const decided =
		secondPerson && decision !== 'submit' && publication.state === 'pending'
			? await ledger.decidePolicy({
					name: policy.policy,
					number: publication.number,
					decision: decision === 'approve' ? 'approve' : 'reject',
					by: required(node, 'decidedBy', 'Second Person'),
					proof: 'claimed',
					...(note !== '' && { reason: note }),
				})
			: publication;
	const touched = decided.state === 'active' && before?.hash !== hash ? await touchedBy(ledger, source, hash) : [];
	const now = new Date().toISOString();
	await ledger.addReviews(touched.map((identityId) => ({ identityId, dueAt: now, reason: 'policy published' })));
	const comparison =
		before && before.hash !== hash
			? await runInWorker('comparePolicies', { before: before.source, after: source }, POLICY_LIMITS)
			: { changes: [] };
	const json = toJson({
		ledger: ledger.id,
		type: 'policy',
		...decided,
		peopleToEvaluate: touched.length,
		...comparison,
	});
	return [[{ json, pairedItem: node.getInputData().map((_, item) => ({ item })) }]];
}

/** Whom the version in force changes anything for: these, and nobody else, are due for evaluation from now on. */
async function touchedBy(ledger: LedgerApi, policy: string, policyHash: string): Promise<string[]> {
	const asOf = new Date().toISOString();
	const compiled = compiledPolicy(policy, policyHash);
	return (await simulate(ledger, computeInWorker, { compiled, policy, policyHash, asOf, maxListed: 0 })).changedIds;
}

function required(node: IExecuteFunctions, name: string, label: string): string {
	const text = textParameter(node, name).trim();
	if (text !== '') return text;
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is empty.`, 'Enter an e-mail address.');
}
