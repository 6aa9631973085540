import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { amendedEvent, signedEvent } from '../../sandbox/src/demo.js';
import { Editor } from '../../sandbox/src/editor.js';
import { startEnvironment, type Environment } from '../../sandbox/src/environment.js';
import { approvalLinks } from '../../sandbox/src/outcome.js';

const ARTIFACTS = path.resolve(__dirname, '../../artifacts');
const WORKFLOWS = path.resolve(__dirname, '../../workflows');
const STICKY = 'n8n-nodes-base.stickyNote';
const OURS = 'n8n-nodes-contract-provisioning.';

jest.setTimeout(180_000);

const artifact = (name: string) => path.join(ARTIFACTS, name);

describe('the example workflow in the n8n editor', () => {
	let environment: Environment | undefined;
	let editor: Editor | undefined;
	let nodes: Environment['workflow']['nodes'] = [];
	const drawn = () => nodes.filter((node) => node.type !== STICKY);
	const opened = () => {
		if (editor === undefined || environment === undefined) throw new Error('The editor is not open.');
		return { editor, environment };
	};

	beforeAll(async () => {
		mkdirSync(ARTIFACTS, { recursive: true });
		environment = await startEnvironment({ name: 'e2e-editor', write: () => undefined });
		({ nodes } = environment.workflow);
		editor = await Editor.open(environment);
		await editor.showWorkflow(environment.workflow.id, drawn().length);
	});

	afterAll(async () => {
		await editor?.close();
		await environment?.stop();
	});

	it('shows every node of the workflow, known to n8n and with its icon', async () => {
		const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
		const expected = drawn().map(({ name, type }) => ({ name, type, hasIcon: true, isMissing: false }));
		expect((await opened().editor.shownNodes()).sort(byName)).toEqual(expected.sort(byName));
	});

	it('shows the notes that explain it', async () => {
		const stickies = nodes.length - drawn().length;
		expect(stickies).toBeGreaterThan(0);
		expect(await opened().editor.shownStickies()).toBe(stickies);
	});

	it('draws no node over another', async () => {
		const boxes = await opened().editor.nodeBoxes();
		const overlapping = boxes.flatMap((a, index) =>
			boxes
				.slice(index + 1)
				.filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
				.map((b) => `${a.name} and ${b.name}`),
		);
		expect(boxes).toHaveLength(drawn().length);
		expect(overlapping).toEqual([]);
	});

	it('keeps a picture of it as an artefact of the run', async () => {
		await opened().editor.screenshot(artifact('editor.png'));
		await opened().editor.screenshotOfCanvas(artifact('canvas.png'));
		expect(statSync(artifact('editor.png')).size).toBeGreaterThan(20_000);
		expect(statSync(artifact('canvas.png')).size).toBeGreaterThan(20_000);
	});

	it('opens the panel of each of our nodes with its parameters', async () => {
		const panels = [];
		const ours = drawn().filter(({ type }) => type.startsWith(OURS));
		for (const { name, type } of ours) {
			panels.push({ name, ...(await opened().editor.openNode(name)) });
			await opened().editor.screenshot(
				artifact(`node-panel-${type.slice(OURS.length)}-${name.replaceAll(' ', '-')}.png`),
			);
			await opened().editor.closeNode();
		}
		expect(ours.length).toBeGreaterThan(5);
		expect(panels.filter(({ parameters }) => parameters === 0)).toEqual([]);
		expect(panels.filter(({ issues }) => issues.length > 0)).toEqual([]);
	});

	it('shows the other example workflows with all their nodes, too', async () => {
		const { environment: running, editor: browser } = opened();
		const files = readdirSync(WORKFLOWS).filter((file) => file.endsWith('.json'));
		const others = files
			.map((file) => JSON.parse(readFileSync(path.join(WORKFLOWS, file), 'utf8')) as Environment['workflow'])
			.filter(({ id }) => id !== running.workflow.id);
		for (const other of others) {
			const { id } = (await running.session.importWorkflow(other, {})) as { id: string };
			const count = other.nodes.filter(({ type }) => type !== STICKY).length;
			await browser.showWorkflow(id, count);
			await browser.screenshotOfCanvas(artifact(`canvas-${id}.png`));
			const shown = await browser.shownNodes();
			expect(shown).toHaveLength(count);
			expect(shown.filter(({ hasIcon, isMissing }) => !hasIcon || isMissing)).toEqual([]);
		}
	});

	it('leads an approver to a page that shows the exact change and fits a phone', async () => {
		const { environment: running, editor: browser } = opened();
		for (const [index, event] of [signedEvent(), amendedEvent()].entries()) {
			expect((await running.sendEvent(event)).status).toBe(202);
			await running.session.settledExecutions(running.workflow.id, { count: index + 1 });
		}
		const [newest] = await running.session.executions(running.workflow.id);
		const [link] = approvalLinks(await running.session.execution(newest?.id ?? ''));
		const page = await browser.showPage(link?.url ?? '', artifact('approval-page.png'));
		expect(page.text).toContain('Elif Yildiz');
		expect(page.text).toContain('org-admins');
		expect(page.refused).toEqual([]);
		const onPhone = await browser.showPage(link?.url ?? '', artifact('approval-page-phone.png'), 360);
		expect(onPhone.contentWidth).toBeLessThanOrEqual(360);
	});
});
