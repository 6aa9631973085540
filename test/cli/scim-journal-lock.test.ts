import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { Scene, target } from '../core/scim/odd/scene';
import { folderWith, run, type Outcome } from './run';

/** Ids of processes are 22 bits at most on Linux: nobody has this one. */
const NOBODY = 4_194_305;

describe('a journal', () => {
	let scene: Scene;
	let folder: string;
	const lock = (): string => path.join(folder, 'run.jsonl.lock');

	beforeEach(async () => {
		scene = await Scene.open('cursors', Date.now);
		folder = folderWith({ 'desired.json': JSON.stringify(target()) });
	});
	afterEach(() => scene.close());

	const scim = (verb: string, ...words: string[]): Promise<Outcome> =>
		run(folder, 'scim', verb, scene.server.baseUrl, '--journal', 'run.jsonl', ...words);
	const apply = (...words: string[]): Promise<Outcome> =>
		scim('apply', '--desired', 'desired.json', '--create-groups', ...words);

	it('serves one of two runs at a time; the other writes nothing', async () => {
		const outcomes = await Promise.all([apply(), apply()]);
		expect(outcomes.map(({ code }) => code).sort()).toEqual([0, 1]);
		const refused = outcomes.find(({ code }) => code === 1);
		expect(refused?.err).toContain('in use by another run');
		expect(JSON.parse(refused?.out ?? '')).toMatchObject({ error: { code: 'INPUT_INVALID' } });
		const runs = readFileSync(path.join(folder, 'run.jsonl'), 'utf8').match(/"type":"run"/g);
		expect(runs).toHaveLength(1);
		expect(existsSync(lock())).toBe(false);
	});

	it('is not taken back while it is written', async () => {
		writeFileSync(lock(), `${process.pid} ${hostname()}`);
		expect(await scim('undo')).toMatchObject({ code: 1, err: expect.stringContaining('run.jsonl.lock') as string });
		expect(scene.server.seen).toEqual([]);
	});

	it('is taken over from a run that was killed, and left alone where nobody can tell', async () => {
		writeFileSync(lock(), `${NOBODY} ${hostname()}`);
		expect((await apply()).code).toBe(0);
		writeFileSync(lock(), `${NOBODY} another-machine`);
		expect((await scim('undo')).code).toBe(1);
	});

	it('may be looked at by a dry run meanwhile', async () => {
		writeFileSync(lock(), `${process.pid} ${hostname()}`);
		expect((await apply('--dry-run')).code).toBe(0);
	});
});
