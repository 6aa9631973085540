import { settableDate } from './clock';
import { identityOf, startScene, type Scene } from './scene';

const SVEN = 'sven.thomsen@meridian-freight.example';
const NIGHT = 'Every Night';

settableDate();

let scene: Scene;
beforeEach(async () => {
	scene = await startScene({ published: false });
});
afterEach(async () => {
	await scene.stop();
});

const dayZero = async () => {
	const run = await scene.run('take-over-an-application');
	expect(run.error).toBeUndefined();
	return run;
};
const night = async () => {
	const run = await scene.run('take-over-an-application', { node: NIGHT, items: [{ timestamp: 'now' }] });
	expect(run.error).toBeUndefined();
	return run;
};
/** Somebody takes Sven out of his group by hand. */
const takeOutOfSales = async () => {
	const groups = (await scene.slack.call('GET', '/Groups?count=100')) as { Resources: Array<Record<string, string>> };
	const id = groups.Resources.find((each) => each['displayName'] === 'sales')?.['id'] ?? '';
	await scene.slack.call('PATCH', `/Groups/${id}`, {
		schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
		Operations: [{ op: 'remove', path: 'members' }],
	});
};
const subjects = (items: ReadonlyArray<Record<string, unknown>>, kind: string) =>
	items.filter((each) => each['kind'] === kind).map((each) => each['subject']);

describe('the workflow "Take Over an Application, and Watch It"', () => {
	it('makes what people had already grants with an owner, lists the rest, and writes nothing', async () => {
		const before = await scene.slack.writes();
		const run = await dayZero();
		expect(run.items('Adopt', 1)).toMatchObject([{ complete: true, adopted: { people: 3, accounts: 3 } }]);
		const orphans = subjects(run.items('Whose Is It'), 'orphan');
		expect(orphans).toHaveLength(9);
		expect(orphans).toContain('nele.petersen@meridian-freight.example');
		expect(await scene.slack.writes()).toEqual(before);
		const { held } = await scene.ledger.peopleState([await identityOf(scene, SVEN)]);
		const discovered = held.filter(({ source }) => source.kind === 'discovered').map(({ entitlement }) => entitlement);
		expect(discovered.sort()).toEqual(['slack/member', 'slack/sales']);
	});

	it('says at night what somebody did by hand, and only records the correction', async () => {
		await dayZero();
		await takeOutOfSales();
		const before = await scene.slack.writes();
		const run = await night();
		expect(run.items('Tell the Owner').filter((each) => each['type'] === 'action')).toMatchObject([
			{ operation: 'add_to_group', target: 'sales', dryRun: true },
		]);
		expect(run.items('Keep the Figures')).toMatchObject([{ application: 'slack', complete: true }]);
		expect(run.items('Apply to Slack')).toEqual([]);
		expect(await scene.slack.writes()).toEqual(before);
		expect((await scene.log()).ok).toBe(true);
	});
});
