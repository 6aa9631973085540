import type { ReplayResult } from '../../core/governance';
import { folderWith, run } from './run';

const EXTENSION = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const policy = (onCollision: string) => `
policy: acme
zone: Europe/Berlin
attributes: { department: { type: text }, login: { type: text } }
applications:
  crm: { connector: scim, owner: it@acme.example, onCollision: ${onCollision}, attributes: { userName: "{login}", "${EXTENSION}": { manager: "{manager.account}" } } }
entitlements: { crm/user: { app: crm, account: true }, crm/sales: { app: crm, group: sales } }
rules: [{ id: all, when: { department: { exists: true } }, grant: [crm/user, crm/sales] }]
`;

const hire = (id: string, day: number, attributes: object) => ({
	...{
		receivedAt: `2026-01-0${day}T09:00:00Z`,
		createdAt: `2026-01-0${day}T08:00:00Z`,
		id: `hire-${id}`,
		type: 'hire',
	},
	...{ effectiveAt: '2026-01-01', person: { hrId: id, email: `${id}@acme.example` } },
	attributes: { department: 'Sales', ...attributes },
});

async function replay(onCollision: string, events: readonly object[]): Promise<ReplayResult> {
	const lines = events.map((event) => JSON.stringify(event)).join('\n');
	const folder = folderWith({ 'policy.yaml': policy(onCollision), 'events.jsonl': lines });
	const { out, err } = await run(
		folder,
		'replay',
		'policy.yaml',
		'events.jsonl',
		'--json',
		'--as-of',
		'2026-01-09T09:00:00Z',
	);
	if (out === '') throw new Error(err);
	return JSON.parse(out) as ReplayResult;
}

const SAME = [hire('ada', 2, { login: 'miller' }), hire('amy', 3, { login: 'Miller' })];

describe('replay: accounts', () => {
	it('blocks the second person of one userName where collisions are reviewed', async () => {
		const { events, final } = await replay('review', SAME);
		const second = events.find(({ line }) => line === 2)?.plan;
		expect(second?.actions).toEqual([]);
		expect(second?.blocked.map(({ entitlement, reason }) => [entitlement, reason.includes('userName')])).toEqual([
			['crm/sales', true],
			['crm/user', true],
		]);
		expect(final.grants).toHaveLength(2);
	});

	it('gives both everything where collisions are numbered', async () => {
		const { final } = await replay('suffix', SAME);
		expect(final.grants).toHaveLength(4);
	});

	it('names the manager’s account in a second pass of its own', async () => {
		const { events } = await replay('review', [
			hire('ada', 2, { login: 'ada', manager: 'grace@acme.example' }),
			hire('grace', 3, { login: 'grace' }),
		]);
		const updates = events.flatMap(({ line, plan }) =>
			(plan?.actions ?? []).flatMap(({ operation }) => (operation === 'update_account' ? [line] : [])),
		);
		// By the clock, not by an event about her.
		expect(updates).toEqual([0]);
	});
});
