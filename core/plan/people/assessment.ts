import type { ActionContent, Blocked, Identity, PlannedAction, Risk, SeparationHit, Source } from '../../model';
import { approvalFor, resolveEntitlement, riskOf } from '../../policy';
import type { ApprovalAnswer, CompiledApproval, CompiledPolicy, Entitlement, PeerGroups } from '../../policy';

/** One action before it is planned, with what its risk and its approval depend on. */
export interface Case {
	compiled: CompiledPolicy;
	identity: Identity;
	entitlement: Entitlement;
	content: ActionContent;
	gives: boolean;
	/** The person left, and somebody said so. */
	leaves: boolean;
	sources: readonly Source[];
	separation: readonly SeparationHit[];
	peers: PeerGroups | undefined;
	held: number;
	asOf: string;
	effectiveAt: string | undefined;
}

const EXPIRY = 'P7D';

export function enforcementOf({ policy }: CompiledPolicy, application: string): 'record' | 'approve' | 'enforce' {
	const { applications } = policy;
	return (Object.hasOwn(applications, application) ? applications[application]?.enforcement : undefined) ?? 'enforce';
}

function ownerApproval(id: string, approvers: readonly string[]): CompiledApproval {
	const asked = approvers.length === 0 ? ['owner'] : [...approvers];
	const need = new Map(asked.map((name) => [name, 1]));
	return { id, conditions: [], approvers: asked, need, expires: EXPIRY };
}

/** What has to be approved besides what the approval rules ask: by mode of the application, and by duties that meet. */
function furtherApprovals({ compiled, content, entitlement, separation, gives }: Case): CompiledApproval[] {
	const more: CompiledApproval[] = [];
	const { application } = content;
	if (enforcementOf(compiled, application) === 'approve') {
		const { applications } = compiled.policy;
		const owner = Object.hasOwn(applications, application) ? applications[application]?.owner : undefined;
		more.push(ownerApproval(`enforcement:${application}`, owner === undefined ? [] : [owner]));
	}
	if (!gives) return more;
	for (const { rule, action, conflictsWith } of separation) {
		if (action !== 'approve') continue;
		const names = [entitlement.name, ...conflictsWith.split(', ')];
		const owners = names.flatMap((name) => resolveEntitlement(compiled, name)?.owner ?? []);
		more.push(ownerApproval(`separation:${rule}`, [...new Set(owners)].sort()));
	}
	return more;
}

export function assessRisk(each: Case): Risk {
	const { compiled, identity, entitlement, content, gives, separation, peers, held, asOf, effectiveAt } = each;
	const share = gives ? peers?.share(identity.attributes, entitlement.name) : undefined;
	return riskOf({
		compiled,
		gives,
		entitlement,
		separation,
		held,
		asOf,
		dueAt: content.dueAt,
		...(share && { peers: share }),
		...(effectiveAt !== undefined && { effectiveAt }),
	});
}

/**
 * Who has to approve an action. Whoever leaves waits for nobody, and break-glass is reviewed afterwards; what takes access
 * away is asked for only where the application's mode or a rule that names its operation says so.
 */
export function assessApproval(each: Case, risk: Risk): ApprovalAnswer {
	const { compiled, entitlement, identity, content, gives, leaves, sources } = each;
	if (leaves || (gives && sources.every(({ kind }) => kind === 'break_glass'))) return { state: 'not_needed' };
	const facts = new Map<string, string | number | boolean>([
		['risk.score', risk.score],
		['action.operation', content.operation],
		['action.application', content.application],
	]);
	for (const factor of [
		'privileged',
		'separation',
		'widening',
		'off_peer_group',
		'new_identity',
		'off_hours',
		'backdated',
	]) {
		facts.set(
			`grant.${factor}`,
			risk.factors.some((found) => found.factor === factor),
		);
	}
	return approvalFor(compiled, entitlement, identity, { facts, takes: !gives, more: furtherApprovals(each) });
}

/**
 * Gives an action that stands by itself, outside the plan of a whole person, its risk and its approval: no duties meet in
 * it, there are no peers to compare with, and nobody leaves by it.
 *
 * @returns why it can't be asked for, where nobody can approve it
 */
export function assessAlone(
	action: PlannedAction,
	facts: Pick<Case, 'compiled' | 'identity' | 'entitlement' | 'gives' | 'held' | 'asOf'>,
): Blocked | undefined {
	const { content, sources, subject } = action;
	const alone = { leaves: false, separation: [], peers: undefined, effectiveAt: undefined };
	const each: Case = { ...facts, ...alone, content, sources };
	action.risk = assessRisk(each);
	const answer = assessApproval(each, action.risk);
	if (answer.state === 'needed') action.approval = answer.approval;
	if (answer.state !== 'blocked') return undefined;
	const { rule, reason, remedy } = answer;
	return { identityId: facts.identity.id, subject, entitlement: facts.entitlement.name, rule, reason, remedy };
}
