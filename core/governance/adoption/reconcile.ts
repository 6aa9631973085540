import { DomainError } from '../../model';
import { enforcementOf } from '../../plan';
import { addDuration, compilePolicy, parsePolicy } from '../../policy';
import type { ScimClient } from '../../scim';
import { adoptApplication } from './adopt';
import { compare } from './compare';
import type { Comparison } from './comparison';
import { ManagedGroups } from './managed-groups';
import type { ReconcileHooks, ReconcileLedger, ReconcileOutcome, ReconcileRequest } from './types';

const EXCEPTIONS_SHOWN = 'P30D';

/**
 * Compares all accounts and groups of an application with the ledger: orphans, drift, what is missing, memberships that
 * nothing gives, idle accounts. Only reports; or plans corrections, which go the way of any plan; or adopts what was found.
 * The application itself is only read. Of what could not be read to the end nothing is concluded.
 *
 * @throws DomainError POLICY_INVALID (the policy, or it does not know the application), SCIM_FAILED (the application can't
 * be read), LEDGER_REFUSED (`plan` in an application that was never compared as a report)
 */
export async function reconcileApplication(
	client: ScimClient,
	ledger: ReconcileLedger,
	request: ReconcileRequest,
	hooks: ReconcileHooks,
): Promise<ReconcileOutcome> {
	const { policy, hash } = parsePolicy(request.policy);
	const compiled = compilePolicy(policy, hash);
	if (!Object.hasOwn(policy.applications, request.application)) throw unknownApplication(request.application);
	const managed = new ManagedGroups(compiled, request.application);
	const comparison = { client, ledger, request, compiled, policyHash: hash, managed, hooks };
	const enforcement = enforcementOf(compiled, request.application);
	if (request.mode === 'plan' && enforcement !== 'record') await refuseBeforeDryRun(comparison);
	const outcome = request.mode === 'adopt' ? await adoptApplication(comparison) : await compare(comparison);
	const { application, mode, executionId } = request;
	const { complete, counts } = outcome;
	const execution = executionId === undefined ? {} : { executionId };
	await ledger.saveReconciliation({ application, policyHash: hash, mode, complete, counts, ...execution });
	const since = addDuration(request.asOf, EXCEPTIONS_SHOWN, compiled.zone, 'start', -1);
	return {
		...outcome,
		application,
		mode,
		enforcement,
		policyHash: hash,
		profile: client.profile,
		writtenPastLedger: await ledger.pastWritesIn({ application, since }),
	};
}

/** Nothing is changed in an application before somebody could see what that would be. */
async function refuseBeforeDryRun({ ledger, request: { application } }: Comparison): Promise<void> {
	if ((await ledger.lastDryRun(application)) !== undefined) return;
	throw new DomainError(
		'LEDGER_REFUSED',
		`${application} was never compared with the ledger to the end, so nothing is planned in it yet.`,
		'Run Reconcile with "Report Only" first and look at what it finds; then plan corrections.',
	);
}

function unknownApplication(application: string): DomainError {
	return new DomainError(
		'POLICY_INVALID',
		`The policy has no application "${application.slice(0, 100)}".`,
		'Enter its name as in the policy; Import Catalogue gives a beginning for a new one.',
	);
}
