import type {
	Action,
	Assignment,
	AttributeValue,
	EmploymentSpell,
	Grant,
	PersonTimeline,
	Segment,
} from '../../../../core/model';
import { applyAction, applyGrantChanges, planPeople } from '../../../../core/plan';
import type { KnownAccount, PeoplePlanInput, PeoplePlanResult, PersonToPlan } from '../../../../core/plan';
import { compilePolicy, desiredTenures, parsePolicy } from '../../../../core/policy';
import type { CompiledPolicy, PersonAccess } from '../../../../core/policy';

export type Changes = Partial<Record<string, unknown>>;

/** A company with an overlap on the CRM, duties kept apart in the ERP, and one application looked after by hand. */
export const COMPANY = {
	policy: 'company',
	zone: 'Europe/Berlin',
	groups: { security: ['ciso@acme.example', 'sec@acme.example'] },
	attributes: {
		department: { type: 'text' },
		title: { type: 'text' },
		country: { type: 'text' },
		zone: { type: 'text' },
		level: { type: 'number' },
	},
	applications: {
		slack: {
			connector: 'scim',
			owner: 'it@acme.example',
			attributes: { userName: '{email}', displayName: '{firstName}' },
		},
		crm: { connector: 'scim', owner: 'sales@acme.example', attributes: { userName: '{email}' } },
		github: { connector: 'scim', owner: 'cto@acme.example', attributes: { userName: '{email}' } },
		erp: { connector: 'manual', owner: 'finance@acme.example' },
	},
	entitlements: {
		'slack/member': { app: 'slack', account: true },
		'slack/all': { app: 'slack', group: 'all' },
		'crm/user': { app: 'crm', account: true },
		'crm/us': { app: 'crm', group: 'us' },
		'github/member': { app: 'github', account: true },
		'github/admin': { app: 'github', group: 'org-admins', privileged: true, maxDuration: 'P7D' },
		'erp/user': { app: 'erp', account: true },
		'erp/create': { app: 'erp', role: 'Create' },
		'erp/approve': { app: 'erp', role: 'Approve' },
		'erp/audit': { app: 'erp', role: 'Audit' },
	},
	roles: {
		everybody: { grant: ['slack/member', 'slack/all'], owner: 'it@acme.example' },
		seller: { grant: ['crm/user'], owner: 'sales@acme.example' },
		engineer: { grant: ['github/member'], owner: 'cto@acme.example' },
	},
	rules: [
		{ id: 'all', grant: ['everybody'] },
		{ id: 'sales', when: { department: 'Sales' }, grant: ['seller'] },
		{ id: 'engineering', when: { department: 'Engineering' }, grant: ['engineer'] },
		{ id: 'finance', when: { department: 'Finance' }, grant: ['erp/user', 'erp/create'] },
		{ id: 'finance-leads', when: { department: 'Finance', level: { gte: 5 } }, grant: ['erp/approve'] },
	] as unknown[],
	separationOfDuties: [{ id: 'four-eyes', any: ['erp/create'], with: ['erp/approve'], action: 'block' }] as unknown[],
};

export function company(changes: Changes = {}): CompiledPolicy {
	const { policy, hash } = parsePolicy(JSON.stringify({ ...COMPANY, ...changes }));
	return compilePolicy(policy, hash);
}

export const NOW = '2026-11-20T09:00:00.000Z';
export const HIRED = '2024-01-01T00:00:00.000Z';

type Attributes = Record<string, AttributeValue>;

/** `[from, attributes]` pairs, each until the next. */
export function segments(...steps: ReadonlyArray<readonly [string, Attributes]>): Segment[] {
	return steps.map(([from, attributes], index) => {
		const next = steps[index + 1]?.[0];
		return { from, attributes, ...(next !== undefined && { until: next }) };
	});
}

export function timeline(
	name: string,
	steps: ReadonlyArray<readonly [string, Attributes]>,
	employment?: ReadonlyArray<EmploymentSpell & { inferred?: boolean }>,
): PersonTimeline {
	const keys = { email: `${name.toLowerCase()}@acme.example` };
	return {
		identityId: `idn_${name.toLowerCase()}`,
		keys,
		segments: segments(...steps.map(([from, each]) => [from, { firstName: name, ...each }] as const)),
		employment: employment ?? [{ from: steps[0]?.[0] ?? HIRED }],
	};
}

export function assigned(
	name: string,
	entitlement: string,
	source: Assignment['source'],
	validFrom: string,
	validUntil?: string,
): Assignment {
	const end = validUntil === undefined ? {} : { validUntil };
	return { identityId: `idn_${name.toLowerCase()}`, entitlement, source, validFrom, ...end };
}

/** A ledger of nothing but grants, actions and accounts: enough to plan, apply and plan again. */
export class World {
	held: Grant[] = [];
	open: Action[] = [];
	accounts = new Map<string, KnownAccount>();
	assignments: Assignment[] = [];
	readonly people = new Map<string, PersonTimeline>();
	#plans = 0;

	constructor(public policy: CompiledPolicy = company()) {}

	know(...people: PersonTimeline[]): this {
		for (const each of people) this.people.set(each.identityId, each);
		return this;
	}

	access(identityId: string, asOf = NOW): PersonAccess {
		const known = this.people.get(identityId);
		if (known === undefined) throw new Error(`nobody is called ${identityId}`);
		return desiredTenures({
			compiled: this.policy,
			timeline: known,
			assignments: this.assignments.filter((each) => each.identityId === identityId),
			held: this.held.filter((each) => each.identityId === identityId),
			asOf,
		});
	}

	preview(asOf = NOW, more: Partial<PeoplePlanInput> = {}, person: Partial<PersonToPlan> = {}): PeoplePlanResult {
		const people = [...this.people.values()].map((known) => ({
			timeline: known,
			access: this.access(known.identityId, asOf),
			held: this.held.filter((each) => each.identityId === known.identityId),
			openActions: this.open.filter(({ content }) => content.identityId === known.identityId),
			...person,
		}));
		return planPeople({
			compiled: this.policy,
			policyHash: this.policy.hash,
			seed: `event-${this.#plans}`,
			people,
			accounts: this.accounts,
			asOf,
			...more,
		});
	}

	plan(asOf = NOW, more: Partial<PeoplePlanInput> = {}): PeoplePlanResult {
		const plan = this.preview(asOf, more);
		this.#plans += 1;
		const superseded = new Set(plan.superseded.map(({ actionId }) => actionId));
		this.open = this.open.filter(({ id }) => !superseded.has(id));
		plan.actions.forEach((action, sequence) => {
			this.open.push({
				...action,
				planId: `plan-${this.#plans}`,
				sequence,
				approvalState: action.approval === undefined ? 'not_needed' : 'pending',
				executionState: 'planned',
			});
		});
		this.held = applyGrantChanges(this.held, plan.grantChanges);
		return plan;
	}

	/** Applies everything that is due, in order of time and sequence. */
	run(asOf = NOW): void {
		const due = this.open
			.filter(({ content }) => content.dueAt <= asOf)
			.sort((a, b) => (a.content.dueAt === b.content.dueAt ? 0 : a.content.dueAt < b.content.dueAt ? -1 : 1));
		for (const action of due) {
			this.held = applyAction(this.held, action);
			this.#account(action);
		}
		this.open = this.open.filter((action) => !due.includes(action));
	}

	#account({ content }: Action): void {
		const { operation, application, identityId, attributes, disabled } = content;
		const key = JSON.stringify([application, identityId]);
		const before = this.accounts.get(key) ?? { attributes: {}, active: true };
		if (operation === 'create_account')
			this.accounts.set(key, { attributes: attributes ?? {}, active: disabled !== true });
		if (operation === 'update_account') this.accounts.set(key, { ...before, attributes: attributes ?? {} });
		if (operation === 'enable_account') this.accounts.set(key, { ...before, active: true });
		if (operation === 'disable_account') this.accounts.set(key, { ...before, active: false });
	}

	/** Plans and applies at one instant. */
	settle(asOf = NOW): PeoplePlanResult {
		const plan = this.plan(asOf);
		this.run(asOf);
		return plan;
	}
}

/** `create_account slack/member 2026-11-20T09:00:00.000Z`, for reading. */
export function steps(plan: Pick<PeoplePlanResult, 'actions'>): string[] {
	return plan.actions.map(({ content }) =>
		[content.operation, content.entitlement ?? content.application, content.dueAt].join(' '),
	);
}
