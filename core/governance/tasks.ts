import { compilePolicy, parsePolicy, PeerGroups, type CompiledPolicy, type PeerCounts } from '../policy';
import type { Population } from '../plan';
import type { GuardInputs } from '../store';
import { peopleNamed, TermCache, type ContractVersionState } from './contract-state';
import { decide, type Decision, type DecisionInput } from './decide';
import { countPeers, type PeersTask } from './population';

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

export interface GovernanceTasks {
	decide: { input: DecisionTask; result: DecisionSummary };
	peopleNamed: { input: PeopleNamedTask; result: string[] };
	countPeers: { input: PeersTask; result: PeerCounts };
}

/** Runs a task of governance: here, or in a thread of its own where somebody else needs this one. */
export type Compute = <Name extends keyof GovernanceTasks>(
	name: Name,
	input: GovernanceTasks[Name]['input'],
) => Promise<GovernanceTasks[Name]['result']>;

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

function populationOf(compiled: CompiledPolicy, { holdings, byEntitlement }: GuardInputs): Population {
	const byApplication = new Map<string, number>();
	for (const [name, people] of byEntitlement) {
		const application = compiled.entitlements.resolve(name)?.application;
		if (application !== undefined) byApplication.set(application, (byApplication.get(application) ?? 0) + people);
	}
	return { holdings, byApplication, byEntitlement: new Map(byEntitlement) };
}

/** Tasks in this thread. */
export const computeHere: Compute = (name, input) => {
	const run = TASKS[name] as (task: typeof input) => GovernanceTasks[typeof name]['result'];
	return Promise.resolve().then(() => run(input));
};

export function runCountPeers(task: PeersTask): PeerCounts {
	return countPeers(compiledPolicy(task.policy, task.policyHash), task);
}

export const TASKS = { decide: runDecide, peopleNamed: runPeopleNamed, countPeers: runCountPeers };
