import { renderAttributes } from '../policy';
import type { CompiledPolicy, Entitlement, EntitlementKind } from '../policy';
import type { ActionContent, ActionOperation, Identity, Source } from '../model';
import type { Transition } from './holding';
import type { AccountName } from './people/account-name';
import { contractOf } from './scope';

/** What the content of every action of a plan rests on. */
export interface ContentContext {
	compiled: CompiledPolicy;
	policyHash: string;
	/** Attributes of an account as last applied, where they are known. */
	applied(application: string, identityId: string): Readonly<Record<string, unknown>> | undefined;
	/** Id of the account of somebody's manager in an application, where both are known. */
	managerAccount?(application: string, identity: Identity): string | undefined;
	/** The userName of somebody's account, where the policy says what happens on a collision. */
	accountName?(application: string, identityId: string, mapped: string): AccountName | undefined;
	/** The contract that the plan follows from. */
	contractId?: string;
}

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

/** What the policy wants an account to say of its person. */
export function accountAttributes(
	context: ContentContext,
	application: string,
	identity: Identity,
): Record<string, unknown> {
	const manager = context.managerAccount?.(application, identity);
	const { userName: mapped, ...rest } = renderAttributes(context.compiled, application, identity, manager);
	if (mapped === undefined) return rest;
	const name = nameOf(context, application, identity, mapped);
	if (name === undefined) return { userName: mapped, ...rest };
	// A name that is somebody else's is never written; who has an account keeps theirs.
	const userName = 'userName' in name ? name.userName : name.own;
	return { ...(userName !== undefined && { userName }), ...rest };
}

function nameOf(
	context: ContentContext,
	application: string,
	identity: Identity,
	mapped: unknown,
): AccountName | undefined {
	return typeof mapped === 'string' ? context.accountName?.(application, identity.id, mapped) : undefined;
}

/** Whose name it is that the mapping gives to somebody's account, where that is not theirs to have. */
export function nameTakenBy(context: ContentContext, application: string, identity: Identity): string | undefined {
	if (context.accountName === undefined) return undefined;
	const { userName } = renderAttributes(context.compiled, application, identity);
	const name = nameOf(context, application, identity, userName);
	return name !== undefined && 'takenBy' in name ? name.takenBy : undefined;
}

/** Keys that find the account: the name it was last given, else the one the mapping gives it, else the e-mail. */
export function matchKeys(context: ContentContext, application: string, identity: Identity): Record<string, string> {
	const applied = context.applied(application, identity.id);
	const mapped = accountAttributes(context, application, identity);
	const { email } = identity.keys;
	// An address that is somebody else's name would find their account.
	const address = nameTakenBy(context, application, identity) === undefined ? email : undefined;
	const userName = [applied?.['userName'], mapped['userName'], address].find((each) => typeof each === 'string');
	return { ...(typeof userName === 'string' && { userName }), ...(email !== undefined && { email }) };
}

/** The contract that an action names: one that it named before, the one in scope, or the first by id. */
function contractId(
	context: ContentContext,
	sources: readonly Source[],
	before: readonly string[],
): string | undefined {
	const ids = [...new Set(sources.flatMap((source) => contractOf(source)?.contractId ?? []))].sort();
	const preferred = [...before, context.contractId].find((id) => id !== undefined && ids.includes(id));
	return preferred ?? ids[0];
}

/** The content of a grant or revocation. `before` are contracts that open actions on the same holding name. */
export function transitionContent(
	context: ContentContext,
	identity: Identity,
	entitlement: Entitlement,
	transition: Transition,
	before: readonly string[],
): ActionContent {
	const { application, kind, name, target } = entitlement;
	const tenures = transition.kind === 'revoke' ? transition.tenures : transition.stretch.tenures;
	const contract = contractId(
		context,
		tenures.map(({ source }) => source),
		before,
	);
	const content: ActionContent = {
		v: 1,
		identityId: identity.id,
		application,
		operation: transition.kind === 'enable' ? 'enable_account' : (transition.kind === 'grant' ? GRANT : REVOKE)[kind],
		entitlement: name,
		match: matchKeys(context, application, identity),
		dueAt: transition.dueAt,
		policyHash: context.policyHash,
	};
	if (target !== undefined) content.target = target;
	if (contract !== undefined) content.contractId = contract;
	if (transition.kind !== 'grant') return content;
	if (kind === 'account') content.attributes = accountAttributes(context, application, identity);
	if (transition.prepared !== undefined) content.disabled = true;
	if (transition.stretch.until !== undefined) content.validUntil = transition.stretch.until;
	return content;
}

/** The content that brings an account's attributes up to date. */
export function updateContent(
	context: ContentContext,
	identity: Identity,
	application: string,
	dueAt: string,
): ActionContent {
	return {
		v: 1,
		identityId: identity.id,
		application,
		operation: 'update_account',
		match: matchKeys(context, application, identity),
		attributes: accountAttributes(context, application, identity),
		dueAt,
		policyHash: context.policyHash,
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
