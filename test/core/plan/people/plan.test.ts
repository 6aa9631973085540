import type { Action } from '../../../../core/model';
import { assigned, company, COMPANY, HIRED, NOW, steps, timeline, World } from './world';

const request = (ref: string) => ({ kind: 'request' as const, ref, reason: 'asked for' });
const seller = timeline('Ada', [[HIRED, { department: 'Sales' }]]);
const applications = (changes: Record<string, object>) => ({
	applications: Object.fromEntries(
		Object.entries(COMPANY.applications).map(([name, each]) => [name, { ...each, ...changes[name] }]),
	),
});

describe('what a plan of whole people asks for', () => {
	it('takes everything in one stroke from who moves, and counts it as concluded', () => {
		const world = new World().know(seller);
		world.settle();
		world.know(timeline('Ada', [[HIRED, { department: 'Legal' }]]));
		const plan = world.plan();
		expect(steps(plan)).toEqual([`disable_account crm/user ${NOW}`]);
		expect(plan.actions[0]).toMatchObject({ inferred: true, event: 'mover' });
	});

	it('only reports what it would do in an application that is recorded', () => {
		const world = new World(company(applications({ crm: { enforcement: 'record' } }))).know(seller);
		const plan = world.plan();
		expect(steps({ actions: plan.recorded })).toEqual([`create_account crm/user ${NOW}`]);
		expect(steps(plan).some((step) => step.includes('crm'))).toBe(false);
	});

	it('asks the owner for every change in an application that is approved', () => {
		const world = new World(company(applications({ crm: { enforcement: 'approve' } }))).know(seller);
		const asked = world.plan().actions.filter(({ approval }) => approval !== undefined);
		expect(asked.map(({ content, approval }) => [content.entitlement, approval?.approvers])).toEqual([
			['crm/user', { 'sales@acme.example': ['sales@acme.example'] }],
		]);
		world.run();
		world.know(timeline('Ada', [[HIRED, { department: 'Legal' }]]));
		expect(world.plan().actions[0]).toMatchObject({ approval: { rule: 'enforcement:crm' } });
	});

	it('asks by risk, by operation and by factor', () => {
		const approvals = [
			{ id: 'risky', when: { 'risk.score': { gte: 40 } }, approvers: ['group:security'] },
			{ id: 'newcomers', when: { 'grant.new_identity': true }, approvers: ['sales@acme.example'] },
			{ id: 'takes', when: { 'action.operation': 'disable_account' }, approvers: ['it@acme.example'] },
		];
		const world = new World(company({ approvals })).know(seller);
		expect(new Set(world.plan().actions.map(({ approval }) => approval?.rule))).toEqual(new Set(['newcomers']));
		world.run();
		world.know(timeline('Ada', [[HIRED, { department: 'Legal' }]]));
		expect(world.plan().actions.map(({ approval }) => approval?.rule)).toEqual(['takes']);
	});

	it('asks the owners of both sides where duties that meet need an approval', () => {
		const separationOfDuties = [{ id: 'pay', any: ['erp/create'], with: ['erp/approve'], action: 'approve' }];
		const world = new World(company({ separationOfDuties }));
		world.know(timeline('Eve', [[HIRED, { department: 'Finance', level: 5 }]]));
		const plan = world.plan();
		const [hit] = plan.actions.filter(({ separation }) => separation !== undefined);
		expect(hit).toMatchObject({ approval: { rule: 'separation:pay', need: { 'finance@acme.example': 1 } } });
		expect(hit?.risk?.factors.map(({ factor }) => factor)).toContain('separation');
	});

	it('moves batched changes to their window, once, and keeps them there', () => {
		const world = new World(company({ batch: { grant: { from: '20:00', to: '06:00' } } })).know(seller);
		const opening = '2026-11-20T19:00:00.000Z';
		expect(new Set(world.plan().actions.map(({ content }) => content.dueAt))).toEqual(new Set([opening]));
		const empty = { actions: [], superseded: [] };
		expect(world.preview('2026-11-20T12:00:00.000Z')).toMatchObject(empty);
		expect(world.preview('2026-11-20T22:00:00.000Z')).toMatchObject(empty);
		expect(world.preview('2026-11-21T12:00:00.000Z')).toMatchObject(empty);
	});

	it('gives nothing new to somebody on hold, and takes away all the same', () => {
		const world = new World().know(seller);
		world.settle();
		world.know(timeline('Ada', [[HIRED, { department: 'Engineering' }]]));
		const plan = world.preview(NOW, {}, { hold: 'The end date of a contractor is missing.' });
		expect(steps(plan)).toEqual([`disable_account crm/user ${NOW}`]);
		expect(plan.blocked).toMatchObject([
			{ entitlement: 'github/member', reason: 'The end date of a contractor is missing.' },
		]);
	});

	it('brings accounts up to date that stay, once', () => {
		const world = new World().know(seller);
		world.settle();
		world.know(timeline('Ada', [[HIRED, { department: 'Sales', firstName: 'Adele' }]]));
		const plan = world.plan();
		expect(plan.actions.map(({ content }) => [content.operation, content.attributes?.['displayName']])).toEqual([
			['update_account', 'Adele'],
		]);
		expect(world.preview()).toMatchObject({ actions: [], superseded: [] });
		world.know(seller);
		expect(world.plan()).toMatchObject({ actions: [], superseded: [{ actionId: plan.actions[0]?.id }] });
	});

	it('sets deadlines by the kind of event and the application', () => {
		const sla = { joiner: 'PT2H', mover: 'P1D', leaver: 'PT15M' };
		const world = new World(company({ sla, ...applications({ crm: { sla: 'PT30M' } }) }));
		world.know(timeline('Ada', [['2026-11-30T23:00:00.000Z', { department: 'Sales' }]]));
		const deadlines = world.plan().actions.map(({ content, verifyBy }) => [content.application, verifyBy]);
		expect(deadlines).toEqual([
			['crm', '2026-11-30T23:30:00.000Z'],
			['slack', '2026-12-01T01:00:00.000Z'],
			['slack', '2026-12-01T01:00:00.000Z'],
		]);
	});

	it('asks anew when somebody asks again after a denial', () => {
		const approvals = [{ id: 'erp', when: { 'entitlement.app': 'erp' }, approvers: ['group:security'] }];
		const world = new World(company({ approvals })).know(seller);
		world.assignments = [assigned('Ada', 'erp/audit', request('req-1'), NOW)];
		world.plan();
		const deny = (action: Action): Action =>
			action.approval === undefined ? action : { ...action, approvalState: 'denied' };
		world.open = world.open.map(deny);
		expect(world.preview()).toMatchObject({ actions: [], superseded: [] });
		world.assignments = [assigned('Ada', 'erp/audit', request('req-2'), NOW)];
		expect(world.plan().actions.map(({ sources }) => sources.map(({ ref }) => ref))).toEqual([['req-2']]);
	});

	it('lets break-glass through at once while a request for the same waits for its approval', () => {
		const approvals = [{ id: 'erp', when: { 'entitlement.app': 'erp' }, approvers: ['group:security'] }];
		const world = new World(company({ approvals })).know(seller);
		world.assignments = [assigned('Ada', 'erp/audit', request('req-1'), NOW, '2026-12-20T09:00:00.000Z')];
		world.plan();
		const glass = { kind: 'break_glass' as const, ref: 'bg-1', reason: 'outage' };
		const at = '2026-11-20T10:00:00.000Z';
		const until = '2026-11-20T14:00:00.000Z';
		world.assignments.push(assigned('Ada', 'erp/audit', glass, at, until));
		const plan = world.plan(at);
		expect(plan.superseded).toEqual([]);
		expect(steps(plan)).toEqual([`assign_role erp/audit ${at}`, `remove_role erp/audit ${until}`]);
		expect(plan.actions[0]?.approval).toBeUndefined();
		expect(world.open.filter(({ approval }) => approval !== undefined)).toHaveLength(1);
	});

	it('lets break-glass through at once while what a rule earns waits for its approval', () => {
		const approvals = [{ id: 'crm', when: { 'entitlement.app': 'crm' }, approvers: ['group:security'] }];
		const world = new World(company({ approvals })).know(seller);
		world.plan();
		const glass = { kind: 'break_glass' as const, ref: 'bg-1', reason: 'outage' };
		const until = '2026-11-20T13:00:00.000Z';
		world.assignments = [assigned('Ada', 'crm/user', glass, NOW, until)];
		const plan = world.plan();
		expect(steps(plan)).toEqual([`create_account crm/user ${NOW}`, `disable_account crm/user ${until}`]);
		expect(plan.actions[0]?.approval).toBeUndefined();
		expect(plan.superseded).toEqual([]);
	});

	it('says of a source that joins what is held that it holds from now on', () => {
		const world = new World().know(seller);
		world.settle();
		world.policy = company({
			rules: [...COMPANY.rules, { id: 'more', when: { department: 'Sales' }, grant: ['seller'] }],
		});
		const at = '2026-12-01T00:00:00.000Z';
		expect(world.plan(at).grantChanges.open).toMatchObject([{ source: { ref: 'more' }, validFrom: at }]);
	});

	it('does not let a request prolong what is held without the approval that it needs', () => {
		const approvals = [{ id: 'erp', when: { 'entitlement.app': 'erp' }, approvers: ['group:security'] }];
		const ends = '2026-12-01T00:00:00.000Z';
		const world = new World(company()).know(seller);
		world.assignments = [assigned('Ada', 'erp/audit', request('req-1'), NOW, ends)];
		world.settle();
		world.policy = company({ approvals });
		world.assignments.push(assigned('Ada', 'erp/audit', request('req-2'), NOW, '2027-06-01T00:00:00.000Z'));
		const plan = world.plan();
		expect(plan.grantChanges.open).toEqual([]);
		expect(
			plan.actions.map(({ content, approval }) => [content.operation, content.validUntil, approval?.rule]),
		).toEqual([
			['assign_role', '2027-06-01T00:00:00.000Z', 'erp'],
			['remove_role', undefined, undefined],
		]);
		expect(plan.superseded).toEqual([]);
	});

	it('keeps sessions to be ended when the account has gone first, and forgets them when the leave is cancelled', () => {
		const leaver = { order: ['disable', 'sessions'] };
		const rules = [{ id: 'all', grant: ['erp/user'] }];
		const world = new World(company({ leaver, rules })).know(timeline('Ada', [[HIRED, {}]]));
		world.settle();
		const end = '2026-12-01T00:00:00.000Z';
		world.know(timeline('Ada', [[HIRED, {}]], [{ from: HIRED, until: end }]));
		expect(steps(world.plan())).toEqual([`disable_account erp/user ${end}`, `revoke_sessions erp ${end}`]);
		expect(world.preview()).toMatchObject({ actions: [], superseded: [] });
		const other = new World(world.policy);
		Object.assign(other, { held: world.held, open: world.open, accounts: world.accounts });
		expect(other.know(timeline('Ada', [[HIRED, {}]])).plan().superseded).toHaveLength(2);
		world.open = world.open.filter(({ content }) => content.operation === 'revoke_sessions');
		world.held = [];
		expect(world.plan(end)).toMatchObject({ actions: [], superseded: [] });
	});

	it('counts a leave that was concluded from a feed, and not one that was said', () => {
		const world = new World().know(seller);
		world.settle();
		world.know(timeline('Ada', [[HIRED, { department: 'Sales' }]], [{ from: HIRED, until: NOW, inferred: true }]));
		const plan = world.plan();
		expect(plan.actions.map(({ inferred }) => inferred)).toEqual([true, true, true]);
		expect(plan.actions[0]?.reason).toContain('is taken to have ended');
	});
});
