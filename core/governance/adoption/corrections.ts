import type { StatedTimeline } from '../../lifecycle';
import { contentHash, contentId, type Action, type ActionContent, type ActionOperation } from '../../model';
import type { Blocked, Grant, Identity, PlannedAction, Source } from '../../model';
import { assessAlone, displayName, enforcementOf, identityAt, verifyBy } from '../../plan';
import { renderAttributes, resolveEntitlement, type CompiledPolicy, type Entitlement } from '../../policy';
import type { ReconcileItem } from '../../scim';
import { discovered } from './discovered';
import type { LedgerView } from './ledger-view';
import type { ManagedGroups } from './managed-groups';

/** One difference that can be put right, and whose it is. */
export interface Correctable {
	item: ReconcileItem;
	identityId: string;
}

export interface CorrectionInput {
	compiled: CompiledPolicy;
	policyHash: string;
	managed: ManagedGroups;
	view: LedgerView;
	differences: readonly Correctable[];
	timelines: ReadonlyMap<string, StatedTimeline>;
	held: readonly Grant[];
	openActions: readonly Action[];
	/** Makes the ids of this plan's actions its own. */
	seed: string;
	asOf: string;
	/** False where something could not be read to the end: then nothing is taken away. */
	complete: boolean;
}

export interface Corrections {
	actions: PlannedAction[];
	blocked: Blocked[];
	/** What was found and is now known, so that it can be taken away again. */
	found: Grant[];
	/** Differences that a plan corrects, or that one is correcting already. */
	covered: Set<Correctable>;
}

interface Wish {
	operation: ActionOperation;
	/** Name in the policy; absent for `update_account`. */
	entitlement?: string;
}

const TAKES: ReadonlySet<ActionOperation> = new Set(['disable_account', 'remove_from_group', 'remove_role']);
const GIVES: ReadonlySet<ActionOperation> = new Set(['create_account', 'add_to_group', 'assign_role']);

/** The entitlement that a membership is about. */
export function entitlementOf({ group, role }: ReconcileItem, managed: ManagedGroups): string | undefined {
	if (role !== undefined) return managed.entitlementOfRole(role);
	return group === undefined ? undefined : managed.entitlementOf(group);
}

/** Kinds of differences that a plan can put right. */
export function isCorrectable({ kind }: ReconcileItem): boolean {
	return kind === 'drift' || kind === 'missing' || kind === 'missing_membership' || kind === 'unknown_membership';
}

/**
 * Actions that bring an application back to what the ledger has: under the same risk, approvals and modes as any other
 * action. What was never given by us is first noted as found, so that taking it away is something that the ledger knows.
 */
export function planCorrections(input: CorrectionInput): Corrections {
	return new CorrectionPlanner(input).plan();
}

class CorrectionPlanner {
	readonly #result: Corrections = { actions: [], blocked: [], found: [], covered: new Set() };
	readonly #heldBy = new Map<string, Set<string>>();
	readonly #underWay: ReadonlySet<string>;
	readonly #seen = new Set<string>();

	constructor(readonly input: CorrectionInput) {
		for (const { identityId, entitlement } of input.held) {
			const own = this.#heldBy.get(identityId) ?? new Set<string>();
			this.#heldBy.set(identityId, own.add(entitlement));
		}
		this.#underWay = new Set(input.openActions.map(({ content }) => keyOf(content.identityId, content)));
	}

	plan(): Corrections {
		for (const difference of this.input.differences) {
			for (const wish of this.#wishes(difference.item)) this.#want(difference, wish);
		}
		const taking = (action: PlannedAction) => (TAKES.has(action.content.operation) ? 0 : 1);
		this.#result.actions.sort((left, right) => taking(left) - taking(right));
		return this.#result;
	}

	#wishes(item: ReconcileItem): Wish[] {
		const { managed } = this.input;
		const account = managed.account === undefined ? {} : { entitlement: managed.account };
		if (item.kind === 'missing') return [{ operation: 'create_account', ...account }];
		if (item.kind === 'missing_membership' || item.kind === 'unknown_membership') {
			const entitlement = entitlementOf(item, managed);
			const [gives, takes] =
				item.role === undefined
					? (['add_to_group', 'remove_from_group'] as const)
					: (['assign_role', 'remove_role'] as const);
			const operation = item.kind === 'missing_membership' ? gives : takes;
			return entitlement === undefined ? [] : [{ operation, entitlement }];
		}
		const changes = item.changes ?? [];
		const active = changes.find(({ path }) => path === 'active');
		if (active?.after === false) return [{ operation: 'disable_account', ...account }];
		return [
			...(active === undefined ? [] : [{ operation: 'enable_account' as const, ...account }]),
			...(changes.length > (active === undefined ? 0 : 1) ? [{ operation: 'update_account' as const }] : []),
		];
	}

	#want(difference: Correctable, { operation, entitlement: name }: Wish): void {
		const { identityId, item } = difference;
		const { compiled, asOf, timelines } = this.input;
		const key = keyOf(identityId, { operation, ...(name !== undefined && { entitlement: name }) });
		if (this.#underWay.has(key)) {
			this.#result.covered.add(difference);
			return;
		}
		if (this.#seen.has(`${operation}\n${key}`)) return;
		this.#seen.add(`${operation}\n${key}`);
		const takes = TAKES.has(operation);
		if (takes && !this.input.complete) return;
		const timeline = timelines.get(identityId);
		if (timeline === undefined) return;
		const identity = identityAt(timeline, asOf);
		const entitlement = name === undefined ? undefined : resolveEntitlement(compiled, name);
		if (entitlement === undefined && operation !== 'update_account') {
			return this.#block(identity, `The policy declares no account of ${this.input.managed.application}.`);
		}
		const sources = this.#sources(identityId, entitlement, takes);
		const content = this.#content(identity, item, operation, entitlement, sources);
		if (operation === 'update_account' && Object.keys(content.attributes ?? {}).length === 0) return;
		const action = this.#action(identity, content, entitlement, sources, takes);
		if (action === undefined) return;
		this.#result.actions.push(action);
		this.#result.covered.add(difference);
		if (!takes || entitlement === undefined || this.#heldBy.get(identityId)?.has(entitlement.name) === true) return;
		const [source] = sources;
		if (source !== undefined)
			this.#result.found.push({ identityId, entitlement: entitlement.name, source, validFrom: asOf });
	}

	/** What earns access that is restored; where something is taken, that it was found. */
	#sources(identityId: string, entitlement: Entitlement | undefined, takes: boolean): Source[] {
		const { view, managed, asOf } = this.input;
		const earned = entitlement === undefined ? [] : view.sourcesOf(identityId, entitlement.name);
		if (!takes || earned.length > 0) return [...earned];
		return [discovered(managed.application, asOf)];
	}

	#content(
		identity: Identity,
		item: ReconcileItem,
		operation: ActionOperation,
		entitlement: Entitlement | undefined,
		sources: readonly Source[],
	): ActionContent {
		const { compiled, managed, asOf, policyHash, view } = this.input;
		const { email } = identity.keys;
		const attributes = renderAttributes(compiled, managed.application, identity);
		const userName = (item.remoteId === undefined ? undefined : view.nameOf(item.remoteId)) ?? item.subject;
		const content: ActionContent = {
			v: 1,
			identityId: identity.id,
			application: managed.application,
			operation,
			match: { userName, ...(email !== undefined && { email }) },
			dueAt: asOf,
			policyHash,
		};
		if (entitlement !== undefined) content.entitlement = entitlement.name;
		if (entitlement?.target !== undefined) content.target = entitlement.target;
		if (operation === 'create_account') content.attributes = attributes;
		if (operation === 'update_account') content.attributes = { ...wantedOf(item), ...attributes };
		const ends = sources.map(({ validUntil }) => validUntil);
		const until = ends.every((end) => end !== undefined) ? [...ends].sort().at(-1) : undefined;
		if (GIVES.has(operation) && until !== undefined) content.validUntil = until;
		return content;
	}

	#action(
		identity: Identity,
		content: ActionContent,
		entitlement: Entitlement | undefined,
		sources: Source[],
		takes: boolean,
	): PlannedAction | undefined {
		const { compiled, seed, asOf, managed } = this.input;
		const hash = contentHash(content);
		const deadline = verifyBy(compiled, managed.application, 'mover', content.dueAt);
		const action: PlannedAction = {
			id: contentId('act', { plan: seed, hash }),
			hash,
			content,
			sources,
			reason: `${managed.application} is otherwise than the ledger has it`,
			subject: displayName(identity),
			privileged: entitlement?.privileged ?? false,
			event: 'mover',
			...(deadline !== undefined && { verifyBy: deadline }),
			...(takes && { inferred: true }),
		};
		if (entitlement === undefined) return action;
		const held = this.#heldBy.get(identity.id)?.size ?? 0;
		const blocked = assessAlone(action, { compiled, identity, entitlement, gives: !takes, held, asOf });
		if (blocked !== undefined) {
			this.#result.blocked.push(blocked);
			return undefined;
		}
		return action;
	}

	#block(identity: Identity, reason: string): void {
		const remedy = 'Declare an entitlement with account: true for the application.';
		this.#result.blocked.push({ identityId: identity.id, subject: displayName(identity), reason, remedy });
	}
}

/** One thing of one person: what is under way for it is not planned again. */
function keyOf(
	identityId: string,
	{ operation, entitlement }: { operation: ActionOperation; entitlement?: string },
): string {
	return JSON.stringify([identityId, entitlement ?? operation]);
}

/** Simple attributes as the ledger has them, where the policy maps none. */
function wantedOf(item: ReconcileItem): Record<string, unknown> {
	const simple = (item.changes ?? []).filter(({ path, after }) => after !== undefined && /^[A-Za-z]+$/.test(path));
	return Object.fromEntries(simple.flatMap(({ path, after }) => (path === 'active' ? [] : [[path, after]])));
}

/** Whether an application is only watched. */
export function isRecorded(compiled: CompiledPolicy, application: string): boolean {
	return enforcementOf(compiled, application) === 'record';
}
