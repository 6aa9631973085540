import type { ActionOperation, Identity } from '../../model';
import { parseAddress } from '../../policy';
import type { CompiledPolicy } from '../../policy';
import type { Draft } from '../action-book';
import { connectorOf, matchKeys } from '../content';
import type { ContentContext } from '../content';
import { identityAt } from './attributes';
import { verifyBy } from './deadline';
import type { PlanSink } from './sink';
import type { PersonToPlan } from './types';

const STEPS: ReadonlyArray<readonly ['sessions' | 'tokens' | 'ownership', ActionOperation, string]> = [
	['sessions', 'revoke_sessions', 'Sessions end with employment'],
	['tokens', 'revoke_tokens', 'Tokens end with employment'],
	['ownership', 'transfer_ownership', 'What the person owns goes to somebody else'],
];

/** Who takes over what a leaver owns; undefined where the policy names nobody who can be found. */
function successor(compiled: CompiledPolicy, identity: Identity, application: string): string | undefined {
	const { leaver, applications } = compiled.policy;
	const owner = Object.hasOwn(applications, application) ? applications[application]?.owner : undefined;
	const name = leaver?.transferTo ?? 'manager';
	const manager = Object.hasOwn(identity.attributes, 'manager') ? identity.attributes['manager'] : undefined;
	const chosen = name === 'manager' ? manager : name === 'owner' ? owner : name;
	if (typeof chosen !== 'string') return owner;
	return parseAddress(chosen) ?? chosen;
}

/**
 * What the policy's leaver order asks for besides disabling and groups. SCIM has no such operations: they are steps of
 * applications that n8n's own nodes or people look after.
 */
function leaverSteps(context: ContentContext, identity: Identity, application: string, dueAt: string): Draft[] {
	const { compiled, policyHash } = context;
	const order: readonly string[] = compiled.policy.leaver?.order ?? [];
	if (connectorOf(compiled, application) === 'scim') return [];
	return STEPS.flatMap(([step, operation, reason]) => {
		if (!order.includes(step)) return [];
		const transferTo = operation === 'transfer_ownership' ? successor(compiled, identity, application) : undefined;
		if (operation === 'transfer_ownership' && transferTo === undefined) return [];
		const content = {
			v: 1 as const,
			identityId: identity.id,
			application,
			operation,
			match: matchKeys(context, application, identity),
			...(transferTo !== undefined && { transferTo }),
			dueAt,
			policyHash,
		};
		const deadline = verifyBy(compiled, application, 'leaver', dueAt);
		const verify = deadline === undefined ? {} : { verifyBy: deadline };
		return [{ content, sources: [], reason, privileged: false, event: 'leaver' as const, ...verify }];
	});
}

/**
 * Sessions, tokens and ownership go with an account that is disabled because the person leaves.
 *
 * @param leaving applications whose account ends so, with the time of it
 * @param staying applications whose account is there and stays for now
 */
export function planLeaverSteps(
	{ context, book, input }: PlanSink,
	{ timeline, openActions }: PersonToPlan,
	leaving: ReadonlyMap<string, string>,
	staying: ReadonlySet<string>,
): void {
	const open = openActions.filter(
		({ content, executionState }) =>
			content.entitlement === undefined && content.operation !== 'update_account' && executionState !== 'claimed',
	);
	if (open.length === 0 && leaving.size === 0) return;
	const waiting = new Set(open);
	const { asOf } = input;
	const identity = identityAt(timeline, asOf);
	for (const [application, dueAt] of leaving) {
		for (const draft of leaverSteps(context, identity, application, dueAt)) {
			if (book.keep(waiting, draft.content, draft.sources, { asOf }) === undefined) book.plan(identity, draft);
		}
	}
	// What belongs to an account that has gone already is still to be done; with an account that stays it is not.
	const obsolete = [...waiting].filter(
		({ content }) => staying.has(content.application) || leaving.has(content.application),
	);
	book.supersede(obsolete, 'The person does not leave then.');
}
