import { renderAttributes } from '../policy';
import type { CompiledPolicy, Entitlement, EntitlementKind } from '../policy';
import type { ActionContent, ActionOperation, Identity, Source } from '../model';
import type { Transition } from './holding';
import { contractOf } from './scope';
import { accountKey } from './types';
import type { PlanInput } from './types';

const GRANT: Readonly<Record<EntitlementKind, ActionOperation>> = {
	account: 'create_account',
	group: 'add_to_group',
	role: 'assign_role',
};
const REVOKE: Readonly<Record<EntitlementKind, ActionOperation>> = {
	account: 'disable_account',
	group: 'remove_from_group',
	role: 'remove_role',
};

/** Keys that find the account: the name it was last given, else the one the mapping gives it, else the e-mail. */
function matchKeys(input: PlanInput, application: string, identity: Identity): Record<string, string> {
	const applied = input.accounts?.get(accountKey(application, identity.id));
	const mapped = renderAttributes(input.compiled, application, identity);
	const { email } = identity.keys;
	const userName = [applied?.['userName'], mapped['userName'], email].find((each) => typeof each === 'string');
	return { ...(typeof userName === 'string' && { userName }), ...(email !== undefined && { email }) };
}

/** The contract that an action names: one that it named before, the one in scope, or the first by id. */
function contractId(input: PlanInput, sources: readonly Source[], before: readonly string[]): string | undefined {
	const ids = [...new Set(sources.flatMap((source) => contractOf(source)?.contractId ?? []))].sort();
	const preferred = [...before, input.scope.contractId].find((id) => id !== undefined && ids.includes(id));
	return preferred ?? ids[0];
}

/** The content of a grant or revocation. `before` are contracts that open actions on the same holding name. */
export function transitionContent(
	input: PlanInput,
	identity: Identity,
	entitlement: Entitlement,
	transition: Transition,
	before: readonly string[],
): ActionContent {
	const { application, kind, name, target } = entitlement;
	const grants = transition.kind === 'grant';
	const tenures = grants ? transition.stretch.tenures : transition.tenures;
	const contract = contractId(
		input,
		tenures.map(({ source }) => source),
		before,
	);
	const content: ActionContent = {
		v: 1,
		identityId: identity.id,
		application,
		operation: (grants ? GRANT : REVOKE)[kind],
		entitlement: name,
		match: matchKeys(input, application, identity),
		dueAt: transition.dueAt,
		policyHash: input.policyHash,
	};
	if (target !== undefined) content.target = target;
	if (contract !== undefined) content.contractId = contract;
	if (!grants) return content;
	if (kind === 'account') content.attributes = renderAttributes(input.compiled, application, identity);
	if (transition.stretch.until !== undefined) content.validUntil = transition.stretch.until;
	return content;
}

/** The content that brings an account's attributes up to date. */
export function updateContent(input: PlanInput, identity: Identity, application: string, dueAt: string): ActionContent {
	return {
		v: 1,
		identityId: identity.id,
		application,
		operation: 'update_account',
		match: matchKeys(input, application, identity),
		attributes: renderAttributes(input.compiled, application, identity),
		dueAt,
		policyHash: input.policyHash,
	};
}

export function connectorOf(compiled: CompiledPolicy, application: string): 'scim' | 'manual' | 'n8n' {
	const { applications } = compiled.policy;
	return (Object.hasOwn(applications, application) ? applications[application]?.connector : undefined) ?? 'manual';
}

/** Readable name of a person, for display. */
export function displayName(identity: Identity): string {
	const { displayName: shown, firstName, lastName } = identity.attributes;
	const name = [firstName, lastName].filter((part) => part !== undefined).join(' ');
	return String(shown ?? (name === '' ? (identity.keys.email ?? identity.id) : name));
}
