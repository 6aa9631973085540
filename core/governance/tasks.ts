import { compilePolicy, parsePolicy, PeerGroups, type CompiledPolicy, type PeerCounts } from '../policy';
import { checkGuards, type GuardedAction, type GuardVerdict } from '../plan';
import type { GuardInputs } from '../store';
import { answerAsks, type AskAnswer, type AskTask } from './asking';
import { peopleNamed, TermCache, type ContractVersionState } from './contract-state';
import { decide, type Decision, type DecisionInput } from './decide';
import { answerQuestions, type AccessAnswer, type ExplainTask } from './explain';
import { countPeers, populationOf, type PeersTask } from './population';
import { guardedRollback, type GuardedRollback, type RollbackTask } from './rollback';

/** A decision's input in plain data: it may cross into a worker thread. */
export interface DecisionTask extends Omit<DecisionInput, 'compiled' | 'guards' | 'peers'> {
	policy: string;
	guards?: GuardInputs;
	peers?: PeerCounts;
}

export interface DecisionSummary extends Decision {
	policyName: string;
}

export interface PeopleNamedTask {
	policy: string;
	policyHash: string;
	versions: readonly ContractVersionState[];
}

export interface GuardsTask {
	policy: string;
	policyHash: string;
	actions: readonly GuardedAction[];
	guards: GuardInputs;
	asOf: string;
}

export interface GovernanceTasks {
	decide: { input: DecisionTask; result: DecisionSummary };
	peopleNamed: { input: PeopleNamedTask; result: string[] };
	countPeers: { input: PeersTask; result: PeerCounts };
	planRollback: { input: RollbackTask; result: GuardedRollback };
	checkGuards: { input: GuardsTask; result: GuardVerdict };
	explainAccess: { input: ExplainTask; result: AccessAnswer[][] };
	answerAsks: { input: AskTask; result: AskAnswer[] };
}

/** Runs a task of governance: here, or in a thread of its own where somebody else needs this one. */
export type Compute = <Name extends keyof GovernanceTasks>(
	name: Name,
	input: GovernanceTasks[Name]['input'],
) => Promise<GovernanceTasks[Name]['result']>;

type Task<Name extends keyof GovernanceTasks> = (
	task: GovernanceTasks[Name]['input'],
) => GovernanceTasks[Name]['result'];

/** Policies and terms that this process has seen: compiling and reading are done once a version. */
const compiledPolicies = new Map<string, CompiledPolicy>();
const terms = new TermCache();
const MAX_POLICIES = 20;

export function compiledPolicy(source: string, hash: string): CompiledPolicy {
	const known = compiledPolicies.get(hash);
	if (known !== undefined) return known;
	const parsed = parsePolicy(source);
	const compiled = compilePolicy(parsed.policy, parsed.hash);
	const oldest = compiledPolicies.keys().next();
	if (compiledPolicies.size >= MAX_POLICIES && !oldest.done) compiledPolicies.delete(oldest.value);
	compiledPolicies.set(parsed.hash, compiled);
	return compiled;
}

export function runDecide({ policy, guards, peers, ...task }: DecisionTask): DecisionSummary {
	const compiled = compiledPolicy(policy, task.policyHash);
	const by = compiled.policy.risk?.peers?.by;
	const decision = decide(
		{
			...task,
			compiled,
			...(peers && by && { peers: new PeerGroups(by).merge(peers) }),
			...(guards && { guards: { population: populationOf(compiled, guards), history: guards.history } }),
		},
		terms,
	);
	return { ...decision, policyName: compiled.policy.policy };
}

export function runPeopleNamed({ policy, policyHash, versions }: PeopleNamedTask): string[] {
	const compiled = compiledPolicy(policy, policyHash);
	return [...new Set(versions.flatMap((version) => peopleNamed(compiled, version, terms)))].sort();
}

/** Tasks in this thread. */
export const computeHere: Compute = (name, input) => {
	const run = GOVERNANCE_TASKS[name] as (task: typeof input) => GovernanceTasks[typeof name]['result'];
	return Promise.resolve().then(() => run(input));
};

export function runCountPeers(task: PeersTask): PeerCounts {
	return countPeers(compiledPolicy(task.policy, task.policyHash), task);
}

export const GOVERNANCE_TASKS: { [Name in keyof GovernanceTasks]: Task<Name> } = {
	decide: runDecide,
	peopleNamed: runPeopleNamed,
	countPeers: runCountPeers,
	planRollback: (task) => guardedRollback(compiledPolicy(task.policy, task.policyHash), task),
	checkGuards: ({ policy, policyHash, actions, guards, asOf }) => {
		const compiled = compiledPolicy(policy, policyHash);
		return checkGuards({
			compiled,
			actions,
			population: populationOf(compiled, guards),
			history: guards.history,
			asOf,
		});
	},
	explainAccess: (task) => answerQuestions(compiledPolicy(task.policy, task.policyHash), task),
	answerAsks: (task) => answerAsks(compiledPolicy(task.policy, task.policyHash), task),
};
