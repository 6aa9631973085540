import type { IDataObject } from 'n8n-workflow';
import { startScene, summaries, type Scene } from './scene';

const MIRA = 'mira.hansen@meridian-freight.example';
const DAY = 86_400_000;

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(async () => {
	await scene.stop();
});

const daysAhead = (instant: unknown) => Math.round((Date.parse(String(instant)) - Date.now()) / DAY);

describe('the workflow "Mover with overlap"', () => {
	it('gives the new access at once, and keeps of the old what overlaps', async () => {
		const run = await scene.run('mover-with-overlap');
		expect([run.error, run.status]).toEqual([undefined, 'success']);
		const [slack, github] = [await scene.slack.holdings(), await scene.github.holdings()];
		expect(slack.groups['engineering']).toContain(MIRA);
		expect(github.groups['engineering']).toContain(MIRA);
		expect(slack.groups['sales']).toContain(MIRA);
		expect((await scene.log()).ok).toBe(true);
	});

	it('tells what stays until when, with a link to keep it longer', async () => {
		const run = await scene.run('mover-with-overlap');
		const [told, ...others] = run.items('Tell Person and Manager');
		expect(others).toEqual([]);
		expect(told).toMatchObject({ person: 'Mira Hansen', access: 'slack/sales' });
		expect([13, 14]).toContain(daysAhead(told?.['until']));
		const link = new URL(told?.['extend'] as string);
		expect(link.searchParams.get('Entitlements')).toBe('slack/sales');
		expect(link.searchParams.get('Person')).toMatch(/^idn_/);
	});

	it('extends it by the form of that link, and ends it on the new day', async () => {
		const told = (await scene.run('mover-with-overlap')).items('Tell Person and Manager')[0];
		const run = await extend(told, { Until: 'P21D' });
		expect(run.error).toBeUndefined();
		expect(run.items('Extend Access')).toMatchObject([{ how: 'prolonged', entitlement: 'slack/sales' }]);
		const [after] = run.items('Tell Person and Manager');
		expect(after).toMatchObject({ access: 'slack/sales' });
		expect([21, 22]).toContain(daysAhead(after?.['until']));
		expect((await scene.slack.holdings()).groups['sales']).toContain(MIRA);
		expect((await scene.log()).types).toContain('access.extended');
	});

	it('refuses to extend beyond what the policy allows, and changes nothing', async () => {
		const told = (await scene.run('mover-with-overlap')).items('Tell Person and Manager')[0];
		const run = await extend(told, { Until: 'P90D' });
		expect(run.error).toMatch(/too late/);
		expect((await scene.log()).types).not.toContain('access.extended');
	});

	it('touches nothing that both jobs earn, and writes nothing the second time', async () => {
		await scene.run('mover-with-overlap');
		const writes = [...(await scene.slack.writes()), ...(await scene.github.writes())];
		const again = await scene.run('mover-with-overlap');
		expect(summaries(again.items('Evaluate Access', 1))).toEqual([]);
		expect([...(await scene.slack.writes()), ...(await scene.github.writes())]).toEqual(writes);
	});
});

/** The form as somebody submits it who followed the link. */
async function extend(told: IDataObject | undefined, entered: IDataObject) {
	const query = Object.fromEntries(new URL(told?.['extend'] as string).searchParams);
	const submitted = {
		...query,
		'Your e-mail address': 'boss@meridian-freight.example',
		Reason: 'Hand-over',
		...entered,
	};
	return await scene.run('mover-with-overlap', { node: 'Extend Access (Form)', items: [submitted] });
}
