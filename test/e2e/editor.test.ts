import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Editor } from '../../sandbox/src/editor.js';
import { startEnvironment, type Environment } from '../../sandbox/src/environment.js';

const SCREENSHOT = path.resolve(__dirname, '../../artifacts/editor.png');
const STICKY = 'n8n-nodes-base.stickyNote';

jest.setTimeout(180_000);

describe('the example workflow in the n8n editor', () => {
	let environment: Environment | undefined;
	let editor: Editor;
	let nodes: Environment['workflow']['nodes'] = [];
	let workflowId = '';
	const drawn = () => nodes.filter((node) => node.type !== STICKY);

	beforeAll(async () => {
		environment = await startEnvironment({ name: 'e2e-editor', write: () => undefined });
		({ nodes, id: workflowId } = environment.workflow);
		editor = await Editor.open(environment);
		await editor.showWorkflow(workflowId, drawn().length);
	});

	afterAll(async () => {
		await editor.close();
		await environment?.stop();
	});

	it('shows every node of the workflow, known to n8n and with its icon', async () => {
		const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
		const expected = drawn().map(({ name, type }) => ({ name, type, hasIcon: true, isMissing: false }));
		expect((await editor.shownNodes()).sort(byName)).toEqual(expected.sort(byName));
	});

	it('shows the notes that explain it', async () => {
		const stickies = nodes.length - drawn().length;
		expect(stickies).toBeGreaterThan(0);
		expect(await editor.shownStickies()).toBe(stickies);
	});

	it('keeps a picture of it as an artefact of the run', async () => {
		mkdirSync(path.dirname(SCREENSHOT), { recursive: true });
		await editor.screenshot(SCREENSHOT);
		expect(statSync(SCREENSHOT).size).toBeGreaterThan(20_000);
	});
});
