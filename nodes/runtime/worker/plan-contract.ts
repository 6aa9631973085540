import { extractTerms } from '../../../core/contract';
import type { Action, Blocked, ContractDocument, ContractHeader, Identity, Term } from '../../../core/model';
import { accountKey, planActions, type PlanResult } from '../../../core/plan';
import {
	compilePolicy,
	evaluate,
	parsePolicy,
	readIdentities,
	termExtractors,
	type CompiledPolicy,
} from '../../../core/policy';
import type { PlanningState } from '../../../core/store';

export interface SubjectsTask {
	/** Policy document. */
	policy: string;
	contract: ContractHeader;
	document: ContractDocument;
}

/** What a contract says that the ledger has to be asked about. */
export interface PolicySubjects {
	terms: Record<string, Term>;
	/** Keys of the people whom the contract names, in lower case. */
	emails: string[];
}

/** Reads a contract's terms and the people they name. */
export function readSubjects({ policy, contract, document }: SubjectsTask): PolicySubjects {
	const compiled = compile(policy).compiled;
	const terms = extractTerms(document, termExtractors(compiled.policy));
	const tables = Object.keys(terms).filter((name) => compiled.policy.terms?.[name]?.type === 'table');
	const emails = tables.flatMap((termName) =>
		readIdentities({ compiled, contract, termName, term: terms[termName], known: new Map() }).people.map(
			({ email }) => email,
		),
	);
	return { terms, emails: [...new Set(emails)].sort() };
}

export interface PlanTask {
	policy: string;
	contract: ContractHeader;
	terms: Record<string, Term>;
	state: PlanningState;
	/** Ids for the people whom the ledger does not know yet, by e-mail. */
	newcomers: Readonly<Record<string, string>>;
	asOf: string;
	effectiveFrom: string;
	/** Makes the ids of this plan's actions its own. */
	seed: string;
}

export interface ContractPlan extends Omit<PlanResult, 'kept'> {
	policy: { name: string; hash: string };
	asOf: string;
	identities: Identity[];
	/** Open actions of earlier plans that still say what is wanted, with the sources that earn it now. */
	kept: Action[];
	blocked: Blocked[];
}

/** The exact difference between the access that follows from a contract and the access that the ledger knows. */
export function planContract(task: PlanTask): ContractPlan {
	const { state, asOf, effectiveFrom, contract } = task;
	const { compiled, hash } = compile(task.policy);
	const identities = [...state.identities, ...newcomersOf(task)];
	const evaluation = evaluate({
		compiled,
		contracts: [{ header: contract, terms: task.terms }],
		identities,
		asOf,
		effectiveFrom,
	});
	const plan = planActions({
		compiled,
		policyHash: hash,
		seed: task.seed,
		evaluation,
		scope: { contractId: contract.id },
		held: state.held,
		openActions: state.openActions,
		identities,
		accounts: new Map(
			state.accounts
				.filter(({ active, attributes }) => active && Object.keys(attributes).length > 0)
				.map(({ application, identityId, attributes }) => [accountKey(application, identityId), attributes]),
		),
		asOf,
	});
	const open = new Map(state.openActions.map((action) => [action.id, action]));
	return {
		...plan,
		policy: { name: compiled.policy.policy, hash },
		asOf,
		identities: evaluation.identities,
		kept: plan.kept.flatMap(({ actionId, sources }) => {
			const action = open.get(actionId);
			return action ? [{ ...action, sources }] : [];
		}),
		blocked: [...evaluation.blocked, ...plan.blocked],
	};
}

/** People who are met for the first time have an id and a key, and nothing else yet. */
function newcomersOf({ newcomers, state }: PlanTask): Identity[] {
	const known = new Set(state.identities.map(({ keys }) => keys['email']));
	return Object.entries(newcomers)
		.filter(([email]) => !known.has(email))
		.map(([email, id]) => ({ id, keys: { email }, attributes: {} }));
}

function compile(source: string): { compiled: CompiledPolicy; hash: string } {
	const { policy, hash } = parsePolicy(source);
	return { compiled: compilePolicy(policy, hash), hash };
}
