import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { simulate } from '../../../core/governance';
import { DomainError } from '../../../core/model';
import { toJson } from '../../runtime/items';
import type { LedgerApi } from '../../../core/store';
import { ledgerOf } from '../../runtime/ledger';
import { runInWorker, type PolicyHead } from '../../runtime/worker';
import { textParameter } from '../../runtime/parameters';
import { policyText } from '../policy-source';
import { askByGate } from '../second-person';
import { computeInWorker, POLICY_LIMITS, policyHeadOf } from '../../runtime/policy-worker';

const show = { operation: ['publish'] };
const byLink = { ...show, secondPerson: [true], decision: ['gate'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Author',
		name: 'author',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ada@example.com',
		displayOptions: { show },
		description:
			'E-mail address of who wrote this version. Recorded as claimed, unless the author confirms it by a link of the approval gate.',
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
			{
				name: 'By Link',
				value: 'gate',
				description: 'Ask by links of the approval gate: what is decided there is proved',
			},
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
		description: 'E-mail address of who decides; not the author. Recorded as claimed.',
	},
	{
		displayName: 'Approvers',
		name: 'approvers',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. grace@example.com, ciso@example.com',
		displayOptions: { show: byLink },
		description: 'E-mail addresses, separated by commas. One of them has to agree; the author does not count.',
	},
	{
		displayName: 'Author Confirms',
		name: 'authorConfirms',
		type: 'boolean',
		default: false,
		displayOptions: { show: byLink },
		description: 'Whether the author gets a link as well, and has to confirm that the version is theirs',
	},
	{
		displayName: 'Decide Within',
		name: 'decideWithin',
		type: 'string',
		default: 'P3D',
		placeholder: 'e.g. P3D',
		displayOptions: { show: byLink },
		description: 'ISO 8601 duration, after which the links are worth nothing',
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
	const head = await policyHeadOf(source);
	const { name, hash } = head;
	const before = await ledger.readPolicy({ name });
	await mustBeReady(before?.source, source);
	const secondPerson = node.getNodeParameter('secondPerson', 0) === true;
	const decision = secondPerson ? textParameter(node, 'decision') : 'submit';
	const note = textParameter(node, 'note').trim();
	const publication = await ledger.publishPolicy({
		hash,
		name,
		source,
		author: required(node, 'author', 'Author'),
		authorProof: 'claimed',
		needsApproval: secondPerson,
		...(note !== '' && { note }),
	});
	const pairedItem = node.getInputData().map((_, item) => ({ item }));
	if (decision === 'gate' && publication.state === 'pending') {
		return [(await askByGate(node, ledger, publication)).map((json) => ({ json, pairedItem }))];
	}
	const decided =
		(decision === 'approve' || decision === 'reject') && publication.state === 'pending'
			? await ledger.decidePolicy({
					name,
					number: publication.number,
					decision,
					by: required(node, 'decidedBy', 'Second Person'),
					proof: 'claimed',
					...(note !== '' && { reason: note }),
				})
			: publication;
	// The gate puts a version in force with the deciding vote, before anybody looks whom it touches.
	const news = before?.hash !== hash || decision === 'gate';
	const touched = decided.state === 'active' && news ? await touchedBy(ledger, source, head) : [];
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
	return [[{ json, pairedItem }]];
}

/** Whom the version in force changes anything for: these, and nobody else, are due for evaluation from now on. */
async function touchedBy(ledger: LedgerApi, policy: string, head: PolicyHead): Promise<string[]> {
	const asOf = new Date().toISOString();
	return (await simulate(ledger, computeInWorker, { policy, head, asOf, maxListed: 0 })).changedIds;
}

/** Enforcement of an application starts only when the linter has nothing against it that nobody answers for. */
async function mustBeReady(before: string | undefined, after: string): Promise<void> {
	const asOf = new Date().toISOString();
	const task = { after, asOf, ...(before !== undefined && { before }) };
	const [application, ...others] = await runInWorker('notReady', task, POLICY_LIMITS);
	const [first] = application?.findings ?? [];
	if (application === undefined || first === undefined) return;
	const more = others.length === 0 ? '' : `, nor ${others.map((each) => each.application).join(', ')}`;
	const where = `line ${first.line}, column ${first.column}`;
	throw new DomainError(
		'POLICY_INVALID',
		`Parameter "Policy": application "${application.application}" cannot be enforced yet${more}: ${application.findings.length} finding(s) concern it, the first at ${where}: ${first.code}, ${first.message}.`,
		`${first.remedy}. Or accept it under "applications: ${application.application}: accept", with an owner, an end and a reason. Until then keep "enforcement: record" or "approve".`,
		{ findings: application.findings.length },
	);
}

function required(node: IExecuteFunctions, name: string, label: string): string {
	const text = textParameter(node, name).trim();
	if (text !== '') return text;
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is empty.`, 'Enter an e-mail address.');
}
